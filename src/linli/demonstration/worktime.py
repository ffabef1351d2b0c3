"""Working time of a period, added up once, for a hundred thousand look-ups."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from linli.ground.kernel.calendars import (
    ALWAYS,
    Limit,
    Unit,
    WorkingCalendar,
    due_after,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000


class WorkingTime:
    """The working spans of a period in microseconds; answers as `due_after` of the calendar does.

    Instants outside the period are not known here.
    """

    def __init__(self, calendar: WorkingCalendar, first: datetime, last: datetime) -> None:
        self.calendar = calendar
        self.zone = ZoneInfo(calendar.zone)
        self.opens: list[int] = []
        self.worked: list[int] = []
        self.total = 0
        day = first.astimezone(self.zone).date()
        while day <= last.astimezone(self.zone).date():
            for opens, closes in calendar.hours_on(day) if calendar.is_workday(day) else ():
                start = _instant(datetime.combine(day, opens, self.zone))
                self.opens.append(start)
                self.worked.append(self.total)
                self.total += _instant(datetime.combine(day, closes, self.zone)) - start
            day += timedelta(days=1)

    def after(self, at: datetime, minutes: float) -> datetime:
        """Give an instant at work once this much working time has passed since `at`."""
        wanted = self._worked_until(at) + round(minutes * _MINUTE)
        return self._when(wanted, bisect_right(self.worked, wanted) - 1)

    def due_after(self, start: datetime, limit: Limit) -> datetime:
        """Give the first instant at which a limit has run out."""
        if limit.unit in ALWAYS or limit.unit is Unit.CALENDAR_DAYS:
            return due_after(start, limit, self.calendar)
        is_days = limit.unit is Unit.WORKING_DAYS
        on = start.astimezone(self.zone).date()
        length = self.calendar.length_on(on) if is_days else timedelta(hours=1)
        wanted = self._worked_until(start) + limit.amount * length // _MICROSECOND
        return self._when(wanted, bisect_left(self.worked, wanted) - 1)

    def _when(self, wanted: int, span: int) -> datetime:
        passed = self.opens[span] + wanted - self.worked[span]
        return (_EPOCH + passed * _MICROSECOND).astimezone(self.zone)

    def _worked_until(self, at: datetime) -> int:
        instant = _instant(at)
        place = bisect_right(self.opens, instant) - 1
        if place < 0:
            return 0
        end = self.worked[place + 1] if place + 1 < len(self.worked) else self.total
        return min(self.worked[place] + instant - self.opens[place], end)


def _instant(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND
