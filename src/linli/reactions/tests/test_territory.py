"""What goes to the successor when grids are re-drawn, and what stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel.models import Event
from linli.ground.kernel.terms import ANONYMOUS
from linli.ground.notices.models import Notice
from linli.ground.people.models import Account, Appointment, Household, Organisation
from linli.ground.people.queries import list_leaders
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Role
from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory, member_of
from linli.ground.territory import queries
from linli.ground.territory.models import Area, RedrawPlan
from linli.ground.territory.plan_terms import MergeStep, MoveStep, PlanStep, PlanView
from linli.ground.territory.services import apply_due_plans, keep_post
from linli.ground.territory.services.plans import approve_plan
from linli.ground.territory.tests.factories import middle
from linli.ground.territory.tests.plan_places import APPROVER, DRAFTER, drafted, put_buildings
from linli.spine.cases.models import Case
from linli.spine.cases.queries.facts import may_see, open_file, target_of
from linli.spine.cases.queries.lists import list_cases
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import following, report_case
from linli.spine.cases.terms import ActionName, CaseFilters, Point, Reported, Step
from linli.spine.cases.tests.factories import Office, make_office, new_report

DAY = date(2026, 11, 23)


@pytest.fixture
def office(db: None) -> Office:
    """Give an office whose first two grids have buildings."""
    made = make_office()
    for column in (0, 1):
        put_buildings(made.place.grids[column], column=column, row=0)
    return made


def merge(office: Office) -> MergeStep:
    first, second = office.place.grids[:2]
    return MergeStep(codes=(first.code, second.code), into=first.code)


def take_effect(office: Office, *steps: PlanStep, kept: Appointment | None = None) -> PlanView:
    """Draft, approve and apply a plan."""
    plan = drafted(*steps, at=office.tick(), on=DAY)
    if kept is not None:
        plan = keep_post(
            plan_id=plan.id,
            grid_code=office.place.grids[0].code,
            appointment_id=kept.pk,
            actor=DRAFTER,
            at=office.tick(),
        )
    at = office.tick()
    approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=at)
    assert apply_due_plans(at=office.tick()) == 1
    return plan


def in_second(office: Office) -> Reported:
    """Report a matter in the middle of the second grid."""
    lon, lat = middle(1, 0)
    return office.report(point=Point(lon=lon, lat=lat))


def grid_of(reported: Reported) -> Area:
    found = Case.objects.select_related("grid").get(id=reported.case_id).grid
    assert found is not None
    return found


def without_point(reported: Reported, address: str) -> None:
    Case.objects.filter(id=reported.case_id).update(lon=None, lat=None, address=address)


def leader(grid: Area, **more: object) -> Appointment:
    account = AccountFactory(grid_leader=True, area=grid, **more)
    assert account.person is not None
    return Appointment.objects.get(person=account.person)


def told(account: Account) -> list[str]:
    return list(Notice.objects.filter(account=account).values_list("kind", flat=True))


def test_an_open_case_follows_and_an_ended_one_keeps_its_grid(office: Office) -> None:
    waiting = in_second(office)
    lon, lat = middle(1, 0)
    closed = office.play(to=Step.CLOSED, point=Point(lon=lon, lat=lat))
    take_effect(office, merge(office))
    assert grid_of(waiting).code == office.place.grids[0].code
    assert grid_of(waiting).valid_from == DAY
    assert grid_of(closed).id == office.place.grids[1].id
    heirs = queries.find_heirs_now(grid_of(closed).id, DAY)
    assert [one.id for one in heirs] == [grid_of(waiting).id]


def test_history_replayed_gives_the_state_that_is(office: Office) -> None:
    open_cases = [in_second(office), office.play(to=Step.HANDLING)]
    closed = office.play(to=Step.CLOSED)
    before = replayed_state(closed.case_id)
    take_effect(office, merge(office))
    for reported in open_cases:
        assert replayed_state(reported.case_id) == live_state(reported.case_id)
    assert replayed_state(closed.case_id) == before == live_state(closed.case_id)
    followed = Event.objects.filter(name="cases.followed_grid")
    assert {(one.actor_id, one.facts["by"]) for one in followed} == {(APPROVER.account_id, "point")}


def test_who_covers_the_successor_reads_what_was_closed_in_its_predecessor(
    office: Office,
) -> None:
    lon, lat = middle(1, 0)
    closed = office.play(to=Step.CLOSED, point=Point(lon=lon, lat=lat))
    again = office.play(to=Step.CLOSED, point=Point(lon=lon, lat=lat))
    other = office.play(to=Step.CLOSED, point=Point(lon=middle(2, 0)[0], lat=lat))
    stays = leader(office.place.grids[0])
    account = Account.objects.get(person=stays.person)
    before = member_of(account, at=office.at)
    assert not may_see(open_file(closed.case_id), before)
    take_effect(office, merge(office), kept=stays)
    member = member_of(account, at=office.tick())
    assert may_see(open_file(closed.case_id), member)
    assert not may_see(open_file(other.case_id), member)
    assert not may(member, Action.CASE_COMMENT, target_of(open_file(closed.case_id)))
    with CaptureQueriesContext(connection) as asked:
        found = list_cases(member=member, filters=CaseFilters(), at=office.at)
    assert {row.id for row in found.rows} == {closed.case_id, again.case_id}
    assert len(asked) <= 6


def test_a_case_without_a_point_goes_by_its_building_or_by_the_larger_share(
    office: Office,
) -> None:
    first, second = office.place.grids[:2]
    named, unnamed = office.report(), office.report()
    without_point(named, f"示例路{first.code[-3:]}号2栋楼下")
    without_point(unnamed, "楼下")
    take_effect(office, MoveStep(buildings=(f"{first.code}002",), to=second.code))
    assert (grid_of(named).code, grid_of(unnamed).code) == (second.code, first.code)
    ways = Event.objects.filter(name="cases.followed_grid").values_list("facts__by", flat=True)
    assert sorted(ways) == ["building", "share"]


def test_a_case_opened_again_goes_to_the_grid_of_today(office: Office) -> None:
    lon, lat = middle(1, 0)
    closed = office.play(to=Step.CLOSED, point=Point(lon=lon, lat=lat))
    take_effect(office, merge(office))
    office.by_code(closed, ActionName.REOPEN, note="还是很脏")
    assert grid_of(closed).code == office.place.grids[0].code
    assert replayed_state(closed.case_id) == live_state(closed.case_id)


def test_a_case_reported_after_the_day_lies_in_the_new_grid(office: Office) -> None:
    take_effect(office, merge(office))
    lon, lat = middle(1, 0)
    reported = report_case(
        report=new_report(point=Point(lon=lon, lat=lat)), actor=ANONYMOUS, at=office.tick()
    )
    assert grid_of(reported).code == office.place.grids[0].code


def test_the_leader_named_in_the_plan_stays_and_the_other_is_thanked(office: Office) -> None:
    first, second = (leader(grid) for grid in office.place.grids[:2])
    take_effect(office, merge(office), kept=second)
    code = office.place.grids[0].code
    assert list_leaders(area_code=code, at=office.at) == [(Role.GRID_LEADER, second.person.name)]
    first.refresh_from_db()
    assert (first.ends_on, first.ended_at is not None) == (DAY, True)
    assert told(first.person.account) == ["territory.post_ends"]
    assert told(second.person.account) == ["territory.post_follows"]


def test_workers_officers_and_helpers_of_both_grids_stay(office: Office) -> None:
    roles = ("grid_worker", "grid_officer", "order_helper")
    second = office.place.grids[1]
    accounts = [AccountFactory(**{role: True}, area=second) for role in roles]
    take_effect(office, merge(office))
    for account, role in zip(accounts, roles, strict=True):
        (post,) = member_of(account, at=office.at).appointments
        assert (post.role, post.area_code) == (role, office.place.grids[0].code)
        former = Appointment.objects.get(person=account.person, area=second)
        assert former.ends_on == DAY


def test_who_held_the_post_in_both_grids_holds_it_once(office: Office) -> None:
    account = office.accounts[Role.GRID_WORKER]
    assert account.person is not None
    Appointment.objects.create(
        person=account.person,
        role="grid_worker",
        area=office.place.grids[1],
        starts_on=date(2025, 1, 1),
        basis="appointed",
    )
    take_effect(office, merge(office))
    assert len(member_of(account, at=office.at).appointments) == 1


def test_a_term_goes_on_to_the_day_it_was_given_for(office: Office) -> None:
    post = leader(office.place.grids[0])
    Appointment.objects.filter(pk=post.pk).update(ends_on=date(2027, 6, 1))
    take_effect(office, merge(office))
    new = Appointment.objects.get(person=post.person, starts_on=DAY)
    assert (new.ends_on, new.basis) == (date(2027, 6, 1), post.basis)


def test_doors_and_organisations_go_with_their_building(office: Office) -> None:
    second = office.place.grids[1]
    building = Area.objects.get(code=f"{second.code}001")
    door = Household.objects.create(street_code="220104004000", area=building, door="101室")
    body: Organisation = OrganisationFactory(area=second)
    building_leader = AccountFactory(building_leader=True, area=building)
    take_effect(office, merge(office))
    code = office.place.grids[0].code
    door.refresh_from_db()
    body.refresh_from_db()
    assert door.area.code == f"{code}005"
    assert body.area is not None
    assert body.area.code == code
    (post,) = member_of(building_leader, at=office.at).appointments
    assert post.area_code == f"{code}005"


def test_what_fails_above_undoes_the_whole(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = drafted(merge(office), at=office.tick(), on=DAY)
    approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=office.tick())
    areas = Area.objects.count()

    def fail(**_: object) -> int:
        raise RuntimeError("cases are not to be had")

    monkeypatch.setattr(following, "follow_redrawing", fail)
    with pytest.raises(RuntimeError):
        apply_due_plans(at=office.tick())
    assert Area.objects.count() == areas
    assert RedrawPlan.objects.get().state == "approved"
    monkeypatch.undo()
    assert apply_due_plans(at=office.tick(timedelta(hours=1))) == 1
