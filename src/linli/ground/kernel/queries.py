"""Reads of the event log and of the looks at personal data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Func, Q, Value

from .calendar_store import get_calendar, list_published_days, list_unusual_days
from .compiled import Compiled
from .models import Event, EventText, Look
from .terms import EVENTS, Actor, ActorKind, LookRecord, Occurrence, Subject

__all__ = [
    "get_calendar",
    "get_occurrence",
    "list_occurrences",
    "list_published_days",
    "list_unusual_days",
]


def list_occurrences(subject: Subject, *, since: datetime | None = None) -> list[Occurrence]:
    """List what happened to one subject, oldest first, in two queries.

    Args:
        since: aware instant before which nothing can have happened to it; the months before are
            not looked through then.
    """
    whose = {"kind": subject.kind, "id": subject.id}
    found = _EVENTS.rows(**whose) if since is None else _EVENTS_SINCE.rows(**whose, since=since)
    rows = [EventRow(*row) for row in found]
    texts = _texts(row.id for row in rows)
    return [build_occurrence(row, texts[row.id]) for row in rows]


def get_occurrence(*, event_id: UUID, recorded_at: datetime) -> Occurrence:
    """Get one event by its id and instant (the instant names the partition).

    Raises:
        Event.DoesNotExist: when there is no such event.
    """
    row = Event.objects.get(id=event_id, recorded_at=recorded_at)
    return build_occurrence(row, _texts([row.id])[row.id])


def list_looks(
    *,
    person_id: int | None = None,
    actor_id: int | None = None,
    subjects: Sequence[Subject] = (),
    limit: int = 500,
) -> list[LookRecord]:
    """List who looked at this person's data, or at what this account looked, newest first.

    Args:
        subjects: records that are about the person without naming it, looks at them count too.
        limit: rows at most.
    """
    at_whom = Q(person_id=person_id) if person_id is not None else Q()
    for kind, ids in _ids_by_kind(subjects).items():
        at_whom |= Q(subject_kind=kind, subject_id__in=ids)
    whose = at_whom or Q(actor_id=actor_id)
    rows = Look.objects.filter(whose).order_by("-recorded_at", "-id")[:limit]
    return [
        LookRecord(
            at=row.recorded_at,
            actor_id=row.actor_id,
            actor_role=row.actor_role,
            subject=Subject(kind=row.subject_kind, id=row.subject_id),
            fields=tuple(row.fields),
            purpose=row.purpose,
            reason=row.reason,
        )
        for row in rows
    ]


def _ids_by_kind(subjects: Sequence[Subject]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in subjects:
        found[one.kind].append(one.id)
    return found


def _texts(ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for event_id, key, body in _TEXTS.rows(ids=list(ids)):
        found[event_id][key] = body
    return found


@dataclass(frozen=True, slots=True)
class EventRow:
    """The columns of an event, where it was not read through its model."""

    id: UUID
    recorded_at: datetime
    subject_kind: str
    subject_id: str
    name: str
    actor_kind: str
    actor_id: int | None
    actor_role: str
    actor_organisation_id: int | None
    step_before: str
    step_after: str
    actor_for_id: int | None
    facts: Any


_COLUMNS = tuple(one.name for one in fields(EventRow))
_EVENTS = Compiled(
    lambda kind, id: (  # noqa: A006
        Event.objects.filter(subject_kind=kind, subject_id=id)
        .order_by("recorded_at", "id")
        .values_list(*_COLUMNS)
    )
)
# An instant that the server can't look at while it plans: else it plans the months anew each time,
# which takes longer than passing by those that are too early.
_LATER = "(SELECT %(expressions)s::timestamptz)"
_EVENTS_SINCE = Compiled(
    lambda kind, id, since: (  # noqa: A006
        Event.objects.filter(
            subject_kind=kind, subject_id=id, recorded_at__gte=Func(Value(since), template=_LATER)
        )
        .order_by("recorded_at", "id")
        .values_list(*_COLUMNS)
    )
)
_TEXTS = Compiled(
    lambda ids: EventText.objects.filter(event_id__among_ids=ids, erased_at=None).values_list(
        "event_id", "key", "body"
    )
)


def list_texts(event_ids: Iterable[UUID], *, key: str) -> dict[UUID, str]:
    """List one of the words beside events, by event; erased ones are left out."""
    return {one: texts[key] for one, texts in _texts(event_ids).items() if key in texts}


def build_occurrence(row: Event | EventRow, texts: dict[str, str]) -> Occurrence:
    """Build the occurrence of one row of the log and the words beside it."""
    return Occurrence(
        id=row.id,
        event=msgspec.convert(row.facts, EVENTS[row.name]),
        subject=Subject(kind=row.subject_kind, id=row.subject_id),
        actor=Actor(
            kind=ActorKind(row.actor_kind),
            account_id=row.actor_id,
            role=row.actor_role,
            organisation_id=row.actor_organisation_id,
            stands_in_for=row.actor_for_id,
        ),
        at=row.recorded_at,
        step_before=row.step_before,
        step_after=row.step_after,
        texts=texts,
    )
