"""Opening hours of places people go to, on the days of the sub-district's calendar: pure rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from .calendars import WorkingCalendar
from .errors import Refusal
from .marking import N_

MOST_SPANS = 2
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORKDAYS = (1, 2, 3, 4, 5)
# The longest holiday and the weekends around it.
LOOK_AHEAD_DAYS = 21
_DAY = timedelta(days=1)
WEEKDAY_LABELS: Mapping[int, str] = {
    1: N_("周一"),
    2: N_("周二"),
    3: N_("周三"),
    4: N_("周四"),
    5: N_("周五"),
    6: N_("周六"),
    7: N_("周日"),
}


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When something is open, in the local time of its sub-district.

    Args:
        weekdays: days of the week by ISO number, Monday is 1, ascending.
        spans: one or two stretches of a day, ascending.
        on_holidays: whether it is open on public holidays as on other days. One that is not is
            open on a swapped workday if it is open on all usual workdays.
    """

    weekdays: tuple[int, ...] = WORKDAYS
    spans: tuple[tuple[time, time], ...] = ((time(9), time(11)), (time(14), time(16)))
    on_holidays: bool = False


class UnfitHours(Refusal):
    """No day has such hours."""

    messages = {
        "hours.missing": N_("请至少选一天，写一段开放时间。"),
        "hours.order": N_("开放时间要从早到晚，前后两段不能重叠。"),
    }


def is_open_on(hours: Hours, day: date, calendar: WorkingCalendar) -> bool:
    """Say whether something is open on a local date: by the week, holidays and swapped workdays."""
    is_usual = day.isoweekday() in hours.weekdays
    if hours.on_holidays:
        return is_usual
    is_worked = calendar.exceptions.get(day)
    if is_worked is None:
        return is_usual
    return is_worked and (is_usual or set(WORKDAYS) <= set(hours.weekdays))


def is_open_at(hours: Hours, at: datetime, calendar: WorkingCalendar) -> bool:
    """Say whether something is open at an aware instant."""
    local = at.astimezone(ZoneInfo(calendar.zone))
    if not is_open_on(hours, local.date(), calendar):
        return False
    return any(opens <= local.time() < closes for opens, closes in hours.spans)


def next_opening(hours: Hours, at: datetime, calendar: WorkingCalendar) -> datetime | None:
    """Give the first instant after `at` at which it opens, or None within three weeks."""
    return next((one for one in _openings(hours, at, calendar) if one > at), None)


def check_hours(hours: Hours) -> None:
    """Refuse hours that no day has.

    Raises:
        UnfitHours: none at all, or not in order.
    """
    known = set(hours.weekdays) <= set(EVERY_DAY)
    if not (hours.weekdays and known and 1 <= len(hours.spans) <= MOST_SPANS):
        raise UnfitHours("hours.missing", field="hours")
    moments: list[time] = [moment for span in hours.spans for moment in span]
    if any(later <= earlier for earlier, later in pairwise(moments)):
        raise UnfitHours("hours.order", field="hours")


def _openings(hours: Hours, at: datetime, calendar: WorkingCalendar) -> Iterator[datetime]:
    zone = ZoneInfo(calendar.zone)
    first = at.astimezone(zone).date()
    for after in range(LOOK_AHEAD_DAYS + 1):
        day = first + after * _DAY
        if is_open_on(hours, day, calendar):
            for opens, _closes in hours.spans:
                yield datetime.combine(day, opens, tzinfo=zone)


def write_hours(hours: Hours) -> dict[str, object]:
    """Write hours as the columns of a row: `weekdays`, `spans`, `on_holidays`."""
    return {
        "weekdays": "".join(str(one) for one in hours.weekdays),
        "spans": [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in hours.spans],
        "on_holidays": hours.on_holidays,
    }


def read_hours(weekdays: str, spans: list[list[str]], on_holidays: bool) -> Hours:
    """Read hours from the columns of a row."""
    return Hours(
        weekdays=read_weekdays(weekdays),
        spans=tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans
        ),
        on_holidays=on_holidays,
    )


def read_weekdays(written: str) -> tuple[int, ...]:
    """Read days of the week as a row keeps them."""
    return tuple(int(digit) for digit in written)
