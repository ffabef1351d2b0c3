"""Reads of drafts: each as a whole, and what is in force where its changes are laid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.ground.kernel.queries import get_calendar, list_unusual_days
from linli.programmes.keeping.models import Draft, DraftChange
from linli.programmes.keeping.rules.calendar import day_values, write_hours
from linli.programmes.keeping.rules.merging import category_values, item_values, plain
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import (
    HOURS_KEY,
    Change,
    DraftState,
    DraftView,
    Matter,
    Op,
    Value,
)
from linli.spine.cases.queries.catalogue import find_category, list_categories
from linli.spine.cases.queries.responsibilities import list_written_items

MOST_DRAFTS = 50
Entries = Mapping[str, tuple[str, dict[str, Value]]]


def get_draft(draft_id: int) -> DraftView:
    """Get one draft with its changes.

    Raises:
        UnableToKeep: when there is none.
    """
    row = Draft.objects.prefetch_related("changes").filter(id=draft_id).first()
    if row is None:
        raise UnableToKeep("keeping.draft_unknown")
    return draft_view(row)


def list_drafts(*, matter: Matter, street_code: str) -> list[DraftView]:
    """List the drafts of a matter, those still to come first, then the latest.

    Drafts of the catalogue are everybody's; those of a list or calendar its sub-district's.
    """
    rows = Draft.objects.filter(matter=matter.value)
    if matter is not Matter.CATALOGUE:
        rows = rows.filter(street_code=street_code)
    rows = rows.prefetch_related("changes").order_by("-effective_on", "-id")
    return sorted(
        (draft_view(row) for row in rows[:MOST_DRAFTS]), key=lambda draft: not draft.is_open
    )


def list_draft_names(matter: Matter) -> list[tuple[int, str]]:
    """List the drafts of a matter that may still change: id and title, the latest first."""
    rows = Draft.objects.filter(matter=matter.value, state=DraftState.DRAFT.value)
    return [(row.pk, row.title) for row in rows.order_by("-id")[:MOST_DRAFTS]]


def draft_view(row: Draft) -> DraftView:
    """Turn a row into what others get; its changes by key."""
    changes = sorted(row.changes.all(), key=lambda one: (len(one.key), one.key))
    return DraftView(
        id=row.pk,
        matter=Matter(row.matter),
        street_code=row.street_code,
        title=row.title,
        version=row.version,
        reason=row.reason,
        effective_on=row.effective_on,
        state=DraftState(row.state),
        revision=row.revision,
        asked_revision=row.asked_revision,
        changes=tuple(_change(one) for one in changes),
        drafted_by_id=row.drafted_by_id,
        drafted_at=row.drafted_at,
        approved_by_id=row.approved_by_id,
        approved_at=row.approved_at,
        ended_at=row.ended_at,
        stopped_message=row.stopped_message,
        stopped_params=row.stopped_params,
    )


def _change(row: DraftChange) -> Change:
    return Change(
        key=row.key,
        op=Op(row.op),
        fields=_values(row.fields),
        base=_values(row.base),
        successor=row.successor,
        revision=row.revision,
        changed_by_id=row.changed_by_id,
        changed_at=row.changed_at,
    )


def _values(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {name: plain(value) for name, value in stored.items()}


def find_held(*, matter: Matter, street_code: str, key: str, on: date) -> dict[str, Value] | None:
    """Find the values in force of one category, or of one item on a day; None when there is none.

    Args:
        on: day whose list counts; of a category it is the newest version that has not ended.
    """
    if matter is Matter.CATALOGUE:
        view = find_category(key)
        is_there = view is not None and view.effective_to is None
        return category_values(view) if view is not None and is_there else None
    found = list_entries(matter=matter, street_code=street_code, on=on).get(key)
    return found[1] if found else None


def list_entries(*, matter: Matter, street_code: str, on: date | None) -> Entries:
    """List what is in force on a day, by key: the name and the values of each.

    Args:
        on: of a list or calendar the day must be said; of the catalogue None means the newest
            versions. Of a calendar it says which working hours; its days are all of them.
    """
    if matter is Matter.CALENDAR:
        return _calendar_entries(street_code, on) if on else {}
    if matter is Matter.CATALOGUE:
        return {one.key: (one.name, category_values(one)) for one in list_categories(on=on)}
    items = list_written_items(street_code=street_code, on=on) if on else []
    return {str(one.item_no): (one.title, item_values(one)) for one in items}


def _calendar_entries(street_code: str, on: date) -> Entries:
    hours = get_calendar(street_code).hours_on(on)
    entries: dict[str, tuple[str, dict[str, Value]]] = {
        HOURS_KEY: (HOURS_KEY, {"hours": write_hours(hours)})
    }
    for one in list_unusual_days(street_code):
        key = one.day.isoformat()
        entries[key] = (key, day_values(is_workday=one.is_workday, note=one.note))
    return entries
