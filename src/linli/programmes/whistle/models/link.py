"""Links by which a called organisation without an account answers one whistle."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.held_links import HeldLink, HeldLinkUse

from .call import Call


class CallLink(HeldLink):
    """A link to one call, over with the whistle."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="links")
    made_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Privacy:
        data = ("handler_name", "made_by")
        purpose = "让没有账号的单位答复和报到这一次哨，并知道由谁经手"
        retention = "称呼在链接到期 90 天后清除，其余随哨保存"

    class Meta(HeldLink.Meta):
        verbose_name = _("报到链接")
        verbose_name_plural = _("报到链接")


class CallLinkUse(HeldLinkUse):
    """One use of a called organisation's link."""

    link = models.ForeignKey(CallLink, on_delete=models.PROTECT, related_name="uses")

    class Privacy:
        data = ()
        purpose = "记录链接何时、在何种设备上用来做了什么；不记地址"
        retention = "随哨保存"

    class Meta(HeldLinkUse.Meta):
        verbose_name = _("报到链接使用记录")
        verbose_name_plural = _("报到链接使用记录")
