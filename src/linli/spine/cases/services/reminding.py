"""Somebody asks again about a case 催办: counted, told to those at work, never who it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.people.terms import Member
from linli.spine.cases.models import Case, Reminder
from linli.spine.cases.queries.mains import find_main
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services.acting import carry_out
from linli.spine.cases.terms import ActionInput, ActionName, Channel


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """The case a reminder joined, the main one when it was merged, and how many it has now."""

    case_id: UUID
    number: str
    count: int


@transaction.atomic
def add_reminder(
    *, case_id: UUID, channel: Channel, member: Member, at: datetime, note: str = ""
) -> Reminded:
    """Note that somebody asked again about a case that is under way.

    A case merged into another passes the reminder on to that one.

    Args:
        channel: by which door the reminder came.
        note: what was said, without who said it; those at work on the case read it.

    Raises:
        NoSuchCase: no such case, or not for this member.
        ActionRefused: the case has ended, or the member may not note reminders.
    """
    case = Case.objects.filter(id=case_id).first()
    if case is None:
        raise NoSuchCase("cases.not_found")
    main = find_main(case)
    carry_out(
        case_id=main.id,
        action=ActionName.REMIND,
        member=member,
        at=at,
        form=ActionInput(channel=channel, note=note),
    )
    count = Reminder.objects.filter(case=main).count()
    return Reminded(case_id=main.id, number=main.number, count=count)
