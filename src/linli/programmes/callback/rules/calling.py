"""Whether a clerk may take a call-back, log a try, order or waive a redo, or have it left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.programmes.callback.rules.refusals import CallbackRefused
from linli.programmes.callback.terms import (
    MOST_NOTE,
    MOST_TRIES,
    OF_MESSAGES,
    WAYS_TO_TRY,
    Redo,
    Result,
    Step,
    TryInput,
    Way,
)

# For so long nobody else may take what a clerk has taken.
HELD_FOR = timedelta(hours=1)
CALLS_ONLY = frozenset({Result.NO_ANSWER, Result.WRONG_NUMBER, Result.LATER})
ENDING = frozenset({Result.REACHED, Result.REFUSED})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the rules need to know of a call-back."""

    step: Step
    tries: int = 0
    last_try_on: date | None = None
    holder_id: int | None = None
    held_at: datetime | None = None
    redo: Redo = Redo.NONE
    is_excluded: bool = False
    has_open_exclusion: bool = False
    has_phone: bool = True
    has_account: bool = True


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands to a call-back: rights, and whether they had a hand in the case."""

    account_id: int
    may_work: bool = False
    may_decide: bool = False
    has_handled: bool = False


def is_held_by_another(facts: Facts, account_id: int, at: datetime) -> bool:
    """Say whether somebody else has taken it and may still be calling."""
    if facts.holder_id in (None, account_id) or facts.held_at is None:
        return False
    return at < facts.held_at + HELD_FOR


def check_work(*, facts: Facts, standing: Standing, at: datetime) -> None:
    """Refuse to let somebody call who may not, or a call-back that is over or taken.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    check_clerk(standing)
    if facts.step is not Step.WAITING:
        raise CallbackRefused("callback.ended")
    if is_held_by_another(facts, standing.account_id, at):
        raise CallbackRefused("callback.held_by_another")


def check_clerk(standing: Standing) -> None:
    """Refuse those without the right, and those who handled the case.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    if standing.has_handled:
        raise CallbackRefused("callback.handlers_do_not_ask")
    if not standing.may_work:
        raise CallbackRefused("callback.not_yours")


def check_try(
    *, facts: Facts, standing: Standing, form: TryInput, today: date, at: datetime
) -> None:
    """Refuse a try that is not on another day, does not fit its way, or lacks an answer.

    Raises:
        CallbackRefused: naming the field.
    """
    check_work(facts=facts, standing=standing, at=at)
    if facts.holder_id != standing.account_id:
        raise CallbackRefused("callback.not_held")
    if facts.last_try_on is not None and today <= facts.last_try_on:
        raise CallbackRefused("callback.tried_today")
    _check_way(facts, form)
    check_text(form.note, "note")
    check_text(form.redo_note, "redo_note")
    if form.result is Result.REACHED:
        _check_answers(form)


def _check_way(facts: Facts, form: TryInput) -> None:
    is_message = form.way is Way.MESSAGE
    if form.way not in WAYS_TO_TRY:
        raise CallbackRefused("callback.way_does_not_fit", field="way")
    if (form.result in OF_MESSAGES and not is_message) or (
        form.result in CALLS_ONLY and is_message
    ):
        raise CallbackRefused("callback.way_does_not_fit", field="result")
    if not (facts.has_phone or (is_message and facts.has_account)):
        raise CallbackRefused("callback.no_way", field="way")


def _check_answers(form: TryInput) -> None:
    if form.solved is None:
        raise CallbackRefused("callback.solved_missing", field="solved")
    if form.satisfaction not in (1, 2, 3):
        raise CallbackRefused("callback.satisfaction_missing", field="satisfaction")
    if not form.solved and not form.redo_note.strip():
        raise CallbackRefused("callback.redo_note_missing", field="redo_note")


def check_text(text: str, field: str, *, is_needed: bool = False) -> None:
    """Refuse words that can't be kept, or are missing where they are needed.

    Raises:
        CallbackRefused: naming the field.
    """
    if "\x00" in text or len(text) > MOST_NOTE:
        raise CallbackRefused("callback.text_unfit", field=field)
    if is_needed and not text.strip():
        raise CallbackRefused("callback.reason_missing", field=field)


def is_over(*, tries: int, result: Result) -> bool:
    """Say whether a try that brought no answer was the last."""
    return tries >= MOST_TRIES or result is Result.REFUSED


def check_redo(*, facts: Facts, standing: Standing, note: str) -> None:
    """Refuse to order a redo nobody waits for, or by somebody who may not.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    check_clerk(standing)
    if facts.redo is not Redo.WANTED:
        raise CallbackRefused("callback.no_redo")
    check_text(note, "note", is_needed=True)


def check_waiver(*, facts: Facts, standing: Standing, note: str) -> None:
    """Refuse to waive a redo nobody waits for, or by somebody who may not.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    _check_decider(standing)
    if facts.redo is not Redo.WANTED:
        raise CallbackRefused("callback.no_redo")
    check_text(note, "note", is_needed=True)


def check_asking(*, facts: Facts, standing: Standing, note: str) -> None:
    """Refuse to ask that something be left out which is, or is no more counted anyway.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    if standing.has_handled:
        raise CallbackRefused("callback.handlers_do_not_ask")
    if not (standing.may_work or standing.may_decide):
        raise CallbackRefused("callback.not_yours")
    if facts.is_excluded:
        raise CallbackRefused("callback.excluded_already")
    if facts.has_open_exclusion:
        raise CallbackRefused("callback.exclusion_waits")
    if facts.step is Step.CANCELLED:
        raise CallbackRefused("callback.cancelled")
    check_text(note, "note", is_needed=True)


def check_deciding(*, standing: Standing, asked_by_id: int, is_decided: bool, note: str) -> None:
    """Refuse that somebody decides on the own wish, twice, or without a word.

    Raises:
        CallbackRefused: naming what stands against it.
    """
    _check_decider(standing)
    if asked_by_id == standing.account_id:
        raise CallbackRefused("callback.asker_does_not_decide")
    if is_decided:
        raise CallbackRefused("callback.exclusion_decided")
    check_text(note, "note", is_needed=True)


def _check_decider(standing: Standing) -> None:
    if standing.has_handled:
        raise CallbackRefused("callback.handlers_do_not_ask")
    if not standing.may_decide:
        raise CallbackRefused("callback.not_yours")
