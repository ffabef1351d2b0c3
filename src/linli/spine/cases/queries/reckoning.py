"""What another calendar would make of clocks: those that run keep their time, new ones differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.spine.cases.models import Clock
from linli.spine.cases.terms import CLOCK_LABELS, ClockName

# So many are worked out, and so many of those that differ are shown.
MOST_WORKED_OUT, MOST_SHOWN = 200, 10
COUNTED_IN = (Unit.WORKING_HOURS.value, Unit.WORKING_DAYS.value)
EXAMPLES = (
    Limit(4, Unit.WORKING_HOURS),
    Limit(1, Unit.WORKING_DAYS),
    Limit(5, Unit.WORKING_DAYS),
)
_AFTERNOON = time(15)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class KeptClock:
    """A running clock that keeps what was promised, beside what the other calendar would say."""

    number: str
    label: str
    due_at: datetime
    would_be: datetime


@dataclass(frozen=True, kw_only=True)
class NewClock:
    """When a clock with this limit would run out, as the calendar is and as it would be."""

    limit: Limit
    before: datetime
    after: datetime


@dataclass(frozen=True, kw_only=True)
class YearCount:
    """Days of a year that are worked, as the calendar is and as it would be."""

    year: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """What another calendar would make of the clocks of a sub-district.

    Args:
        running: clocks that run now and count working time.
        touched: those of them that end on or after the first day that would differ.
        kept: some of these whose time would be another if they began anew, the soonest first.
        starts_at: when the clocks of `examples` would begin.
    """

    running: int
    touched: int
    kept: tuple[KeptClock, ...]
    starts_at: datetime
    examples: tuple[NewClock, ...]
    years: tuple[YearCount, ...]


def reckon(
    *, street_code: str, before: WorkingCalendar, after: WorkingCalendar, since: date, on: date
) -> Reckoning:
    """Work out what another calendar would make of clocks; nothing is written.

    Args:
        since: the first day that would differ.
        on: the day from which the other calendar would hold.
    """
    zone = ZoneInfo(before.zone)
    midnight = datetime.combine(since, time(), zone)
    running = _running(street_code)
    touched = running.filter(due_at__gte=midnight)
    starts_at = datetime.combine(max(on, since - _ONE_DAY), _AFTERNOON, zone)
    return Reckoning(
        running=running.count(),
        touched=touched.count(),
        kept=tuple(_kept(touched, before, after)),
        starts_at=starts_at,
        examples=tuple(
            NewClock(
                limit=limit,
                before=due_after(starts_at, limit, before),
                after=due_after(starts_at, limit, after),
            )
            for limit in EXAMPLES
        ),
        years=tuple(_years(before, after, since)),
    )


def _running(street_code: str) -> QuerySet[Clock]:
    return Clock.objects.filter(
        stopped_at=None,
        suspended_at=None,
        limit_unit__in=COUNTED_IN,
        case__street__code=street_code,
    )


def _kept(
    touched: QuerySet[Clock], before: WorkingCalendar, after: WorkingCalendar
) -> Iterator[KeptClock]:
    """Say of some clocks what they would be; those moved by an act are left as that says."""
    rows = touched.order_by("due_at", "id").values_list(
        "case__number",
        "name",
        Coalesce("counts_from", "started_at"),
        "limit_amount",
        "limit_unit",
        "due_at",
    )
    shown = 0
    for number, name, since, amount, unit, due_at in rows[:MOST_WORKED_OUT]:
        limit = Limit(amount, Unit(unit))
        would_be = due_after(since, limit, after)
        is_moved = due_after(since, limit, before) != due_at
        if is_moved or would_be == due_at or shown == MOST_SHOWN:
            continue
        shown += 1
        label = CLOCK_LABELS[ClockName(name)]
        yield KeptClock(number=number, label=label, due_at=due_at, would_be=would_be)


def _years(before: WorkingCalendar, after: WorkingCalendar, since: date) -> Iterator[YearCount]:
    days = {*before.exceptions, *after.exceptions}
    differing = {day for day in days if before.is_workday(day) != after.is_workday(day)}
    for year in sorted({since.year} | {day.year for day in differing}):
        yield YearCount(
            year=year, before=count_workdays(before, year), after=count_workdays(after, year)
        )


def count_workdays(calendar: WorkingCalendar, year: int) -> int:
    """Count the days of a year that are worked."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return sum(calendar.is_workday(first + number * _ONE_DAY) for number in range(days))
