"""Calendars as an office keeps them: one row per sub-district, one row per unusual day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import chinese_calendar
from django.db import transaction

from .calendars import DEFAULT_HOURS, DEFAULT_ZONE, Hours, WorkingCalendar
from .changes import announce
from .fresh import Fresh
from .marking import N_
from .models import CalendarDay, CalendarHours, WorkCalendar

_STANDARD = WorkingCalendar()
_HOLIDAY, _SWAPPED = N_("放假"), N_("调休上班")


@dataclass(frozen=True, kw_only=True)
class UnusualDay:
    """A day that differs from the week's rule, and what it is called."""

    day: date
    is_workday: bool
    note: str = ""


def get_calendar(street_code: str) -> WorkingCalendar:
    """Get the calendar of a sub-district; without one, 08–12 and 14–18."""
    return _book.get().get(street_code, _STANDARD)


@transaction.atomic
def set_calendar(
    *, street_code: str, zone: str = DEFAULT_ZONE, hours: Hours = DEFAULT_HOURS
) -> None:
    """Set zone and working hours of a sub-district, from ever; `change_calendar` knows days.

    Raises:
        ValueError: when the hours are empty or not in order.
    """
    WorkCalendar.objects.update_or_create(
        street_code=street_code, defaults={"zone": zone, "hours": _written(hours)}
    )
    announce(_book.name)


@transaction.atomic
def change_calendar(
    *,
    street_code: str,
    begins_on: date,
    hours: Hours | None = None,
    days: Iterable[UnusualDay] = (),
    usual_days: Iterable[date] = (),
) -> None:
    """Change what holds from a day on; what was before stays as it was.

    Args:
        hours: working hours from `begins_on` on; None leaves them.
        days: days that differ from the week's rule.
        usual_days: days that follow the week's rule again.

    Raises:
        ValueError: when the hours are empty or not in order.
    """
    usual = {"hours": _written(DEFAULT_HOURS)}
    calendar, _made = WorkCalendar.objects.get_or_create(street_code=street_code, defaults=usual)
    if hours is not None:
        CalendarHours.objects.update_or_create(
            calendar=calendar, begins_on=begins_on, defaults={"hours": _written(hours)}
        )
    CalendarDay.objects.filter(calendar=calendar, date__in=list(usual_days)).delete()
    CalendarDay.objects.bulk_create(
        [_day_row(calendar, one) for one in days],
        update_conflicts=True,
        unique_fields=["calendar", "date"],
        update_fields=["is_workday", "note"],
    )
    announce(_book.name)


def list_unusual_days(street_code: str) -> list[UnusualDay]:
    """List the days of a sub-district that differ from the week's rule, the earliest first."""
    rows = CalendarDay.objects.filter(calendar__street_code=street_code).order_by("date")
    return [UnusualDay(day=row.date, is_workday=row.is_workday, note=row.note) for row in rows]


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
    days = [_day_row(calendar, one) for one in list_published_days(year)]
    known = CalendarDay.objects.filter(calendar=calendar, date__year=year).count()
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    announce(_book.name)
    return CalendarDay.objects.filter(calendar=calendar, date__year=year).count() - known


def list_published_days(year: int) -> list[UnusualDay]:
    """List a year's holidays and swapped workdays as published; none of a year not yet known."""
    if year not in {day.year for day in chinese_calendar.holidays}:
        return []
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [
        UnusualDay(day=day, is_workday=worked, note=_SWAPPED if worked else _HOLIDAY)
        for day in days
        if day.year == year and (worked := chinese_calendar.is_workday(day)) != (day.weekday() < 5)
    ]


def _day_row(calendar: WorkCalendar, one: UnusualDay) -> CalendarDay:
    return CalendarDay(calendar=calendar, date=one.day, is_workday=one.is_workday, note=one.note)


def _read() -> dict[str, WorkingCalendar]:
    exceptions: dict[int, dict[date, bool]] = {}
    for row in CalendarDay.objects.values_list("calendar_id", "date", "is_workday"):
        exceptions.setdefault(row[0], {})[row[1]] = row[2]
    later: dict[int, list[tuple[date, Hours]]] = {}
    for held in CalendarHours.objects.order_by("begins_on"):
        later.setdefault(held.calendar_id, []).append((held.begins_on, _parse(held.hours)))
    return {
        row.street_code: WorkingCalendar(
            zone=row.zone,
            hours=_parse(row.hours),
            exceptions=exceptions.get(row.id, {}),
            later=tuple(later.get(row.id, ())),
        )
        for row in WorkCalendar.objects.all()
    }


def check_hours(hours: Hours) -> None:
    """Refuse hours that can't be.

    Raises:
        ValueError: when they are empty, not in order, or touch each other.
    """
    edges = [edge for span in hours for edge in span]
    if not edges or edges != sorted(set(edges)):
        raise ValueError("working hours must be in order and must not touch")


def _written(hours: Hours) -> list[list[str]]:
    check_hours(hours)
    return [[_write(opens), _write(closes)] for opens, closes in hours]


def _parse(hours: Any) -> Hours:
    return tuple((_wall(opens), _wall(closes)) for opens, closes in hours)


def _wall(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _write(wall: time) -> str:
    return "24:00" if wall == time.max else wall.strftime("%H:%M")


_book = Fresh("calendars", _read)
