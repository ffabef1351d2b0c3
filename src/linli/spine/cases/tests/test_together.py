"""Two at once: the database lets one through, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, TypeVar
from uuid import UUID

import pytest
from django.db import connection, transaction

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.terms import ANONYMOUS
from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case
from linli.spine.cases.services import accept_silently, act, mark_overdue, report_case
from linli.spine.cases.terms import ActionInput, ActionName, Reported, Step

from .factories import Office, new_report

pytestmark = pytest.mark.django_db(transaction=True)

T = TypeVar("T")


def together(*tasks: Callable[[], T]) -> list[T | Refusal]:
    """Run tasks at the same moment, each on a connection of its own."""
    ready = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T | Refusal:
        ready.wait(timeout=10)
        try:
            return task()
        except Refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_one_report_sent_twice_at_once_makes_one_case(office: Office) -> None:
    report = new_report(id=new_id())
    answers = together(
        *[lambda: report_case(report=report, actor=ANONYMOUS, at=office.at) for _ in range(4)]
    )
    told = [one for one in answers if isinstance(one, Reported)]
    assert len({one.number for one in told}) == 1
    assert sorted(one.created for one in told) == [False, False, False, True]
    assert Case.objects.count() == 1


def test_of_two_dispatchers_at_once_one_is_told_of_the_other(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    seen = Case.objects.get(id=reported.case_id).version
    members = [office[Role.DISPATCHER], office[Role.SHIFT_LEADER]]
    at = office.tick()

    def dispatch(who: int) -> object:
        return act(
            case_id=reported.case_id,
            action=ActionName.DISPATCH,
            member=members[who],
            at=at,
            form=ActionInput(lead_id=office.lead.pk),
            seen_version=seen,
        )

    answers = together(lambda: dispatch(0), lambda: dispatch(1))
    refused = [one.code for one in answers if isinstance(one, Refusal)]
    assert refused == ["cases.already_done"]
    assert Assignment.objects.filter(duty="lead").count() == 1


def test_the_sweep_leaves_alone_what_somebody_is_working_on(office: Office) -> None:
    busy = office.play(to=Step.ACCEPTING)
    office.play(to=Step.ACCEPTING)
    later = office.tick(timedelta(days=2))
    with transaction.atomic():
        Case.objects.select_for_update().get(id=busy.case_id)
        [accepted] = together(lambda: accept_silently(at=later))
        [marked] = together(lambda: mark_overdue(at=later))
    assert (accepted, marked) == (1, 1)
    assert accept_silently(at=later) == 1


def take(office: Office, case_id: UUID, action: ActionName, role: Role, **form: Any) -> object:
    """Let somebody act at this moment; the clock is the office's."""
    return act(
        case_id=case_id,
        action=action,
        member=office[role],
        at=office.at,
        form=ActionInput(**form),
    )


def merge(office: Office, source: Reported, target: Reported) -> object:
    merging = ActionName.MERGE
    return take(office, source.case_id, merging, Role.DISPATCHER, target_id=target.case_id)


def codes(answers: list[object]) -> list[str]:
    return [one.code for one in answers if isinstance(one, Refusal)]


def test_two_cases_merged_into_each_other_at_once_leave_one_main(office: Office) -> None:
    one, two = office.play(to=Step.DISPATCHING), office.play(to=Step.DISPATCHING)
    office.tick()
    answers = together(lambda: merge(office, one, two), lambda: merge(office, two, one))
    assert len(codes(answers)) == 1
    assert set(codes(answers)) <= {"cases.target_merged", "cases.not_at_this_step"}
    assert Case.objects.filter(step=Step.MERGED.value).count() == 1


def test_merging_while_the_main_case_is_closed_is_one_or_the_other(office: Office) -> None:
    main, second = office.play(to=Step.CLOSING), office.play(to=Step.DISPATCHING)
    office.tick()
    closing = ActionName.CLOSE
    answers = together(
        lambda: merge(office, second, main),
        lambda: take(office, main.case_id, closing, Role.INTAKE_CLERK),
    )
    assert codes(answers) in ([], ["cases.target_ended"])
    steps = dict(Case.objects.values_list("number", "step"))
    assert steps[main.number] == Step.CLOSED
    assert steps[second.number] == (Step.DISPATCHING if codes(answers) else Step.MERGED)


def test_two_cases_never_become_each_others_parent(office: Office) -> None:
    one, two = office.report(), office.report()
    office.tick()

    def tie(child: Reported, parent: Reported) -> object:
        linking = ActionName.LINK
        return take(office, child.case_id, linking, Role.DISPATCHER, target_id=parent.case_id)

    answers = together(lambda: tie(one, two), lambda: tie(two, one))
    assert codes(answers) == ["cases.parent_is_child"]
    assert Case.objects.filter(parent__isnull=False).count() == 1


def test_of_two_dispatchers_giving_the_same_task_at_once_one_is_refused(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.tick()

    def give(role: Role) -> object:
        form = {"unit_id": office.other.pk, "note": "拆除雨棚"}
        return take(office, reported.case_id, ActionName.ADD_TASK, role, **form)

    answers = together(lambda: give(Role.DISPATCHER), lambda: give(Role.SHIFT_LEADER))
    assert codes(answers) == ["cases.task_already_there"]
    assert Assignment.objects.filter(duty="task").count() == 1


def test_a_task_is_withdrawn_once(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    given: dict[str, Any] = {"unit_id": office.other.pk, "note": "拆除雨棚"}
    office.act(reported.case_id, ActionName.ADD_TASK, Role.DISPATCHER, **given)
    office.tick()
    why = {"note": "不用了", "task_no": 1}
    answers = together(
        lambda: take(office, reported.case_id, ActionName.WITHDRAW_TASK, Role.DISPATCHER, **why),
        lambda: take(office, reported.case_id, ActionName.WITHDRAW_TASK, Role.SHIFT_LEADER, **why),
    )
    assert codes(answers) == ["cases.task_not_so"]
