"""Who met the same: one row for each account or device that said so of a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .case import Case


class MetToo(models.Model):
    """Somebody said that they met the same, once for each account or device.

    `key` is a keyed hash of the account's or the device's id, so that nobody counts twice; with an
    account one is told how the case ends.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="met_too")
    key = models.BinaryField(max_length=32)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    said_at = models.DateTimeField()

    class Privacy:
        data = ("key", "account")
        purpose = "同一件事一人只算一次，办好了告诉本人；承办单位只看到人数"
        retention = "随案件保存；账号注销时去掉账号"

    class Meta:
        verbose_name = _("也遇到了")
        verbose_name_plural = _("也遇到了")
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="cases_met_too_once"),
        ]
        indexes = [
            models.Index(
                fields=["account"],
                condition=models.Q(account__isnull=False),
                name="cases_met_too_account",
            ),
        ]
