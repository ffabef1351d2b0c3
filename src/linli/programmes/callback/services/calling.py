"""What a call-back clerk does: take one, read the number, log a try, give a case back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.terms import Actor
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.programmes.callback import events
from linli.programmes.callback.models import Callback, CallbackTry
from linli.programmes.callback.queries.callbacks import today_of
from linli.programmes.callback.queries.facts import (
    CallbackFile,
    facts_of,
    find_case_id,
    may_see,
    open_file,
    standing_of,
    target_of,
    visible_to,
)
from linli.programmes.callback.rules.calling import (
    check_redo,
    check_try,
    check_waiver,
    check_work,
    is_held_by_another,
    is_over,
)
from linli.programmes.callback.rules.refusals import CallbackRefused, NoSuchCallback
from linli.programmes.callback.services.making import set_answer
from linli.programmes.callback.services.telling import keep
from linli.programmes.callback.terms import Redo, Result, Step, TryInput
from linli.spine.cases.services.calling_back import hold_case, redo_after_callback
from linli.spine.cases.services.reporters import open_reporter
from linli.spine.cases.terms import ReporterView

# Why the number is read; the reporter sees it beside who looked and when.
WHY = "回访：问您反映的事解决了没有、满意不满意"
LOOKED_AT = 20


@transaction.atomic
def take_next(*, member: Member, at: datetime) -> UUID:
    """Take the most urgent call-back that nobody has and whose reporter may be tried today.

    Raises:
        CallbackRefused: nothing waits for this member.
    """
    waiting = Callback.objects.filter(visible_to(member), step=Step.WAITING.value)
    rows = waiting.exclude(attempts__on=today_of(at)).order_by("due_at", "id")
    for callback_id in rows.values_list("id", flat=True)[:LOOKED_AT]:
        if _take_if_free(callback_id, member, at):
            return callback_id
    raise CallbackRefused("callback.nothing_waits")


@transaction.atomic
def take(*, callback_id: UUID, member: Member, at: datetime) -> None:
    """Take one call-back, so that no other clerk calls the same reporter.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: over, taken by another, or not for somebody who handled it.
    """
    file = _open(callback_id, member)
    check_work(facts=facts_of(file), standing=standing_of(file, member), at=at)
    _hold(file, member, at)


@transaction.atomic
def open_number(*, callback_id: UUID, member: Member, at: datetime) -> ReporterView:
    """Open how the reporter is reached; the look is logged, and the reporter sees it.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: not taken by this member, or over.
        UnableToOpenReporter: not for this member.
    """
    file = _open(callback_id, member)
    facts = facts_of(file)
    check_work(facts=facts, standing=standing_of(file, member), at=at)
    if facts.holder_id != member.account_id:
        raise CallbackRefused("callback.not_held")
    return open_reporter(case_id=file.callback.case_id, member=member, reason=WHY, at=at)


@transaction.atomic
def log_try(*, callback_id: UUID, member: Member, form: TryInput, at: datetime) -> Step:
    """Log one try; an answer ends the call-back, and so does the third try without one.

    What is not solved goes back to the centre at once, with the neutral words given.

    Returns:
        where the call-back stands after it.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: naming what stands against it.
        ActionRefused: the case can't be done again.
    """
    file = _open(callback_id, member)
    facts, today = facts_of(file), today_of(at)
    check_try(facts=facts, standing=standing_of(file, member), form=form, today=today, at=at)
    row, actor = file.callback, _actor(file, member)
    row.tries = facts.tries + 1
    CallbackTry.objects.create(
        callback=row,
        no=row.tries,
        on=today,
        at=at,
        way=form.way.value,
        result=form.result.value,
        made_by_id=member.account_id,
    )
    row.holder_id, row.held_at = None, None
    tried = events.CallbackTried(
        no=row.tries, on=today, way=form.way.value, result=form.result.value
    )
    keep(row, tried, actor=actor, at=at)
    if form.result is Result.REACHED:
        _take_answer(row, form, member, actor, at)
    elif is_over(tries=row.tries, result=form.result):
        keep(row, events.CallbackMissed(), actor=actor, at=at, step=Step.MISSED)
    return Step(row.step)


@transaction.atomic
def order_redo(*, callback_id: UUID, member: Member, note: str, at: datetime) -> None:
    """Give a case back that its reporter found not solved on the own page.

    Args:
        note: why, in neutral words; those who handle it read them.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: nothing to redo, no words, or not this member's.
        ActionRefused: the case can't be done again.
    """
    file = _open(callback_id, member)
    check_redo(facts=facts_of(file), standing=standing_of(file, member), note=note)
    _redo(file.callback, member, _actor(file, member), note, at)


@transaction.atomic
def waive_redo(*, callback_id: UUID, member: Member, note: str, at: datetime) -> None:
    """Decide, with a reason, that a case is not done again though it is not solved.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: nothing to redo, no reason, or not this member's to decide.
    """
    file = _open(callback_id, member)
    check_waiver(facts=facts_of(file), standing=standing_of(file, member), note=note)
    row = file.callback
    row.redo = Redo.WAIVED.value
    actor = _actor(file, member, Right.CALLBACK_DECIDE)
    keep(row, events.RedoWaived(), actor=actor, at=at, texts={"note": note.strip()})


def _take_answer(row: Callback, form: TryInput, member: Member, actor: Actor, at: datetime) -> None:
    solved, satisfaction = bool(form.solved), form.satisfaction
    set_answer(row, way=form.way, solved=solved, satisfaction=satisfaction, at=at)
    answered = events.CallbackAnswered(way=form.way.value, solved=solved, satisfaction=satisfaction)
    texts = {"note": form.note.strip()}
    keep(row, answered, actor=actor, at=at, step=Step.ANSWERED, texts=texts)
    if not solved:
        _redo(row, member, actor, form.redo_note, at)


def _redo(row: Callback, member: Member, actor: Actor, note: str, at: datetime) -> None:
    row.redo = Redo.ORDERED.value
    keep(row, events.RedoOrdered(), actor=actor, at=at, texts={"note": note.strip()})
    redo_after_callback(case_id=row.case_id, member=member, note=note.strip(), at=at)


def _take_if_free(callback_id: UUID, member: Member, at: datetime) -> bool:
    """Take a call-back unless another clerk has it, or is just taking it."""
    rows = Callback.objects.select_for_update(skip_locked=True)
    row = rows.filter(id=callback_id, step=Step.WAITING.value).first()
    if row is None:
        return False
    file = open_file(callback_id)
    facts = facts_of(file)
    if is_held_by_another(facts, member.account_id, at) or not may_see(file, member):
        return False
    check_work(facts=facts, standing=standing_of(file, member), at=at)
    _hold(file, member, at)
    return True


def _hold(file: CallbackFile, member: Member, at: datetime) -> None:
    row = file.callback
    row.holder_id, row.held_at = member.account_id, at
    keep(row, events.CallbackTaken(), actor=_actor(file, member), at=at)


def _open(callback_id: UUID, member: Member) -> CallbackFile:
    """Lock the case, then its call-back, as everything does that the reporter sets off."""
    hold_case(find_case_id(callback_id))
    file = open_file(callback_id, lock=True)
    if not may_see(file, member):
        raise NoSuchCallback("callback.not_found")
    return file


def _actor(file: CallbackFile, member: Member, right: Right = Right.CALLBACK_WORK) -> Actor:
    return member.actor(role=find_role(member, right, target_of(file)))
