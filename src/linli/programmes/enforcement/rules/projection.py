"""An operation as its events tell it: the state of the row is nothing but this, without words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from linli.ground.kernel.terms import Occurrence
from linli.programmes.enforcement import events
from linli.programmes.enforcement.terms import ENDS, NoticeKind, Step


@dataclass(frozen=True, kw_only=True)
class OperationState:
    """What events alone say of an operation."""

    step: Step = Step.PLANNING
    version: int = 1
    number: str = ""
    kind: str = ""
    case_id: UUID | None = None
    member_ids: frozenset[int] = frozenset()
    recused: frozenset[int] = frozenset()
    rectify_notices: int = 0
    penalty_notices: int = 0
    digests: frozenset[str] = frozenset()
    complied: frozenset[int] = frozenset()
    measures: int = 0
    open_appeals: frozenset[int] = frozenset()
    is_fed_back: bool = False
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    points: int | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None


def replay(occurrences: Iterable[Occurrence]) -> OperationState:
    """Fold the events of one operation, oldest first, into its state."""
    state = OperationState()
    for one in occurrences:
        state = _general(_public(_late(_early(state, one), one), one), one)
    return state


def _general(state: OperationState, one: Occurrence) -> OperationState:
    step = Step(one.step_after)
    moved = bool(one.step_before) and one.step_before != one.step_after
    due_at = getattr(one.event, "due_at", None)
    changed = replace(state, step=step, due_at=due_at, version=state.version + moved)
    return replace(changed, ended_at=one.at) if moved and step in ENDS else changed


def _early(state: OperationState, one: Occurrence) -> OperationState:
    event = one.event
    match event:
        case events.OperationPlanned():
            return replace(
                state,
                number=event.number,
                kind=event.operation_kind,
                case_id=event.case_id,
                member_ids=frozenset(event.member_ids),
            )
        case events.PlanRevised():
            members = frozenset(event.member_ids)
            return replace(state, kind=event.operation_kind, member_ids=members)
        case events.NoticeGiven(notice_kind=NoticeKind.PENALTY.value):
            return replace(state, penalty_notices=state.penalty_notices + 1)
        case events.NoticeGiven():
            return replace(state, rectify_notices=state.rectify_notices + 1)
        case events.EvidenceKept():
            return replace(state, digests=state.digests | set(event.digests))
        case _:
            return state


def _late(state: OperationState, one: Occurrence) -> OperationState:
    event = one.event
    match event:
        case events.ComplianceRecorded():
            known = state.complied - {event.party_id}
            return replace(state, complied=known | {event.party_id} if event.complied else known)
        case events.MeasureTaken():
            return replace(state, measures=state.measures + 1)
        case events.AppealReceived():
            return replace(state, open_appeals=state.open_appeals | {event.appeal_id})
        case events.AppealAnswered():
            return replace(state, open_appeals=state.open_appeals - {event.appeal_id})
        case events.MemberRecused():
            added = {event.successor_id} if event.successor_id is not None else set()
            members = (state.member_ids - {event.member_id}) | added
            return replace(state, member_ids=members, recused=state.recused | {event.member_id})
        case events.CaseFedBack():
            return replace(state, is_fed_back=True)
        case _:
            return state


def _public(state: OperationState, one: Occurrence) -> OperationState:
    event = one.event
    match event:
        case events.ResultPublished():
            return replace(state, published_at=one.at, withdrawn_at=None)
        case events.PublicationWithdrawn():
            return replace(state, withdrawn_at=one.at)
        case events.OperationJudged():
            return replace(state, points=sum(event.points.values()))
        case _:
            return state
