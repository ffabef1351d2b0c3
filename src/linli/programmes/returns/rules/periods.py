"""Weeks, months, quarters and years, and the times a cell of a return is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.programmes.returns.terms import Period, PeriodKind, Span

_MONTHS: Mapping[PeriodKind, int] = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.YEAR: 12,
}
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_WEEKS_A_YEAR = timedelta(weeks=52)
Days = tuple[date, date]
Window = tuple[datetime, datetime]


def period_of(kind: PeriodKind, day: date) -> Period:
    """Give the period a day lies in; a week begins on Monday."""
    if kind is PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(kind=kind, first=first, last=first + timedelta(days=6))
    months = _MONTHS[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(kind=kind, first=first, last=_months_later(first, months) - _DAY)


def period_before(period: Period) -> Period:
    """Give the period before."""
    return period_of(period.kind, period.first - _DAY)


def same_last_year(period: Period) -> Period:
    """Give the same period a year ago; of weeks the one 52 weeks ago, so that weekdays agree."""
    if period.kind is PeriodKind.WEEK:
        return period_of(period.kind, period.first - _WEEKS_A_YEAR)
    return period_of(period.kind, period.first.replace(year=period.first.year - 1))


def last_finished(kind: PeriodKind, today: date) -> Period:
    """Give the newest period that is over."""
    return period_before(period_of(kind, today))


def list_periods(kind: PeriodKind, today: date, *, most: int) -> list[Period]:
    """List the running period and those before it, newest first."""
    found = [period_of(kind, today)]
    while len(found) < most:
        found.append(period_before(found[-1]))
    return found


def days_of(period: Period, span: Span) -> tuple[Days, ...]:
    """Give the days a span is about; a change is about two times, now and then."""
    this = (period.first, period.last)
    past = same_last_year(period)
    match span:
        case Span.THIS:
            return (this,)
        case Span.YEAR:
            return ((min(period.first, date(_year_of(period), 1, 1)), period.last),)
        case Span.PREVIOUS:
            before = period_before(period)
            return ((before.first, before.last),)
        case Span.LAST_YEAR:
            return ((past.first, past.last),)
        case Span.CHANGE:
            return (this, (past.first, past.last))


def window_of(days: Days, *, zone: str, at: datetime) -> Window:
    """Give the instants of some days, as far as they have come; what happens just now counts.

    Args:
        zone: whose days they are.
        at: aware instant of counting.
    """
    first, last = days
    since = datetime.combine(first, time(), ZoneInfo(zone))
    end = datetime.combine(last + _DAY, time(), ZoneInfo(zone))
    return since, min(end, max(at, since) + _INSTANT)


def is_over(period: Period, *, today: date) -> bool:
    """Say whether a period has ended."""
    return period.last < today


def _year_of(period: Period) -> int:
    is_week = period.kind is PeriodKind.WEEK
    return period.first.isocalendar().year if is_week else period.first.year


def _months_later(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
