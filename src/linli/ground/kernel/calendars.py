"""Deadlines over working hours: pure arithmetic on instants, no clock and no database.

Urgent hours and hours run always. Working hours run only inside the hours of workdays. A working
day is the nominal length of one day's hours, so that half a Friday and half a Monday make one. A
calendar day leads to the same time on the wall of a later day. Every count is in the local time of
the calendar's zone, so a shift to daylight saving time neither gives nor takes working time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from .working_time import Span, WorkingTime

DEFAULT_ZONE = "Asia/Shanghai"
Hours = tuple[tuple[time, time], ...]
DEFAULT_HOURS: Hours = ((time(8), time(12)), (time(14), time(18)))
FARTHEST_DAYS = 3660
_DAY = timedelta(days=1)


class Unit(StrEnum):
    """In what a limit is counted."""

    URGENT_HOURS = "urgent_hours"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


ALWAYS = frozenset({Unit.URGENT_HOURS, Unit.HOURS})


@dataclass(frozen=True)
class Limit:
    """An amount of a unit, e.g. `Limit(4, Unit.WORKING_HOURS)`."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a limit is at least 1, not {self.amount}")


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Hours of a workday in local time, ascending, and the days that differ from the week's rule.

    `exceptions` maps a date to whether it is worked: false for a holiday, true for a swapped
    weekend 调休. A span may end at `time.max`, meaning midnight. `later` gives the days from which
    other hours hold, the earliest first.
    """

    zone: str = DEFAULT_ZONE
    hours: Hours = DEFAULT_HOURS
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    later: tuple[tuple[date, Hours], ...] = ()
    _spans: dict[date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def worked(self) -> WorkingTime:
        """The working time of this calendar, added up as far as it was asked for."""
        return WorkingTime(self.spans_on)

    def is_workday(self, day: date) -> bool:
        """Say whether a local date is worked."""
        return self.exceptions.get(day, day.weekday() < 5)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Give the working spans of a local date in UTC; worked out once for each date."""
        found = self._spans.get(day)
        if found is None:
            found = self._spans[day] = tuple(_spans_of(day, self)) if self.is_workday(day) else ()
        return found

    def hours_on(self, day: date) -> Hours:
        """Give the hours that hold on a local date if it is worked."""
        held = (hours for begins, hours in reversed(self.later) if begins <= day)
        return next(held, self.hours)

    def length_on(self, day: date) -> timedelta:
        """Give the nominal working time of a day by the hours that hold on this local date."""
        return length_of(self.hours_on(day))


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One stretch of time that counted, within one working span."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it really lasted."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The arithmetic of one deadline: stretches that counted, holidays passed over, the end.

    `holidays` are weekdays not worked and `swapped` weekend days worked between start and end.
    """

    start: datetime
    limit: Limit
    stretches: tuple[Stretch, ...]
    holidays: tuple[date, ...]
    swapped: tuple[date, ...]
    due_at: datetime


@lru_cache(maxsize=256)
def length_of(hours: Hours) -> timedelta:
    """Give the working time of one day with these hours."""
    return sum((_until(closes) - _until(opens) for opens, closes in hours), timedelta())


def due_after(start: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    """Give the first instant at which the limit has run out.

    A working day is as long as the hours of the day the limit begins on.

    Args:
        start: aware instant.

    Returns:
        The instant in the calendar's zone.

    Raises:
        ValueError: when the calendar has too few working hours to ever get there.
    """
    local = start.astimezone(_zone(calendar.zone))
    if limit.unit in ALWAYS:
        return _later(local, timedelta(hours=limit.amount))
    if limit.unit is Unit.CALENDAR_DAYS:
        return _real(local + limit.amount * _DAY)
    first = local.date()
    wanted = _working_time(limit, calendar, first)
    due = calendar.worked.after(start, first, wanted, first + (FARTHEST_DAYS - 1) * _DAY)
    if due is None:
        raise ValueError("the calendar has no working hours left for this limit")
    return due.astimezone(local.tzinfo)


def due_before(end: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    """Give the last instant from which the limit runs out no later than `end`.

    Args:
        end: aware instant.

    Returns:
        The instant in the calendar's zone.

    Raises:
        ValueError: when the calendar has too few working hours to ever get there.
    """
    local = end.astimezone(_zone(calendar.zone))
    if limit.unit in ALWAYS:
        return _later(local, -timedelta(hours=limit.amount))
    if limit.unit is Unit.CALENDAR_DAYS:
        return _real(local - limit.amount * _DAY)
    on = local.date()
    wanted = _working_time(limit, calendar, on)
    begins = calendar.worked.before(end, on, wanted, on - (FARTHEST_DAYS - 1) * _DAY)
    if begins is None:
        raise ValueError("the calendar has no working hours left for this limit")
    return begins.astimezone(local.tzinfo)


def share_of(
    start: datetime, due: datetime, percent: int, limit: Limit, calendar: WorkingCalendar
) -> datetime:
    """Give the first instant at which a share of the time from `start` to `due` has passed.

    Where the limit counts working time only working time is shared out.
    """
    zone = _zone(calendar.zone)
    local, ends = start.astimezone(zone), due.astimezone(zone)
    if limit.unit in ALWAYS or limit.unit is Unit.CALENDAR_DAYS:
        return _later(local, time_left(start, due) * percent / 100)
    first, last = local.date(), ends.date()
    whole = calendar.worked.between(start, first, due, last)
    found = calendar.worked.after(start, first, whole * percent / 100, last) if whole else None
    return (found or due).astimezone(zone)


def past_pause(
    instant: datetime, begins: datetime, ends: datetime, unit: Unit, calendar: WorkingCalendar
) -> datetime:
    """Give where an instant comes to lie when a pause does not count.

    What counted between it and the beginning of the pause counts between it and the end, so that
    as much is left, or over, as there was; it never comes to lie earlier.

    Raises:
        ValueError: when the calendar has too few working hours to ever get there.
    """
    zone = _zone(calendar.zone)
    local, start, end = (one.astimezone(zone) for one in (instant, begins, ends))
    if unit in ALWAYS or unit is Unit.CALENDAR_DAYS:
        return _later(local, time_left(begins, ends))
    first, last = min(local, start), max(local, start)
    counted = calendar.worked.between(first, first.date(), last, last.date())
    on = end.date()
    if not counted:
        moved: datetime | None = end
    elif local < start:
        moved = calendar.worked.before(end, on, counted, on - (FARTHEST_DAYS - 1) * _DAY)
    else:
        moved = calendar.worked.after(end, on, counted, on + (FARTHEST_DAYS - 1) * _DAY)
    if moved is None:
        raise ValueError("the calendar has no working hours left for this limit")
    return max(local, moved.astimezone(zone))


def explain(start: datetime, limit: Limit, calendar: WorkingCalendar) -> Explanation:
    """Give the arithmetic behind `due_after` step by step.

    Raises:
        ValueError: as `due_after`.
    """
    local = start.astimezone(_zone(calendar.zone))
    due = due_after(start, limit, calendar)
    if limit.unit in ALWAYS or limit.unit is Unit.CALENDAR_DAYS:
        stretches = (Stretch(start=local, end=due),)
        return Explanation(
            start=local, limit=limit, stretches=stretches, holidays=(), swapped=(), due_at=due
        )
    first, last = local.date(), due.date()
    days = sorted(day for day in calendar.exceptions if first <= day <= last)
    wanted = _working_time(limit, calendar, first)
    return Explanation(
        start=local,
        limit=limit,
        stretches=tuple(
            Stretch(start=begins.astimezone(local.tzinfo), end=ends.astimezone(local.tzinfo))
            for begins, ends in _stretches(local, wanted, calendar)
        ),
        holidays=tuple(d for d in days if d.weekday() < 5 and not calendar.is_workday(d)),
        swapped=tuple(d for d in days if d.weekday() >= 5 and calendar.is_workday(d)),
        due_at=due,
    )


def time_left(now: datetime, due: datetime) -> timedelta:
    """Give the time until a deadline, negative once it has passed."""
    return due.astimezone(UTC) - now.astimezone(UTC)


def _working_time(limit: Limit, calendar: WorkingCalendar, on: date) -> timedelta:
    if limit.unit is Unit.WORKING_DAYS:
        return limit.amount * calendar.length_on(on)
    return timedelta(hours=limit.amount)


def _stretches(local: datetime, wanted: timedelta, calendar: WorkingCalendar) -> Iterator[Span]:
    """Yield the stretches of working time from an instant on, until the wanted time is full."""
    start, first = local.astimezone(UTC), local.date()
    for offset in range(FARTHEST_DAYS):
        for opens, closes in calendar.spans_on(first + offset * _DAY):
            if closes <= start:
                continue
            begins = max(opens, start)
            ends = min(closes, begins + wanted)
            yield begins, ends
            wanted -= ends - begins
            if not wanted:
                return
    raise ValueError("the calendar has no working hours left for this limit")


def _spans_of(day: date, calendar: WorkingCalendar) -> Iterator[Span]:
    midnight = datetime.combine(day, time.min, tzinfo=_zone(calendar.zone))
    for opens, closes in calendar.hours_on(day):
        yield (
            (midnight + _until(opens)).astimezone(UTC),
            (midnight + _until(closes)).astimezone(UTC),
        )


def _until(wall: time) -> timedelta:
    if wall == time.max:
        return _DAY
    return timedelta(hours=wall.hour, minutes=wall.minute, seconds=wall.second)


def _later(local: datetime, span: timedelta) -> datetime:
    """Add real time, not time on the wall."""
    return (local.astimezone(UTC) + span).astimezone(local.tzinfo)


def _real(wall: datetime) -> datetime:
    """Move a time that daylight saving left out to the instant it stands for."""
    return wall.astimezone(UTC).astimezone(wall.tzinfo)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
