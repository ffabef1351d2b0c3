"""Which settings a sub-district may change at the desk, each said once: a flat table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.spine.cases.rules.cells import MOST_REACH_M
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.terms import CLOCK_LABELS, ClockName
from linli.spine.cases.terms.supervision import RUNGS, Base, Rung, RungAt

REOPEN_DAYS, RETURN_LIMIT, REPEATS = "reopen_days", "return_limit", "suspicious_repeats"
EXTENSION_DAYS, LEADER_EXTENSION_DAYS = "extension_days", "leader_extension_days"
SAMPLE_SHARE, SAMPLE_DAYS, ASKING_DAYS = "sample_share", "sample_days", "asking_days"
SILENT_DAYS = "silent_days"
IN_WORKING_DAYS = (EXTENSION_DAYS, LEADER_EXTENSION_DAYS, SAMPLE_DAYS, ASKING_DAYS, SILENT_DAYS)
PENDING_DAYS = "pending_days"
IN_CALENDAR_DAYS = (REOPEN_DAYS, PENDING_DAYS)
DUPLICATE_RADIUS_M, DUPLICATE_HOURS = "duplicate_radius_m", "duplicate_hours"
# What is a number of something, and no limit.
COUNTED = (RETURN_LIMIT, REPEATS, SAMPLE_SHARE, DUPLICATE_RADIUS_M, DUPLICATE_HOURS)
# A step's limit: in which units, and how many of each at least and at most.
STEP_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {Unit.WORKING_HOURS: (1, 40), Unit.WORKING_DAYS: (1, 10)}
)
# As far as the cells around a point are looked at; as long as what is open is compared.
MOST_REASON = 200
RADIUS_RANGE_M, HOURS_RANGE = (10, MOST_REACH_M), (1, 72)


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a setting is set to: an amount, and the unit where it is a limit."""

    amount: int
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting: what it means, what follows from a change, what it may be, as msgids.

    `ranges` gives the least and the most by unit; a plain count has the unit "" and says in
    `counted` what is counted. `asks_why` where a change is not made without a reason.
    """

    name: str
    label: str
    meaning: str
    consequence: str
    ranges: Mapping[str, tuple[int, int]]
    counted: str = ""
    asks_why: bool = False


# How a rung is counted; the last leaves it out.
SHARE, BEFORE, AFTER, LEFT_OUT = Base.SHARE.value, Base.BEFORE.value, Base.AFTER.value, "left_out"
RUNG_OF_SETTING: Mapping[str, Rung] = {f"rung_{rung.value}": rung for rung in Rung}
# Limits by which it is seen whether rungs come in order, in hours: half a day, a week.
_SEEN_AT = (4, 8, 40)
_TOO_EARLY: Mapping[Rung, str] = {
    Rung.YELLOW: "setting.yellow_too_early",
    Rung.RED: "setting.red_too_early",
    Rung.UP: "setting.up_too_early",
}
_RUNG_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {SHARE: (1, 100), BEFORE: (1, 40), AFTER: (0, 80), LEFT_OUT: (0, 0)}
)
_RUNG_FOLLOWS = N_(
    "正在走的时限马上照新的排，包括任务和批示；已经发过的提醒和牌不收回，时间还没到的照新的时间发。"
)
_NEW_ONLY = N_("已经在走的时限照原来的承诺不变，从现在起新开始的按新的算。")
_FROM_NOW = N_("已经并在一起的不变。改大了，提示多，不相干的也会提；改小了，有的重复就提不出来。")

SETTINGS: Mapping[str, Setting] = {
    one.name: one
    for one in (
        Setting(
            name=ClockName.ACCEPT.value,
            label=N_("退单期限"),
            meaning=N_("派遣后承办单位可以接单或退单的时间；过了不答复视为接单。"),
            consequence=_NEW_ONLY,
            ranges={Unit.WORKING_HOURS: (1, 40), Unit.WORKING_DAYS: (1, 5)},
        ),
        Setting(
            name=RETURN_LIMIT,
            label=N_("可以退单几次"),
            meaning=N_("退到这个次数，由中心裁定主办单位，裁定后不能再退。"),
            consequence=N_("已经退过的次数照算；已经裁定的不受影响。"),
            ranges={"": (1, 5)},
            counted=N_("次"),
        ),
        Setting(
            name=REOPEN_DAYS,
            label=N_("重开期限"),
            meaning=N_("结案后反映人可以说“没有解决”、要求重开的天数。"),
            consequence=N_("已经结案的也按新的天数算：改短了，有的反映人就不能再重开。"),
            ranges={Unit.CALENDAR_DAYS: (3, 60)},
        ),
        *(
            Setting(
                name=name.value,
                label=CLOCK_LABELS[name],
                meaning=meaning,
                consequence=_NEW_ONLY,
                ranges=STEP_RANGES,
            )
            for name, meaning in (
                (ClockName.VERIFY, N_("公众上报到核实完成的时间。")),
                (ClockName.FILE, N_("从受理到立案或不予立案的时间。")),
                (ClockName.DISPATCH, N_("立案到派给承办单位的时间。")),
                (ClockName.CHECK, N_("反馈办好到核查完成的时间。")),
                (ClockName.CLOSE, N_("核查通过到结案的时间。")),
            )
        ),
        *(
            Setting(
                name=name,
                label=label,
                meaning=meaning,
                consequence=_RUNG_FOLLOWS,
                ranges=_RUNG_RANGES,
                asks_why=True,
            )
            for name, label, meaning in (
                (
                    "rung_remind",
                    N_("什么时候提醒"),
                    N_("时限快到了，轮到谁办就提醒谁抓紧。"),
                ),
                (
                    "rung_yellow",
                    N_("什么时候发黄牌"),
                    N_("时限眼看要到了，除了轮到办的人，值班长也知道。"),
                ),
                (
                    "rung_red",
                    N_("什么时候发红牌"),
                    N_("过了时限还没有办好，值班长、督办员和街道领导都知道。"),
                ),
                (
                    "rung_up",
                    N_("什么时候升级"),
                    N_("红牌以后还没有办好，再请上一级和街道领导过问。"),
                ),
            )
        ),
        Setting(
            name=SILENT_DAYS,
            label=N_("多久没有进展要督办"),
            meaning=N_("连续这么多个工作日没有人办理或说明，案件就上督办看板的“久无进展”。"),
            consequence=N_("马上按新的天数数；以前的办理和说明照算。"),
            ranges={Unit.WORKING_DAYS: (1, 20)},
            asks_why=True,
        ),
        Setting(
            name=EXTENSION_DAYS,
            label=N_("延期最多几天"),
            meaning=N_("第一次延期由值班长决定，最多延这么多个工作日。"),
            consequence=N_("已经准许的延期不变，从现在起申请的按新的算。"),
            ranges={Unit.WORKING_DAYS: (1, 20)},
        ),
        Setting(
            name=LEADER_EXTENSION_DAYS,
            label=N_("领导批准的延期最多几天"),
            meaning=N_("第二次延期和工程施工由街道领导决定，最多延这么多个工作日。"),
            consequence=N_("已经准许的延期不变，从现在起申请的按新的算。"),
            ranges={Unit.WORKING_DAYS: (1, 120)},
        ),
        Setting(
            name=PENDING_DAYS,
            label=N_("挂账最多多少天"),
            meaning=N_(
                "一时办不了的案件经领导批准挂账，一次最多这么多天；到时自动唤醒，或重新申请。"
            ),
            consequence=N_("已经挂账的照原来的日期唤醒，从现在起申请的按新的算。"),
            ranges={Unit.CALENDAR_DAYS: (30, 730)},
        ),
        Setting(
            name=DUPLICATE_RADIUS_M,
            label=N_("多少米内算疑似重复"),
            meaning=N_("同一类的事，相距不超过这么多米，就提示可能是同一件。"),
            consequence=_FROM_NOW,
            ranges={"": RADIUS_RANGE_M},
            counted=N_("米"),
        ),
        Setting(
            name=DUPLICATE_HOURS,
            label=N_("多少小时内算疑似重复"),
            meaning=N_("同一类的事，前后不超过这么多小时，就提示可能是同一件。"),
            consequence=_FROM_NOW,
            ranges={"": HOURS_RANGE},
            counted=N_("个小时"),
        ),
        Setting(
            name=SAMPLE_SHARE,
            label=N_("即时处置每百件抽查几件"),
            meaning=N_("当场处置完的，每天按这个比例随机抽给别人核查；每个发现人每月至少抽一件。"),
            consequence=N_("已经抽到的不变，从下一次抽取起按新的算；填 0 也会每人每月抽一件。"),
            ranges={"": (0, 100)},
            counted=N_("件"),
        ),
        Setting(
            name=SAMPLE_DAYS,
            label=N_("抽查时限"),
            meaning=N_("抽到的即时处置，在这么多个工作日内核查。"),
            consequence=_NEW_ONLY,
            ranges={Unit.WORKING_DAYS: (1, 10)},
        ),
        Setting(
            name=ASKING_DAYS,
            label=N_("反映人回答的期限"),
            meaning=N_(
                "声音、气味、冷暖等请反映人回答现在好了没有；过了这么多个工作日没有回答，"
                "核查人可以打电话问。核查时限在这之后再加。"
            ),
            consequence=_NEW_ONLY,
            ranges={Unit.WORKING_DAYS: (1, 10)},
        ),
        Setting(
            name=REPEATS,
            label=N_("多少次算默认点"),
            meaning=N_("一周里同一个坐标报来这么多次，就不当作真的位置，等人落位。"),
            consequence=N_("改小了，真的常出事的地方也可能要人落位；改大了，默认点会混进网格。"),
            ranges={"": (5, 200)},
            counted=N_("次"),
        ),
    )
}


def value_of(name: str, policy: Policy) -> Value:
    """Give what a setting is set to."""
    if name in RUNG_OF_SETTING:
        return rung_value(policy.ladder.get(RUNG_OF_SETTING[name]))
    if name in IN_CALENDAR_DAYS:
        return Value(amount=getattr(policy, name), unit=Unit.CALENDAR_DAYS.value)
    if name in IN_WORKING_DAYS:
        return Value(amount=getattr(policy, name), unit=Unit.WORKING_DAYS.value)
    if name in COUNTED:
        return Value(amount=getattr(policy, name))
    limit = policy.limit_of(ClockName(name))
    return Value(amount=limit.amount, unit=limit.unit.value)


def check_value(name: str, value: Value, *, before: Value) -> None:
    """Refuse a value that may not be, or changes nothing.

    Raises:
        SettingRefused: unknown setting or unit, out of range, or as it was.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        raise SettingRefused("setting.unknown")
    check_fit(setting, value, before=before)


def rung_value(at: RungAt | None) -> Value:
    """Give when a rung is reached as the value of its setting."""
    return Value(amount=at.amount, unit=at.base.value) if at else Value(amount=0, unit=LEFT_OUT)


def read_rung_value(value: Value) -> RungAt | None:
    """Read when a rung is reached from the value of its setting; None where it is left out."""
    return None if value.unit == LEFT_OUT else RungAt(Base(value.unit), value.amount)


def check_order(name: str, value: Value, policy: Policy) -> None:
    """Refuse a rung that would leave the ladder out of order, or empty.

    Rungs are compared within limits of half a day, a day and a week; they count from the beginning
    or around the due time, so their order may depend on how long a limit is.

    Raises:
        SettingRefused: naming the rung and the limit in which it comes before the one below.
    """
    ladder = {**policy.ladder, RUNG_OF_SETTING[name]: read_rung_value(value)}
    steps = [(rung, at) for rung in RUNGS if (at := ladder.get(rung)) is not None]
    if not steps:
        raise SettingRefused("setting.no_rung", field="amount")
    for (_lower, first), (higher, then) in pairwise(steps):
        for hours in _SEEN_AT:
            ahead = _at_hour(then, hours) - _at_hour(first, hours)
            # In a short limit both may begin with it.
            if ahead < 0 or (ahead == 0 and hours == _SEEN_AT[-1]):
                raise SettingRefused(_TOO_EARLY[higher], field="amount", hours=hours)


def _at_hour(at: RungAt, limit: int) -> float:
    """Give the working hour of a limit at which a rung is reached; never before it begins."""
    match at.base:
        case Base.SHARE:
            return limit * at.amount / 100
        case Base.BEFORE:
            return max(0, limit - at.amount)
        case Base.AFTER:
            return limit + at.amount


def check_reason(setting: Setting, reason: str) -> str:
    """Give the reason as it is kept.

    Raises:
        SettingRefused: it is missing where one is asked for, or too long.
    """
    said = reason.replace("\x00", "").strip()
    if len(said) > MOST_REASON or (setting.asks_why and not said):
        raise SettingRefused("setting.no_reason", field="reason", most=MOST_REASON)
    return said


def check_fit(setting: Setting, value: Value, *, before: Value) -> None:
    """Refuse a value that a setting, of this room or another, does not allow.

    Raises:
        SettingRefused: unknown unit, out of range, or as it was.
    """
    if value.unit not in setting.ranges:
        raise SettingRefused("setting.unit_unknown", field="unit")
    least, most = setting.ranges[value.unit]
    if not least <= value.amount <= most:
        raise SettingRefused("setting.out_of_range", field="amount", least=least, most=most)
    if value == before:
        raise SettingRefused("setting.same", field="amount")


def limit_of(value: Value) -> Limit:
    """Give a value as a limit of a clock."""
    return Limit(value.amount, Unit(value.unit))
