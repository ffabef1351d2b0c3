"""The duty roster: filled by pattern, swapped by consent, and who is on duty now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.people import duty_rules
from linli.ground.people.errors import NotPermitted, UnableToPlanDuty, UnableToSwap
from linli.ground.people.models import Account, DutyShift
from linli.ground.people.queries.duty import (
    get_duty_phone,
    list_duty,
    list_duty_people,
    list_open_swaps,
    on_duty,
    own_duty,
)
from linli.ground.people.services.duty import (
    fill_duty,
    give_duty_shift,
    remove_duty_shift,
    set_duty_phone,
)
from linli.ground.people.services.duty_rows import set_duty_shifts
from linli.ground.people.services.duty_swaps import answer_swap, ask_swap, withdraw_swap
from linli.ground.people.terms import Role
from linli.ground.people.terms.duty import Days, DutyRole, DutyRow, DutyView, Pattern
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import STREET_CODE, AreaFactory

from .factories import AccountFactory, member_of

MONDAY = date(2026, 11, 23)
NIGHTS = Pattern(
    role=DutyRole.CENTRE,
    account_ids=(),
    first=MONDAY,
    last=MONDAY + timedelta(days=6),
    days=Days.EVERY,
    starts=time(18),
    ends=time(8),
)


@pytest.fixture
def street(at: datetime) -> Area:
    return AreaFactory(code=STREET_CODE)


@pytest.fixture
def leader(street: Area) -> Account:
    return AccountFactory(shift_leader=True, street=street)


@pytest.fixture
def clerk(street: Area) -> Account:
    return AccountFactory(intake_clerk=True, street=street)


def fill(leader: Account, *people: Account, at: datetime, **changes: Any) -> int:
    """Fill the week's nights with these people in turn, with changes."""
    named = replace(NIGHTS, account_ids=tuple(one.pk for one in people), **changes)
    outcome = fill_duty(street_code=STREET_CODE, pattern=named, member=member_of(leader), at=at)
    return outcome.added


def at_night(day: int, hour: int = 22) -> datetime:
    """Say an instant of a night of the week, by the clock of Changchun."""
    return datetime(2026, 11, 23, hour, tzinfo=UTC) + timedelta(days=day, hours=-8)


def week() -> list[DutyView]:
    """List the shifts of the week."""
    return list_duty(street_code=STREET_CODE, start=at_night(0, 0), end=at_night(8, 0))


def test_people_take_turns_night_by_night(leader: Account, clerk: Account, at: datetime) -> None:
    assert fill(leader, leader, clerk, at=at) == 7
    assert [shift.account_id for shift in week()] == [leader.pk, clerk.pk] * 3 + [leader.pk]
    [now] = on_duty(STREET_CODE, at_night(1))
    assert (now.account_id, now.role) == (clerk.pk, DutyRole.CENTRE)
    assert on_duty(STREET_CODE, at_night(1, 12)) == []


def test_the_centre_comes_before_the_stand_in_and_the_leader(
    leader: Account, clerk: Account, at: datetime
) -> None:
    for role, one in ((DutyRole.LEADER, leader), (DutyRole.STAND_IN, leader)):
        fill(leader, one, at=at, role=role)
    fill(leader, clerk, at=at)
    assert [one.role for one in on_duty(STREET_CODE, at_night(0))] == list(DutyRole)


def test_what_is_filled_stays_as_it_is(leader: Account, clerk: Account, at: datetime) -> None:
    fill(leader, leader, at=at)
    assert fill(leader, clerk, at=at, last=MONDAY + timedelta(days=8)) == 2
    assert [shift.account_id for shift in week()][:7] == [leader.pk] * 7


def test_holidays_and_swapped_workdays_come_from_the_calendar() -> None:
    calendar = WorkingCalendar(exceptions={MONDAY: False, MONDAY + timedelta(days=5): True})
    days = {
        kind: [
            shift.starts_at.date().isoweekday()
            for shift in duty_rules.lay_out(replace(NIGHTS, account_ids=(1,), days=kind), calendar)
        ]
        for kind in Days
    }
    assert days[Days.WORKDAYS] == [2, 3, 4, 5, 6]
    assert days[Days.REST_DAYS] == [1, 7]
    assert days[Days.EVERY] == [1, 2, 3, 4, 5, 6, 7]


@given(days=st.integers(1, 60), starts=st.times(), ends=st.times())
def test_every_shift_of_a_pattern_lasts_a_day_at_most(days: int, starts: time, ends: time) -> None:
    pattern = replace(
        NIGHTS,
        account_ids=(1, 2, 3),
        last=MONDAY + timedelta(days=days - 1),
        starts=starts,
        ends=ends,
    )
    shifts = duty_rules.lay_out(pattern, WorkingCalendar())
    assert len(shifts) == days
    for shift in shifts:
        assert timedelta() < shift.ends_at - shift.starts_at <= timedelta(days=1)


def test_gaps_and_overlaps_are_found(leader: Account, clerk: Account, at: datetime) -> None:
    fill(leader, leader, at=at, last=MONDAY)
    fill(leader, leader, at=at, last=MONDAY, role=DutyRole.LEADER)
    shifts = week()
    gaps = duty_rules.find_gaps(
        shifts, role=DutyRole.CENTRE, start=at_night(0, 0), end=at_night(1, 12)
    )
    assert [(gap.starts_at, gap.ends_at) for gap in gaps] == [
        (at_night(0, 0), at_night(0, 18)),
        (at_night(1, 8), at_night(1, 12)),
    ]
    [overlap] = duty_rules.find_overlaps(shifts)
    assert overlap.is_one_person


def test_only_those_of_the_street_can_be_on_duty(leader: Account, at: datetime) -> None:
    with pytest.raises(UnableToPlanDuty) as refusal:
        fill(leader, AccountFactory(), at=at)
    assert refusal.value.code == "people.duty_not_staff"
    assert list(list_duty_people(street_code=STREET_CODE, at=at)) == [leader.pk]


def test_only_the_shift_leader_plans(leader: Account, clerk: Account, at: datetime) -> None:
    with pytest.raises(NotPermitted):
        fill(clerk, clerk, at=at)
    with pytest.raises(NotPermitted):
        set_duty_phone(
            street_code=STREET_CODE, phone="0431 8888 0000", member=member_of(clerk), at=at
        )
    fill(leader, leader, at=at)
    [first, *_] = week()
    with pytest.raises(NotPermitted):
        give_duty_shift(shift_id=first.id, account_id=clerk.pk, member=member_of(clerk), at=at)
    with pytest.raises(NotPermitted):
        remove_duty_shift(shift_id=first.id, member=member_of(clerk), at=at)


def test_the_planner_gives_a_shift_to_another_and_takes_one_out(
    leader: Account, clerk: Account, at: datetime
) -> None:
    fill(leader, leader, at=at)
    first, second, *_ = week()
    boss = member_of(leader)
    give_duty_shift(shift_id=first.id, account_id=clerk.pk, member=boss, at=at)
    remove_duty_shift(shift_id=second.id, member=boss, at=at)
    assert [shift.account_id for shift in week()] == [clerk.pk] + [leader.pk] * 5
    with pytest.raises(UnableToPlanDuty):
        remove_duty_shift(shift_id=first.id, member=boss, at=at + timedelta(days=30))


def test_the_duty_desk_has_a_number(leader: Account, at: datetime) -> None:
    boss = member_of(leader)
    set_duty_phone(street_code=STREET_CODE, phone=" 0431-8888 0000 ", member=boss, at=at)
    assert get_duty_phone(STREET_CODE) == "0431-8888 0000"
    with pytest.raises(UnableToPlanDuty):
        set_duty_phone(street_code=STREET_CODE, phone="nobody", member=boss, at=at)


def test_a_swap_needs_the_consent_of_both(leader: Account, clerk: Account, at: datetime) -> None:
    fill(leader, leader, clerk, at=at)
    mine, theirs, *_ = week()
    swap_id = ask_swap(
        shift_id=mine.id,
        asked_of_id=clerk.pk,
        in_return_id=theirs.id,
        member=member_of(leader),
        at=at,
    )
    assert [swap.id for swap in list_open_swaps(street_code=STREET_CODE)] == [swap_id]
    with pytest.raises(UnableToSwap):
        answer_swap(swap_id=swap_id, agrees=True, member=member_of(leader), at=at)
    answer_swap(swap_id=swap_id, agrees=True, member=member_of(clerk), at=at)
    assert [shift.account_id for shift in week()][:2] == [clerk.pk, leader.pk]
    assert list_open_swaps(street_code=STREET_CODE) == []
    with pytest.raises(UnableToSwap):
        answer_swap(swap_id=swap_id, agrees=False, member=member_of(clerk), at=at)


def test_a_refused_or_withdrawn_swap_changes_nothing(
    leader: Account, clerk: Account, at: datetime
) -> None:
    fill(leader, leader, at=at)
    first, *_ = week()
    boss = member_of(leader)
    refused = ask_swap(shift_id=first.id, asked_of_id=clerk.pk, member=boss, at=at)
    answer_swap(swap_id=refused, agrees=False, member=member_of(clerk), at=at)
    withdrawn = ask_swap(shift_id=first.id, asked_of_id=clerk.pk, member=boss, at=at)
    withdraw_swap(swap_id=withdrawn, member=boss, at=at)
    assert week()[0].account_id == leader.pk


def test_nobody_swaps_what_is_not_theirs(leader: Account, clerk: Account, at: datetime) -> None:
    fill(leader, leader, at=at)
    first, second, *_ = week()
    for changes, code in (
        ({"member": member_of(clerk), "asked_of_id": leader.pk}, "people.swap_not_yours"),
        ({"asked_of_id": leader.pk}, "people.swap_with_oneself"),
        ({"in_return_id": second.id}, "people.swap_not_theirs"),
    ):
        asked: dict[str, Any] = {
            "shift_id": first.id,
            "asked_of_id": clerk.pk,
            "member": member_of(leader),
            "at": at,
        }
        with pytest.raises(UnableToSwap) as refusal:
            ask_swap(**{**asked, **changes})
        assert refusal.value.code == code


def test_nobody_stands_twice_in_the_roster(leader: Account, clerk: Account, at: datetime) -> None:
    fill(leader, leader, at=at, last=MONDAY)
    fill(leader, clerk, at=at, first=MONDAY + timedelta(days=1), last=MONDAY + timedelta(days=1))
    mine, theirs = week()
    DutyShift.objects.filter(id=theirs.id).update(starts_at=mine.starts_at, ends_at=mine.ends_at)
    with pytest.raises(UnableToPlanDuty) as refusal:
        give_duty_shift(shift_id=theirs.id, account_id=leader.pk, member=member_of(leader), at=at)
    assert refusal.value.code == "people.duty_twice"


def rows(*changes: dict[str, object]) -> list[DutyRow]:
    """Write the rows of a sheet, each with its changes."""
    usual = {
        "role": "备班",
        "login": "",
        "starts_at": "2026-11-24 18:00",
        "ends_at": "2026/11/25 08:00",
    }
    return [
        DutyRow(line=line, **{**usual, **change})  # type: ignore[arg-type]
        for line, change in enumerate(changes, start=2)
    ]


def test_a_sheet_is_entered_row_by_row(leader: Account, clerk: Account, at: datetime) -> None:
    AccountFactory(login="outsider")
    sheet = rows(
        {"login": clerk.login},
        {"login": clerk.login},
        {"login": "nobody"},
        {"login": "outsider"},
        {"login": leader.login, "role": "领导"},
        {"login": leader.login, "starts_at": "昨天"},
        {"login": leader.login, "ends_at": "2026-11-24 17:00"},
        {"login": leader.login, "role": "leader"},
    )
    boss = member_of(leader)
    checked = set_duty_shifts(
        street_code=STREET_CODE, rows=sheet, member=boss, at=at, only_check=True
    )
    assert not DutyShift.objects.exists()
    done = set_duty_shifts(street_code=STREET_CODE, rows=sheet, member=boss, at=at)
    assert done == checked
    assert done.added == DutyShift.objects.count() == 2
    assert [(row.line, row.field, row.code) for row in done.refused] == [
        (3, "", "people.duty_twice"),
        (4, "login", "people.duty_unknown_login"),
        (5, "people", "people.duty_not_staff"),
        (6, "role", "people.duty_unknown_role"),
        (7, "starts_at", "people.duty_bad_instant"),
        (8, "ends_at", "people.duty_out_of_order"),
    ]


def test_ones_own_page_tells_the_shifts(leader: Account, at: datetime) -> None:
    fill(leader, leader, at=at)
    [held] = own_duty(leader.pk, None)
    assert len(held.rows) == len(week()) == 7


def test_the_roster_takes_one_statement_for_any_number_of_shifts(
    leader: Account, at: datetime, django_assert_num_queries: object
) -> None:
    fill(leader, leader, at=at)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(week()) == 7
    assert Role.SHIFT_LEADER in member_of(leader).roles
