"""A whistle as its events tell it: the state of the rows is nothing but this, without words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.ground.kernel.terms import Happened, Occurrence
from linli.programmes.whistle import events
from linli.programmes.whistle.terms import ENDS, Answer, Proof, Step

Said = tuple[bool, bool | None, bool]


@dataclass(frozen=True, kw_only=True)
class CallState:
    """What events alone say of one called organisation."""

    is_timed: bool
    answer_by: datetime
    arrive_by: datetime
    answer: str = ""
    is_silent: bool = False
    arrived_at: datetime | None = None
    proof: str = ""
    is_late: bool | None = None
    first: Said | None = None
    final: Said | None = None
    has_replied: bool = False
    disputes: bool = False


@dataclass(frozen=True, kw_only=True)
class WhistleState:
    """What events alone say of a whistle; calls by organisation."""

    step: Step = Step.CALLED
    version: int = 1
    number: str = ""
    kind: str = ""
    item_id: int | None = None
    case_id: UUID | None = None
    keeper_id: int | None = None
    lead_id: int | None = None
    calls: dict[int, CallState] = field(default_factory=dict)
    follow_up_ids: frozenset[UUID] = frozenset()
    is_fed_back: bool = False
    due_at: datetime | None = None
    reply_by: datetime | None = None
    ended_at: datetime | None = None


def replay(occurrences: Iterable[Occurrence]) -> WhistleState:
    """Fold the events of one whistle, oldest first, into its state."""
    state = WhistleState()
    for one in occurrences:
        state = _move(state, one)
        told = _TOLD.get(type(one.event))
        state = told(state, one.event) if told else state
    return state


def _move(state: WhistleState, one: Occurrence) -> WhistleState:
    step = Step(one.step_after)
    moved = bool(one.step_before) and one.step_before != one.step_after
    due_at = getattr(one.event, "due_at", None)
    keeper_id = state.keeper_id if one.step_before else one.actor.account_id
    version = state.version + moved
    changed = replace(state, step=step, due_at=due_at, version=version, keeper_id=keeper_id)
    return replace(changed, ended_at=one.at) if moved and step in ENDS else changed


def _blown(state: WhistleState, event: Any) -> WhistleState:
    called = replace(
        state,
        number=event.number,
        kind=event.whistle_kind,
        item_id=event.item_id,
        case_id=event.case_id,
        lead_id=event.lead_id,
    )
    return _more(called, event, ids=(event.lead_id, *event.helper_ids))


def _more(state: WhistleState, event: Any, *, ids: tuple[int, ...] = ()) -> WhistleState:
    new = {
        number: CallState(
            is_timed=number not in event.untimed_ids,
            answer_by=event.answer_by,
            arrive_by=event.arrive_by,
        )
        for number in ids or event.organisation_ids
    }
    return replace(state, calls={**state.calls, **new})


def _with(state: WhistleState, organisation_id: int, **changes: Any) -> WhistleState:
    changed = replace(state.calls[organisation_id], **changes)
    return replace(state, calls={**state.calls, organisation_id: changed})


def _answered(state: WhistleState, event: Any) -> WhistleState:
    return _with(state, event.organisation_id, answer=event.answer)


def _signed_in(state: WhistleState, event: Any) -> WhistleState:
    before = state.calls[event.organisation_id]
    return _with(
        state,
        event.organisation_id,
        answer=before.answer or Answer.COMES.value,
        arrived_at=event.arrived_at,
        proof=event.proof,
        is_late=event.is_late,
    )


def _confirmed(state: WhistleState, event: Any) -> WhistleState:
    return _with(state, event.organisation_id, proof=Proof.CALLER.value)


def _judged(state: WhistleState, event: Any) -> WhistleState:
    calls = {}
    for number, call in state.calls.items():
        in_time = number in event.in_time_ids if call.is_timed else None
        said = (number in event.responded_ids, in_time, number in event.did_part_ids)
        calls[number] = replace(call, first=said, final=said)
    return replace(state, calls=calls, reply_by=event.reply_by)


def _replied(state: WhistleState, event: Any) -> WhistleState:
    return _with(state, event.organisation_id, has_replied=True, disputes=event.disputes)


def _settled(state: WhistleState, event: Any) -> WhistleState:
    said = (event.responded, event.in_time, event.did_part)
    return _with(state, event.organisation_id, final=said)


def _case_opened(state: WhistleState, event: Any) -> WhistleState:
    return replace(state, follow_up_ids=state.follow_up_ids | {event.case_id})


_TOLD: dict[type[Happened], Callable[[WhistleState, Any], WhistleState]] = {
    events.WhistleBlown: _blown,
    events.MoreCalled: _more,
    events.LeadNamed: lambda state, event: replace(state, lead_id=event.organisation_id),
    events.CallAnswered: _answered,
    events.SignedIn: _signed_in,
    events.SignInConfirmed: _confirmed,
    events.OrganisationsJudged: _judged,
    events.JudgementAnswered: _replied,
    events.DisputeSettled: _settled,
    events.CaseOpened: _case_opened,
    events.CaseFedBack: lambda state, _event: replace(state, is_fed_back=True),
    events.WhistlePassedOn: lambda state, e: replace(state, keeper_id=e.to_account_id),
    events.CallUnanswered: lambda state, e: _with(state, e.organisation_id, is_silent=True),
    events.CallLate: lambda state, e: _with(state, e.organisation_id, is_late=True),
}
