"""Versions side by side: what changed from one day to another."""

from __future__ import annotations

from datetime import date

from linli.programmes.keeping.rules.merging import category_values, compare
from linli.programmes.keeping.terms import Compared, Matter
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_category_versions

from .drafts import list_entries


def compare_days(*, matter: Matter, street_code: str, before: date, after: date) -> list[Compared]:
    """Compare what was in force on two days: what came, what ended, what reads otherwise."""
    earlier = list_entries(matter=matter, street_code=street_code, on=before)
    later = list_entries(matter=matter, street_code=street_code, on=after)
    return list(compare(earlier, later, order=tuple(later)))


def list_category_history(key: str) -> list[tuple[CategoryView, Compared | None]]:
    """List the versions of one category, the newest first, each with what it changed."""
    versions = list_category_versions(key)
    befores = (*versions[1:], None)
    return [
        (view, _compared(before, view) if before is not None else None)
        for view, before in zip(versions, befores, strict=True)
    ]


def _compared(before: CategoryView, after: CategoryView) -> Compared | None:
    old = {after.key: (before.name, category_values(before))}
    new = {after.key: (after.name, category_values(after))}
    return next(compare(old, new), None)
