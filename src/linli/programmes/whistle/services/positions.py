"""Where somebody signed in, opened to settle a dispute; every look is logged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.services import record_event, record_look
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import LookPurpose, Member
from linli.programmes.whistle import events
from linli.programmes.whistle.queries.facts import may_see, open_file, sign_in_of, target_of
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.terms import OpenedPosition, call_subject, whistle_subject
from linli.spine.cases.queries.words import name_of


@transaction.atomic
def open_position(
    *, whistle_id: UUID, organisation_id: int, member: Member, reason: str, at: datetime
) -> OpenedPosition:
    """Show where an organisation signed in, to somebody who settles disputes.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        WhistleRefused: not by this member, no reason, or no position is kept.
    """
    file = open_file(whistle_id, lock=True)
    if not may_see(file, member):
        raise NoSuchWhistle("whistle.not_found")
    post = find_acting_post(member, Right.WHISTLE_SETTLE, target_of(file))
    if post is None:
        raise WhistleRefused("whistle.no_position")
    if not reason.strip() or "\x00" in reason:
        raise WhistleRefused("whistle.reason_missing", field="reason")
    called = {one.organisation_id for one in file.calls}
    call = file.call_of(organisation_id) if organisation_id in called else None
    known = sign_in_of(call) if call is not None else None
    if call is None or known is None or known.lon is None or known.lat is None:
        raise WhistleRefused("whistle.no_position")
    actor = member.actor(post=post)
    record_look(
        actor=actor,
        subject=call_subject(call.pk),
        person_id=known.signed_by.person_id if known.signed_by else None,
        fields=["position"],
        purpose=LookPurpose.OVERSIGHT.value,
        reason=reason.strip()[:200],
        at=at,
    )
    record_event(
        events.PositionOpened(organisation_id=organisation_id, due_at=file.whistle.due_at),
        subject=whistle_subject(whistle_id),
        actor=actor,
        at=at,
        step_before=file.whistle.step,
        step_after=file.whistle.step,
    )
    return OpenedPosition(
        organisation_name=name_of(call.organisation),
        lon=known.lon,
        lat=known.lat,
        distance_m=known.distance_m or 0,
        erased_on=known.position_until or at,
    )
