"""Swapping shifts with the consent of both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.people.errors import UnableToSwap
from linli.ground.people.events import DutySwapAnswered, DutySwapAsked
from linli.ground.people.models import DutyShift, DutySwap
from linli.ground.people.terms import Member
from linli.ground.people.terms.duty import SwapState

from .duty import check_now, check_people, hand_shift, lock_shift, record


@transaction.atomic
def ask_swap(
    *,
    shift_id: int,
    asked_of_id: int,
    member: Member,
    at: datetime,
    in_return_id: int | None = None,
) -> int:
    """Ask a colleague to take a shift of mine, perhaps for one of theirs; give the wish's id.

    Args:
        in_return_id: the colleague's shift that I would take.

    Raises:
        UnableToPlanDuty: when a shift is gone or over, or the colleague can't be on duty here.
        UnableToSwap: when the shift is not mine, or the other one not the colleague's.
    """
    shift = lock_shift(shift_id, at=at)
    if shift.account_id != member.account_id:
        raise UnableToSwap("people.swap_not_yours")
    if asked_of_id == member.account_id:
        raise UnableToSwap("people.swap_with_oneself", field="asked_of")
    check_people([asked_of_id], street_code=shift.street_code, at=at)
    _check_return(shift, in_return_id, asked_of_id, at)
    if DutySwap.objects.filter(shift=shift, state=SwapState.ASKED.value).exists():
        raise UnableToSwap("people.swap_asked_already")
    swap = DutySwap.objects.create(
        shift=shift,
        in_return_id=in_return_id,
        asked_by_id=member.account_id,
        asked_of_id=asked_of_id,
        asked_at=at,
    )
    asked = DutySwapAsked(
        swap_id=swap.pk, shift_id=shift.pk, asked_of_id=asked_of_id, in_return_id=in_return_id
    )
    record(asked, street_code=shift.street_code, member=member, at=at)
    return swap.pk


@transaction.atomic
def answer_swap(*, swap_id: int, agrees: bool, member: Member, at: datetime) -> None:
    """Agree to a wish to swap, so that the shifts change hands at once, or refuse it.

    Raises:
        UnableToPlanDuty: when a shift is gone or over, or somebody would stand there twice.
        UnableToSwap: when it was answered already, or somebody else was asked.
    """
    swap = _lock_open(swap_id)
    if swap.asked_of_id != member.account_id:
        raise UnableToSwap("people.swap_not_asked")
    street_code = swap.shift.street_code
    if agrees:
        _exchange(swap, member=member, at=at)
    state = SwapState.AGREED if agrees else SwapState.REFUSED
    _answer(swap, state, street_code=street_code, member=member, at=at)


@transaction.atomic
def withdraw_swap(*, swap_id: int, member: Member, at: datetime) -> None:
    """Take back a wish to swap.

    Raises:
        UnableToSwap: when it was answered already, or is somebody else's.
    """
    swap = _lock_open(swap_id)
    if swap.asked_by_id != member.account_id:
        raise UnableToSwap("people.swap_not_yours")
    _answer(swap, SwapState.WITHDRAWN, street_code=swap.shift.street_code, member=member, at=at)


def _check_return(
    shift: DutyShift, in_return_id: int | None, asked_of_id: int, at: datetime
) -> None:
    if in_return_id is None:
        return
    other = lock_shift(in_return_id, at=at)
    if other.account_id != asked_of_id or other.street_code != shift.street_code:
        raise UnableToSwap("people.swap_not_theirs", field="in_return")


def _lock_open(swap_id: int) -> DutySwap:
    rows = DutySwap.objects.select_for_update(of=("self",)).select_related("shift")
    swap = rows.filter(id=swap_id, state=SwapState.ASKED.value).first()
    if swap is None:
        raise UnableToSwap("people.swap_gone")
    return swap


def _exchange(swap: DutySwap, *, member: Member, at: datetime) -> None:
    shift = lock_shift(swap.shift_id, at=at)
    if shift.account_id != swap.asked_by_id:
        raise UnableToSwap("people.swap_gone")
    other = lock_shift(swap.in_return_id, at=at) if swap.in_return_id else None
    if other is not None and other.account_id != swap.asked_of_id:
        raise UnableToSwap("people.swap_gone")
    hand_shift(shift, account_id=swap.asked_of_id, member=member, at=at, swap_id=swap.pk)
    if other is not None:
        hand_shift(other, account_id=swap.asked_by_id, member=member, at=at, swap_id=swap.pk)
    check_now()


def _answer(
    swap: DutySwap, state: SwapState, *, street_code: str, member: Member, at: datetime
) -> None:
    swap.state, swap.answered_at = state.value, at
    swap.save(update_fields=["state", "answered_at"])
    answered = DutySwapAnswered(swap_id=swap.pk, state=state.value)
    record(answered, street_code=street_code, member=member, at=at)
