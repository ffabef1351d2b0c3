"""Versions side by side: what changed from one day to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.rules.calendar import take_back
from linli.programmes.keeping.rules.merging import category_values, compare
from linli.programmes.keeping.terms import HOURS_KEY, Compared, DraftState, DraftView, Matter, Op
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.queries.catalogue import list_category_versions

from .drafts import Entries, draft_view, list_entries


def compare_days(*, matter: Matter, street_code: str, before: date, after: date) -> list[Compared]:
    """Compare what was in force on two days: what came, what ended, what reads otherwise."""
    if matter is Matter.CALENDAR:
        return _compare_calendars(street_code, before, after)
    earlier = list_entries(matter=matter, street_code=street_code, on=before)
    later = list_entries(matter=matter, street_code=street_code, on=after)
    return list(compare(earlier, later, order=tuple(later)))


def list_calendar_versions(*, street_code: str) -> list[DraftView]:
    """List the drafts that have changed a sub-district's calendar, the latest first."""
    rows = Draft.objects.filter(
        matter=Matter.CALENDAR.value, street_code=street_code, state=DraftState.APPLIED.value
    )
    rows = rows.prefetch_related("changes").order_by("-effective_on", "-id")
    return [draft_view(row) for row in rows]


def _compare_calendars(street_code: str, before: date, after: date) -> list[Compared]:
    versions = list_calendar_versions(street_code=street_code)
    earlier, later = (_known_on(on, street_code, versions) for on in (before, after))
    order = (HOURS_KEY, *sorted({*earlier, *later}))
    return [_with_values(one, later) for one in compare(earlier, later, order=order)]


def _known_on(on: date, street_code: str, versions: list[DraftView]) -> Entries:
    """Give the calendar as it was known on a day: what came later is taken back."""
    entries = list_entries(matter=Matter.CALENDAR, street_code=street_code, on=on)
    for version in versions:
        if version.effective_on > on:
            entries = take_back(entries, version.changes)
    return entries


def _with_values(one: Compared, later: Entries) -> Compared:
    """Say of a day that came what it is: its date alone says nothing."""
    if one.op is not Op.ADD:
        return one
    return replace(
        one, fields=tuple((name, None, said) for name, said in later[one.key][1].items())
    )


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
