"""A call-back as its events tell it: the row is nothing but this, without any words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from linli.ground.kernel.terms import Happened, Occurrence
from linli.programmes.callback import events
from linli.programmes.callback.terms import Redo, Step, Way


@dataclass(frozen=True, kw_only=True)
class CallbackState:
    """What events alone say of a call-back."""

    step: Step = Step.WAITING
    version: int = 1
    made: events.CallbackMade | None = None
    tries: tuple[tuple[int, date, str, str], ...] = ()
    holder_id: int | None = None
    held_at: datetime | None = None
    way: str = ""
    solved: bool | None = None
    satisfaction: int | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    redo: str = Redo.NONE.value
    is_excluded: bool = False


def replay(occurrences: Iterable[Occurrence]) -> CallbackState:
    """Fold the events of one call-back, oldest first, into its state."""
    state = CallbackState()
    for one in occurrences:
        state = _after(_moved(state, one), one)
    return state


def _moved(state: CallbackState, one: Occurrence) -> CallbackState:
    step = Step(one.step_after)
    moved = bool(one.step_before) and one.step_before != one.step_after
    changed = replace(state, step=step, version=state.version + bool(one.step_before))
    if not moved:
        return changed
    return replace(changed, ended_at=one.at, holder_id=None, held_at=None)


_REDO: Mapping[type[Happened], Redo] = {
    events.RedoOrdered: Redo.ORDERED,
    events.RedoOvertaken: Redo.REOPENED,
    events.RedoWaived: Redo.WAIVED,
}


def _after(state: CallbackState, one: Occurrence) -> CallbackState:
    event = one.event
    match event:
        case events.CallbackMade():
            return replace(state, made=event)
        case events.CallbackTaken():
            return replace(state, holder_id=one.actor.account_id, held_at=one.at)
        case events.CallbackGivenBack():
            return replace(state, holder_id=None, held_at=None)
        case events.CallbackTried():
            told = (event.no, event.on, event.way, event.result)
            return replace(state, tries=(*state.tries, told), holder_id=None, held_at=None)
        case events.CallbackAnswered():
            return _answered(state, event, one.at)
        case events.ExclusionGranted():
            return replace(state, is_excluded=True)
        case _ if type(event) in _REDO:
            return replace(state, redo=_REDO[type(event)].value)
        case _:
            return state


def _answered(state: CallbackState, event: events.CallbackAnswered, at: datetime) -> CallbackState:
    return replace(
        state,
        way=event.way,
        solved=event.solved,
        satisfaction=event.satisfaction,
        answered_at=at,
        redo=redo_after(solved=event.solved, way=Way(event.way)).value,
    )


def redo_after(*, solved: bool, way: Way) -> Redo:
    """Say what follows from an answer: what is not solved is done again."""
    if solved:
        return Redo.NONE
    return Redo.REOPENED if way is Way.REOPENING else Redo.WANTED
