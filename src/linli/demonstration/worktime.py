"""When people at work get to things: minutes of working time after an instant, looked up fast."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from linli.ground.kernel.calendars import WorkingCalendar


class WorkingTime:
    """The working spans of a period, added up once, for tens of thousands of look-ups."""

    def __init__(self, calendar: WorkingCalendar, first: datetime, last: datetime) -> None:
        self.zone = ZoneInfo(calendar.zone)
        self.opens: list[float] = []
        self.worked: list[float] = []
        total = 0.0
        day = first.astimezone(self.zone).date()
        while day <= last.astimezone(self.zone).date():
            for opens, closes in calendar.hours if calendar.is_workday(day) else ():
                start = datetime.combine(day, opens, self.zone).timestamp()
                self.opens.append(start)
                self.worked.append(total)
                total += datetime.combine(day, closes, self.zone).timestamp() - start
            day += timedelta(days=1)
        self.total = total

    def after(self, at: datetime, minutes: float) -> datetime:
        """Give the instant at which this much working time has passed since `at`."""
        wanted = self._worked_until(at.timestamp()) + minutes * 60
        place = max(0, bisect_right(self.worked, wanted) - 1)
        return datetime.fromtimestamp(self.opens[place] + wanted - self.worked[place], self.zone)

    def _worked_until(self, instant: float) -> float:
        place = bisect_right(self.opens, instant) - 1
        if place < 0:
            return 0.0
        end = self.worked[place + 1] if place + 1 < len(self.worked) else self.total
        return min(self.worked[place] + instant - self.opens[place], end)
