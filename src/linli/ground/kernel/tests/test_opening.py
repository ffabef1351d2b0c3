"""When something is open: by the week, on holidays, on swapped workdays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.opening import (
    EVERY_DAY,
    Hours,
    UnfitHours,
    check_hours,
    is_open_at,
    is_open_on,
    next_opening,
    read_hours,
    write_hours,
)

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAY, SWAPPED = date(2026, 10, 1), date(2026, 10, 10)
CALENDAR = WorkingCalendar(exceptions={HOLIDAY: False, SWAPPED: True})


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def test_it_is_open_in_its_hours_on_its_days() -> None:
    monday = date(2026, 11, 23)
    assert is_open_at(Hours(), at(monday, 9), CALENDAR)
    assert not is_open_at(Hours(), at(monday, 11), CALENDAR)
    assert is_open_at(Hours(), at(monday, 15, 59), CALENDAR)
    assert not is_open_at(Hours(), at(monday + timedelta(days=5), 9), CALENDAR)


def test_holidays_close_it_unless_it_says_otherwise() -> None:
    assert not is_open_on(Hours(), HOLIDAY, CALENDAR)
    assert is_open_on(Hours(weekdays=EVERY_DAY, on_holidays=True), HOLIDAY, CALENDAR)


def test_a_swapped_workday_opens_what_opens_on_all_workdays() -> None:
    assert is_open_on(Hours(), SWAPPED, CALENDAR)
    assert not is_open_on(Hours(weekdays=(2, 4)), SWAPPED, CALENDAR)
    assert not is_open_on(Hours(on_holidays=True), SWAPPED, CALENDAR)


def test_it_opens_next_after_the_holiday() -> None:
    days = {HOLIDAY + timedelta(days=n): False for n in range(7)}
    calendar = WorkingCalendar(exceptions=days)
    assert next_opening(Hours(), at(date(2026, 9, 30), 17), calendar) == at(date(2026, 10, 8), 9)


def test_a_point_that_never_opens_has_no_next_opening() -> None:
    days = {date(2026, 11, 1) + timedelta(days=n): False for n in range(90)}
    calendar = WorkingCalendar(exceptions=days)
    assert next_opening(Hours(), at(date(2026, 11, 23), 8), calendar) is None


@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    of_day=st.times(),
    weekdays=st.sets(st.integers(1, 7), min_size=1),
)
def test_at_the_next_opening_it_is_open_and_just_before_it_is_not(
    day: date, of_day: time, weekdays: set[int]
) -> None:
    moment = datetime.combine(day, of_day, tzinfo=UTC)
    hours = Hours(weekdays=tuple(sorted(weekdays)))
    opens = next_opening(hours, moment, CALENDAR)
    assert opens is not None
    assert opens > moment
    assert is_open_at(hours, opens, CALENDAR)
    assert not is_open_at(hours, opens - timedelta(seconds=1), CALENDAR)


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (Hours(weekdays=()), "hours.missing"),
        (Hours(weekdays=(8,)), "hours.missing"),
        (Hours(spans=()), "hours.missing"),
        (Hours(spans=((time(9), time(9)),)), "hours.order"),
        (Hours(spans=((time(9), time(12)), (time(11), time(15)))), "hours.order"),
    ],
)
def test_hours_no_day_has_are_refused(hours: Hours, code: str) -> None:
    with pytest.raises(UnfitHours) as refusal:
        check_hours(hours)
    assert refusal.value.code == code


def test_what_is_written_is_read_back() -> None:
    hours = Hours(weekdays=(2, 4), spans=((time(8, 30), time(17)),), on_holidays=True)
    assert read_hours(**write_hours(hours)) == hours  # type: ignore[arg-type]
