"""The log of looks searched: by who looked, at whom, why and when; a page at a time by its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from .models import Look
from .terms import Subject


@dataclass(frozen=True, kw_only=True)
class LookFilters:
    """Which looks: `actor_ids` None for everybody's; instants are aware, `until` excluded."""

    actor_ids: Sequence[int] | None = None
    actor_id: int | None = None
    person_id: int | None = None
    subject: Subject | None = None
    purpose: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LookRow:
    """One look as it was logged."""

    id: UUID
    at: datetime
    actor_id: int | None
    actor_role: str
    subject: Subject
    person_id: int | None
    fields: tuple[str, ...]
    purpose: str
    reason: str


def search_looks(
    filters: LookFilters, *, before: tuple[datetime, UUID] | None = None, limit: int = 50
) -> list[LookRow]:
    """List looks, the newest first; the caller asks the right and logs that it was looked at.

    Args:
        before: instant and id of the last look of the page before.
        limit: rows at most; ask for one more to know whether there is another page.
    """
    rows = _fitting(filters)
    if before is not None:
        at, look_id = before
        rows = rows.filter(recorded_at__lte=at)
        rows = rows.filter(Q(recorded_at__lt=at) | Q(id__lt=look_id))
    return [_row(one) for one in rows.order_by("-recorded_at", "-id")[:limit]]


def count_looks(filters: LookFilters, *, most: int) -> int:
    """Count the looks that fit, up to `most`."""
    return _fitting(filters).order_by()[:most].count()


def _fitting(filters: LookFilters) -> QuerySet[Look]:
    rows = Look.objects.all()
    if filters.actor_ids is not None:
        rows = rows.filter(actor_id__in=list(filters.actor_ids))
    if filters.subject is not None:
        rows = rows.filter(subject_kind=filters.subject.kind, subject_id=filters.subject.id)
    if filters.since is not None:
        rows = rows.filter(recorded_at__gte=filters.since)
    if filters.until is not None:
        rows = rows.filter(recorded_at__lt=filters.until)
    given = {
        "actor_id": filters.actor_id,
        "person_id": filters.person_id,
        "purpose": filters.purpose or None,
    }
    return rows.filter(**{name: value for name, value in given.items() if value is not None})


def _row(one: Look) -> LookRow:
    return LookRow(
        id=one.id,
        at=one.recorded_at,
        actor_id=one.actor_id,
        actor_role=one.actor_role,
        subject=Subject(kind=one.subject_kind, id=one.subject_id),
        person_id=one.person_id,
        fields=tuple(one.fields),
        purpose=one.purpose,
        reason=one.reason,
    )
