"""Stand-ins: rights, signature, notices and duty pass for a time; they end by themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel.models import Event
from linli.ground.kernel.services import record_event
from linli.ground.people.errors import NotPermitted, UnableToStandIn
from linli.ground.people.events import SignedOutEverywhere
from linli.ground.people.models import Account, Appointment, DutyShift, StandIn
from linli.ground.people.queries import list_account_ids
from linli.ground.people.queries.duty import list_duty, on_duty, on_duty_and_mine
from linli.ground.people.queries.posts import list_posts
from linli.ground.people.rules import find_acting_post, may
from linli.ground.people.services import end_appointment
from linli.ground.people.services.appointments import subject_of
from linli.ground.people.services.stand_ins import end_stand_in, name_stand_in
from linli.ground.people.terms import Action, Member, Role, Target
from linli.ground.people.terms.posts import AwayReason, PostFilters
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import AreaFactory

from .factories import NOW, AccountFactory, hold_post, member_of

pytestmark = pytest.mark.django_db
FIRST, BACK = date(2026, 11, 22), date(2026, 11, 29)
DAY = timedelta(days=1)


class Place:
    """A street with a keeper, two grid leaders and a shift leader."""

    def __init__(self) -> None:
        self.street: Area = AreaFactory()
        head = self.street.code[:9]
        self.grids = [AreaFactory(grid=True, code=f"{head}00100{n}") for n in (1, 2)]
        self.keeper = member_of(AccountFactory(keeper=True, street=self.street))
        self.leaders = [AccountFactory(grid_leader=True, area=grid) for grid in self.grids]
        self.shift = AccountFactory(shift_leader=True, street=self.street)

    def post_of(self, account: Account) -> Appointment:
        return Appointment.objects.get(person=account.person)

    def name(self, absent: Account, acting: Account, **changes: Any) -> int:
        given: dict[str, Any] = {
            "starts_on": FIRST,
            "ends_on": BACK,
            "reason": AwayReason.LEAVE,
            "member": self.keeper,
            "at": NOW,
            **changes,
        }
        return name_stand_in(
            appointment_id=self.post_of(absent).pk, person_id=acting.person_id or 0, **given
        )


@pytest.fixture
def place() -> Place:
    return Place()


def in_grid(grid: Area) -> Target:
    return Target(area_code=grid.code, street_code=grid.code, is_complaint=False)


def can_act(account: Account, grid: Area, at: datetime) -> bool:
    return may(member_of(account, at=at), Action.CASE_GRID, in_grid(grid))


def test_a_stand_in_has_the_rights_in_the_time_and_no_longer(place: Place) -> None:
    absent, acting = place.leaders
    assert not can_act(acting, place.grids[0], NOW)
    place.name(absent, acting)
    assert can_act(acting, place.grids[0], NOW)
    assert can_act(acting, place.grids[1], NOW)
    assert can_act(acting, place.grids[0], NOW + 6 * DAY)
    assert not can_act(acting, place.grids[0], NOW + 7 * DAY)
    assert not can_act(acting, place.grids[0], NOW - DAY)


def test_an_act_is_signed_as_done_for_the_holder(place: Place) -> None:
    absent, acting = place.leaders
    place.name(absent, acting)
    member = member_of(acting)
    for grid, whose in zip(place.grids, (absent.person_id, None), strict=True):
        post = find_acting_post(member, Action.CASE_GRID, in_grid(grid))
        actor = member.actor(post=post)
        assert (actor.role, actor.stands_in_for) == ("grid_leader", whose)
        subject = subject_of(acting.person_id or 0)
        kept = record_event(SignedOutEverywhere(), subject=subject, actor=actor, at=NOW)
        assert Event.objects.get(id=kept.id).actor_for_id == whose


def test_the_own_name_and_posts_come_first(place: Place) -> None:
    absent, acting = place.leaders
    place.name(absent, acting)
    member = member_of(acting)
    assert member.name == acting.get_full_name()
    assert [post.stands_in_for for post in member.appointments] == [None, absent.person_id]


def test_a_resident_who_stands_in_is_staff_for_that_time(place: Place) -> None:
    resident = AccountFactory()
    place.name(place.leaders[0], resident)
    assert member_of(resident).is_staff
    assert not member_of(resident, at=NOW + 7 * DAY).is_staff


def test_who_is_told_is_who_acts(place: Place) -> None:
    absent, acting = place.leaders
    place.name(absent, acting)
    code = place.grids[0].code
    told = list_account_ids(at=NOW, roles=[Role.GRID_LEADER], covering_code=code)
    later = list_account_ids(at=NOW + 7 * DAY, roles=[Role.GRID_LEADER], covering_code=code)
    assert (told, later) == ([acting.pk], [absent.pk])


def test_duty_passes_to_the_stand_in(place: Place) -> None:
    acting = place.leaders[0]
    DutyShift.objects.create(
        street_code=place.street.code,
        role="centre",
        account=place.shift,
        starts_at=NOW - timedelta(hours=1),
        ends_at=NOW + timedelta(hours=8),
    )
    place.name(place.shift, acting)
    [now] = on_duty(place.street.code, NOW)
    assert (now.account_id, now.stands_in_for) == (acting.pk, place.shift.get_full_name())
    _all, mine = on_duty_and_mine(place.street.code, account_id=acting.pk, at=NOW)
    assert mine is not None
    [line] = list_duty(street_code=place.street.code, start=NOW - DAY, end=NOW + DAY)
    assert (line.account_id, line.stand_in) == (place.shift.pk, acting.get_full_name())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": FIRST}, "people.stand_in_dates"),
        ({"starts_on": FIRST - 9 * DAY, "ends_on": FIRST}, "people.stand_in_dates"),
        ({"ends_on": FIRST + 367 * DAY}, "people.stand_in_dates"),
        ({"starts_on": date(2024, 12, 31), "ends_on": BACK}, "people.stand_in_dates"),
    ],
)
def test_a_time_that_cannot_be_is_refused(place: Place, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(UnableToStandIn) as refused:
        place.name(*place.leaders, **changes)
    assert refused.value.code == code


def test_nobody_stands_in_for_themselves_or_beyond_the_term(place: Place) -> None:
    absent, acting = place.leaders
    with pytest.raises(UnableToStandIn) as refused:
        place.name(absent, absent)
    assert refused.value.code == "people.stand_in_oneself"
    Appointment.objects.filter(person=absent.person).update(ends_on=BACK - DAY)
    with pytest.raises(UnableToStandIn) as refused:
        place.name(absent, acting)
    assert refused.value.code == "people.stand_in_outside_term"


def test_without_an_account_nobody_stands_in(place: Place) -> None:
    absent, acting = place.leaders
    Account.objects.filter(id=acting.pk).update(is_active=False)
    with pytest.raises(UnableToStandIn) as refused:
        place.name(absent, acting)
    assert refused.value.code == "people.stand_in_needs_account"


def test_a_post_has_one_stand_in_at_a_time(place: Place) -> None:
    absent, acting = place.leaders
    place.name(absent, acting)
    with pytest.raises(UnableToStandIn) as refused:
        place.name(absent, place.shift)
    assert refused.value.code == "people.stand_in_twice"
    place.name(absent, place.shift, starts_on=BACK, ends_on=BACK + DAY)
    assert StandIn.objects.count() == 2


def test_circles_and_chains_are_refused(place: Place) -> None:
    first, second = place.leaders
    place.name(first, second)
    with pytest.raises(UnableToStandIn) as refused:
        place.name(second, first)
    assert refused.value.code == "people.stand_in_away"
    with pytest.raises(UnableToStandIn) as refused:
        place.name(place.shift, first)
    assert refused.value.code == "people.stand_in_away"
    with pytest.raises(UnableToStandIn) as refused:
        place.name(second, place.shift)
    assert refused.value.code == "people.holder_stands_in"
    place.name(second, first, starts_on=BACK, ends_on=BACK + DAY)


def test_only_who_keeps_the_post_names_a_stand_in(place: Place) -> None:
    absent, acting = place.leaders
    for member in (member_of(absent), member_of(acting), member_of(place.shift)):
        with pytest.raises(NotPermitted):
            place.name(absent, acting, member=member)


def test_ended_early_it_is_over_from_that_day(place: Place) -> None:
    absent, acting = place.leaders
    stand_in = place.name(absent, acting)
    end_stand_in(stand_in_id=stand_in, member=place.keeper, at=NOW + DAY)
    assert not can_act(acting, place.grids[0], NOW + DAY)
    assert can_act(acting, place.grids[0], NOW)
    with pytest.raises(UnableToStandIn):
        end_stand_in(stand_in_id=stand_in, member=place.keeper, at=NOW + DAY)


def test_when_the_post_ends_nobody_acts_in_it(place: Place) -> None:
    absent, acting = place.leaders
    place.name(absent, acting)
    post = place.post_of(absent)
    end_appointment(appointment_id=post.pk, actor=place.keeper.actor(), at=NOW + DAY)
    assert not can_act(acting, place.grids[0], NOW + DAY)
    assert StandIn.objects.get().ends_on == FIRST + DAY


def test_one_person_acts_in_two_posts_at_once(place: Place) -> None:
    acting = AccountFactory()
    for absent in place.leaders:
        place.name(absent, acting)
    assert {post.area_code for post in member_of(acting).appointments} == {
        grid.code for grid in place.grids
    }


def test_the_list_of_posts_names_the_stand_in(place: Place) -> None:
    place.name(*place.leaders)
    rows = list_posts(
        member=place.keeper, filters=PostFilters(role=Role.GRID_LEADER), on=FIRST
    ).rows
    assert {(one.stand_in, one.stand_in_until) for one in rows} == {
        (place.leaders[1].get_full_name(), BACK),
        ("", None),
    }


def test_who_asks_costs_one_statement_with_and_without_standing_in(place: Place) -> None:
    absent, acting = place.leaders
    hold_post(acting, Role.GRID_WORKER, area=place.grids[1])
    place.name(absent, acting)
    member_of(acting)

    def statements(account: Account) -> int:
        with CaptureQueriesContext(connection) as asked:
            member: Member = member_of(account)
        assert member.appointments
        return len(asked)

    assert statements(acting) == statements(absent)
