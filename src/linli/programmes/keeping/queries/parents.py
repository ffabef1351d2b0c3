"""Reads of the parent list: its versions, and what waits to be adopted or kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q

from linli.programmes.keeping.models import ParentItem as ParentItemRow
from linli.programmes.keeping.models import ParentStance, ParentVersion
from linli.programmes.keeping.rules.deriving import list_parent_moves
from linli.programmes.keeping.terms import (
    PARENT_FIELDS,
    Decision,
    DraftState,
    ParentChange,
    ParentItem,
    ParentVersionView,
    StanceView,
)
from linli.spine.cases.queries.responsibilities import list_written_items

_OVER = (DraftState.WITHDRAWN.value, DraftState.STOPPED.value)
MOST_STANCES = 50


def list_parent_versions() -> list[ParentVersionView]:
    """List the versions of the parent list, the newest first."""
    rows = ParentVersion.objects.annotate(counted=Count("items"))
    return [
        ParentVersionView(
            id=row.pk,
            version=row.version,
            source=row.source,
            effective_from=row.effective_from,
            uploaded_at=row.uploaded_at,
            items=row.counted,
        )
        for row in rows.order_by("-effective_from", "-id")
    ]


def list_parent_items(version_id: int) -> dict[str, ParentItem]:
    """List the items of one version by number."""
    rows = ParentItemRow.objects.filter(listed_id=version_id).order_by("id")
    return {row.parent_no: _item(row) for row in rows}


def _item(row: ParentItemRow) -> ParentItem:
    return ParentItem(
        parent_no=row.parent_no, **{name: getattr(row, name) for name in PARENT_FIELDS}
    )


def list_parent_changes(*, street_code: str, on: date) -> list[ParentChange]:
    """List what the parent list changed since it was last considered, in a fixed number of reads.

    Args:
        on: day whose local list counts.
    """
    versions = list_parent_versions()
    if not versions:
        return []
    newest, first = versions[0], versions[-1]
    by_version = _items_of({newest.id, first.id, *_decided_versions(street_code)})
    return list(
        list_parent_moves(
            items=list_written_items(street_code=street_code, on=on),
            newest=by_version.get(newest.id, {}),
            considered=_considered(street_code, by_version),
            first=by_version.get(first.id, {}),
        )
    )


def find_parent_change(*, street_code: str, on: date, parent_no: str) -> ParentChange | None:
    """Find what waits to be decided about one item of the parent list, or None."""
    found = list_parent_changes(street_code=street_code, on=on)
    return next((one for one in found if one.parent_no == parent_no), None)


def _decided_versions(street_code: str) -> set[int]:
    rows = ParentStance.objects.filter(street_code=street_code)
    return set(rows.values_list("listed_id", flat=True))


def _items_of(versions: set[int]) -> dict[int, dict[str, ParentItem]]:
    found: dict[int, dict[str, ParentItem]] = {}
    for row in ParentItemRow.objects.filter(listed_id__in=versions).order_by("id"):
        found.setdefault(row.listed_id, {})[row.parent_no] = _item(row)
    return found


def _considered(
    street_code: str, by_version: Mapping[int, Mapping[str, ParentItem]]
) -> dict[str, ParentItem | None]:
    """Give what was last decided about; a draft that was withdrawn or stopped decided nothing."""
    rows = ParentStance.objects.filter(
        Q(draft=None) | ~Q(draft__state__in=_OVER), street_code=street_code
    )
    return {
        row.parent_no: by_version.get(row.listed_id, {}).get(row.parent_no)
        for row in rows.order_by("decided_at", "id")
    }


def list_stances(*, street_code: str) -> list[StanceView]:
    """List what was decided about the parent list, the latest first."""
    rows = ParentStance.objects.filter(street_code=street_code).select_related("listed")
    return [
        StanceView(
            parent_no=row.parent_no,
            version=row.listed.version,
            decision=Decision(row.decision),
            reason=row.reason,
            decided_by_id=row.decided_by_id,
            decided_at=row.decided_at,
        )
        for row in rows.order_by("-decided_at", "-id")[:MOST_STANCES]
    ]
