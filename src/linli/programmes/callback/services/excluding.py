"""What is left out of the rates: asked by one with a reason, decided by another, open to all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.terms import Actor
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.programmes.callback import events
from linli.programmes.callback.models import Exclusion
from linli.programmes.callback.queries.facts import (
    CallbackFile,
    facts_of,
    find_case_id,
    may_see,
    open_file,
    standing_of,
    target_of,
)
from linli.programmes.callback.rules.calling import check_asking, check_deciding
from linli.programmes.callback.rules.refusals import NoSuchCallback
from linli.programmes.callback.services.telling import keep
from linli.programmes.callback.terms import Cause, Step
from linli.spine.cases.services.calling_back import hold_case


@transaction.atomic
def ask_exclusion(
    *, callback_id: UUID, cause: Cause, note: str, member: Member, at: datetime
) -> int:
    """Ask that a call-back be left out of the rates.

    Args:
        note: why; all staff read it.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
        CallbackRefused: left out already, asked already, no reason, or not this member's.
    """
    file = _open(callback_id, member)
    check_asking(facts=facts_of(file), standing=standing_of(file, member), note=note)
    row = Exclusion.objects.create(
        callback=file.callback,
        cause=cause.value,
        note=note.strip(),
        asked_by_id=member.account_id,
        asked_at=at,
    )
    asked = events.ExclusionAsked(cause=cause.value)
    keep(file.callback, asked, actor=_actor(file, member), at=at)
    return row.pk


@transaction.atomic
def decide_exclusion(
    *, exclusion_id: int, is_granted: bool, note: str, member: Member, at: datetime
) -> None:
    """Agree, or not, that a call-back is left out; what was answered stays on record.

    Raises:
        NoSuchCallback: no such wish, or not for this member.
        CallbackRefused: the own wish, decided already, no word, or not this member's.
    """
    found = Exclusion.objects.filter(pk=exclusion_id).values_list("callback_id", flat=True).first()
    if found is None:
        raise NoSuchCallback("callback.not_found")
    file = _open(found, member)
    row = Exclusion.objects.select_for_update().get(pk=exclusion_id)
    check_deciding(
        standing=standing_of(file, member),
        asked_by_id=row.asked_by_id,
        is_decided=row.is_granted is not None,
        note=note,
    )
    row.is_granted, row.decided_note = is_granted, note.strip()
    row.decided_by_id, row.decided_at = member.account_id, at
    row.save()
    _record(file, row, _actor(file, member), at)


def _record(file: CallbackFile, row: Exclusion, actor: Actor, at: datetime) -> None:
    callback = file.callback
    if not row.is_granted:
        keep(callback, events.ExclusionRefused(cause=row.cause), actor=actor, at=at)
        return
    callback.is_excluded = True
    ends = Step.EXCLUDED if callback.step == Step.WAITING else None
    keep(callback, events.ExclusionGranted(cause=row.cause), actor=actor, at=at, step=ends)


def _open(callback_id: UUID, member: Member) -> CallbackFile:
    hold_case(find_case_id(callback_id))
    file = open_file(callback_id, lock=True)
    if not may_see(file, member):
        raise NoSuchCallback("callback.not_found")
    return file


def _actor(file: CallbackFile, member: Member) -> Actor:
    target = target_of(file)
    right = Right.CALLBACK_DECIDE
    role = find_role(member, right, target) or find_role(member, Right.CALLBACK_WORK, target)
    return member.actor(role=role)
