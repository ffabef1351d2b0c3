"""Commands of the kernel: record what happened and who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction

from . import reactions
from .ids import new_id
from .models import EventText, Look
from .prepared import prepared_cursor
from .terms import Actor, Happened, Occurrence, Subject


def record_event(
    event: Happened,
    *,
    subject: Subject,
    actor: Actor,
    at: datetime,
    step_before: str = "",
    step_after: str = "",
    texts: Mapping[str, str] | None = None,
) -> Occurrence:
    """Append one event in the caller's transaction and run what reacts to it within.

    Args:
        at: aware instant of the act, from the edge.
        texts: words by key; kept beside the event, erasable.

    Raises:
        RuntimeError: outside a transaction, where state and history could part.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_event needs the transaction of the change it records")
    occurrence = Occurrence(
        id=new_id(),
        event=event,
        subject=subject,
        actor=actor,
        at=at,
        step_before=step_before,
        step_after=step_after,
        texts={key: body for key, body in (texts or {}).items() if body},
    )
    with prepared_cursor() as cursor:
        cursor.execute(_APPEND, _row(occurrence))
    if occurrence.texts:
        EventText.objects.bulk_create(
            EventText(event_id=occurrence.id, key=key, body=body)
            for key, body in occurrence.texts.items()
        )
    reactions.react(occurrence)
    return occurrence


def record_events(occurrences: Sequence[Occurrence]) -> None:
    """Append many events at once in the caller's transaction, without words beside them.

    What reacts to them runs afterwards, in one job that exists exactly if the transaction commits.

    Raises:
        RuntimeError: outside a transaction, where state and history could part.
        ValueError: when something must react to one of them within the transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_events needs the transaction of the changes it records")
    rows = [_row(one) for one in occurrences]
    with connection.cursor() as cursor:
        cursor.executemany(_APPEND, rows)
    reactions.react_later(occurrences)


# Written for every act of the house, so by hand: the columns are those of the model.
EVENT_COLUMNS = (
    "id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_id, actor_role,"
    " actor_organisation_id, step_before, step_after, facts"
)
_APPEND = f"""
INSERT INTO kernel_event ({EVENT_COLUMNS}, actor_for_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""  # noqa: S608 - only our own constant is written in


def _row(occurrence: Occurrence) -> tuple[Any, ...]:
    actor = occurrence.actor
    return (
        occurrence.id,
        occurrence.at,
        occurrence.subject.kind,
        occurrence.subject.id,
        occurrence.event.name,
        str(actor.kind),
        actor.account_id,
        actor.role,
        actor.organisation_id,
        str(occurrence.step_before),
        str(occurrence.step_after),
        msgspec.json.encode(occurrence.event).decode(),
        actor.stands_in_for,
    )


@transaction.atomic
def erase_texts(*, event_ids: list[UUID], at: datetime) -> int:
    """Empty the words beside these events and return how many there were; the events stay."""
    return EventText.objects.filter(event_id__in=event_ids, erased_at=None).update(
        body="", erased_at=at
    )


def record_look(
    *,
    actor: Actor,
    subject: Subject,
    person_id: int | None,
    fields: list[str],
    purpose: str,
    reason: str = "",
    at: datetime,
) -> None:
    """Log one look at personal data, so that the person can see who looked and why."""
    Look.objects.create(
        recorded_at=at,
        actor_id=actor.account_id,
        actor_role=actor.role,
        subject_kind=subject.kind,
        subject_id=subject.id,
        person_id=person_id,
        fields=fields,
        purpose=purpose,
        reason=reason,
    )


def ensure_partitions(*, first: date, last: date) -> None:
    """Make the monthly partitions of events and looks from `first` to `last`, both included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_ensure_partitions(%s, %s)", [first, last])
