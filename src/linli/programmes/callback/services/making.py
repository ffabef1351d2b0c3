"""A call-back is made when a case is closed, and goes with what its case does next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.services import erase_texts, record_event
from linli.ground.kernel.terms import SYSTEM, Actor, ActorKind
from linli.programmes.callback import events
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.settings import get_policy
from linli.programmes.callback.rules.projection import redo_after
from linli.programmes.callback.rules.sampling import answers_until, due_of, is_called_back
from linli.programmes.callback.services.telling import keep
from linli.programmes.callback.terms import Policy, Redo, Step, Way, callback_subject
from linli.spine.cases.queries.closing import Closing, get_closing, get_reach
from linli.spine.cases.queries.settings import calendar_of

# What a reporter says is kept without who it was.
REPORTER = Actor(kind=ActorKind.RESIDENT)
_STILL_OPEN = (Step.WAITING.value, Step.MISSED.value)


@transaction.atomic
def make_callback(*, case_id: UUID, closed_at: datetime) -> UUID | None:
    """Have the reporter of a closed case asked, where they can be and the share says so.

    What staff found themselves is not called back: nobody is waiting to be asked.

    Returns:
        the call-back, or None when there is none.
    """
    closing = get_closing(case_id)
    policy = get_policy(closing.street_id)
    if closing.is_found_by_staff or not get_reach(case_id).is_open:
        return None
    if not is_called_back(
        case_id=case_id, closed_at=closed_at, kind=closing.kind.value, policy=policy
    ):
        return None
    made = _made(case_id, closed_at, closing, policy)
    row = Callback.objects.create(
        case_id=case_id,
        street_id=made.street_id,
        community_id=made.community_id,
        category_id=made.category_id,
        organisation_id=made.organisation_id,
        policy_version=made.policy_version,
        closed_at=closed_at,
        due_at=made.due_at,
        answers_until=made.answers_until,
    )
    record_event(
        made,
        subject=callback_subject(row.id),
        actor=SYSTEM,
        at=closed_at,
        step_after=Step.WAITING.value,
    )
    return row.id


def _made(
    case_id: UUID, closed_at: datetime, closing: Closing, policy: Policy
) -> events.CallbackMade:
    calendar = calendar_of(closing.street_id)
    return events.CallbackMade(
        case_id=case_id,
        closed_at=closed_at,
        street_id=closing.street_id,
        community_id=closing.community_id,
        category_id=closing.category_id,
        organisation_id=closing.lead_id,
        policy_version=policy.version,
        due_at=due_of(closed_at, policy, calendar),
        answers_until=answers_until(closed_at, policy, calendar),
    )


@transaction.atomic
def take_rating(*, case_id: UUID, solved: bool, satisfaction: int, at: datetime) -> bool:
    """Let the reporter's own rating be the answer, within the days set; nobody calls any more.

    Returns:
        whether a call-back was answered by it.
    """
    row = _open_one(case_id)
    if row is None or at > row.answers_until:
        return False
    _answer(row, way=Way.LINK, solved=solved, satisfaction=satisfaction, at=at)
    return True


@transaction.atomic
def follow_reopening(*, case_id: UUID, is_own: bool, actor: Actor, at: datetime) -> None:
    """Let a case that goes on end its call-back; by its own reporter it is answered: unsolved."""
    rows = Callback.objects.select_for_update().filter(case_id=case_id)
    overtaken = rows.filter(redo=Redo.WANTED.value).first()
    if overtaken is not None:
        overtaken.redo = Redo.REOPENED.value
        keep(overtaken, events.RedoOvertaken(), actor=_unnamed(actor), at=at)
    row = _open_one(case_id)
    if row is None:
        return
    if is_own and at <= row.answers_until:
        _answer(row, way=Way.REOPENING, solved=False, satisfaction=None, at=at)
    elif row.step == Step.WAITING:
        keep(row, events.CallbackCancelled(), actor=_unnamed(actor), at=at, step=Step.CANCELLED)


@transaction.atomic
def follow_erasure(*, case_id: UUID, at: datetime) -> None:
    """Erase what was said in the call-backs of a case, and call nobody who can't be reached."""
    for row in Callback.objects.select_for_update().filter(case_id=case_id):
        told = list_occurrences(callback_subject(row.id))
        erase_texts(event_ids=[one.id for one in told], at=at)
        if row.step == Step.WAITING:
            keep(row, events.CallbackCancelled(), actor=SYSTEM, at=at, step=Step.CANCELLED)


def _answer(
    row: Callback, *, way: Way, solved: bool, satisfaction: int | None, at: datetime
) -> None:
    set_answer(row, way=way, solved=solved, satisfaction=satisfaction, at=at)
    answered = events.CallbackAnswered(way=way.value, solved=solved, satisfaction=satisfaction)
    keep(row, answered, actor=REPORTER, at=at, step=Step.ANSWERED)


def set_answer(
    row: Callback, *, way: Way, solved: bool, satisfaction: int | None, at: datetime
) -> None:
    """Put an answer into the row; the caller saves it."""
    row.way, row.solved, row.satisfaction = way.value, solved, satisfaction
    row.answered_at = at
    row.redo = redo_after(solved=solved, way=way).value


def _open_one(case_id: UUID) -> Callback | None:
    """Lock the newest call-back of a case that an answer may still end."""
    rows = Callback.objects.select_for_update().filter(case_id=case_id, step__in=_STILL_OPEN)
    return rows.order_by("-closed_at").first()


def _unnamed(actor: Actor) -> Actor:
    return actor if actor.kind is ActorKind.STAFF else REPORTER
