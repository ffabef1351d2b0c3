"""Calendars in the table: filled from the library, and a person's word stays."""

from __future__ import annotations

from datetime import date, time

import pytest

from linli.ground.kernel.calendar_store import (
    fill_holidays,
    get_calendar,
    set_calendar,
    set_day,
)

pytestmark = pytest.mark.django_db

STREET = "220104004000"


def test_without_a_row_the_usual_office_hours_hold() -> None:
    calendar = get_calendar("999999")
    assert calendar.zone == "Asia/Shanghai"
    assert calendar.hours == ((time(8), time(12)), (time(14), time(18)))


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once_by_the_process_that_made_it() -> None:
    set_calendar(street_code=STREET, zone="America/New_York", hours=((time(9), time.max),))
    calendar = get_calendar(STREET)
    assert (calendar.zone, calendar.hours) == ("America/New_York", ((time(9), time.max),))


@pytest.mark.django_db(transaction=True)
def test_a_known_year_brings_its_holidays_and_swapped_workdays() -> None:
    set_calendar(street_code=STREET)
    assert fill_holidays(street_code=STREET, year=2026) > 10
    calendar = get_calendar(STREET)
    assert not calendar.is_workday(date(2026, 10, 1))
    assert calendar.is_workday(date(2026, 10, 10))


def test_a_year_not_yet_published_enters_nothing() -> None:
    set_calendar(street_code=STREET)
    assert fill_holidays(street_code=STREET, year=2031) == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_person_has_set_stays_when_the_year_is_filled() -> None:
    set_calendar(street_code=STREET)
    set_day(street_code=STREET, day=date(2026, 10, 1), is_workday=True, note="抢修")
    fill_holidays(street_code=STREET, year=2026)
    assert get_calendar(STREET).is_workday(date(2026, 10, 1))


@pytest.mark.parametrize(
    "hours", [(), ((time(12), time(8)),), ((time(8), time(12)), (time(11), time(18)))]
)
def test_hours_out_of_order_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="in order"):
        set_calendar(street_code=STREET, hours=hours)
