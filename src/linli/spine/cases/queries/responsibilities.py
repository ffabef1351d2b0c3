"""Items of the list of responsibilities in force, to name when a case is sent or returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.spine.cases.models import Responsibility
from linli.spine.cases.queries.words import is_english


@dataclass(frozen=True, kw_only=True)
class ItemName:
    """One item by its number and title."""

    id: int
    item_no: int
    title: str


def list_responsibilities(*, street_code: str, on: date) -> list[ItemName]:
    """List the items in force on a day, by number, in the language of the request."""
    rows = Responsibility.objects.filter(
        Q(list__effective_to=None) | Q(list__effective_to__gt=on),
        list__street__code=street_code,
        list__effective_from__lte=on,
    )
    return [
        ItemName(id=row.pk, item_no=row.item_no, title=_title(row))
        for row in rows.only("item_no", "title", "title_en").order_by("item_no")
    ]


def _title(row: Responsibility) -> str:
    return (row.title_en or row.title) if is_english() else row.title
