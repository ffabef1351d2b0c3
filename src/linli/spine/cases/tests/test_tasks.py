"""Several tasks on one case, another lead, rulings that are remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.people.models import Account, Organisation
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory, member_of
from linli.spine.cases.models import Assignment, Case, Category, Precedent, Responsibility
from linli.spine.cases.queries import allowed_actions, get_case, list_cases, my_work
from linli.spine.cases.queries.precedents import list_precedents, list_precedents_for
from linli.spine.cases.queries.proposals import brief_proposal
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused, UnableToWithdrawPrecedent
from linli.spine.cases.services import (
    accept_tasks_silently,
    act,
    mark_late_tasks,
    withdraw_precedent,
)
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import ActionInput, ActionName, AssignmentState, CaseFilters, Step

from .factories import START, CategoryFactory, Office, make_photo


def somebody_at(organisation: Organisation) -> Member:
    account: Account = AccountFactory(handler=True, organisation=organisation)
    return member_of(account, at=START)


def act_as(office: Office, member: Member, case_id: UUID, action: ActionName, **form: Any) -> None:
    act(case_id=case_id, action=action, member=member, at=office.tick(), form=ActionInput(**form))


def give(office: Office, case_id: UUID, unit: Organisation, **form: Any) -> None:
    note = form.pop("note", "拆除雨棚")
    given: dict[str, Any] = {"unit_id": unit.pk, "note": note, **form}
    office.act(case_id, ActionName.ADD_TASK, Role.DISPATCHER, **given)


def state_of(case_id: UUID, number: int) -> str:
    return Assignment.objects.get(case_id=case_id, task_no=number).state


def test_a_case_is_checked_only_when_every_task_is_verified(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    case_id, unit = reported.case_id, somebody_at(office.other)
    give(office, case_id, office.other)
    office.step_on(case_id, ActionName.FEED_BACK)
    with pytest.raises(ActionRefused, match=r"cases\.tasks_open"):
        office.step_on(case_id, ActionName.PASS_CHECK)
    act_as(office, unit, case_id, ActionName.ACCEPT_TASK, task_no=1)
    done = {"note": "已拆", "photos": (make_photo(),), "task_no": 1}
    act_as(office, unit, case_id, ActionName.FEED_BACK_TASK, **done)
    rework: dict[str, Any] = {"note": "还剩一半", "task_no": 1}
    office.act(case_id, ActionName.REWORK_TASK, Role.VERIFIER, **rework)
    act_as(office, unit, case_id, ActionName.FEED_BACK_TASK, **{**done, "photos": (make_photo(),)})
    checked: dict[str, Any] = {"photos": (make_photo(),), "task_no": 1}
    office.act(case_id, ActionName.PASS_TASK, Role.VERIFIER, **checked)
    assert state_of(case_id, 1) == AssignmentState.DONE
    assert office.step_on(case_id, ActionName.PASS_CHECK).step is Step.CLOSING
    assert replayed_state(case_id) == live_state(case_id)


def test_each_task_has_a_limit_of_its_own(office: Office) -> None:
    reported, third = office.play(to=Step.HANDLING), OrganisationFactory(name="示例供水公司")
    give(office, reported.case_id, office.other, limit=Limit(1, Unit.HOURS))
    give(office, reported.case_id, third, limit=Limit(3, Unit.CALENDAR_DAYS))
    one, two = Assignment.objects.filter(duty="task").order_by("task_no")
    assert one.due_at is not None
    assert two.due_at is not None
    assert one.due_at - one.offered_at == timedelta(hours=1)
    assert two.due_at > one.due_at
    assert mark_late_tasks(at=office.tick(timedelta(hours=2))) == 1
    assert mark_late_tasks(at=office.tick()) == 0


def test_a_task_is_seen_and_worked_on_by_its_organisation_only(office: Office) -> None:
    reported, unit = office.play(to=Step.HANDLING), somebody_at(office.other)
    assert not list_cases(member=unit, filters=CaseFilters(), at=office.at).rows
    give(office, reported.case_id, office.other)
    listed = list_cases(member=unit, filters=CaseFilters(), at=office.at)
    assert [row.number for row in listed.rows] == [reported.number]
    [item] = my_work(member=unit, at=office.at)
    assert (item.action, item.task_no) == (ActionName.ACCEPT_TASK, 1)
    names = {one.name for one in allowed(office, reported.case_id, unit)}
    assert {ActionName.ACCEPT_TASK, ActionName.RETURN_TASK} <= names
    assert ActionName.FEED_BACK not in names
    lead = {one.name for one in allowed(office, reported.case_id, office[Role.HANDLER])}
    assert ActionName.ACCEPT_TASK not in lead


def allowed(office: Office, case_id: UUID, member: Member) -> list[Any]:
    return allowed_actions(case_id=case_id, member=member, at=office.at)


def test_silence_accepts_a_task_too(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    give(office, reported.case_id, office.other)
    assert accept_tasks_silently(at=office.tick()) == 0
    assert accept_tasks_silently(at=office.tick(timedelta(days=2))) == 1
    assert state_of(reported.case_id, 1) == AssignmentState.ACCEPTED
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_returned_task_goes_to_another_who_can_not_return_it(office: Office) -> None:
    reported, unit = office.play(to=Step.HANDLING), somebody_at(office.other)
    third = OrganisationFactory(name="示例供水公司")
    give(office, reported.case_id, office.other, note="关阀抢修")
    cited = {"responsibility_id": office.responsibility.pk, "note": "不归我们"}
    act_as(office, unit, reported.case_id, ActionName.RETURN_TASK, task_no=1, **cited)
    again = {"unit_id": third.pk, "note": "由供水办"}
    office.act(reported.case_id, ActionName.REDISPATCH_TASK, Role.DISPATCHER, task_no=1, **again)
    two = Assignment.objects.get(case_id=reported.case_id, task_no=2)
    assert (two.is_binding, two.replaces_no, two.brief) == (True, 1, "关阀抢修")
    with pytest.raises(ActionRefused, match=r"cases\.task_not_so"):
        act_as(
            office,
            somebody_at(third),
            reported.case_id,
            ActionName.RETURN_TASK,
            task_no=2,
            **cited,
        )
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_task_is_withdrawn_with_a_reason(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    give(office, reported.case_id, office.other)
    with pytest.raises(ActionRefused, match=r"cases\.note_missing"):
        office.act(reported.case_id, ActionName.WITHDRAW_TASK, Role.DISPATCHER, task_no=1)
    why: dict[str, Any] = {"note": "不用拆了", "task_no": 1}
    office.act(reported.case_id, ActionName.WITHDRAW_TASK, Role.DISPATCHER, **why)
    assert state_of(reported.case_id, 1) == AssignmentState.WITHDRAWN


def test_nobody_is_given_two_parts_at_once(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    give(office, reported.case_id, office.other)
    for unit in (office.other, office.lead):
        with pytest.raises(ActionRefused, match=r"cases\.task_already_there"):
            give(office, reported.case_id, unit)


def another_category(office: Office) -> int:
    """Make a category that the other organisation answers for."""
    category: Category = CategoryFactory(name="占道经营")
    item = Responsibility.objects.create(
        list=office.responsibility.list,
        item_no=51,
        title="占道",
        kind="department",
        lead=office.other,
    )
    item.categories.add(category)
    touch_catalogue(at=office.at)
    return category.id


@pytest.mark.parametrize("step", [Step.ACCEPTING, Step.HANDLING])
def test_another_lead_is_proposed_once_and_taken_with_one_click(office: Office, step: Step) -> None:
    reported = office.play(to=step)
    promised = Case.objects.get(id=reported.case_id).promised_at
    category_id = another_category(office)
    office.act(
        reported.case_id, ActionName.RECATEGORISE, Role.INTAKE_CLERK, category_id=category_id
    )
    assert get(office, reported.case_id).is_reroute_proposed
    work = my_work(member=office[Role.DISPATCHER], at=office.at)
    assert [item.action for item in work] == [ActionName.REROUTE]
    view = office.act(reported.case_id, ActionName.REROUTE, Role.DISPATCHER)
    assert (view.step, view.promised_at) == (Step.ACCEPTING, promised)
    assert view.assignments[-1].organisation_id == office.other.pk
    assert view.assignments[0].state is AssignmentState.WITHDRAWN
    assert not view.is_reroute_proposed
    assert replayed_state(reported.case_id) == live_state(reported.case_id)
    with pytest.raises(ActionRefused, match=r"cases\.nothing_to_reroute"):
        office.act(reported.case_id, ActionName.REROUTE, Role.DISPATCHER)


def get(office: Office, case_id: UUID) -> Any:
    return get_case(case_id=case_id, member=office[Role.DISPATCHER], at=office.at)


def test_the_lead_may_be_kept(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    category_id = another_category(office)
    office.act(
        reported.case_id, ActionName.RECATEGORISE, Role.INTAKE_CLERK, category_id=category_id
    )
    office.act(reported.case_id, ActionName.KEEP_LEAD, Role.DISPATCHER, note="快办完了")
    assert not get(office, reported.case_id).is_reroute_proposed
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def ruled(office: Office) -> UUID:
    reported = office.play(to=Step.ACCEPTING)
    for action in (ActionName.RETURN, ActionName.RULE):
        office.step_on(reported.case_id, action)
    return reported.case_id


def test_a_ruling_is_shown_when_such_a_matter_comes_again(office: Office) -> None:
    ruled(office)
    again = office.play(to=Step.DISPATCHING)
    [precedent] = list_precedents_for(case_id=again.case_id)
    assert precedent.organisation_name == "示例环卫所"
    assert precedent.words == "由你单位办理"
    shown = brief_proposal(case_id=again.case_id, at=office.at)
    assert (shown.lead_name, shown.load.open) == ("示例环卫所", 1)
    assert shown.precedents == (precedent,)


def test_a_precedent_is_withdrawn_by_the_shift_leader_with_a_reason(office: Office) -> None:
    case_id = ruled(office)
    number = Precedent.objects.get().pk
    for role, note, code in (
        (Role.DISPATCHER, "不合适", "precedent.not_yours"),
        (Role.SHIFT_LEADER, " ", "precedent.note_missing"),
    ):
        with pytest.raises(UnableToWithdrawPrecedent, match=code.replace(".", r"\.")):
            withdraw_precedent(
                precedent_id=number, member=office[role], at=office.tick(), note=note
            )
    leader = office[Role.SHIFT_LEADER]
    withdraw_precedent(precedent_id=number, member=leader, at=office.tick(), note="清单已改")
    assert not list_precedents(member=leader)
    assert [one.id for one in list_precedents(member=leader, with_withdrawn=True)] == [number]
    assert replayed_state(case_id) == live_state(case_id)
    with pytest.raises(UnableToWithdrawPrecedent, match=r"precedent\.unknown"):
        withdraw_precedent(precedent_id=number, member=leader, at=office.tick(), note="再来")
