"""Who has a case open right now; nothing of it is kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.Model):
    """A member of staff with a case open, seen last at `seen_at`.

    The table is not logged, and its rows are not tied to case and account: a heartbeat must never
    wait for somebody who acts on the case.
    """

    pk = models.CompositePrimaryKey("case_id", "account_id")
    case_id = models.UUIDField()
    account_id = models.IntegerField()
    seen_at = models.DateTimeField()

    class Privacy:
        data = ("account_id",)
        purpose = "让同时打开同一案件的工作人员知道彼此，免得两人同办一件"
        retention = "最后一次心跳后 60 秒失效，随即删除，不留历史"

    class Meta:
        verbose_name = _("正在看案件的人")
        verbose_name_plural = _("正在看案件的人")
        indexes = [models.Index(fields=["seen_at"], name="cases_presence_gone")]
