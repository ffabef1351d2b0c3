"""Links by which a called organisation without an account answers one whistle."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.spine.cases.link_terms import MOST_NAME, Device

from .call import Call


class CallLink(models.Model):
    """A link to one call, known only by the hash of its token (160 random bits).

    Legal states: open → expired by time, → revoked by hand, → over with the whistle.
    `handler_name` is what the one who used it called themselves, if anything.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="links")
    digest = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    handler_name = models.CharField(max_length=MOST_NAME, blank=True)

    class Privacy:
        data = ("handler_name", "made_by")
        purpose = "让没有账号的单位答复和报到这一次哨，并知道由谁经手"
        retention = "称呼在链接到期 90 天后清除，其余随哨保存"

    class Meta:
        verbose_name = _("报到链接")
        verbose_name_plural = _("报到链接")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="whistle_calllink_ends_after_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="whistle_calllink_revoked_after_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                condition=~Q(handler_name=""),
                name="whistle_calllink_named",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.made_at}"


class CallLinkUse(models.Model):
    """One use of a link: when, what for, on what kind of device; no address is kept."""

    link = models.ForeignKey(CallLink, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField()
    action = models.CharField(max_length=20)
    device = models.CharField(max_length=12)
    event_id = models.UUIDField(null=True)

    class Privacy:
        data = ()
        purpose = "记录链接何时、在何种设备上用来做了什么；不记地址"
        retention = "随哨保存"

    class Meta:
        verbose_name = _("报到链接使用记录")
        verbose_name_plural = _("报到链接使用记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(device__in=[device.value for device in Device]),
                name="whistle_calllinkuse_device_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
