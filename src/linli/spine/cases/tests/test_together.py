"""Two at once: the database lets one through, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

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
