"""What an adaptor is, and how it says that a message did not go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Protocol

from linli.ground.kernel.marking import N_
from linli.ground.notices.terms import Message

FAULTS: Mapping[str, str] = {
    "notices.unreachable": N_("连接不上对方服务器，稍后再试。"),
    "notices.timed_out": N_("对方 %(seconds)s 秒内没有答复，稍后再试。"),
    "notices.busy": N_("对方说太忙（%(status)s），稍后再试。"),
    "notices.broken": N_("对方出错（%(status)s），稍后再试。"),
    "notices.refused": N_("对方不收（%(status)s），请检查地址、密钥和模板。"),
    "notices.unreadable": N_("对方的答复看不懂，请检查地址。"),
    "notices.no_address": N_("没有登记手机号或邮箱，发不出去。"),
    "notices.outcome_unknown": N_("发送时被打断，不知对方收到没有；为不重复打扰，不再发送。"),
    "notices.unfit": N_("这个渠道还没有配置好：%(setting)s。"),
    "notices.switched_off": N_("这个渠道已关闭。"),
    "notices.mail_refused": N_("邮件服务器不收这封邮件（%(status)s）。"),
}


class Unsent(Exception):
    """A message did not go.

    Args:
        code: one of `FAULTS`.
        params: what stands in its sentence: numbers and names of settings only.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


class SendAgain(Unsent):
    """It may go later.

    Args:
        after_s: seconds the other side asked to wait.
    """

    def __init__(self, code: str, *, after_s: int | None = None, **params: str | int) -> None:
        self.after_s = after_s
        super().__init__(code, **params)


class SendRefused(Unsent):
    """It will not go, however often it is tried."""


class Adaptor(Protocol):
    """Sends one message; `keeps_keys` says that the other side drops a key it has seen."""

    keeps_keys: ClassVar[bool]

    def send(self, message: Message) -> None:
        """Send one message.

        Raises:
            SendAgain: when it may go later.
            SendRefused: when it never will.
        """
