"""Plans from the draft to their day, and what is left of the time before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from linli.ground.kernel import fresh
from linli.ground.kernel.models import Event
from linli.ground.kernel.services import ensure_partitions
from linli.ground.territory import locator, queries
from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.models import Area, AreaHeir, PlaceName, RedrawPlan, TerritoryVersion
from linli.ground.territory.plan_terms import MergeStep, MoveStep, PlanState, PlanView
from linli.ground.territory.services import (
    add_place_name,
    add_step,
    apply_due_plans,
    apply_plan,
    approve_plan,
    close_area,
    draft_plan,
    drop_step,
    keep_post,
    set_plan_day,
    withdraw_plan,
)
from linli.ground.territory.terms import NewPlaceName, PlaceKind

from .factories import AreaFactory, Street, make_street, middle
from .plan_places import APPROVER, COMMUNITY, DRAFTER, TODAY, approved, drafted, put_buildings

YESTERDAY = TODAY - timedelta(days=1)
MERGE = MergeStep(codes=(f"{COMMUNITY}001", f"{COMMUNITY}002"), into=f"{COMMUNITY}001")
MOVE = MoveStep(buildings=(f"{COMMUNITY}001002",), to=f"{COMMUNITY}002")


@pytest.fixture
def street(at: datetime) -> Street:
    """Give a street of six grids with four buildings in each of the first two."""
    made = make_street()
    for column in (0, 1):
        put_buildings(made.grids[column], column=column, row=0)
    return made


def names() -> list[str]:
    return list(Event.objects.order_by("recorded_at", "id").values_list("name", flat=True))


def test_a_merger_ends_one_grid_and_gives_its_ground_to_the_other(
    street: Street, at: datetime
) -> None:
    plan = approved(MERGE, at=at)
    assert apply_due_plans(at=at) == 1
    assert queries.get_plan(plan.id).state is PlanState.APPLIED
    merged = queries.find_area(f"{COMMUNITY}001", TODAY)
    assert merged is not None
    assert queries.find_area(f"{COMMUNITY}002", TODAY) is None
    found = {locator.locate(*middle(column, 0), TODAY).grid_id for column in (0, 1)}
    assert found == {merged.id}
    buildings = queries.list_areas(within_code=f"{COMMUNITY}001", on=TODAY)
    assert len([one for one in buildings if one.kind == "building"]) == 8
    assert len([one for one in buildings if one.kind == "unit"]) == 8


def test_the_time_before_stays_as_it_was(street: Street, at: datetime) -> None:
    before = [
        (one.code, one.name, one.id)
        for one in queries.list_areas(within_code=COMMUNITY, on=YESTERDAY)
    ]
    approved(MERGE, at=at)
    apply_due_plans(at=at)
    after = [
        (one.code, one.name, one.id)
        for one in queries.list_areas(within_code=COMMUNITY, on=YESTERDAY)
    ]
    assert after == before
    assert locator.locate(*middle(1, 0), YESTERDAY).grid_id == street.grids[1].id


def test_a_grid_knows_whose_ground_it_has_and_who_has_its_own(street: Street, at: datetime) -> None:
    approved(MERGE, at=at)
    apply_due_plans(at=at)
    old = [street.grids[0].id, street.grids[1].id]
    merged = queries.find_area(f"{COMMUNITY}001", TODAY)
    assert merged is not None
    assert [heirs[0].area_id for heirs in queries.list_heirs(old).values()] == [merged.id] * 2
    formers = queries.list_formers([merged.id])[merged.id]
    assert {one.area_id for one in formers} == set(old)
    assert [one.code for one in queries.list_versions(f"{COMMUNITY}002")] == [f"{COMMUNITY}002"]
    assert [ref.id for ref in queries.find_heirs_now(old[1], TODAY)] == [merged.id]
    assert [ref.id for ref in queries.find_heirs_now(old[1], YESTERDAY)] == [old[1]]


def test_counts_of_former_grids_are_carried_over_by_share(street: Street, at: datetime) -> None:
    approved(MOVE, at=at)
    apply_due_plans(at=at)
    shares = queries.list_grid_shares(within_code=COMMUNITY, since=date(2026, 1, 1), on=TODAY)
    carried = {
        one: sum(share for former, _, share in shares if former == one) for one, _, _ in shares
    }
    assert carried == pytest.approx(dict.fromkeys(carried, 1.0), abs=1e-4)
    assert len([one for one in shares if one[0] == street.grids[0].id]) == 2


def test_two_plans_one_after_the_other_are_followed_through(street: Street, at: datetime) -> None:
    approved(MERGE, at=at - timedelta(days=1), on=YESTERDAY)
    apply_due_plans(at=at - timedelta(days=1))
    into_third = MergeStep(
        codes=(f"{COMMUNITY}001", f"{COMMUNITY}003"), into=f"{COMMUNITY}003", name="全"
    )
    approved(into_third, at=at)
    apply_due_plans(at=at)
    (now,) = queries.find_heirs_now(street.grids[1].id, TODAY)
    assert (now.code, now.name) == (f"{COMMUNITY}003", "全")
    old = queries.list_formers([now.id])[now.id]
    assert {one.code for one in old} == {f"{COMMUNITY}001", f"{COMMUNITY}003"}


def test_taking_effect_twice_changes_nothing_more(street: Street, at: datetime) -> None:
    plan = approved(MERGE, at=at)
    assert apply_plan(plan_id=plan.id, at=at)
    rows = Area.objects.count(), AreaHeir.objects.count(), Event.objects.count()
    assert not apply_plan(plan_id=plan.id, at=at)
    assert apply_due_plans(at=at) == 0
    assert (Area.objects.count(), AreaHeir.objects.count(), Event.objects.count()) == rows


def test_before_its_day_nothing_happens(street: Street, at: datetime) -> None:
    approved(MERGE, at=at, on=TODAY + timedelta(days=1))
    assert apply_due_plans(at=at) == 0
    assert apply_due_plans(at=at + timedelta(days=1)) == 1


def test_every_act_is_on_record_with_who_did_it(street: Street, at: datetime) -> None:
    approved(MERGE, at=at)
    apply_due_plans(at=at)
    assert names() == [
        "territory.PlanDrafted",
        "territory.PlanChanged",
        "territory.PlanApproved",
        "territory.TerritoryRedrawn",
    ]
    redrawn = Event.objects.get(name="territory.TerritoryRedrawn")
    assert redrawn.actor_id == APPROVER.account_id
    assert redrawn.facts["ended"] == 1
    assert redrawn.facts["buildings"] == 4


def test_nobody_approves_their_own_plan_or_one_that_changed_meanwhile(
    street: Street, at: datetime
) -> None:
    plan = drafted(MERGE, at=at)
    for actor, revision, reason in (
        (DRAFTER, plan.revision, "territory.plan_own"),
        (APPROVER, plan.revision - 1, "territory.plan_changed"),
    ):
        with pytest.raises(UnableToRedraw) as refused:
            approve_plan(plan_id=plan.id, seen_revision=revision, actor=actor, at=at)
        assert refused.value.code == reason


def test_an_empty_plan_is_not_approved(street: Street, at: datetime) -> None:
    plan = drafted(at=at)
    with pytest.raises(UnableToRedraw, match="没有任何调整"):
        approve_plan(plan_id=plan.id, seen_revision=1, actor=APPROVER, at=at)


def test_a_plan_whose_day_is_over_needs_another_day(street: Street, at: datetime) -> None:
    plan = drafted(MERGE, at=at)
    later = at + timedelta(days=3)
    with pytest.raises(UnableToRedraw, match="生效日期不能早于"):
        approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=later)
    plan = set_plan_day(
        plan_id=plan.id, effective_on=TODAY + timedelta(days=4), actor=DRAFTER, at=later
    )
    approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=later)


def test_a_withdrawn_plan_never_takes_effect(street: Street, at: datetime) -> None:
    plan = approved(MERGE, at=at)
    withdraw_plan(plan_id=plan.id, actor=DRAFTER, at=at)
    assert apply_due_plans(at=at) == 0
    with pytest.raises(UnableToRedraw, match="已经生效或撤回"):
        withdraw_plan(plan_id=plan.id, actor=DRAFTER, at=at)
    assert names()[-1] == "territory.PlanWithdrawn"


def test_two_approved_plans_never_change_one_grid(street: Street, at: datetime) -> None:
    second = drafted(MOVE, at=at)
    first = approved(MERGE, at=at)
    with pytest.raises(UnableToRedraw, match="也要调整其中的网格"):
        approve_plan(plan_id=second.id, seen_revision=second.revision, actor=APPROVER, at=at)
    assert queries.open_plan(second.id).preview.clashes == ("示例调整",)
    withdraw_plan(plan_id=first.id, actor=DRAFTER, at=at)
    approve_plan(plan_id=second.id, seen_revision=second.revision, actor=APPROVER, at=at)


def test_a_plan_overtaken_by_another_change_is_stopped_whole(street: Street, at: datetime) -> None:
    plan = approved(MERGE, at=at)
    for part in Area.objects.filter(code__startswith=f"{COMMUNITY}002").order_by("-code"):
        close_area(area_id=part.id, valid_to=TODAY, actor=DRAFTER, at=at)
    rows = Area.objects.count()
    assert apply_due_plans(at=at) == 0
    stopped = queries.get_plan(plan.id)
    assert stopped.state is PlanState.STOPPED
    assert stopped.stopped_code == "territory.step_grid_unknown"
    assert Area.objects.count() == rows
    assert names()[-1] == "territory.PlanStopped"


def test_a_step_that_later_ones_need_is_not_dropped(street: Street, at: datetime) -> None:
    new = MoveStep(buildings=(f"{COMMUNITY}001001",), name="新网格")
    onto_it = MoveStep(buildings=(f"{COMMUNITY}001002",), to=f"{COMMUNITY}004")
    plan = drafted(new, onto_it, at=at)
    with pytest.raises(UnableToRedraw) as refused:
        drop_step(plan_id=plan.id, number=1, actor=DRAFTER, at=at)
    assert refused.value.code == "territory.step_grid_unknown"
    assert drop_step(plan_id=plan.id, number=2, actor=DRAFTER, at=at).steps == (new,)
    with pytest.raises(UnableToRedraw, match="没有这一步"):
        drop_step(plan_id=plan.id, number=2, actor=DRAFTER, at=at)


def test_an_approved_plan_is_not_changed_any_more(street: Street, at: datetime) -> None:
    plan = approved(MERGE, at=at)
    with pytest.raises(UnableToRedraw, match="不能再改"):
        add_step(plan_id=plan.id, step=MOVE, actor=DRAFTER, at=at)
    with pytest.raises(UnableToRedraw, match="不能再改"):
        keep_post(plan_id=plan.id, grid_code="x", appointment_id=1, actor=DRAFTER, at=at)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " "}, "territory.plan_title_missing"),
        ({"title": "长" * 101}, "territory.plan_too_long"),
        ({"within_code": f"{COMMUNITY}001"}, "territory.plan_place_wrong"),
        ({"within_code": "nowhere"}, "territory.plan_place_wrong"),
        ({"within_code": "220104999000"}, "territory.plan_place_wrong"),
        ({"effective_on": YESTERDAY}, "territory.plan_day_wrong"),
    ],
)
def test_a_plan_that_cant_be_begun(
    street: Street, at: datetime, changes: dict[str, str], reason: str
) -> None:
    asked: dict[str, object] = {
        "title": "示例",
        "within_code": COMMUNITY,
        "effective_on": TODAY,
        **changes,
    }
    with pytest.raises(UnableToRedraw) as refused:
        draft_plan(**asked, actor=DRAFTER, at=at)  # type: ignore[arg-type]
    assert refused.value.code == reason


def test_an_unknown_plan_is_refused(street: Street, at: datetime) -> None:
    with pytest.raises(UnableToRedraw, match="没有这份"):
        queries.get_plan(-1)
    with pytest.raises(UnableToRedraw, match="没有这份"):
        withdraw_plan(plan_id=-1, actor=DRAFTER, at=at)


def test_a_grid_that_changes_later_already_can_not_be_redrawn_before(
    street: Street, at: datetime
) -> None:
    AreaFactory(grid=True, code=f"{COMMUNITY}009", valid_from=TODAY, name="当日新设", geometry=None)
    into = MergeStep(codes=(f"{COMMUNITY}001", f"{COMMUNITY}009"), into=f"{COMMUNITY}001")
    plan = drafted(into, at=at)
    (found,) = queries.open_plan(plan.id).preview.faults
    assert found.code == "territory.later_version"


def test_what_people_call_a_moved_building_moves_with_it(street: Street, at: datetime) -> None:
    name = NewPlaceName(kind=PlaceKind.LOCAL, name="老楼", area_code=f"{COMMUNITY}002001")
    add_place_name(name=name, actor=DRAFTER, at=at)
    approved(MERGE, at=at)
    apply_due_plans(at=at)
    (found,) = queries.find_places("老楼", COMMUNITY)
    assert found.area.code == f"{COMMUNITY}001005"
    assert PlaceName.objects.exclude(closed_at=None).count() == 1


def test_the_database_itself_wants_another_to_approve(street: Street, at: datetime) -> None:
    plan = drafted(MERGE, at=at)
    with (
        pytest.raises(IntegrityError, match="territory_plan_approved_by_another"),
        transaction.atomic(),
    ):
        RedrawPlan.objects.filter(id=plan.id).update(
            approved_by_id=DRAFTER.account_id, approved_at=at, state="approved"
        )


def test_a_preview_asks_no_more_of_a_larger_plan(
    street: Street, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = drafted(MOVE, at=at), drafted(MERGE, at=at)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.open_plan(small.id)
    with django_assert_num_queries(len(asked)):
        queries.open_plan(large.id)
    assert len(asked) <= 12


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_the_new_grids_within_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1_000_000.0]
    monkeypatch.setattr(fresh, "monotonic", lambda: now[0])
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    ensure_partitions(first=at.date(), last=at.date())
    made = make_street()
    plan = approved(MERGE, at=at)
    assert locator.locate(*middle(1, 0), TODAY).grid_id == made.grids[1].id
    before = TerritoryVersion.objects.get().token
    held = locator.index_now()
    apply_plan(plan_id=plan.id, at=at)
    assert TerritoryVersion.objects.get().token != before
    merged = queries.find_area(f"{COMMUNITY}001", TODAY)
    assert merged is not None
    # The index another process still holds answers as before; once it looks it has the new one.
    assert held.locate(*middle(1, 0), TODAY.toordinal()).grid_id == made.grids[1].id
    now[0] += 1.1
    assert locator.locate(*middle(1, 0), TODAY).grid_id == merged.id


@pytest.mark.django_db(transaction=True)
def test_of_two_plans_approved_at_once_for_one_grid_one_is_refused() -> None:
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    ensure_partitions(first=at.date(), last=at.date())
    made = make_street()
    put_buildings(made.grids[0], column=0, row=0)
    plans = [drafted(MERGE, at=at), drafted(MOVE, at=at)]
    ready = Barrier(2)

    def approve(plan: PlanView) -> str:
        ready.wait(timeout=20)
        try:
            approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=at)
        except UnableToRedraw as refusal:
            return refusal.code
        finally:
            connection.close()
        return "approved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(approve, plans))
    assert sorted(outcomes) == ["approved", "territory.plan_clashes"]


@pytest.mark.django_db(transaction=True)
def test_a_plan_taking_effect_in_two_processes_does_so_once() -> None:
    at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    ensure_partitions(first=at.date(), last=at.date())
    make_street()
    plan = approved(MERGE, at=at)
    ready = Barrier(2)

    def apply(_: int) -> bool:
        ready.wait(timeout=20)
        try:
            return apply_plan(plan_id=plan.id, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(apply, range(2))) == [False, True]
    assert AreaHeir.objects.count() == 2
