"""What call-backs are narrowed by, read from an address; nonsense narrows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils import timezone

from linli.faces.desk.offers import name_organisation
from linli.ground.people.queries import list_organisations
from linli.programmes.callback.terms import By, CallbackFilters, Shown

MONTHS_OFFERED = 24


@dataclass(frozen=True, kw_only=True)
class Period:
    """The months the rates are counted for, both included, and what they are split by."""

    by: By
    first: date
    last: date


def read_filters(query: QueryDict) -> CallbackFilters:
    """Read what a list is narrowed by."""
    return CallbackFilters(
        shown=next((one for one in Shown if one.value == query.get("shown")), Shown.MADE),
        first=_month(query.get("first", "")),
        last=_month(query.get("last", "")),
        organisation_id=_number(query.get("organisation", "")),
        category_id=_number(query.get("category", "")),
        page=_number(query.get("page", "")) or 1,
    )


def read_period(query: QueryDict, *, today: date) -> Period:
    """Read the period of the rates; by default this year up to this month."""
    this_month = today.replace(day=1)
    first = _month(query.get("first", "")) or this_month.replace(month=1)
    last = _month(query.get("last", "")) or this_month
    by = next((one for one in By if one.value == query.get("by")), By.MONTH)
    return Period(by=by, first=min(first, last), last=max(first, last))


def offer_months(*, today: date) -> list[date]:
    """List the months that are offered, the newest first."""
    found = [today.replace(day=1)]
    while len(found) < MONTHS_OFFERED:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def today() -> date:
    """Say which day it is on the clock of the house."""
    return timezone.localdate()


def name_organisation_of(filters: CallbackFilters) -> str:
    """Name the organisation a list is narrowed to, or give an empty text."""
    if not filters.organisation_id:
        return ""
    found = list_organisations(ids=[filters.organisation_id], active_only=False)
    return name_organisation(found[0]) if found else ""


def _month(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= 9
    return int(text) if is_one else None
