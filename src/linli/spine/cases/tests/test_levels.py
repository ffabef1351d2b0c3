"""Levels: grid, community, sub-district, district; up with what was tried, down with a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.notices.models import Notice
from linli.ground.people.terms import Role
from linli.spine.cases.models import Case
from linli.spine.cases.queries import list_cases, my_work
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.terms import (
    ActionName,
    CaseFilters,
    CaseKind,
    Channel,
    Level,
    Reported,
    Step,
)

from .factories import Office

LIMIT = Limit(2, Unit.HOURS)


def assert_told(reported: Reported) -> None:
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def level_of(reported: Reported) -> tuple[str, str]:
    case = Case.objects.get(id=reported.case_id)
    return case.step, case.level


def test_what_the_finder_takes_on_is_solved_in_the_grid_and_checked_by_another(
    office: Office,
) -> None:
    worker = office[Role.GRID_WORKER]
    reported = office.report(actor=worker.actor(role=Role.GRID_WORKER), channel=Channel.PATROL)
    category = {"category_id": office.category.pk}
    office.act(reported.case_id, ActionName.TAKE_IN_GRID, Role.GRID_WORKER, **category)
    assert [one.action for one in my_work(member=worker, at=office.at)] == [
        ActionName.SOLVE_IN_GRID
    ]
    office.step_on(reported.case_id, ActionName.SOLVE_IN_GRID)
    with pytest.raises(ActionRefused, match=r"cases\.handler_may_not_check"):
        office.act(reported.case_id, ActionName.REDO, Role.GRID_WORKER, note="不行")
    for action in (ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(reported.case_id, action)
    assert level_of(reported) == (Step.CLOSED, Level.GRID)
    assert_told(reported)


def test_a_case_climbs_step_by_step_with_what_was_tried(office: Office) -> None:
    reported = office.play(to=Step.IN_GRID)
    due = Case.objects.get(id=reported.case_id).handle_due_at
    with pytest.raises(ActionRefused, match=r"cases\.note_missing"):
        office.act(reported.case_id, ActionName.RAISE_TO_COMMUNITY, Role.GRID_WORKER)
    view = office.step_on(reported.case_id, ActionName.RAISE_TO_COMMUNITY)
    assert (view.step, view.level, view.due_at) == (Step.IN_COMMUNITY, Level.COMMUNITY, due)
    secretary = office[Role.COMMUNITY_SECRETARY]
    assert [one.action for one in my_work(member=secretary, at=office.at)] == [
        ActionName.SOLVE_IN_COMMUNITY
    ]
    view = office.step_on(reported.case_id, ActionName.RAISE_TO_STREET)
    assert (view.step, view.level, view.promised_at) == (Step.DISPATCHING, Level.STREET, due)
    view = office.step_on(reported.case_id, ActionName.FORWARD)
    assert (view.step, view.level) == (Step.FORWARDED, Level.DISTRICT)
    assert_told(reported)


def test_down_again_with_a_limit_of_its_own(office: Office) -> None:
    reported = office.play(to=Step.IN_COMMUNITY)
    with pytest.raises(ActionRefused, match=r"cases\.limit_missing"):
        office.act(
            reported.case_id, ActionName.GIVE_TO_GRID, Role.COMMUNITY_SECRETARY, note="去看看"
        )
    view = office.step_on(reported.case_id, ActionName.GIVE_TO_GRID)
    assert (view.step, view.level) == (Step.IN_GRID, Level.GRID)
    told = Notice.objects.filter(kind="cases.lowered").values_list("account_id", flat=True)
    assert office.accounts[Role.GRID_WORKER].pk in told
    assert_told(reported)


def test_what_fails_its_check_after_a_level_goes_to_the_centre(office: Office) -> None:
    reported = office.play(to=Step.IN_GRID)
    office.step_on(reported.case_id, ActionName.SOLVE_IN_GRID)
    with pytest.raises(ActionRefused, match=r"cases\.nobody_to_rework"):
        office.step_on(reported.case_id, ActionName.REWORK)
    view = office.act(reported.case_id, ActionName.REDO, Role.VERIFIER, note="还在")
    assert (view.step, view.level, view.rework_count) == (Step.DISPATCHING, Level.STREET, 1)
    assert office.step_on(reported.case_id, ActionName.DISPATCH).step is Step.ACCEPTING
    assert_told(reported)


def test_silence_of_the_district_is_listed_and_becomes_work(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    sent: dict[str, Any] = {"note": "已报区交通局", "limit": LIMIT}
    office.act(reported.case_id, ActionName.FORWARD, Role.DISPATCHER, **sent)
    member, silent = office[Role.DISPATCHER], CaseFilters(is_silent=True)
    assert list_cases(member=member, filters=silent, at=office.at).total == 0
    assert my_work(member=member, at=office.at) == []
    later = office.tick(timedelta(hours=3))
    assert list_cases(member=member, filters=silent, at=later).total == 1
    assert [one.action for one in my_work(member=member, at=later)] == [ActionName.HEAR_BACK]
    assert office.step_on(reported.case_id, ActionName.HEAR_BACK).step is Step.CHECKING
    assert_told(reported)


@pytest.mark.parametrize("step", [Step.IN_GRID, Step.IN_COMMUNITY, Step.FORWARDED])
def test_the_centre_takes_a_case_back(office: Office, step: Step) -> None:
    reported = office.play(to=step)
    office.step_on(reported.case_id, ActionName.TAKE_BACK)
    assert level_of(reported) == (Step.DISPATCHING, Level.STREET)
    assert_told(reported)


def test_complaints_never_go_to_the_grid(office: Office) -> None:
    reported = office.report(
        kind=CaseKind.COMPLAINT, about_organisation_id=office.lead.pk, is_anonymous=True
    )
    filed = {"category_id": office.category.pk}
    office.act(reported.case_id, ActionName.FILE, Role.INTAKE_CLERK, **filed)
    with pytest.raises(ActionRefused, match=r"cases\.complaint_not_to_grid"):
        office.step_on(reported.case_id, ActionName.LOWER_TO_GRID)


def test_what_lies_in_no_grid_is_not_sent_to_one(office: Office) -> None:
    reported = office.report(point=None, address="不知道哪里")
    for action in (ActionName.VERIFY, ActionName.FILE):
        office.step_on(reported.case_id, action)
    with pytest.raises(ActionRefused, match=r"cases\.no_grid"):
        office.step_on(reported.case_id, ActionName.LOWER_TO_GRID)
    with pytest.raises(ActionRefused, match=r"cases\.no_community"):
        office.step_on(reported.case_id, ActionName.LOWER_TO_COMMUNITY)
