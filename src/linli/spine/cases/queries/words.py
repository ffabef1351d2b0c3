"""Words of the room in the language of the request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language, gettext, ngettext

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.ground.people.queries import list_organisations
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import AreaName

# Days of some years and lengths by the minute, in each language.
MOST_KEPT = 4_096
UNIT_WORDS = {
    Unit.URGENT_HOURS: (N_("%(amount)s 个紧急小时"), N_("%(amount)s 个紧急小时")),
    Unit.HOURS: (N_("%(amount)s 小时"), N_("%(amount)s 小时")),
    Unit.WORKING_HOURS: (N_("办公时间 %(amount)s 小时"), N_("办公时间 %(amount)s 小时")),
    Unit.WORKING_DAYS: (N_("%(amount)s 个工作日"), N_("%(amount)s 个工作日")),
    Unit.CALENDAR_DAYS: (N_("%(amount)s 个自然日"), N_("%(amount)s 个自然日")),
}
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class Named(Protocol):
    """Anything with a Chinese and an English name."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


class PlaceRow(Named, Protocol):
    """A row of the territory."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...


def is_english() -> bool:
    """Say whether the request is read in English."""
    return (get_language() or "").startswith("en")


def name_of(thing: Named | None) -> str:
    """Give a thing's name in the language of the request, or an empty text for none."""
    if thing is None:
        return ""
    return (thing.name_en or thing.name) if is_english() else thing.name


def shown_title(title: str, *, category: str) -> str:
    """Give a case's title with numbers hidden, or its category where a recording says it all."""
    return mask_numbers(title) or category or gettext("（没有标题）")


def area_name_of(area: PlaceRow) -> AreaName:
    """Give an area row as others see it."""
    return AreaName(id=area.id, code=area.code, name=name_of(area))


def area_of(area: PlaceRow | None) -> AreaName | None:
    """Give an area row as others see it, or None where none is known."""
    return area_name_of(area) if area is not None else None


def organisation_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Name organisations by id, in one statement; gone ones too."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {one.id: name_of(one) for one in list_organisations(ids=wanted, active_only=False)}


def limit_words(limit: Limit) -> str:
    """Say a limit, e.g. 办公时间 4 小时."""
    return _limit_words(limit, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _limit_words(limit: Limit, _language: str | None) -> str:
    one, many = UNIT_WORDS[limit.unit]
    return ngettext(one, many, limit.amount) % {"amount": limit.amount}


def span_words(span: timedelta) -> str:
    """Say a length of time in hours and minutes: 1.5 小时, 2 小时 50 分钟."""
    return _span_words(round(span.total_seconds() / 60), get_language())


@lru_cache(maxsize=MOST_KEPT)
def _span_words(minutes: int, _language: str | None) -> str:
    hours, rest = divmod(minutes, 60)
    if hours and rest in (0, 30):
        return gettext("%(hours)s 小时") % {"hours": f"{minutes / 60:g}"}
    said = gettext("%(minutes)s 分钟") % {"minutes": rest}
    return f"{gettext('%(hours)s 小时') % {'hours': hours}} {said}" if hours else said


def moment_words(at: datetime, zone: str) -> str:
    """Say an instant with weekday, e.g. 11 月 23 日周一 10:30."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date())} {local:%H:%M}"


def day_words(day: date) -> str:
    """Say a day with weekday, e.g. 11 月 23 日周一."""
    return _day_words(day, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _day_words(day: date, _language: str | None) -> str:
    return gettext("%(day)s%(weekday)s") % {
        "day": dateformat.format(day, gettext("n 月 j 日")),
        "weekday": gettext(WEEKDAYS[day.weekday()]),
    }
