"""Links by which a handler without an account acts on one assignment."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.spine.cases.link_terms import MOST_NAME, Device

from .work import Assignment


class HandlerLink(models.Model):
    """A link to one assignment, known only by the hash of its token (160 random bits).

    Legal states: open → expired by time, → revoked by hand, → over with its assignment.
    `handler_name` is what the one who used it called themselves, if anything.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    handler_name = models.CharField(max_length=MOST_NAME, blank=True)

    class Privacy:
        data = ("handler_name", "made_by")
        purpose = "让没有账号的承办人员办理这一件事，并知道由谁经手"
        retention = "称呼在链接到期 90 天后清除，其余随案件保存"

    class Meta:
        verbose_name = _("承办链接")
        verbose_name_plural = _("承办链接")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="cases_handlerlink_ends_after_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="cases_handlerlink_revoked_after_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=~Q(handler_name=""),
                name="cases_handlerlink_named",
            )
        ]


class LinkUse(models.Model):
    """One use of a link: when, what for, on what kind of device; no address is kept."""

    link = models.ForeignKey(HandlerLink, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    device = models.CharField(max_length=12)
    event_id = models.UUIDField(null=True)

    class Privacy:
        data = ()
        purpose = "记录链接何时、在何种设备上用来做了什么；不记地址"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("链接使用记录")
        verbose_name_plural = _("链接使用记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(device__in=[device.value for device in Device]),
                name="cases_linkuse_device_known",
            )
        ]
