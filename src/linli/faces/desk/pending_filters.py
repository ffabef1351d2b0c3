"""What the register is narrowed by, read from an address; nonsense narrows nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import QueryDict

from linli.faces.desk.filters import Choices
from linli.faces.desk.offers import name_organisation
from linli.ground.people.queries import list_organisations
from linli.spine.cases.terms.pending import Obstacle, PendingFilters

# How soon it wakes, in days; the value stands in the address.
SOON = {"7": 7, "30": 30}


def read_filters(query: QueryDict, *, at: datetime) -> PendingFilters:
    """Read the filters of an address.

    Args:
        at: aware instant of asking, from which days are counted.
    """
    days = SOON.get(query.get("wakes", ""))
    return PendingFilters(
        obstacle=next((one for one in Obstacle if one.value == query.get("why")), None),
        area_code=_code(query.get("area", "")),
        owner_id=_number(query.get("owner", ""), most=9),
        waking_before=at + timedelta(days=days) if days else None,
        page=_number(query.get("page", ""), most=5) or 1,
    )


def name_owner(filters: PendingFilters) -> str:
    """Name the organisation the register is narrowed to, or give an empty text."""
    if filters.owner_id is None:
        return ""
    found = list_organisations(ids=[filters.owner_id], active_only=False)
    return name_organisation(found[0]) if found else ""


def name_area(filters: PendingFilters, areas: Choices) -> str:
    """Name the area the register is narrowed to, by what the select offers."""
    inside = (one for _group, options in areas for one in options)
    return next((str(label) for code, label in inside if code == filters.area_code), "")


def _code(text: str) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) <= 24 else ""


def _number(text: str, *, most: int) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= most
    return int(text) if is_one and int(text) > 0 else None
