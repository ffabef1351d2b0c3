"""Random walks through the procedure: they stay inside the table, and events tell the state."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Clock, Instruction, Merge, RungMark
from linli.spine.cases.queries import allowed_actions
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.procedure import ACTIONS, BY_CODE
from linli.spine.cases.rules.putting_off import GRANTS
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services import (
    accept_silently,
    accept_tasks_silently,
    climb_ladder,
    erase_reporter,
    mark_late_tasks,
    mark_overdue,
    plan_ladder,
    wake_due,
)
from linli.spine.cases.terms import ActionName, AllowedAction, Channel, Reported, Step
from linli.spine.cases.terms.putting_off import Cause
from linli.spine.cases.terms.supervision import RUNGS, Rung, Way

from .factories import Office, make_photo

WAITS = [timedelta(minutes=5), timedelta(hours=3), timedelta(days=2), timedelta(days=9)]
MOVES = st.tuples(
    st.sampled_from(list(ActionName)),
    st.sampled_from(list(Role)),
    st.sampled_from(WAITS[:2] * 3 + WAITS),
    st.booleans(),
)
# Whether these may be taken depends on what is given with them too.
BY_WHAT_IS_GIVEN = frozenset(
    {
        ActionName.APPROVE_PHOTO,
        ActionName.RELOCATE,
        ActionName.MERGE,
        ActionName.LINK,
        ActionName.ADD_TASK,
        ActionName.REDISPATCH_TASK,
        ActionName.ASK_EXTENSION,
        ActionName.ASK_PENDING,
        ActionName.SUPERVISE,
        ActionName.SUPERVISE_TASK,
        ActionName.INSTRUCT,
    }
)


# These alone move what is due; what rests on the register wakes by itself besides.
MOVE_DUE = GRANTS | {ActionName.WAKE}


def everything(office: Office, target: UUID, task_no: int | None = None) -> dict[str, Any]:
    """Give every field an action may ask for."""
    return {
        "note": "随机走一步",
        "elsewhere": "别处",
        "photos": (make_photo(),),
        "before_photos": (make_photo(),),
        "category_id": office.category.pk,
        "lead_id": office.lead.pk,
        "responsibility_id": office.responsibility.pk,
        "solved": True,
        "satisfaction": 2,
        "unit_id": office.other.pk,
        "channel": Channel.PHONE,
        "limit": Limit(2, Unit.WORKING_DAYS),
        "target_id": target,
        "task_no": task_no,
        "cause": Cause.WEATHER,
        "until": (office.at + timedelta(days=2)).date(),
        "rung": Rung.RED,
        "instructed_by": "赵示例主任",
        "way": Way.VOICE,
    }


@dataclass(frozen=True, kw_only=True)
class Try:
    """One step of a walk: on which case, what, as whom; `other` is what it may be tied to."""

    reported: Reported
    other: Reported
    action: ActionName
    role: Role


def take(office: Office, one: Try, task_no: int | None) -> bool:
    """Try an action with everything given, and say whether it was taken."""
    form = everything(office, one.other.case_id, task_no)
    if one.action is ActionName.ASK_PENDING:
        form |= office.wish_to_rest()
    with contextlib.suppress(ActionRefused, NoSuchCase), transaction.atomic():
        if one.role is Role.RESIDENT and one.action in BY_CODE:
            office.by_code(one.reported, one.action, **form)
        else:
            office.act(one.reported.case_id, one.action, one.role, **form)
        return True
    return False


def due_times(case_id: UUID) -> dict[tuple[str, int], tuple[object, ...]]:
    """Read when everything of a case began, what was promised and when it is due."""
    clocks = Clock.objects.filter(case_id=case_id)
    tasks = Assignment.objects.filter(case_id=case_id, duty="task")
    instructions = Instruction.objects.filter(case_id=case_id)
    return {
        **{("clock", row.pk): (row.started_at, row.promised_at, row.due_at) for row in clocks},
        **{("task", row.pk): (row.offered_at, row.promised_at, row.due_at) for row in tasks},
        **{("told", row.pk): (row.given_at, row.promised_at, row.due_at) for row in instructions},
    }


def rungs(case_id: UUID) -> set[tuple[object, ...]]:
    """Read which rungs were reached."""
    rows = RungMark.objects.filter(case_id=case_id)
    return set(rows.values_list("clock_id", "task_id", "instruction_id", "rung", "at"))


def target_step(one: Try, before: Case) -> Step:
    """Say where the table, or for a merge undone what was held, leads."""
    if one.action is ActionName.UNMERGE:
        return Step(Merge.objects.filter(source=before).latest("id").held["step"])
    return ACTIONS[one.action].paths[Step(before.step)]


def walk_one(office: Office, one: Try) -> None:
    """Try one action and compare what it did with the table and with what was offered."""
    case_id = one.reported.case_id
    before, promised = Case.objects.get(id=case_id), due_times(case_id)
    reached = rungs(case_id)
    offers = offered_to(office, one)
    done = take(office, one, offers[0].task_no if offers else 1)
    after = Case.objects.get(id=case_id)
    if done:
        assert after.step == target_step(one, before)
    else:
        assert (after.step, after.version) == (before.step, before.version)
    by_code = one.role is Role.RESIDENT
    assert by_code or bool(offers) is done or one.action in BY_WHAT_IS_GIVEN
    is_moved = done and one.action in MOVE_DUE
    assert is_moved or due_times(case_id).items() >= promised.items()
    assert rungs(case_id) >= reached


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, max_size=50))
def test_a_random_walk_of_two_cases_stays_inside_the_table(
    office: Office, walk: list[tuple[ActionName, Role, timedelta, bool]]
) -> None:
    office.lead_street()
    both = office.report(), office.report()
    for action, role, wait, is_first in walk:
        office.tick(wait)
        if role not in office.accounts:
            continue
        reported, other = both if is_first else both[::-1]
        walk_one(office, Try(reported=reported, other=other, action=action, role=role))
        accept_silently(at=office.at)
        accept_tasks_silently(at=office.at)
        plan_ladder()
        climb_ladder(at=office.at)
        mark_overdue(at=office.at)
        mark_late_tasks(at=office.at)
        wake_due(at=office.at)
    for reported in both:
        assert_no_rung_is_skipped_back(reported)
        assert_history_is_whole(office, reported)


def assert_no_rung_is_skipped_back(reported: Reported) -> None:
    """Nothing stands lower than the highest rung it reached, and each rung was reached once."""
    climbed: dict[tuple[object, ...], list[Rung]] = defaultdict(list)
    for mark in RungMark.objects.filter(case_id=reported.case_id).order_by("at", "id"):
        climbed[mark.clock_id, mark.task_id, mark.instruction_id].append(Rung(mark.rung))
    for path in climbed.values():
        assert path == sorted(set(path), key=RUNGS.index)
    for clock in Clock.objects.filter(case_id=reported.case_id):
        assert clock.rung == next(reversed(climbed[clock.pk, None, None]), "")


def offered_to(office: Office, one: Try) -> list[AllowedAction]:
    """List how the action stands among those offered, for each task it may be about."""
    try:
        offered = allowed_actions(
            case_id=one.reported.case_id,
            member=office[one.role],
            at=office.at + timedelta(minutes=10),
        )
    except NoSuchCase:
        return []
    return [offer for offer in offered if offer.name is one.action]


def assert_history_is_whole(office: Office, reported: Reported) -> None:
    told = replayed_state(reported.case_id)
    assert told == live_state(reported.case_id)
    handlers = set(
        Assignment.objects.filter(
            case_id=reported.case_id, duty="lead", account__isnull=False
        ).values_list("account_id", flat=True)
    )
    verifiers = set(
        Assignment.objects.filter(case_id=reported.case_id, duty="verifier").values_list(
            "account_id", flat=True
        )
    )
    assert not handlers & verifiers
    erase_reporter(case_id=reported.case_id, at=office.tick())
    assert replayed_state(reported.case_id) == live_state(reported.case_id) == told
