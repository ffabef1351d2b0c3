"""Working time added up once, so that a deadline is two look-ups instead of a walk over days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

Span = tuple[datetime, datetime]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)
BACK, AHEAD = timedelta(days=100), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The spans of a period: when each opens, and how much was worked before it, in µs."""

    first: date
    last: date
    opens: list[int]
    worked: list[int]
    total: int


class WorkingTime:
    """Adds up the working spans of local dates; the period known grows as it is asked.

    Args:
        spans_on: gives the working spans of a date in UTC, ascending.
    """

    def __init__(self, spans_on: Callable[[date], tuple[Span, ...]]) -> None:
        self._spans_on = spans_on
        self._sums = _Sums(date.max, date.min, [], [], 0)

    def after(self, start: datetime, first: date, wanted: timedelta, last: date) -> datetime | None:
        """Give the first instant at which so much was worked since `start`, in UTC.

        Args:
            first: the local date of `start`.
            last: where to stop looking; None is returned when it is not enough until then.
        """
        sums = self._cover(first, first)
        while True:
            goal = _worked_until(sums, _instant(start)) + wanted // _MICROSECOND
            if goal <= sums.total:
                return _moment(sums, goal, bisect_left(sums.worked, goal) - 1)
            if sums.last >= last:
                return None
            sums = self._cover(first, min(sums.last + AHEAD, last))

    def before(self, end: datetime, on: date, wanted: timedelta, first: date) -> datetime | None:
        """Give the last instant from which so much is worked until `end`, in UTC.

        Args:
            on: the local date of `end`.
            first: where to stop looking back; None is returned when it is not enough from there.
        """
        sums = self._cover(on, on)
        while True:
            goal = _worked_until(sums, _instant(end)) - wanted // _MICROSECOND
            if goal >= 0:
                return _moment(sums, goal, bisect_right(sums.worked, goal) - 1)
            if sums.first <= first:
                return None
            sums = self._cover(max(sums.first - AHEAD, first), on)

    def between(self, start: datetime, first: date, end: datetime, last: date) -> timedelta:
        """Give how much is worked from `start` to `end`, whose local dates are given too."""
        sums = self._cover(first, last)
        worked = _worked_until(sums, _instant(end)) - _worked_until(sums, _instant(start))
        return worked * _MICROSECOND

    def _cover(self, first: date, last: date) -> _Sums:
        """Know at least these dates; what was known before stays known."""
        sums = self._sums
        if sums.first <= first and last <= sums.last:
            return sums
        known_first, known_last = min(sums.first, first - BACK), max(sums.last, last + AHEAD)
        self._sums = sums = self._add_up(known_first, known_last)
        return sums

    def _add_up(self, first: date, last: date) -> _Sums:
        opens, worked, total = [], [], 0
        day = first
        while day <= last:
            for begins, ends in self._spans_on(day):
                opens.append(_instant(begins))
                worked.append(total)
                total += _instant(ends) - opens[-1]
            day += _DAY
        return _Sums(first, last, opens, worked, total)


def _worked_until(sums: _Sums, instant: int) -> int:
    place = bisect_right(sums.opens, instant) - 1
    if place < 0:
        return 0
    end = sums.worked[place + 1] if place + 1 < len(sums.worked) else sums.total
    return min(sums.worked[place] + instant - sums.opens[place], end)


def _moment(sums: _Sums, worked: int, span: int) -> datetime:
    return _EPOCH + (sums.opens[span] + worked - sums.worked[span]) * _MICROSECOND


def _instant(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND
