"""A case as its events tell it: the state of the row is nothing but this, without any words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from linli.ground.kernel.terms import Occurrence
from linli.spine.cases import events
from linli.spine.cases.gathering_events import CaseRerouted, RedoOrdered
from linli.spine.cases.pending_events import CasePended
from linli.spine.cases.rules.gathered import (
    CheckState,
    ExtensionState,
    InstructionState,
    PendingState,
    TaskState,
    apply_gathered,
    end_check,
    leave_register,
    withdraw_open,
)
from linli.spine.cases.terms import ENDS, Level, Step


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """What events alone say of a case."""

    step: Step = Step.VERIFYING
    version: int = 1
    number: str = ""
    category_id: int | None = None
    street_id: int | None = None
    community_id: int | None = None
    grid_id: int | None = None
    lead_id: int | None = None
    helper_ids: tuple[int, ...] = ()
    is_binding: bool = False
    is_suspicious_place: bool = False
    rework_count: int = 0
    return_count: int = 0
    reported_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    promised_at: datetime | None = None
    handle_due_at: datetime | None = None
    reopen_until: datetime | None = None
    level: str = Level.STREET.value
    parent_id: UUID | None = None
    merged_into_id: UUID | None = None
    split_from_id: UUID | None = None
    reroute_lead_id: int | None = None
    reminder_count: int = 0
    tasks: tuple[TaskState, ...] = ()
    instructions: tuple[InstructionState, ...] = ()
    extensions: tuple[ExtensionState, ...] = ()
    pendings: tuple[PendingState, ...] = ()
    checks: tuple[CheckState, ...] = ()
    held: CaseState | None = field(default=None, compare=False, repr=False)


def replay(occurrences: Iterable[Occurrence]) -> CaseState:
    """Fold the events of one case, oldest first, into its state."""
    state = CaseState()
    for one in occurrences:
        state = _general(_special(state, one), one)
    return state


def _general(state: CaseState, one: Occurrence) -> CaseState:
    """Apply what every event says: the step reached, its due time, the end."""
    step = Step(one.step_after)
    moved = bool(one.step_before) and one.step_before != one.step_after
    turned = moved or isinstance(one.event, (CaseRerouted, CasePended))
    due_at = getattr(one.event, "due_at", None)
    changed = replace(state, step=step, due_at=due_at, version=state.version + turned)
    if moved and one.step_before == Step.CHECKING:
        changed = replace(changed, checks=end_check(state.checks, one.at, passed=_verdict(one)))
    if step not in REROUTABLE:
        changed = replace(changed, reroute_lead_id=None)
    return replace(changed, closed_at=one.at) if moved and step in ENDS else changed


def _verdict(one: Occurrence) -> bool | None:
    """Say how a check ended with the step it was about; one that lapsed was not decided."""
    if isinstance(one.event, events.CheckPassed):
        return True
    return False if isinstance(one.event, (events.ReworkOrdered, RedoOrdered)) else None


REROUTABLE = (Step.ACCEPTING, Step.HANDLING)


def _special(state: CaseState, one: Occurrence) -> CaseState:
    event = one.event
    match event:
        case events.CaseReported():
            return _reported(state, event, one.at)
        case events.CaseFiled():
            return replace(state, category_id=event.category_id, filed_at=one.at)
        case events.CaseRecategorised():
            return replace(
                state, category_id=event.category_id, reroute_lead_id=event.reroute_lead_id
            )
        case events.CaseRelocated():
            return _relocated(state, event)
        case events.PlaceDoubted():
            return replace(state, is_suspicious_place=True, grid_id=None, community_id=None)
        case events.CaseDispatched():
            return _dispatched(state, event, one.at)
        case events.AssignmentReturned():
            return replace(state, lead_id=None, helper_ids=(), return_count=state.return_count + 1)
        case _:
            return _late(state, one)


def _late(state: CaseState, one: Occurrence) -> CaseState:
    event = one.event
    match event:
        case events.ReworkOrdered():
            return replace(state, rework_count=state.rework_count + 1)
        case events.CheckPassed() | events.CaseVoided():
            left = replace(state, lead_id=None, helper_ids=(), is_binding=False, reopen_until=None)
            pendings = leave_register(left.pendings)
            return replace(left, tasks=withdraw_open(left.tasks), pendings=pendings)
        case events.CaseSettled():
            category_id = event.category_id or state.category_id
            return replace(state, category_id=category_id)
        case events.CaseClosed() | events.CaseDeclined():
            return replace(state, reopen_until=event.reopen_until)
        case events.CaseReopened() | events.RedoneAfterCallback():
            is_rework = isinstance(event, events.RedoneAfterCallback)
            return replace(
                state,
                rework_count=state.rework_count + is_rework,
                closed_at=None,
                reopen_until=None,
                promised_at=None,
                handle_due_at=None,
                level=Level.STREET.value,
            )
        case _:
            return apply_gathered(state, one)


def _reported(state: CaseState, event: events.CaseReported, at: datetime) -> CaseState:
    return replace(
        state,
        number=event.number,
        category_id=event.category_id,
        street_id=event.street_id,
        community_id=event.community_id,
        grid_id=event.grid_id,
        is_suspicious_place=event.is_suspicious_place,
        reported_at=at,
        split_from_id=event.split_from_id,
    )


def _relocated(state: CaseState, event: events.CaseRelocated) -> CaseState:
    return replace(
        state,
        street_id=event.street_id,
        community_id=event.community_id,
        grid_id=event.grid_id,
        is_suspicious_place=False,
        reroute_lead_id=event.reroute_lead_id,
    )


def _dispatched(state: CaseState, event: events.CaseDispatched, at: datetime) -> CaseState:
    return replace(
        state,
        lead_id=event.lead_id,
        helper_ids=event.helper_ids,
        is_binding=event.is_binding,
        dispatched_at=at,
        promised_at=event.promised_at,
        handle_due_at=event.handle_due_at,
        reroute_lead_id=None,
    )
