"""Telling people without a phone what became of their matter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.events import ReporterTold
from linli.programmes.hotline.models import TellBack
from linli.programmes.hotline.rules.calls import post_for
from linli.programmes.hotline.rules.refusals import NothingToTell
from linli.spine.cases.terms import case_subject


@transaction.atomic
def mark_told(*, case_id: UUID, member: Member, at: datetime) -> None:
    """Note that somebody has been told the answer at the door, by post, at a talk point.

    Raises:
        NotForYou: when the member takes no calls.
        NothingToTell: when nobody waits to be told about this case.
    """
    role, street_code = post_for(member, Action.CALL_TAKE)
    waiting = TellBack.objects.select_for_update(of=("self",)).filter(
        case_id=case_id, told_at=None, case__street__code=street_code
    )
    row = waiting.first()
    if row is None:
        raise NothingToTell("hotline.nothing_to_tell")
    row.told_at, row.told_by_id = at, member.account_id
    row.save(update_fields=["told_at", "told_by"])
    record_event(
        ReporterTold(how=row.how),
        subject=case_subject(case_id),
        actor=member.actor(role=role),
        at=at,
    )
