"""What events of tasks, levels and ties between cases say of the state of a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from linli.ground.kernel.terms import Happened, Occurrence
from linli.spine.cases import checking_events as checking
from linli.spine.cases import gathering_events as events
from linli.spine.cases import pending_events as pending
from linli.spine.cases import putting_off_events as putting_off
from linli.spine.cases import supervision_events as supervision
from linli.spine.cases.rules.actions import OPEN_TASK_STATES
from linli.spine.cases.terms import AssignmentState, Level

if TYPE_CHECKING:
    from linli.spine.cases.rules.projection import CaseState


@dataclass(frozen=True, kw_only=True)
class TaskState:
    """What events alone say of one task."""

    no: int
    organisation_id: int
    state: AssignmentState
    due_at: datetime | None
    is_binding: bool
    rework_count: int = 0


@dataclass(frozen=True, kw_only=True)
class InstructionState:
    """What events alone say of one instruction of a leader."""

    no: int
    organisation_id: int | None
    due_at: datetime
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ExtensionState:
    """What events alone say of one extension; `is_granted` is empty until it is decided."""

    no: int
    until: datetime
    is_granted: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PendingState:
    """What events alone say of one request to rest; `is_granted` is empty until it is decided."""

    no: int
    wake_at: datetime
    is_granted: bool | None = None
    is_ended: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckState:
    """What events alone say of one check; `answers` by the case of the reporter."""

    no: int
    verifier_id: int | None
    due_at: datetime
    done_at: datetime | None = None
    passed: bool | None = None
    answers: tuple[tuple[str, bool], ...] = ()


_TASK_STATES: dict[type[events.TaskEvent], AssignmentState] = {
    events.TaskAccepted: AssignmentState.ACCEPTED,
    events.TaskReturned: AssignmentState.RETURNED,
    events.TaskReported: AssignmentState.REPORTED,
    events.TaskPassed: AssignmentState.DONE,
    events.TaskReworked: AssignmentState.ACCEPTED,
    events.TaskWithdrawn: AssignmentState.WITHDRAWN,
}


def apply_gathered(state: CaseState, one: Occurrence) -> CaseState:
    """Apply an event of tasks, levels or ties; others leave the state as it is."""
    event = one.event
    state = _checked(state, one)
    match event:
        case events.TaskEvent():
            return replace(state, tasks=_tasks(state.tasks, event))
        case events.LevelEvent():
            return _levelled(state, event, one.at)
        case events.LeadKept():
            return replace(state, reroute_lead_id=None)
        case supervision.InstructionGiven():
            return replace(state, instructions=(*state.instructions, _instructed(event)))
        case supervision.InstructionAnswered() | supervision.InstructionWithdrawn():
            return replace(state, instructions=_settled(state.instructions, event, one.at))
        case _:
            return _put_off(state, event)


def _put_off(state: CaseState, event: Happened) -> CaseState:
    match event:
        case putting_off.ExtensionAsked():
            asked = ExtensionState(no=event.extension_no, until=event.until)
            return replace(state, extensions=(*state.extensions, asked))
        case putting_off.ExtensionGranted():
            decided = _decided(state.extensions, event.extension_no, is_granted=True)
            return replace(state, extensions=decided, handle_due_at=event.handle_due_at)
        case putting_off.ExtensionRefused():
            decided = _decided(state.extensions, event.extension_no, is_granted=False)
            return replace(state, extensions=decided)
        case _:
            return _rest(state, event)


def _rest(state: CaseState, event: Happened) -> CaseState:
    match event:
        case pending.PendingAsked():
            asked = PendingState(no=event.pending_no, wake_at=event.wake_at)
            return replace(state, pendings=(*state.pendings, asked))
        case pending.CasePended():
            left = leave_register(state.pendings)
            return replace(state, pendings=_answered(left, event.pending_no, is_granted=True))
        case pending.PendingRefused():
            answered = _answered(state.pendings, event.pending_no, is_granted=False)
            return replace(state, pendings=answered)
        case pending.CaseWoken():
            left = leave_register(state.pendings)
            return replace(state, pendings=left, handle_due_at=event.handle_due_at)
        case _:
            return _tied(state, event)


def leave_register(pendings: tuple[PendingState, ...]) -> tuple[PendingState, ...]:
    """End what was granted and still holds."""
    return tuple(replace(one, is_ended=True) if one.is_granted else one for one in pendings)


def _answered(
    pendings: tuple[PendingState, ...], no: int, *, is_granted: bool
) -> tuple[PendingState, ...]:
    return tuple(replace(one, is_granted=is_granted) if one.no == no else one for one in pendings)


def _checked(state: CaseState, one: Occurrence) -> CaseState:
    """Apply an event of checks; others leave the state as it is."""
    event = one.event
    match event:
        case checking.CheckGiven():
            given = CheckState(
                no=event.check_no, verifier_id=event.verifier_id, due_at=event.check_due_at
            )
            return replace(state, checks=(*state.checks, given))
        case checking.CheckPassedOn():
            passed = tuple(_check_passed_on(row, event) for row in state.checks)
            return replace(state, checks=passed)
        case checking.CheckAnswered():
            said = str(event.joined_case_id or one.subject.id), event.solved
            return replace(state, checks=tuple(_check_answered(row, said) for row in state.checks))
        case checking.SamplePassed():
            return replace(state, checks=end_check(state.checks, one.at, passed=True))
        case checking.SampleFailed():
            return replace(
                state,
                checks=end_check(state.checks, one.at, passed=False),
                category_id=event.category_id,
                filed_at=one.at,
                closed_at=None,
            )
        case _:
            return state


def _check_passed_on(check: CheckState, event: checking.CheckPassedOn) -> CheckState:
    is_it = check.no == event.check_no
    return replace(check, verifier_id=event.verifier_id) if is_it else check


def _check_answered(check: CheckState, said: tuple[str, bool]) -> CheckState:
    if check.done_at is not None:
        return check
    return replace(check, answers=tuple(sorted({**dict(check.answers), said[0]: said[1]}.items())))


def end_check(
    checks: tuple[CheckState, ...], at: datetime, *, passed: bool | None
) -> tuple[CheckState, ...]:
    """End the open check, decided or lapsed."""
    return tuple(
        replace(one, done_at=at, passed=passed) if one.done_at is None else one for one in checks
    )


def _decided(
    extensions: tuple[ExtensionState, ...], no: int, *, is_granted: bool
) -> tuple[ExtensionState, ...]:
    return tuple(replace(one, is_granted=is_granted) if one.no == no else one for one in extensions)


def _instructed(event: supervision.InstructionGiven) -> InstructionState:
    return InstructionState(
        no=event.instruction_no,
        organisation_id=event.organisation_id,
        due_at=event.answer_due_at,
    )


def _settled(
    instructions: tuple[InstructionState, ...],
    event: supervision.InstructionAnswered | supervision.InstructionWithdrawn,
    at: datetime,
) -> tuple[InstructionState, ...]:
    return tuple(
        _ended(one, event, at) if one.no == event.instruction_no else one for one in instructions
    )


def _ended(
    one: InstructionState,
    event: supervision.InstructionAnswered | supervision.InstructionWithdrawn,
    at: datetime,
) -> InstructionState:
    if isinstance(event, supervision.InstructionAnswered):
        return replace(one, answered_at=at)
    return replace(one, withdrawn_at=at)


def _tied(state: CaseState, event: Happened) -> CaseState:
    match event:
        case events.CaseReminded():
            return replace(state, reminder_count=event.count)
        case events.CaseLinked():
            return replace(state, parent_id=event.parent_id)
        case events.CaseUnlinked():
            return replace(state, parent_id=None)
        case events.CaseFollowedGrid():
            return replace(state, grid_id=event.grid_id, community_id=event.community_id)
        case events.CaseMerged():
            return _merged(state, event)
        case events.CaseUnmerged():
            return replace(state.held or state, version=state.version, checks=state.checks)
        case _:
            return state


def withdraw_open(tasks: tuple[TaskState, ...]) -> tuple[TaskState, ...]:
    """Withdraw every task that is still open."""
    return tuple(
        replace(task, state=AssignmentState.WITHDRAWN) if task.state in OPEN_TASK_STATES else task
        for task in tasks
    )


def _tasks(tasks: tuple[TaskState, ...], event: events.TaskEvent) -> tuple[TaskState, ...]:
    if isinstance(event, events.TaskGiven):
        return (*_withdraw(tasks, event.replaces_no), _given(event))
    return tuple(_changed(task, event) if task.no == event.task_no else task for task in tasks)


def _given(event: events.TaskGiven) -> TaskState:
    state = AssignmentState.ACCEPTED if event.is_binding else AssignmentState.OFFERED
    return TaskState(
        no=event.task_no,
        organisation_id=event.organisation_id,
        state=state,
        due_at=event.task_due_at,
        is_binding=event.is_binding,
    )


def _withdraw(tasks: tuple[TaskState, ...], number: int | None) -> tuple[TaskState, ...]:
    return tuple(withdraw_open((task,))[0] if task.no == number else task for task in tasks)


def _changed(task: TaskState, event: events.TaskEvent) -> TaskState:
    state = _TASK_STATES.get(type(event), task.state)
    again = isinstance(event, events.TaskReworked)
    return replace(task, state=state, rework_count=task.rework_count + again)


def _levelled(state: CaseState, event: events.LevelEvent, at: datetime) -> CaseState:
    reached = replace(state, level=event.level)
    if isinstance(event, events.CaseLowered):
        return replace(
            reached,
            category_id=event.category_id,
            filed_at=at if event.is_filed else state.filed_at,
            dispatched_at=at,
            promised_at=event.promised_at,
            handle_due_at=event.handle_due_at,
        )
    if isinstance(event, events.RedoOrdered):
        return replace(reached, rework_count=state.rework_count + 1, level=Level.STREET.value)
    return reached


def _merged(state: CaseState, event: events.CaseMerged) -> CaseState:
    return replace(
        state,
        held=state,
        merged_into_id=event.target_id,
        lead_id=None,
        helper_ids=(),
        is_binding=False,
        tasks=withdraw_open(state.tasks),
    )
