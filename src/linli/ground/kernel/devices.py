"""From what kind of device a page was asked for, as coarsely as that."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from .marking import N_


class Device(StrEnum):
    """On what a link was used."""

    WECHAT = "wechat"
    DINGTALK = "dingtalk"
    PHONE = "phone"
    COMPUTER = "computer"
    UNKNOWN = "unknown"


DEVICE_LABELS: Mapping[Device, str] = {
    Device.WECHAT: N_("微信"),
    Device.DINGTALK: N_("钉钉"),
    Device.PHONE: N_("手机浏览器"),
    Device.COMPUTER: N_("电脑浏览器"),
    Device.UNKNOWN: N_("其他设备"),
}

# Looked for in this order: WeChat and DingTalk also name the telephone they run on.
_SIGNS = (
    ("micromessenger", Device.WECHAT),
    ("wxwork", Device.WECHAT),
    ("dingtalk", Device.DINGTALK),
    ("mobile", Device.PHONE),
    ("android", Device.PHONE),
    ("mozilla", Device.COMPUTER),
)


def device_of(user_agent: str) -> Device:
    """Say from what a page was asked for, and no more than that."""
    named = user_agent.lower()
    return next((device for sign, device in _SIGNS if sign in named), Device.UNKNOWN)
