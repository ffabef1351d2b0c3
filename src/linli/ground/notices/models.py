"""What was told to whom within the system."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One notice to one account; words are made from `kind` and `params` when it is read.

    `params` holds ids, codes and case numbers only: never a name, a phone or a door.
    `key` makes the same thing told once.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict, db_default={})
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("account", "read_at")
        purpose = "Tell somebody what has happened in a matter they take part in."
        retention = "One year after it was read; deleted with the account."

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="notices_notice_told_once"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(read_at__gte=models.F("created_at")),
                name="notices_notice_read_after_told",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-created_at"], name="notices_notice_of_account"),
            models.Index(
                fields=["account"], name="notices_notice_unread", condition=Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
