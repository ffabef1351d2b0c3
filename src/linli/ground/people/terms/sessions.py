"""Words of sessions: the kind of device, never which one or from where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.ground.kernel.marking import N_

# In the order in which they are told from what a browser says of itself.
BROWSERS: Sequence[tuple[str, str, str]] = (
    ("wechat", "MicroMessenger", N_("微信")),
    ("dingtalk", "DingTalk", N_("钉钉")),
    ("edge", "Edg", N_("Edge 浏览器")),
    ("firefox", "Firefox", N_("Firefox 浏览器")),
    ("chrome", "Chrome", N_("Chrome 浏览器")),
    ("safari", "Safari", N_("Safari 浏览器")),
)
SYSTEMS: Sequence[tuple[str, str, str]] = (
    ("harmony", "HarmonyOS", N_("鸿蒙手机或平板")),
    ("android", "Android", N_("安卓手机或平板")),
    ("iphone", "iPhone", N_("苹果手机")),
    ("ipad", "iPad", N_("苹果平板")),
    ("windows", "Windows", N_("Windows 电脑")),
    ("mac", "Macintosh", N_("苹果电脑")),
    ("linux", "Linux", N_("Linux 电脑")),
)
OTHER_BROWSER, OTHER_SYSTEM = N_("其他浏览器"), N_("别的设备")


def device_code(user_agent: str) -> str:
    """Say in a code what kind of browser and system this is, and nothing more."""
    found = [
        next((code for code, mark, _label in known if mark in user_agent), "other")
        for known in (BROWSERS, SYSTEMS)
    ]
    return "-".join(found)


def device_labels(code: str) -> tuple[str, str]:
    """Give the Chinese names of browser and system, message ids."""
    browser, _, system = code.partition("-")
    return (
        {code: label for code, _mark, label in BROWSERS}.get(browser, OTHER_BROWSER),
        {code: label for code, _mark, label in SYSTEMS}.get(system, OTHER_SYSTEM),
    )


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session as its owner reads it; browser and system are msgids."""

    id: int
    browser: str
    system: str
    began_at: datetime
    used_at: datetime
    is_this: bool
