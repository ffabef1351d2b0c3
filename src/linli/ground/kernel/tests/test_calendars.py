"""Deadlines agree with a recount minute by minute, in any zone, over any holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.calendars import (
    Hours,
    Limit,
    Unit,
    WorkingCalendar,
    due_after,
    due_before,
    explain,
    share_of,
    time_left,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar(
    exceptions={
        date(2026, 9, 25): False,
        date(2026, 10, 1): False,
        date(2026, 10, 2): False,
        date(2026, 10, 5): False,
        date(2026, 10, 6): False,
        date(2026, 10, 7): False,
        date(2026, 10, 10): True,
    }
)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-20 16:30", Limit(4, Unit.WORKING_HOURS), "2026-11-23 10:30"),
        ("2026-11-20 16:30", Limit(4, Unit.URGENT_HOURS), "2026-11-20 20:30"),
        ("2026-11-20 16:30", Limit(72, Unit.HOURS), "2026-11-23 16:30"),
        ("2026-11-20 16:30", Limit(3, Unit.WORKING_DAYS), "2026-11-25 16:30"),
        ("2026-11-20 16:30", Limit(7, Unit.CALENDAR_DAYS), "2026-11-27 16:30"),
        ("2026-11-21 09:00", Limit(1, Unit.WORKING_DAYS), "2026-11-23 18:00"),
        ("2026-11-23 12:30", Limit(1, Unit.WORKING_HOURS), "2026-11-23 15:00"),
        ("2026-11-23 08:00", Limit(4, Unit.WORKING_HOURS), "2026-11-23 12:00"),
        ("2026-09-30 17:00", Limit(2, Unit.WORKING_HOURS), "2026-10-08 09:00"),
        ("2026-10-09 17:00", Limit(2, Unit.WORKING_HOURS), "2026-10-10 09:00"),
    ],
)
def test_a_limit_runs_out_when_the_office_says(start: str, limit: Limit, due: str) -> None:
    assert due_after(at(start), limit, CALENDAR) == at(due)


def test_a_friday_afternoon_is_explained_in_two_stretches() -> None:
    told = explain(at("2026-11-20 16:30"), Limit(4, Unit.WORKING_HOURS), CALENDAR)
    assert [(s.start, s.end) for s in told.stretches] == [
        (at("2026-11-20 16:30"), at("2026-11-20 18:00")),
        (at("2026-11-23 08:00"), at("2026-11-23 10:30")),
    ]
    assert told.due_at == at("2026-11-23 10:30")


def test_holidays_and_swapped_days_on_the_way_are_named() -> None:
    told = explain(at("2026-09-30 17:00"), Limit(3, Unit.WORKING_DAYS), CALENDAR)
    assert told.due_at == at("2026-10-10 17:00")
    assert told.holidays == tuple(date(2026, 10, day) for day in (1, 2, 5, 6, 7))
    assert told.swapped == (date(2026, 10, 10),)


def test_other_hours_hold_from_their_day_on() -> None:
    summer = ((time(8, 30), time(12)), (time(15), time(18, 30)))
    calendar = WorkingCalendar(later=((date(2026, 5, 1), summer),))
    four = Limit(4, Unit.WORKING_HOURS)
    assert due_after(at("2026-04-29 16:00"), four, calendar) == at("2026-04-30 10:00")
    assert due_after(at("2026-04-30 16:00"), four, calendar) == at("2026-05-01 10:30")
    whole = Limit(1, Unit.WORKING_DAYS)
    assert due_after(at("2026-05-04 08:30"), whole, calendar) == at("2026-05-04 18:30")


def test_hours_that_run_always_do_not_gain_one_when_summer_time_ends() -> None:
    boston = ZoneInfo("America/New_York")
    calendar = WorkingCalendar(zone="America/New_York")
    due = due_after(at("2026-10-31 22:00", boston), Limit(6, Unit.HOURS), calendar)
    assert due == at("2026-11-01 03:00", boston)


def test_a_calendar_day_keeps_the_time_on_the_wall_when_summer_time_starts() -> None:
    boston = ZoneInfo("America/New_York")
    calendar = WorkingCalendar(zone="America/New_York")
    due = due_after(at("2026-03-07 09:00", boston), Limit(1, Unit.CALENDAR_DAYS), calendar)
    assert due == at("2026-03-08 09:00", boston)
    assert time_left(at("2026-03-07 09:00", boston), due) == timedelta(hours=23)


def test_a_calendar_without_working_days_is_refused_instead_of_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="no working hours"):
        due_after(at("2026-11-20 16:30"), Limit(1, Unit.WORKING_HOURS), WorkingCalendar(hours=()))


def test_a_limit_of_nothing_is_no_limit() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Limit(0, Unit.HOURS)


def recount(start: datetime, minutes: int, calendar: WorkingCalendar) -> datetime:
    """Walk minute by minute and count those that stand in working hours."""
    zone = ZoneInfo(calendar.zone)
    now = start.astimezone(UTC)
    while minutes:
        wall = now.astimezone(zone)
        inside = any(
            a <= wall.time() and (b == time.max or wall.time() < b)
            for a, b in calendar.hours_on(wall.date())
        )
        minutes -= inside and calendar.is_workday(wall.date())
        now += timedelta(minutes=1)
    return now


def count_worked(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Count the minutes from one instant to another that stand in working hours."""
    began = start.astimezone(UTC)
    minutes = int((end - began) / timedelta(minutes=1))
    walls = (
        (began + timedelta(minutes=n)).astimezone(ZoneInfo(calendar.zone)) for n in range(minutes)
    )
    return sum(
        calendar.is_workday(wall.date())
        and any(
            a <= wall.time() and (b == time.max or wall.time() < b)
            for a, b in calendar.hours_on(wall.date())
        )
        for wall in walls
    )


HALF_HOURS = [time(hour, half) for hour in (0, *range(4, 24)) for half in (0, 30)]


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    count = draw(st.integers(1, 3))
    edges = sorted(
        draw(st.sets(st.sampled_from(HALF_HOURS), min_size=2 * count, max_size=2 * count))
    )
    return tuple(zip(edges[::2], edges[1::2], strict=True))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(30)]
    days += [date(2026, 10, 20) + timedelta(days=n) for n in range(30)]
    return WorkingCalendar(
        zone=draw(st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin"])),
        hours=draw(hours()),
        exceptions=draw(st.dictionaries(st.sampled_from(days), st.booleans(), max_size=12)),
        later=tuple(
            sorted(draw(st.dictionaries(st.sampled_from(days), hours(), max_size=2)).items())
        ),
    )


SPRING = datetime(2026, 3, 1, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 20, tzinfo=UTC)
STARTS = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(0, 20 * 24 * 60),
)


@settings(deadline=None)
@given(STARTS, st.integers(1, 6), calendars())
def test_working_hours_agree_with_a_recount_minute_by_minute(
    start: datetime, hours: int, calendar: WorkingCalendar
) -> None:
    due = due_after(start, Limit(hours, Unit.WORKING_HOURS), calendar)
    assert due == recount(start, hours * 60, calendar)


@settings(deadline=None)
@given(STARTS, st.integers(1, 2), calendars())
def test_working_days_agree_with_a_recount_minute_by_minute(
    start: datetime, days: int, calendar: WorkingCalendar
) -> None:
    first = start.astimezone(ZoneInfo(calendar.zone)).date()
    minutes = days * int(calendar.length_on(first).total_seconds() // 60)
    assert due_after(start, Limit(days, Unit.WORKING_DAYS), calendar) == recount(
        start, minutes, calendar
    )


LIMITS = st.builds(Limit, st.integers(1, 20), st.sampled_from(Unit))


@settings(deadline=None)
@given(STARTS, STARTS, LIMITS, calendars())
def test_a_later_start_is_never_due_earlier_unless_its_working_day_is_shorter(
    one: datetime, other: datetime, limit: Limit, calendar: WorkingCalendar
) -> None:
    first, second = sorted([one, other])
    assert first < due_after(first, limit, calendar)
    zone = ZoneInfo(calendar.zone)
    lengths = [calendar.length_on(at.astimezone(zone).date()) for at in (first, second)]
    assume(limit.unit is not Unit.WORKING_DAYS or lengths[0] <= lengths[1])
    assert due_after(first, limit, calendar) <= due_after(second, limit, calendar)


@settings(deadline=None)
@given(STARTS, LIMITS, calendars())
def test_the_explanation_adds_up_to_the_limit(
    start: datetime, limit: Limit, calendar: WorkingCalendar
) -> None:
    told = explain(start, limit, calendar)
    assert told.due_at == due_after(start, limit, calendar)
    assert told.stretches[-1].end == told.due_at
    if limit.unit is Unit.WORKING_HOURS:
        counted = sum((s.length for s in told.stretches), timedelta())
        assert counted == timedelta(hours=limit.amount)


@settings(deadline=None)
@given(STARTS, st.integers(1, 6), calendars())
def test_working_hours_before_an_instant_agree_with_a_recount_minute_by_minute(
    end: datetime, hours: int, calendar: WorkingCalendar
) -> None:
    begins = due_before(end, Limit(hours, Unit.WORKING_HOURS), calendar)
    assert count_worked(begins, end, calendar) == hours * 60
    wall = begins.astimezone(ZoneInfo(calendar.zone))
    assert calendar.is_workday(wall.date())
    assert any(a <= wall.time() < b for a, b in calendar.hours_on(wall.date()))


@settings(deadline=None)
@given(STARTS, LIMITS, st.sampled_from([1, 25, 50, 75, 90, 99]), calendars())
def test_a_share_of_the_time_lies_between_start_and_due_and_grows_with_the_share(
    start: datetime, limit: Limit, percent: int, calendar: WorkingCalendar
) -> None:
    due = due_after(start, limit, calendar)
    reached = share_of(start, due, percent, limit, calendar)
    assert start < reached < due
    assert reached <= share_of(start, due, percent + 1, limit, calendar)
    assert share_of(start, due, 100, limit, calendar) == due


@pytest.mark.parametrize(
    ("percent", "reached"),
    [(50, "2026-11-20 17:30"), (75, "2026-11-20 18:00"), (90, "2026-11-23 08:18")],
)
def test_only_working_time_is_shared_out_where_only_working_time_counts(
    percent: int, reached: str
) -> None:
    start, limit = at("2026-11-20 16:30"), Limit(2, Unit.WORKING_HOURS)
    due = due_after(start, limit, CALENDAR)
    assert due == at("2026-11-23 08:30")
    assert share_of(start, due, percent, limit, CALENDAR) == at(reached)


def test_an_instant_before_the_working_time_known_so_far_is_found_too() -> None:
    calendar = WorkingCalendar()
    long_ago = at("2019-01-02 09:00")
    friday, limit = at("2026-11-20 16:30"), Limit(4, Unit.WORKING_HOURS)
    assert due_after(friday, limit, calendar) == at("2026-11-23 10:30")
    assert due_after(long_ago, Limit(1, Unit.WORKING_DAYS), calendar) == at("2019-01-03 09:00")
    years = Limit(600, Unit.WORKING_DAYS)
    assert due_before(due_after(long_ago, years, calendar), years, calendar) == long_ago
