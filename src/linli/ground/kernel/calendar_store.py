"""Calendars as an office keeps them: one row per sub-district, one row per unusual day."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import chinese_calendar
from django.db import transaction

from .calendars import DEFAULT_HOURS, DEFAULT_ZONE, WorkingCalendar
from .changes import announce
from .fresh import Fresh
from .models import CalendarDay, WorkCalendar

Hours = tuple[tuple[time, time], ...]


_STANDARD = WorkingCalendar()


def get_calendar(street_code: str) -> WorkingCalendar:
    """Get the calendar of a sub-district; without one, 08–12 and 14–18."""
    return _book.get().get(street_code, _STANDARD)


@transaction.atomic
def set_calendar(
    *, street_code: str, zone: str = DEFAULT_ZONE, hours: Hours = DEFAULT_HOURS
) -> None:
    """Set zone and working hours of a sub-district.

    Raises:
        ValueError: when the hours are empty or not in order.
    """
    edges = [edge for span in hours for edge in span]
    if not edges or edges != sorted(set(edges)):
        raise ValueError("working hours must be in order and must not touch")
    written = [[_write(opens), _write(closes)] for opens, closes in hours]
    WorkCalendar.objects.update_or_create(
        street_code=street_code, defaults={"zone": zone, "hours": written}
    )
    announce(_book.name)


@transaction.atomic
def set_day(*, street_code: str, day: date, is_workday: bool, note: str = "") -> None:
    """Say that a day differs from the week's rule.

    Raises:
        WorkCalendar.DoesNotExist: when the sub-district has no calendar.
    """
    CalendarDay.objects.update_or_create(
        calendar=WorkCalendar.objects.get(street_code=street_code),
        date=day,
        defaults={"is_workday": is_workday, "note": note},
    )
    announce(_book.name)


@transaction.atomic
def fill_holidays(*, street_code: str, year: int) -> int:
    """Enter a year's holidays and swapped workdays as published by the State Council.

    Days already in the table stay as a person has set them.

    Returns:
        How many days were entered; 0 for a year the library does not know yet.
    """
    calendar = WorkCalendar.objects.get(street_code=street_code)
    days = [
        CalendarDay(calendar=calendar, date=day, is_workday=worked, note=note)
        for day, worked, note in _published(year)
    ]
    known = CalendarDay.objects.filter(calendar=calendar, date__year=year).count()
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    announce(_book.name)
    return CalendarDay.objects.filter(calendar=calendar, date__year=year).count() - known


def _published(year: int) -> list[tuple[date, bool, str]]:
    if year not in {day.year for day in chinese_calendar.holidays}:
        return []
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [
        (day, worked, "调休上班" if worked else "放假")
        for day in days
        if day.year == year and (worked := chinese_calendar.is_workday(day)) != (day.weekday() < 5)
    ]


def _read() -> dict[str, WorkingCalendar]:
    exceptions: dict[int, dict[date, bool]] = {}
    for row in CalendarDay.objects.values_list("calendar_id", "date", "is_workday"):
        exceptions.setdefault(row[0], {})[row[1]] = row[2]
    return {
        row.street_code: WorkingCalendar(
            zone=row.zone, hours=_parse(row.hours), exceptions=exceptions.get(row.id, {})
        )
        for row in WorkCalendar.objects.all()
    }


def _parse(hours: Any) -> Hours:
    return tuple((_wall(opens), _wall(closes)) for opens, closes in hours)


def _wall(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _write(wall: time) -> str:
    return "24:00" if wall == time.max else wall.strftime("%H:%M")


_book = Fresh("calendars", _read)
