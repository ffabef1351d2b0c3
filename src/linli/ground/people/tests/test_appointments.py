"""Posts: their terms, what the database refuses, and whose date counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.calendar_store import set_calendar
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import SYSTEM, Subject
from linli.ground.people import queries, services
from linli.ground.people.errors import UnableToAppoint, UnableToEndAppointment
from linli.ground.people.models import Appointment
from linli.ground.people.terms import Basis, Role
from linli.ground.territory.tests.factories import AreaFactory, make_street

from .factories import (
    AccountFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    hold_post,
    member_of,
)

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def test_appointing_records_who_took_up_what_and_on_what_basis(at: datetime) -> None:
    person, grid = PersonFactory(), AreaFactory(grid=True)
    post = services.appoint(
        person_id=person.pk,
        role=Role.GRID_LEADER,
        area_id=grid.pk,
        starts_on=YEAR[0],
        ends_on=YEAR[1],
        basis=Basis.ELECTED,
        actor=SYSTEM,
        at=at,
    )
    assert (post.role, post.area, post.basis) == (Role.GRID_LEADER, grid.name, Basis.ELECTED)
    [happened] = list_occurrences(Subject(kind="people.Person", id=str(person.pk)))
    assert happened.event.name == "people.AppointmentMade"


def appoint(at: datetime, **changes: object) -> None:
    """Appoint somebody as an elected grid leader of 2026, with changes."""
    asked: dict[str, object] = {
        "person_id": 0,
        "role": Role.GRID_LEADER,
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
        "basis": Basis.ELECTED,
        "actor": SYSTEM,
        "at": at,
    }
    services.appoint(**{**asked, **changes})  # type: ignore[arg-type]


def test_a_grid_has_one_leader_at_a_time(at: datetime) -> None:
    grid = AreaFactory(grid=True)
    appoint(at, person_id=PersonFactory().pk, area_id=grid.pk)
    with pytest.raises(UnableToAppoint) as refused:
        appoint(at, person_id=PersonFactory().pk, area_id=grid.pk, starts_on=date(2026, 12, 31))
    assert refused.value.code == "people.area_has_leader"
    appoint(
        at,
        person_id=PersonFactory().pk,
        area_id=grid.pk,
        starts_on=date(2027, 1, 1),
        ends_on=None,
    )


def test_a_leader_of_one_grid_does_not_keep_another_from_theirs(at: datetime) -> None:
    street = make_street(columns=2, rows=1)
    for grid in street.grids:
        appoint(at, person_id=PersonFactory().pk, area_id=grid.pk)
    assert Appointment.objects.count() == 2


def test_one_person_may_hold_two_posts_but_not_the_same_one_twice(at: datetime) -> None:
    person, organisation = PersonFactory(), OrganisationFactory()
    grid = AreaFactory(grid=True)
    appoint(at, person_id=person.pk, area_id=grid.pk)
    appoint(at, person_id=person.pk, role=Role.HANDLER, organisation_id=organisation.pk)
    with pytest.raises(UnableToAppoint) as refused:
        appoint(
            at,
            person_id=person.pk,
            role=Role.HANDLER,
            organisation_id=organisation.pk,
            starts_on=date(2026, 6, 1),
            ends_on=None,
        )
    assert refused.value.code == "people.same_post_twice"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": date(2025, 12, 31)}, "people.term_out_of_order"),
        ({"role": Role.HANDLER, "area_id": None}, "people.post_needs_place"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused(
    at: datetime, changes: dict[str, object], code: str
) -> None:
    area = AreaFactory(grid=True)
    asked = {"person_id": PersonFactory().pk, "area_id": area.pk, **changes}
    with pytest.raises(UnableToAppoint) as refused:
        appoint(at, **asked)
    assert refused.value.code == code
    assert refused.value.words()


def test_a_leader_without_an_area_is_refused(at: datetime) -> None:
    organisation = OrganisationFactory()
    with pytest.raises(UnableToAppoint) as refused:
        appoint(at, person_id=PersonFactory().pk, organisation_id=organisation.pk)
    assert refused.value.code == "people.leader_needs_area"


def test_the_database_itself_refuses_a_second_leader() -> None:
    grid = AreaFactory(grid=True)
    AppointmentFactory(role=Role.GRID_LEADER, area=grid)
    with pytest.raises(IntegrityError, match="one_grid_leader"), transaction.atomic():
        AppointmentFactory(role=Role.GRID_LEADER, area=grid)


def test_ending_a_post_frees_the_grid_the_same_day(at: datetime) -> None:
    grid = AreaFactory(grid=True)
    old = AppointmentFactory(role=Role.GRID_LEADER, area=grid)
    ended = services.end_appointment(appointment_id=old.pk, actor=SYSTEM, at=at)
    assert ended.ends_on == date(2026, 11, 22)
    appoint(
        at,
        person_id=PersonFactory().pk,
        area_id=grid.pk,
        starts_on=date(2026, 11, 22),
        ends_on=None,
    )
    with pytest.raises(UnableToEndAppointment):
        services.end_appointment(appointment_id=old.pk, actor=SYSTEM, at=at)


def test_a_role_acts_only_during_its_term() -> None:
    account = AccountFactory()
    post = hold_post(account, Role.DISPATCHER)
    post.starts_on, post.ends_on = date(2026, 3, 1), date(2026, 4, 1)
    post.save()
    for day, holds in [
        (datetime(2026, 2, 28, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 2, 28, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 16, 0, tzinfo=UTC), False),
    ]:
        assert member_of(account, at=day).is_staff is holds, day


def test_the_day_of_a_term_is_the_day_of_its_street(
    django_capture_on_commit_callbacks: Any,
) -> None:
    street = AreaFactory(code="250250001000")
    with django_capture_on_commit_callbacks(execute=True):
        set_calendar(street_code=street.code, zone="America/New_York")
    account = AccountFactory()
    post = hold_post(account, Role.DISPATCHER, street=street)
    post.starts_on = date(2026, 3, 1)
    post.save()
    assert not member_of(account, at=datetime(2026, 3, 1, 4, 59, tzinfo=UTC)).is_staff
    assert member_of(account, at=datetime(2026, 3, 1, 5, 0, tzinfo=UTC)).is_staff


def test_a_member_knows_the_line_of_superiors_of_their_organisation() -> None:
    district = OrganisationFactory()
    office = OrganisationFactory(street_office=True, parent=district)
    committee = OrganisationFactory(community_committee=True, parent=office)
    member = member_of(AccountFactory(handler=True, organisation=committee))
    assert member.appointments[0].organisation_line == (committee.pk, office.pk, district.pk)
    assert member.organisation_ids == (committee.pk,)


def test_a_post_at_an_organisation_reaches_the_area_of_the_organisation() -> None:
    street = AreaFactory(code="220104004000")
    centre = OrganisationFactory(area=street)
    [post] = member_of(AccountFactory(dispatcher=True, organisation=centre)).appointments
    assert (post.area_prefix, post.street_code) == ("220104004", "220104004000")


def test_those_in_office_are_found_by_role_organisation_and_place(at: datetime) -> None:
    made = make_street(columns=2, rows=1)
    leader = AccountFactory(grid_leader=True, area=made.grids[0])
    dispatcher = AccountFactory(dispatcher=True, street=made.street)
    handler = AccountFactory(handler=True)
    organisation = member_of(handler).organisation_ids[0]
    AccountFactory(dispatcher=True, street=made.street, is_active=False)
    code = made.grids[0].code
    assert queries.list_account_ids(at=at, covering_code=code) == [leader.pk, dispatcher.pk]
    assert queries.list_account_ids(at=at, covering_code=made.grids[1].code) == [dispatcher.pk]
    assert queries.list_account_ids(at=at, organisation_id=organisation) == [handler.pk]
    assert queries.list_account_ids(at=at, roles=[Role.GRID_LEADER]) == [leader.pk]


def test_residents_learn_who_leads_their_grid(at: datetime) -> None:
    grid = AreaFactory(grid=True)
    leader = AccountFactory(grid_leader=True, area=grid)
    assert leader.person is not None
    found = queries.list_leaders(area_code=grid.code, at=at)
    assert found == [(Role.GRID_LEADER, leader.person.name)]


def test_a_member_is_loaded_in_two_queries(django_assert_num_queries: Any) -> None:
    account = AccountFactory(handler=True)
    member_of(account)
    with django_assert_num_queries(2):
        member_of(account)
