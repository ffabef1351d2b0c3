"""Personal data opened, and the log that says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.services import record_event, record_look
from linli.ground.kernel.terms import Subject
from linli.ground.people import holdings, queries
from linli.ground.people.errors import UnableToOpenPerson
from linli.ground.people.events import HoldingsExported
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Holding, LookPurpose, Member, PersonView

SHORTEST_REASON_CHARACTERS = 4


def open_person(
    *,
    person_id: int,
    member: Member,
    purpose: LookPurpose,
    reason: str,
    at: datetime,
) -> PersonView:
    """Open the record of one person for a stated reason; the person can read who and why.

    Raises:
        UnableToOpenPerson: without a reason, without the right, or when there is no such person
            (the two are not told apart).
    """
    if len(reason.strip()) < SHORTEST_REASON_CHARACTERS:
        raise UnableToOpenPerson("people.reason_needed", field="reason")
    target = queries.find_person_target(person_id)
    role = find_role(member, Action.PERSON_OPEN, target) if target else None
    if role is None:
        raise UnableToOpenPerson("people.unknown_person")
    with transaction.atomic():
        record_look(
            actor=member.actor(role=role),
            subject=Subject(kind="people.Person", id=str(person_id)),
            person_id=person_id,
            fields=["name", "phone", "household", "appointments"],
            purpose=purpose.value,
            reason=reason.strip(),
            at=at,
        )
        return queries.get_person(person_id)


def export_holdings(*, member: Member, at: datetime) -> tuple[Holding, ...]:
    """Collect what every room holds about the member, and log that they took it."""
    with transaction.atomic():
        found = holdings.collect(account_id=member.account_id, person_id=member.person_id)
        record_event(
            HoldingsExported(rooms=tuple(sorted({part.room for part in found}))),
            subject=Subject(kind="people.Account", id=str(member.account_id)),
            actor=member.actor(),
            at=at,
        )
        record_look(
            actor=member.actor(),
            subject=Subject(kind="people.Account", id=str(member.account_id)),
            person_id=member.person_id,
            fields=[part.room for part in found],
            purpose=LookPurpose.EXPORT.value,
            at=at,
        )
    return found
