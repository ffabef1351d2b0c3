"""Settings in words: values, units, what may be filled in."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.programmes.callback.rules.settings import PERCENT
from linli.programmes.whistle.rules.settings import MINUTES
from linli.spine.cases.queries.words import limit_words
from linli.spine.cases.rules.settings import AFTER, BEFORE, LEFT_OUT, SHARE, Setting, Value

UNITS: Mapping[str, str] = {
    Unit.WORKING_HOURS.value: N_("办公小时"),
    Unit.WORKING_DAYS.value: N_("工作日"),
    Unit.CALENDAR_DAYS.value: N_("自然日"),
    MINUTES: N_("分钟"),
    PERCENT: "%",
    SHARE: N_("% 的时限过了"),
    BEFORE: N_("办公小时，到期前"),
    AFTER: N_("办公小时，到期后"),
    LEFT_OUT: N_("不用这一级"),
}
RANGES: Mapping[str, str] = {
    Unit.WORKING_HOURS.value: N_("办公时间 %(least)s 到 %(most)s 小时"),
    Unit.WORKING_DAYS.value: N_("%(least)s 到 %(most)s 个工作日"),
    Unit.CALENDAR_DAYS.value: N_("%(least)s 到 %(most)s 个自然日"),
    MINUTES: N_("%(least)s 到 %(most)s 分钟"),
    PERCENT: N_("%(least)s%% 到 %(most)s%%"),
    SHARE: N_("时限的 %(least)s%% 到 %(most)s%%"),
    BEFORE: N_("到期前 %(least)s 到 %(most)s 个办公小时"),
    AFTER: N_("到期后 %(least)s 到 %(most)s 个办公小时"),
    LEFT_OUT: N_("不用这一级"),
    "": N_("%(least)s 到 %(most)s %(counted)s"),
}
MANY = 2


def say_value(setting: Setting, value: Value) -> str:
    """Say what a setting is set to."""
    hours = {"amount": value.amount}
    match value.unit:
        case "":
            return f"{value.amount} {say_counted(setting, value.amount)}"
        case unit if unit == PERCENT:
            return f"{value.amount}%"
        case unit if unit == MINUTES:
            said = ngettext("%(amount)s 分钟", "%(amount)s 分钟", value.amount)
            return said % {"amount": value.amount}
        case unit if unit == SHARE:
            return gettext("时限过了 %(amount)s%%") % hours
        case unit if unit == LEFT_OUT:
            return gettext("不用这一级")
        case unit if unit in (BEFORE, AFTER):
            return _around(unit, value.amount)
        case unit:
            return limit_words(Limit(value.amount, Unit(unit)))


def say_range(setting: Setting, unit: str) -> str:
    """Say what may be filled in, in one unit."""
    least, most = setting.ranges[unit]
    words = {"least": least, "most": most, "counted": say_counted(setting, most)}
    return gettext(RANGES[unit]) % words


def say_counted(setting: Setting, amount: int = MANY) -> str:
    """Say what a plain number counts."""
    return ngettext(setting.counted, setting.counted, amount) if setting.counted else ""


def _around(unit: str, hours: int) -> str:
    if not hours:
        return gettext("到期时")
    span = {"span": limit_words(Limit(hours, Unit.WORKING_HOURS))}
    return (gettext("到期前%(span)s") if unit == BEFORE else gettext("到期后%(span)s")) % span
