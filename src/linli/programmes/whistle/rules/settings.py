"""Which limits of whistles a sub-district may change at the desk: a flat table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.marking import N_
from linli.programmes.whistle.terms import Kind, KindLimits, Policy
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import Setting, Value

MINUTES = "minutes"
PREFIX = "whistle_"
_HOURS = Unit.WORKING_HOURS.value
_LATER_ONLY = N_("已经吹的哨照原来的时间，从现在起吹的按新的算。")
_EMERGENCY, _COMPREHENSIVE, _INSPECTION = (kind.value for kind in Kind)
# Of each kind: how soon they answer, the shortest time to come, and what the form proposes.
LIMITS: Mapping[str, tuple[Kind, str]] = {
    f"{PREFIX}{kind.value}_{part}": (kind, part)
    for kind in Kind
    for part in ("answer", "least", "usual")
}
_LABELS: Mapping[str, tuple[str, str]] = {
    f"{PREFIX}{_EMERGENCY}_answer": (
        N_("应急处置：几分钟内答复"),
        N_("叫到以后这么多分钟内答复来不来；夜里、放假也算。"),
    ),
    f"{PREFIX}{_EMERGENCY}_least": (
        N_("应急处置：最快要人几分钟到"),
        N_("吹哨时要求到场的时间不能比这更短。"),
    ),
    f"{PREFIX}{_EMERGENCY}_usual": (
        N_("应急处置：一般几分钟到"),
        N_("吹哨的表里先填上的时间，吹的人可以改。"),
    ),
    f"{PREFIX}{_COMPREHENSIVE}_answer": (
        N_("综合执法：几小时内答复"),
        N_("叫到以后这么多个办公小时内答复来不来。"),
    ),
    f"{PREFIX}{_COMPREHENSIVE}_least": (
        N_("综合执法：最快要人几小时到"),
        N_("吹哨时要求到场的时间不能比这更短。"),
    ),
    f"{PREFIX}{_COMPREHENSIVE}_usual": (
        N_("综合执法：一般几小时到"),
        N_("吹哨的表里先填上的时间，吹的人可以改。"),
    ),
    f"{PREFIX}{_INSPECTION}_answer": (
        N_("联合检查：几小时内答复"),
        N_("叫到以后这么多个办公小时内答复来不来。"),
    ),
    f"{PREFIX}{_INSPECTION}_least": (
        N_("联合检查：最快要人几小时到"),
        N_("吹哨时要求到场的时间不能比这更短。"),
    ),
    f"{PREFIX}{_INSPECTION}_usual": (
        N_("联合检查：一般几小时到"),
        N_("吹哨的表里先填上的时间，吹的人可以改。"),
    ),
}
_OF_EMERGENCY = {MINUTES: (5, 240)}
_OF_OTHERS = {_HOURS: (1, 80)}

SETTINGS: Mapping[str, Setting] = {
    one.name: one
    for one in (
        *(
            Setting(
                name=name,
                label=label,
                meaning=meaning,
                consequence=_LATER_ONLY,
                ranges=_OF_EMERGENCY if LIMITS[name][0] is Kind.EMERGENCY else _OF_OTHERS,
                asks_why=True,
            )
            for name, (label, meaning) in _LABELS.items()
        ),
        Setting(
            name=f"{PREFIX}judge_days",
            label=N_("几天内评价各单位"),
            meaning=N_("登记处置结果以后，召集人在这么多个工作日内评价。"),
            consequence=_LATER_ONLY,
            ranges={Unit.WORKING_DAYS: (1, 20)},
            asks_why=True,
        ),
        Setting(
            name=f"{PREFIX}reply_days",
            label=N_("几天内回应评价"),
            meaning=N_("评价以后，被召集的单位在这么多个工作日内可以回应，或说不同意。"),
            consequence=_LATER_ONLY,
            ranges={Unit.WORKING_DAYS: (1, 20)},
            asks_why=True,
        ),
        Setting(
            name=f"{PREFIX}near_m",
            label=N_("离现场多少米算到场"),
            meaning=N_("报到时手机的位置离现场不超过这么多米，就算到场；再远要召集人确认。"),
            consequence=N_("已经报到的不变，从现在起报到的按新的算。"),
            ranges={"": (20, 2000)},
            counted=N_("米"),
            asks_why=True,
        ),
        Setting(
            name=f"{PREFIX}position_days",
            label=N_("报到的位置存几天"),
            meaning=N_("报到那一刻的位置只用来证明到场，过了这么多天就删，最多 30 天。"),
            consequence=N_("已经存的照原来的日子删，从现在起报到的按新的算。"),
            ranges={Unit.CALENDAR_DAYS: (1, 30)},
            asks_why=True,
        ),
    )
}
_UNITS: Mapping[str, str] = {
    "judge_days": Unit.WORKING_DAYS.value,
    "reply_days": Unit.WORKING_DAYS.value,
    "near_m": "",
    "position_days": Unit.CALENDAR_DAYS.value,
}


def value_of(name: str, policy: Policy) -> Value:
    """Give what a setting is set to."""
    if name in LIMITS:
        kind, part = LIMITS[name]
        unit = MINUTES if kind is Kind.EMERGENCY else _HOURS
        return Value(amount=getattr(policy.limits[kind], part), unit=unit)
    own = name.removeprefix(PREFIX)
    return Value(amount=getattr(policy, own), unit=_UNITS[own])


def with_value(name: str, amount: int, policy: Policy) -> Policy:
    """Give the settings with one of them changed.

    Raises:
        SettingRefused: when an answer would be due after the time to come, or the usual time would
            be shorter than the shortest.
    """
    changed: dict[str, int]
    if name not in LIMITS:
        changed = {name.removeprefix(PREFIX): amount}
        return replace(policy, **changed)  # type: ignore[arg-type]
    kind, part = LIMITS[name]
    changed = {part: amount}
    limits = replace(policy.limits[kind], **changed)  # type: ignore[arg-type]
    _check_order(limits)
    return replace(policy, limits={**policy.limits, kind: limits})


def _check_order(limits: KindLimits) -> None:
    if limits.answer > limits.least:
        raise SettingRefused("setting.answer_after_coming", field="amount", least=limits.least)
    if limits.least > limits.usual:
        raise SettingRefused("setting.usual_too_short", field="amount", least=limits.least)
