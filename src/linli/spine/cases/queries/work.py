"""What waits for somebody: cases at a step, tasks of their organisation, the most urgent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.rules import reach
from linli.ground.people.terms import Member, Scope
from linli.ground.territory.locator import serial_now
from linli.spine.cases.models import Assignment, Case, Check, Extension, Instruction, Pending
from linli.spine.cases.queries.facts import SEEING_ASSIGNMENTS, WORKING
from linli.spine.cases.queries.rows import brief_rows, case_rows
from linli.spine.cases.queries.scope import assigned_to, either, within
from linli.spine.cases.rules.clocks import judge_urgency
from linli.spine.cases.rules.procedure import ACTIONS, Action, Bond
from linli.spine.cases.rules.putting_off import BY_LEADER, GRANTS
from linli.spine.cases.terms import (
    URGENCY_LABELS,
    ActionName,
    CaseRow,
    Duty,
    FirstWork,
    Step,
    Urgency,
    WorkItem,
)
from linli.spine.cases.terms.checking import CheckKind

MOST_KEPT = 256
_BY_DUE = (F("due_at").asc(nulls_last=True), F("id").asc())
_URGENCIES = list(Urgency)
_WORK = [action for action in ACTIONS.values() if action.is_work]
_ANSWER = ACTIONS[ActionName.ANSWER_INSTRUCTION]
_ON_CASES = [action for action in _WORK if not action.task_states and action is not _ANSWER]
_ON_TASKS = [action for action in _WORK if action.task_states]


def my_work(*, member: Member, at: datetime, limit: int = 200) -> list[WorkItem]:
    """List what waits for a member, the most urgent first, in a fixed number of statements.

    A case that waits for two things of the same member is listed with each.

    Args:
        at: aware instant of asking.
        limit: how many at most, of cases and of tasks.
    """
    waiting = _list_waiting(member, at, limit)
    return _items(waiting, case_rows(_cases_of(waiting), at), at)


def my_first_work(*, member: Member, at: datetime, limit: int, most_late: int) -> FirstWork:
    """List the first of what waits for a member as `my_work` does, without leads and photos.

    Args:
        at: aware instant of asking.
        limit: how many at most are counted, of cases and of tasks.
        most_late: how many of those that are late are listed; all others are.
    """
    found = _list_waiting(member, at, limit)
    late = [one for one in found if _is_late(one, at)]
    listed = [*late[:most_late], *(one for one in found if not _is_late(one, at))]
    items = _items(listed, brief_rows(_cases_of(listed), at), at)
    return FirstWork(items=tuple(items), total=len(found), late=len(late))


def _list_waiting(member: Member, at: datetime, limit: int) -> list[Waiting]:
    return [
        *_cases(member, at, limit),
        *_tasks(member, limit),
        *_instructions(member, limit),
    ]


def _is_late(waiting: Waiting, at: datetime) -> bool:
    case, _action, task = waiting
    due_at = (task.due_at if task is not None else None) or case.due_at
    return due_at is not None and due_at < at


def _cases_of(waiting: Sequence[Waiting]) -> Iterable[Case]:
    return {case.id: case for case, _, _ in waiting}.values()


def _items(waiting: Sequence[Waiting], listed: Iterable[CaseRow], at: datetime) -> list[WorkItem]:
    rows = {row.id: row for row in listed}
    items = [
        _item(_timed(rows[case.id], task, at), action, task, at) for case, action, task in waiting
    ]
    return sorted(items, key=lambda item: _URGENCIES.index(item.urgency))


OwnDue = Assignment | Instruction | Check | None
Waiting = tuple[Case, Action, OwnDue]


def _cases(member: Member, at: datetime, limit: int) -> Iterator[Waiting]:
    mine = [action for action in _ON_CASES if _has(member, action)]
    if not mine:
        return
    found = _first_cases(member, mine, at, limit)
    samples = _samples(found)
    for case in found:
        yield case, _action(case, mine), samples.get(case.id)


def _first_cases(
    member: Member, mine: Sequence[Action], at: datetime, limit: int
) -> Sequence[Case]:
    """Read the first of the cases that wait by their step, and of those somebody asks about.

    The latter are few among many at their steps: they are found from what was asked.
    """
    found: dict[UUID, Case] = {}
    for is_asked in sorted({action.name in _ASKED for action in mine}):
        rows = _waiting_cases(member, serial_now(), limit, is_asked=is_asked).rows(at=at)
        found |= {case.id: case for case in rows}
    by_due = sorted(found.values(), key=lambda one: (one.due_at is None, one.due_at or at, one.id))
    return by_due[:limit]


@lru_cache(maxsize=MOST_KEPT)
def _waiting_cases(member: Member, _serial: int, limit: int, *, is_asked: bool) -> Compiled[Case]:
    mine = [one for one in _ON_CASES if _has(member, one) and (one.name in _ASKED) == is_asked]
    asks_to_rest = Exists(_asked_to_rest().filter(case_id=OuterRef("pk")))

    def build(at: datetime) -> QuerySet[Case]:
        wanted = Q(pk__in=_asked_about()) & _wanted(mine, member, at)
        if not is_asked:
            wanted = Q(pk__in=_first_at_each_step(mine, member, at, limit))
        found = Case.objects.filter(wanted).annotate(asks_to_rest=asks_to_rest)
        return found.order_by(*_BY_DUE)[:limit]

    return Compiled(build)


def _first_at_each_step(
    mine: Sequence[Action], member: Member, at: datetime, limit: int
) -> QuerySet[Any, Any]:
    """List the first that wait at each step, in the order of the index, which nobody need sort."""
    firsts = []
    for step in sorted({step.value for action in mine for step in action.paths}):
        here = [action for action in mine if Step(step) in action.paths]
        rows = Case.objects.filter(_wanted(here, member, at), step=step)
        firsts.append(rows.order_by(*_BY_DUE).values("id")[:limit])
    first, *others = firsts
    return first.union(*others, all=True) if others else first


def _asked_about() -> QuerySet[Any, UUID]:
    """List the cases somebody is to decide about: an extension, rest, a sample, another lead."""
    extensions = Extension.objects.filter(decided_at=None, clock__stopped_at=None)
    samples = Check.objects.filter(kind=CheckKind.SAMPLE.value, done_at=None)
    rerouted = Case.objects.filter(reroute_lead__isnull=False)
    return extensions.values_list("case_id", flat=True).union(
        _asked_to_rest().values_list("case_id", flat=True),
        samples.values_list("case_id", flat=True),
        rerouted.values_list("id", flat=True),
        all=True,
    )


def _samples(cases: Sequence[Case]) -> dict[UUID, Check]:
    """Give the open samples among cases that have ended, which are due by themselves."""
    ids = [case.id for case in cases if case.step == Step.SETTLED]
    rows = Check.objects.filter(case_id__in=ids, done_at=None) if ids else ()
    return {row.case_id: row for row in rows}


def _tasks(member: Member, limit: int) -> Iterator[Waiting]:
    """List the tasks that wait for a member: of the own organisation, or done and to be checked."""
    mine = [action for action in _ON_TASKS if _has(member, action)]
    if not mine:
        return
    for task in _waiting_tasks(member, serial_now(), limit).rows():
        action = next(one for one in _ON_TASKS if task.state in one.task_states)
        yield task.case, action, task


@lru_cache(maxsize=MOST_KEPT)
def _waiting_tasks(member: Member, _serial: int, limit: int) -> Compiled[Assignment]:
    mine = [action for action in _ON_TASKS if _has(member, action)]
    return Compiled(
        lambda: (
            Assignment.objects.filter(
                either(_task_waits_for(action, member) for action in mine), duty=Duty.TASK.value
            )
            .select_related("case")
            .order_by(F("due_at").asc(nulls_last=True), "id")[:limit]
        )
    )


def _instructions(member: Member, limit: int) -> Iterator[Waiting]:
    """List the instructions a member is to answer: those to the own organisation, or the centre."""
    scope = reach(member, _ANSWER.right)
    if scope.is_empty:
        return
    for row in _waiting_instructions(scope, serial_now(), limit).rows():
        yield row.case, _ANSWER, row


@lru_cache(maxsize=MOST_KEPT)
def _waiting_instructions(scope: Scope, _serial: int, limit: int) -> Compiled[Instruction]:
    return Compiled(lambda: _instructions_within(scope).order_by("due_at", "id")[:limit])


def _instructions_within(scope: Scope) -> QuerySet[Instruction]:
    in_areas = Case.objects.filter(within(replace(scope, organisation_ids=()))).values("id")
    mine = Q(organisation_id__in=scope.organisation_ids) & Q(
        case_id__in=Case.objects.filter(assigned_to(scope.organisation_ids)).values("id")
    )
    rows = Instruction.objects.filter(
        mine | Q(organisation=None, case_id__in=in_areas),
        answered_at=None,
        withdrawn_at=None,
        case__step__in=[step.value for step in _ANSWER.paths],
    )
    return rows.select_related("case")


def _task_waits_for(action: Action, member: Member) -> Q:
    scope = reach(member, action.right)
    found = Q(
        state__in=[state.value for state in action.task_states],
        case__step__in=[step.value for step in action.paths],
    )
    if action.bond is Bond.TASK:
        return found & Q(organisation_id__in=scope.organisation_ids)
    mine = Q(account_id=member.account_id) | Q(organisation_id__in=member.organisation_ids)
    cases = Case.objects.filter(within(scope)).values("id")
    return found & Q(case_id__in=cases) & ~mine & ~Q(case__finder_id=member.account_id)


def _has(member: Member, action: Action) -> bool:
    scope = reach(member, action.right)
    areas = scope.area_prefixes or scope.area_prefixes_without_complaints
    return bool(scope.all or areas or scope.organisation_ids)


def _wanted(mine: Sequence[Action], member: Member, at: datetime) -> Q:
    """Build the filter of cases that wait for one of these actions; each scope is said once."""
    parts: dict[tuple[Scope, bool], list[Q]] = defaultdict(list)
    plain: dict[tuple[Scope, bool], set[str]] = defaultdict(set)
    for action in mine:
        scope = reach(member, action.right)
        key = scope, action.bond is Bond.LEAD and bool(scope.organisation_ids)
        steps = {step.value for step in action.paths}
        narrowed = _narrowed(action, member, at)
        if narrowed:
            parts[key].append(Q(step__in=sorted(steps)) & narrowed)
        else:
            plain[key] |= steps
    for key, steps in plain.items():
        parts[key].append(Q(step__in=sorted(steps)))
    return either(
        within(scope, lead_only=lead_only) & either(waiting)
        for (scope, lead_only), waiting in parts.items()
    )


_PLAINLY = {
    ActionName.DISPATCH: Q(return_count=0),
    ActionName.RULE: Q(return_count__gt=0),
    ActionName.REROUTE: Q(reroute_lead__isnull=False),
}


# What somebody asked for, of few cases at a step.
_ASKED = frozenset(
    {*GRANTS, ActionName.APPROVE_PENDING, ActionName.PASS_SAMPLE, ActionName.REROUTE}
)


def _narrowed(action: Action, member: Member, at: datetime) -> Q:
    """Build what a case must be besides at a step of this action and within reach."""
    found = Q()
    if action.bond is Bond.NOT_HANDLER:
        found &= may_check(member)
    found &= _PLAINLY.get(action.name, Q())
    if action.name in GRANTS:
        asked = Extension.objects.filter(decided_at=None, clock__stopped_at=None)
        open_ones = asked.filter(needs_leader=action.name in BY_LEADER)
        found &= Q(id__in=open_ones.values("case_id"))
    if action.name is ActionName.APPROVE_PENDING:
        found &= Q(id__in=_asked_to_rest().values("case_id"))
    if action.name is ActionName.PASS_SAMPLE:
        samples = Check.objects.filter(kind=CheckKind.SAMPLE.value, done_at=None)
        found &= Q(id__in=samples.values("case_id"))
    if action.name is ActionName.HEAR_BACK:
        found &= Q(due_at__lt=at)
    return found


def _asked_to_rest() -> QuerySet[Pending]:
    return Pending.objects.filter(decided_at=None, clock__stopped_at=None)


def may_check(member: Member) -> Q:
    """Build the filter of cases a member neither found nor had a hand in."""
    found = ~Q(finder_id=member.account_id) & ~Q(id__in=_handled_by(member))
    found &= ~assigned_to(_answering(member), lead_only=True)
    if member.organisation_ids:
        worked = Assignment.objects.filter(
            case_id=OuterRef("pk"),
            organisation_id__in=member.organisation_ids,
            duty__in=[duty.value for duty in WORKING],
            state__in=[state.value for state in SEEING_ASSIGNMENTS],
        )
        found &= ~Q(Exists(worked))
    return found


def _answering(member: Member) -> tuple[int, ...]:
    return reach(member, ACTIONS[ActionName.FEED_BACK].right).organisation_ids


def _handled_by(member: Member) -> QuerySet[Assignment, UUID]:
    had_part = Q(
        duty__in=[duty.value for duty in WORKING],
        state__in=[state.value for state in SEEING_ASSIGNMENTS],
    )
    was_with = Q(account_id=member.account_id)
    was_with |= Q(earlier_account_ids__contains=[member.account_id])
    rows = Assignment.objects.filter(was_with, Q(duty=Duty.LEAD.value) | had_part)
    return rows.values_list("case_id", flat=True)


def _action(case: Case, mine: Sequence[Action]) -> Action:
    """Name the action a listed case waits for; a returned case waits for a ruling."""
    fitting = [action for action in mine if Step(case.step) in action.paths]
    names = {action.name for action in fitting}
    if ActionName.REROUTE in names and case.reroute_lead_id is not None:
        return ACTIONS[ActionName.REROUTE]
    if ActionName.APPROVE_PENDING in names and getattr(case, "asks_to_rest", False):
        return ACTIONS[ActionName.APPROVE_PENDING]
    if {ActionName.DISPATCH, ActionName.RULE} <= names:
        return ACTIONS[ActionName.RULE if case.return_count else ActionName.DISPATCH]
    return next(action for action in fitting if action.name is not ActionName.REROUTE)


def _timed(row: CaseRow, task: OwnDue, at: datetime) -> CaseRow:
    """Show a task, an instruction or a sample with its own due time."""
    if task is None or task.due_at is None:
        return row
    return replace(row, due_at=task.due_at, is_overdue=task.due_at < at)


def _item(row: CaseRow, action: Action, task: OwnDue, at: datetime) -> WorkItem:
    urgency = judge_urgency(due_at=row.due_at, is_urgent=row.is_urgent, now=at)
    left = (row.due_at - at).total_seconds() // 60 if row.due_at else None
    return WorkItem(
        row=row,
        action=action.name,
        action_label=gettext(action.label),
        urgency=urgency,
        urgency_label=gettext(URGENCY_LABELS[urgency]),
        left_minutes=int(left) if left is not None else None,
        task_no=task.task_no if isinstance(task, Assignment) else None,
    )
