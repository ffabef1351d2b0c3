"""How messages leave the system, read from the environment; what is wrong is told in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import lru_cache

from django.conf import settings

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_

from .terms import Channel, Quiet, Topic

ROBOTS = ("wecom", "dingtalk", "feishu")
CONSOLE, HTTP, OFF = "console", "http", "off"
DIGEST_TEMPLATE, CODE_TEMPLATE = "digest", "code"
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


class UnfitConfiguration(Refusal):
    """A channel is not set up as it must be."""

    messages = {
        "notices.unknown_adaptor": N_("%(name)s 不能是“%(value)s”，可用：%(known)s。"),
        "notices.address_missing": N_("%(name)s 缺失：启用这个渠道必须给出 https:// 开头的地址。"),
        "notices.address_malformed": N_("%(name)s 不是完整的 http(s) 地址。"),
        "notices.key_missing": N_("%(name)s 缺失：短信网关需要密钥。"),
        "notices.template_missing": N_(
            "LINLI_SMS_TEMPLATES 里没有“%(topic)s”的模板，"
            "请写成 default=模板号,urgent=模板号,digest=模板号。"
        ),
        "notices.times_malformed": N_("%(name)s 看不懂“%(value)s”，请写成 %(example)s。"),
        "notices.number_malformed": N_("%(name)s 必须是 1 到 %(most)s 之间的整数。"),
    }


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The ways out: which adaptor each channel has, where it sends, and when."""

    site: str
    email: str
    sms: str
    sms_url: str
    sms_key: str = field(repr=False)
    sms_templates: Mapping[str, str]
    robot: str
    robot_url: str = field(repr=False)
    robot_secret: str = field(repr=False)
    timeout_s: int
    digest_times: tuple[time, ...]
    quiet: Quiet
    urgent_interval: timedelta
    urgent_times: int

    def is_on(self, channel: Channel) -> bool:
        """Whether anything leaves by this channel."""
        adaptor = {Channel.EMAIL: self.email, Channel.SMS: self.sms, Channel.ROBOT: self.robot}
        return adaptor[channel] != OFF

    @property
    def code_template(self) -> str:
        """The gateway's template for codes; without one no code can be sent by SMS."""
        return self.sms_templates.get(CODE_TEMPLATE, "")

    def template_for(self, topic: Topic, *, is_digest: bool) -> str:
        """Give the template of the SMS gateway for a topic.

        Raises:
            UnfitConfiguration: when there is none, not even a default.
        """
        wanted = DIGEST_TEMPLATE if is_digest else topic.value
        found = self.sms_templates.get(wanted) or self.sms_templates.get("default")
        if not found:
            raise UnfitConfiguration("notices.template_missing", topic=wanted)
        return found


def configured() -> Configuration:
    """Give the configuration of this process.

    Raises:
        UnfitConfiguration: as `read_configuration`.
    """
    return _read_once(tuple(sorted(settings.NOTICES.items())))


def read_configuration(given: Mapping[str, str]) -> Configuration:
    """Read how messages leave the system.

    Args:
        given: the environment, or a part of it.

    Raises:
        UnfitConfiguration: naming the first setting that is missing or wrong.
    """
    sms = _one_of(given, "LINLI_SMS", (CONSOLE, HTTP, OFF))
    robot = _one_of(given, "LINLI_ROBOT", (CONSOLE, OFF, *ROBOTS))
    read = Configuration(
        site=given.get("LINLI_SITE", "http://127.0.0.1:8000").rstrip("/"),
        email=_one_of(given, "LINLI_EMAIL", ("on", OFF)),
        sms=sms,
        sms_url=_address(given, "LINLI_SMS_URL", is_needed=sms == HTTP),
        sms_key=_key(given, is_needed=sms == HTTP),
        sms_templates=_templates(given.get("LINLI_SMS_TEMPLATES", "")),
        robot=robot,
        robot_url=_address(given, "LINLI_ROBOT_URL", is_needed=robot in ROBOTS),
        robot_secret=given.get("LINLI_ROBOT_SECRET", ""),
        timeout_s=_number(given, "LINLI_SEND_TIMEOUT_S", usual=10, most=120),
        digest_times=_times(given, "LINLI_DIGEST_TIMES", "08:30,17:30"),
        quiet=_quiet(given),
        urgent_interval=timedelta(
            minutes=_number(given, "LINLI_URGENT_MINUTES", usual=5, most=240)
        ),
        urgent_times=_number(given, "LINLI_URGENT_TIMES", usual=2, most=20),
    )
    if sms == HTTP:
        read.template_for(Topic.OTHER, is_digest=False)
    return read


@lru_cache(maxsize=8)
def _read_once(given: tuple[tuple[str, str], ...]) -> Configuration:
    return read_configuration(dict(given))


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = given.get(name, "") or known[0]
    if value not in known:
        raise UnfitConfiguration(
            "notices.unknown_adaptor", name=name, value=value, known="、".join(known)
        )
    return value


def _address(given: Mapping[str, str], name: str, *, is_needed: bool) -> str:
    value = given.get(name, "")
    if not value:
        if is_needed:
            raise UnfitConfiguration("notices.address_missing", name=name)
        return ""
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise UnfitConfiguration("notices.address_malformed", name=name)
    return value


def _key(given: Mapping[str, str], *, is_needed: bool) -> str:
    value = given.get("LINLI_SMS_KEY", "")
    if is_needed and not value:
        raise UnfitConfiguration("notices.key_missing", name="LINLI_SMS_KEY")
    return value


def _templates(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(",") if "=" in part)
    return {topic.strip(): template.strip() for topic, _, template in pairs}


def _number(given: Mapping[str, str], name: str, *, usual: int, most: int) -> int:
    text = given.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise UnfitConfiguration("notices.number_malformed", name=name, most=most)
    return int(text)


def _times(given: Mapping[str, str], name: str, usual: str) -> tuple[time, ...]:
    text = given.get(name, "") or usual
    parts = [part.strip() for part in text.split(",")]
    if not all(_CLOCK.fullmatch(part) for part in parts):
        raise UnfitConfiguration("notices.times_malformed", name=name, value=text, example=usual)
    return tuple(sorted(time.fromisoformat(part.zfill(5)) for part in parts))


def _quiet(given: Mapping[str, str]) -> Quiet:
    name, usual = "LINLI_QUIET_HOURS", "22:00-07:00"
    text = given.get(name, "") or usual
    starts, _, ends = text.replace("–", "-").partition("-")
    if not (_CLOCK.fullmatch(starts.strip()) and _CLOCK.fullmatch(ends.strip())):
        raise UnfitConfiguration("notices.times_malformed", name=name, value=text, example=usual)
    return Quiet(
        starts=time.fromisoformat(starts.strip().zfill(5)),
        ends=time.fromisoformat(ends.strip().zfill(5)),
    )
