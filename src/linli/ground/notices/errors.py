"""Why the notices room says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class UnableToTell(Refusal):
    """The notice would carry what a notice must not carry."""

    messages = {
        "notices.personal_param": N_("通知不得携带个人信息：%(name)s。"),
    }


class QuietRefused(Refusal):
    """The quiet hours of a sub-district stay as they are."""

    messages: ClassVar[Mapping[str, str]] = {
        "quiet.not_yours": N_("街道的设置由值班长和管理员修改。"),
        "quiet.malformed": N_("请把时间写成 22:00 这样。"),
        "quiet.too_long": N_("免打扰最多 %(hours)s 小时，再长就误事了。"),
        "quiet.same": N_("和现在的一样，没有改动。"),
        "quiet.changed_meanwhile": N_("您打开之后别人改过这一项，请看过现在的值再改。"),
    }
