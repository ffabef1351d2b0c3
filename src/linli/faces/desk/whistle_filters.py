"""What a list of whistles is narrowed by, read from an address; nonsense narrows nothing."""

from __future__ import annotations

from django.http import QueryDict

from linli.faces.desk.offers import name_organisation
from linli.ground.people.queries import list_organisations
from linli.programmes.whistle.terms import Kind, Shown, Step, WhistleFilters


def read_filters(query: QueryDict) -> WhistleFilters:
    """Read the filters of an address."""
    return WhistleFilters(
        kind=next((one for one in Kind if one.value == query.get("kind")), None),
        step=next((one for one in Step if one.value == query.get("step")), None),
        year=_number(query.get("year", ""), most=4),
        organisation_id=_number(query.get("organisation", ""), most=9),
        shown=next((one for one in Shown if one.value == query.get("shown")), None),
        page=_number(query.get("page", ""), most=5) or 1,
    )


def name_organisation_of(filters: WhistleFilters) -> str:
    """Name the organisation a list is narrowed to, or give an empty text."""
    if filters.organisation_id is None:
        return ""
    found = list_organisations(ids=[filters.organisation_id], active_only=False)
    return name_organisation(found[0]) if found else ""


def _number(text: str, *, most: int) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= most
    return int(text) if is_one and int(text) > 0 else None
