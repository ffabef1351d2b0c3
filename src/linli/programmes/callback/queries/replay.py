"""The state of a call-back from its row and from its events; a test holds them equal."""

from __future__ import annotations

from uuid import UUID

from linli.ground.kernel.queries import list_occurrences
from linli.programmes.callback.events import CallbackMade
from linli.programmes.callback.queries.facts import open_file
from linli.programmes.callback.rules.projection import CallbackState, replay
from linli.programmes.callback.terms import Step, callback_subject


def replayed_state(callback_id: UUID) -> CallbackState:
    """Give the state of a call-back as its events tell it."""
    return replay(list_occurrences(callback_subject(callback_id)))


def live_state(callback_id: UUID) -> CallbackState:
    """Give the state of a call-back as its rows stand.

    Raises:
        NoSuchCallback: when there is none.
    """
    file = open_file(callback_id)
    row = file.callback
    return CallbackState(
        step=Step(row.step),
        version=row.version,
        made=CallbackMade(
            case_id=row.case_id,
            closed_at=row.closed_at,
            street_id=row.street_id,
            community_id=row.community_id,
            category_id=row.category_id,
            organisation_id=row.organisation_id,
            policy_version=row.policy_version,
            due_at=row.due_at,
            answers_until=row.answers_until,
        ),
        tries=tuple((one.no, one.on, one.way, one.result) for one in file.tries),
        holder_id=row.holder_id,
        held_at=row.held_at,
        way=row.way,
        solved=row.solved,
        satisfaction=row.satisfaction,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        redo=row.redo,
        is_excluded=row.is_excluded,
    )
