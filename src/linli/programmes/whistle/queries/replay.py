"""The state of a whistle from its rows and from its events; a test holds them equal."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.queries import list_occurrences
from linli.programmes.whistle.models import Call, FollowUp
from linli.programmes.whistle.queries.facts import judgement_of, open_file, sign_in_of
from linli.programmes.whistle.rules.projection import CallState, Said, WhistleState, replay
from linli.programmes.whistle.terms import Step, whistle_subject


def replayed_state(whistle_id: UUID) -> WhistleState:
    """Give the state of a whistle as its events tell it."""
    return replay(list_occurrences(whistle_subject(whistle_id)))


def live_state(whistle_id: UUID) -> WhistleState:
    """Give the state of a whistle as its rows stand.

    Raises:
        NoSuchWhistle: when there is none.
    """
    file = open_file(whistle_id)
    row = file.whistle
    follow_ups = FollowUp.objects.filter(whistle_id=whistle_id).values_list("case_id", flat=True)
    return WhistleState(
        step=Step(row.step),
        version=row.version,
        number=row.number,
        kind=row.kind,
        item_id=row.item_id,
        case_id=row.case_id,
        keeper_id=row.keeper_id,
        lead_id=next((one.organisation_id for one in file.calls if one.is_lead), None),
        calls={one.organisation_id: _call(one) for one in file.calls},
        follow_up_ids=frozenset(follow_ups),
        is_fed_back=row.is_fed_back,
        due_at=row.due_at,
        reply_by=row.reply_by,
        ended_at=row.ended_at,
    )


def _call(row: Call) -> CallState:
    sign_in, judgement = sign_in_of(row), judgement_of(row)
    first: Said | None = None
    final: Said | None = None
    if judgement is not None:
        first = (judgement.responded, judgement.in_time, judgement.did_part)
        final = (judgement.final_responded, judgement.final_in_time, judgement.final_did_part)
    return CallState(
        is_timed=row.is_timed,
        answer_by=row.answer_by,
        arrive_by=row.arrive_by,
        answer=row.answer,
        is_silent=row.is_silent,
        arrived_at=sign_in.arrived_at if sign_in else None,
        proof=sign_in.proof if sign_in else "",
        is_late=row.is_late,
        first=first,
        final=final,
        has_replied=row.replied_at is not None,
        disputes=row.disputes,
    )
