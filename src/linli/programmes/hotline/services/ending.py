"""The end of a call: one row without a word of the caller, one event, and the draft is gone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.ground.kernel.services import record_event
from linli.ground.people.terms import Action, Member
from linli.programmes.hotline.events import CallEnded
from linli.programmes.hotline.models import Call, Draft
from linli.programmes.hotline.rules.calls import channel_of, kind_of, post_for
from linli.programmes.hotline.terms import CallWords, Outcome, draft_subject


def end_call(
    *,
    draft: Draft,
    words: CallWords,
    outcome: Outcome,
    member: Member,
    at: datetime,
    case_id: UUID | None = None,
    answer_version_id: int | None = None,
) -> Call:
    """Record how a call ended, in the caller's transaction."""
    role, _street = post_for(member, Action.CALL_TAKE)
    call = Call.objects.create(
        id=draft.id,
        street_code=draft.street_code,
        clerk_id=member.account_id,
        kind=kind_of(words).value,
        channel=channel_of(words).value,
        outcome=outcome.value,
        started_at=min(draft.opened_at, at),
        ended_at=at,
        case_id=case_id,
        answer_version_id=answer_version_id,
    )
    record_event(
        CallEnded(
            outcome=outcome.value,
            call_kind=call.kind,
            channel=call.channel,
            seconds=int((call.ended_at - call.started_at).total_seconds()),
            case_id=case_id,
            answer_version_id=answer_version_id,
        ),
        subject=draft_subject(draft.id),
        actor=member.actor(role=role),
        at=at,
    )
    return call
