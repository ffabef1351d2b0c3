"""Links by which a handler without an account acts on one assignment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.held_links import HeldLink, HeldLinkUse

from .work import Assignment


class HandlerLink(HeldLink):
    """A link to one assignment, over with it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="links")
    made_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Privacy:
        data = ("handler_name", "made_by")
        purpose = "让没有账号的承办人员办理这一件事，并知道由谁经手"
        retention = "称呼在链接到期 90 天后清除，其余随案件保存"

    class Meta(HeldLink.Meta):
        verbose_name = _("承办链接")
        verbose_name_plural = _("承办链接")


class LinkUse(HeldLinkUse):
    """One use of a handler's link."""

    link = models.ForeignKey(HandlerLink, on_delete=models.PROTECT, related_name="uses")

    class Privacy:
        data = ()
        purpose = "记录链接何时、在何种设备上用来做了什么；不记地址"
        retention = "随案件保存"

    class Meta(HeldLinkUse.Meta):
        verbose_name = _("链接使用记录")
        verbose_name_plural = _("链接使用记录")
