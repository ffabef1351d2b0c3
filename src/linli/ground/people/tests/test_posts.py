"""Posts kept: by whom, for which term, on what basis; vacancies and ending terms first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel.models import Event, EventText
from linli.ground.people.errors import NotPermitted, UnableToAppoint, UnableToEndAppointment
from linli.ground.people.models import Appointment, WayIn
from linli.ground.people.queries.posts import all_posts, find_post, get_ending_days, list_posts
from linli.ground.people.queries.search import search_candidates
from linli.ground.people.services.posts import (
    end_post,
    fill_post,
    prolong_post,
    set_ending_days,
    show_name,
)
from linli.ground.people.terms import Basis, Member, Role
from linli.ground.people.terms.posts import (
    EndReason,
    NewPost,
    PostFilters,
    PostState,
    WayInInput,
)
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import AreaFactory

from .factories import (
    NOW,
    AccountFactory,
    AppointmentFactory,
    HouseholdFactory,
    OrganisationFactory,
    PersonFactory,
    member_of,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def street() -> Area:
    return AreaFactory()


@pytest.fixture
def grid(street: Area) -> Area:
    return AreaFactory(grid=True, code=f"{street.code[:9]}001001")


@pytest.fixture
def keeper(street: Area) -> Member:
    return member_of(AccountFactory(keeper=True, street=street))


def said(area: Area, **changes: Any) -> NewPost:
    """Say a grid leader's post for three years, appointed, with changes."""
    person = changes.pop("person_id", None) or PersonFactory().pk
    usual = NewPost(
        person_id=person,
        role=Role.GRID_LEADER,
        area_id=area.pk,
        starts_on=TODAY,
        ends_on=date(2029, 11, 22),
        basis=Basis.APPOINTED,
    )
    return replace(usual, **changes)


def test_an_election_is_kept_as_counts(keeper: Member, grid: Area) -> None:
    way = WayInInput(
        decided_on=date(2026, 11, 20), entitled=380, cast=301, in_favour=288, document="永办〔7〕号"
    )
    made = fill_post(said=said(grid, basis=Basis.ELECTED, way_in=way), member=keeper, at=NOW)
    post = find_post(made)
    assert post is not None
    assert (post.role, post.basis, post.way_in) == (Role.GRID_LEADER, Basis.ELECTED, way)
    assert WayIn.objects.count() == 1
    event = Event.objects.get(name="people.AppointmentMade")
    assert (event.facts["appointment_id"], event.actor_role) == (made, "keeper")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": Basis.ELECTED}, "people.election_needs_result"),
        ({"basis": Basis.RECOMMENDED}, "people.recommended_by_whom"),
        ({"ends_on": None}, "people.term_needed"),
        ({"ends_on": TODAY}, "people.term_out_of_order"),
        ({"ends_on": date(2031, 11, 23)}, "people.term_too_long"),
        ({"role": Role.UNIT_LEADER}, "people.role_not_here"),
        ({"role": Role.HANDLER}, "people.post_needs_place"),
        ({"way_in": WayInInput(decided_on=date(2026, 11, 23))}, "people.decided_before_start"),
        ({"way_in": WayInInput(cast=5, in_favour=6)}, "people.counts_do_not_fit"),
        ({"way_in": WayInInput(entitled=3, cast=4)}, "people.counts_do_not_fit"),
    ],
)
def test_a_post_without_its_due_form_is_refused(
    keeper: Member, grid: Area, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(UnableToAppoint) as refused:
        fill_post(said=said(grid, **changes), member=keeper, at=NOW)
    assert refused.value.code == code
    assert not Appointment.objects.filter(area=grid).exists()


def test_nobody_gives_themselves_a_post(keeper: Member, grid: Area) -> None:
    with pytest.raises(UnableToAppoint) as refused:
        fill_post(said=said(grid, person_id=keeper.person_id), member=keeper, at=NOW)
    assert refused.value.code == "people.not_oneself"


def test_a_community_gives_the_posts_of_its_own_neighbourhood_only(grid: Area) -> None:
    own = Area.objects.filter(code=grid.code[:12]).first() or AreaFactory(
        community=True, code=grid.code[:12]
    )
    secretary = member_of(AccountFactory(community_secretary=True, area=own))
    fill_post(said=said(grid), member=secretary, at=NOW)
    with pytest.raises(NotPermitted):
        fill_post(
            said=said(own, role=Role.COMMUNITY_SECRETARY, ends_on=None), member=secretary, at=NOW
        )
    elsewhere = AreaFactory(grid=True, code=f"{grid.code[:9]}999001")
    with pytest.raises(NotPermitted):
        fill_post(said=said(elsewhere), member=secretary, at=NOW)


@pytest.mark.parametrize("role", [Role.SHIFT_LEADER, Role.GRID_LEADER, Role.HANDLER, Role.RESIDENT])
def test_who_keeps_no_posts_gives_none(street: Area, grid: Area, role: Role) -> None:
    trait = {} if role is Role.RESIDENT else {role.value: True, "street": street}
    with pytest.raises(NotPermitted):
        fill_post(said=said(grid), member=member_of(AccountFactory(**trait)), at=NOW)


def test_a_term_is_prolonged_not_shortened(keeper: Member, grid: Area) -> None:
    post = AppointmentFactory(role="grid_leader", area=grid, ends_on=date(2026, 12, 31))
    prolong_post(appointment_id=post.pk, ends_on=date(2028, 12, 31), member=keeper, at=NOW)
    post.refresh_from_db()
    assert post.ends_on == date(2028, 12, 31)
    with pytest.raises(UnableToAppoint) as refused:
        prolong_post(appointment_id=post.pk, ends_on=date(2028, 12, 31), member=keeper, at=NOW)
    assert refused.value.code == "people.not_longer"


def test_a_term_does_not_go_on_into_the_next_leaders(keeper: Member, grid: Area) -> None:
    post = AppointmentFactory(role="grid_leader", area=grid, ends_on=date(2026, 12, 31))
    AppointmentFactory(role="grid_leader", area=grid, starts_on=date(2026, 12, 31))
    with pytest.raises(UnableToAppoint) as refused:
        prolong_post(appointment_id=post.pk, ends_on=date(2027, 1, 31), member=keeper, at=NOW)
    assert refused.value.code == "people.area_has_leader"


def test_a_post_ends_with_a_reason_whose_words_can_be_erased(keeper: Member, grid: Area) -> None:
    post = AppointmentFactory(role="grid_leader", area=grid, ends_on=date(2027, 12, 31))
    end_post(appointment_id=post.pk, reason=EndReason.MOVED, note="搬去外地", member=keeper, at=NOW)
    post.refresh_from_db()
    assert (post.ends_on, post.ended_at, post.end_reason) == (TODAY, NOW, "moved")
    event = Event.objects.get(name="people.AppointmentEnded")
    assert event.facts["reason"] == "moved"
    assert EventText.objects.get(event_id=event.id).body == "搬去外地"
    with pytest.raises(UnableToEndAppointment):
        end_post(appointment_id=post.pk, reason=EndReason.OTHER, note="", member=keeper, at=NOW)


def test_vacant_posts_stand_first_then_terms_that_end_by_their_day(
    keeper: Member, grid: Area
) -> None:
    soon = AppointmentFactory(role="grid_worker", area=grid, ends_on=TODAY + timedelta(days=60))
    AppointmentFactory(role="order_helper", area=grid, ends_on=TODAY + timedelta(days=61))
    sooner = AppointmentFactory(role="grid_worker", area=grid, ends_on=TODAY + timedelta(days=3))
    AppointmentFactory(role="grid_leader", area=grid, ends_on=TODAY)
    filters = PostFilters(area_code=grid.code)
    found = list_posts(member=keeper, filters=filters, on=TODAY)
    assert [(one.state.value, one.role.value) for one in found.rows] == [
        ("vacant", "grid_leader"),
        ("vacant", "grid_officer"),
        ("ending", "grid_worker"),
        ("ending", "grid_worker"),
        ("filled", "order_helper"),
    ]
    assert [one.appointment_id for one in found.rows[2:4]] == [sooner.pk, soon.pk]
    assert found.counts == {PostState.VACANT: 2, PostState.ENDING: 2, PostState.FILLED: 1}


def test_every_number_opens_a_list_as_long_as_it_says(keeper: Member, grid: Area) -> None:
    AppointmentFactory(role="grid_worker", area=grid, ends_on=TODAY + timedelta(days=9))
    whole = list_posts(member=keeper, filters=PostFilters(), on=TODAY)
    for state in PostState:
        narrowed = list_posts(member=keeper, filters=PostFilters(state=state), on=TODAY)
        assert narrowed.total == whole.counts[state] == len(narrowed.rows)
        assert narrowed.counts == whole.counts


def test_role_words_and_pages_narrow_the_list(keeper: Member, grid: Area) -> None:
    AppointmentFactory(role="grid_leader", area=grid, person=PersonFactory(name="欧阳一百%"))
    by_name = list_posts(member=keeper, filters=PostFilters(text="一百%"), on=TODAY)
    assert [one.person_name for one in by_name.rows] == ["欧阳一百%"]
    by_role = list_posts(member=keeper, filters=PostFilters(role=Role.GRID_OFFICER), on=TODAY)
    assert {one.role for one in by_role.rows} == {Role.GRID_OFFICER}
    last = list_posts(member=keeper, filters=PostFilters(page=99, page_size=2), on=TODAY)
    assert (last.page, last.pages) == (last.pages, -(-last.total // 2))
    everything = all_posts(member=keeper, filters=PostFilters(page_size=1), on=TODAY, most=500)
    assert len(everything) == last.total


def test_a_list_holds_what_is_in_reach_only(grid: Area) -> None:
    leader = member_of(AccountFactory(grid_leader=True, area=grid))
    AreaFactory(grid=True, code=f"{grid.code[:12]}777")
    found = list_posts(member=leader, filters=PostFilters(), on=TODAY)
    assert {one.area_code for one in found.rows} == {grid.code}
    stranger = member_of(AccountFactory(unit_leader=True, area=grid))
    assert list_posts(member=stranger, filters=PostFilters(), on=TODAY).rows == ()


def test_ten_times_the_posts_take_no_more_statements(keeper: Member, grid: Area) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            list_posts(member=keeper, filters=PostFilters(), on=TODAY)
        return len(asked)

    few = statements()
    for number in range(10):
        area = AreaFactory(grid=True, code=f"{grid.code[:12]}{number + 100}")
        AppointmentFactory(role="grid_leader", area=area)
    assert statements() == few <= 3


def test_the_days_of_a_street_are_a_setting(street: Area, grid: Area) -> None:
    leader = member_of(AccountFactory(street_leader=True, street=street))
    AppointmentFactory(role="grid_worker", area=grid, ends_on=TODAY + timedelta(days=20))
    ending = PostFilters(state=PostState.ENDING)
    assert list_posts(member=leader, filters=ending, on=TODAY).total == 1
    set_ending_days(street_code=street.code, days=14, member=leader, at=NOW)
    assert get_ending_days(street.code) == 14
    assert list_posts(member=leader, filters=ending, on=TODAY).total == 0
    with pytest.raises(UnableToAppoint):
        set_ending_days(street_code=street.code, days=3, member=leader, at=NOW)


def test_the_holder_says_whether_the_name_stands_at_the_door(keeper: Member, grid: Area) -> None:
    account = AccountFactory(grid_leader=True, area=grid)
    post = Appointment.objects.get(person=account.person)
    show_name(appointment_id=post.pk, shows_name=True, member=member_of(account), at=NOW)
    post.refresh_from_db()
    assert post.shows_name
    show_name(appointment_id=post.pk, shows_name=False, member=keeper, at=NOW)
    with pytest.raises(NotPermitted):
        show_name(
            appointment_id=post.pk, shows_name=True, member=member_of(AccountFactory()), at=NOW
        )
    assert Event.objects.filter(name="people.NameOnDoorChosen").count() == 2


def test_people_are_looked_for_where_they_live_or_work(grid: Area) -> None:
    lives = PersonFactory(name="司徒明", household=HouseholdFactory(area=grid))
    elsewhere = AreaFactory(grid=True, code=f"{grid.code[:9]}998001")
    PersonFactory(name="司徒远", household=HouseholdFactory(area=elsewhere))
    works = PersonFactory(name="司徒工", street_code=f"{grid.code[:9]}000")
    found = search_candidates(within_code=grid.code[:12], text="司徒")
    assert {one.id for one in found} == {lives.pk, works.pk}
    assert search_candidates(within_code=grid.code[:12], text="司") == []


def test_a_handler_is_given_to_an_organisation(keeper: Member, street: Area) -> None:
    unit = OrganisationFactory()
    made = fill_post(
        said=said(street, role=Role.HANDLER, ends_on=None, organisation_id=unit.pk),
        member=keeper,
        at=NOW,
    )
    post = find_post(made)
    assert post is not None
    assert (post.organisation_id, post.area_code) == (unit.pk, street.code)
