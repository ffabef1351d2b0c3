"""Who a party is: opened with a reason and a trace, erased when its term is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.services import record_event, record_look
from linli.ground.kernel.terms import SYSTEM, Actor, Subject
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import LookPurpose, Member
from linli.programmes.enforcement.events import OperationEvent, PartyErased, PartyOpened
from linli.programmes.enforcement.models import Operation, Party
from linli.programmes.enforcement.queries.facts import may_see, open_file, target_for
from linli.programmes.enforcement.rules.refusals import NoSuchOperation, OperationRefused
from linli.programmes.enforcement.terms import OpenedParty, operation_subject

LONGEST_REASON = 500
_FIELDS = ["name", "plate", "phone"]


@transaction.atomic
def open_party(
    *, operation_id: UUID, party_id: int, member: Member, reason: str, at: datetime
) -> OpenedParty:
    """Open who a party is; the look is logged with its reason.

    Raises:
        NoSuchOperation: no such operation, or not for this member.
        OperationRefused: no reason, no right, no such party, or erased.
    """
    file = open_file(operation_id, lock=True)
    if not may_see(file, member):
        raise NoSuchOperation("enforcement.not_found")
    if not reason.strip() or "\x00" in reason:
        raise OperationRefused("enforcement.reason_missing", field="reason")
    target = target_for(file, Right.ENFORCEMENT_PARTY)
    post = find_acting_post(member, Right.ENFORCEMENT_PARTY, target)
    party = next((one for one in file.parties if one.pk == party_id), None)
    if post is None or party is None or party.erased_at is not None:
        raise OperationRefused("enforcement.party_closed")
    actor, said = member.actor(post=post), reason.strip()[:LONGEST_REASON]
    record_look(
        actor=actor,
        subject=Subject(kind="enforcement.Party", id=str(party.pk)),
        person_id=None,
        fields=_FIELDS,
        purpose=LookPurpose.LAW.value,
        reason=said,
        at=at,
    )
    _record(file.operation, PartyOpened(party_id=party.pk), actor, at, said)
    return OpenedParty(
        mark=party.mark,
        name=party.name,
        plate=party.plate,
        phone=party.phone,
        keep_until=party.keep_until,
    )


def erase_parties(*, at: datetime) -> int:
    """Empty the parties whose term is over, and return how many there were."""
    due = Party.objects.filter(erased_at=None, keep_until__lt=at.date())
    return sum(_erase(party_id, at) for party_id in due.values_list("pk", flat=True))


@transaction.atomic
def _erase(party_id: int, at: datetime) -> bool:
    party = Party.objects.select_related("operation").get(pk=party_id)
    still = Party.objects.filter(pk=party_id, erased_at=None)
    if not still.update(name="", plate="", phone="", erased_at=at):
        return False
    _record(party.operation, PartyErased(party_id=party_id), SYSTEM, at, "")
    return True


def _record(
    operation: Operation, event: OperationEvent, actor: Actor, at: datetime, reason: str
) -> None:
    record_event(
        replace(event, due_at=operation.due_at),
        subject=operation_subject(operation.id),
        actor=actor,
        at=at,
        step_before=operation.step,
        step_after=operation.step,
        texts={"note": reason},
    )
