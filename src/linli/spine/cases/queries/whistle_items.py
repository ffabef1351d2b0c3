"""Items of the list that let a sub-district whistle organisations to the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.spine.cases.catalogue_terms import ResponsibilityKind
from linli.spine.cases.models import Responsibility
from linli.spine.cases.queries.words import is_english, name_of


@dataclass(frozen=True, kw_only=True)
class WhistleItem:
    """One item of kind whistle: who leads and helps, for which categories (ids)."""

    id: int
    item_no: int
    title: str
    lead_id: int
    lead_name: str
    helper_ids: tuple[int, ...]
    helper_names: tuple[str, ...]
    category_ids: frozenset[int]
    basis: str


def list_whistle_items(*, street_code: str, on: date) -> list[WhistleItem]:
    """List the whistle items in force in a sub-district on a day, by number."""
    rows = Responsibility.objects.filter(
        Q(list__effective_to=None) | Q(list__effective_to__gt=on),
        list__street__code=street_code,
        list__effective_from__lte=on,
        kind=ResponsibilityKind.WHISTLE.value,
    )
    found = rows.select_related("lead").prefetch_related("helpers", "categories")
    return [_item(row) for row in found.order_by("item_no")]


def _item(row: Responsibility) -> WhistleItem:
    english = is_english()
    return WhistleItem(
        id=row.pk,
        item_no=row.item_no,
        title=(row.title_en or row.title) if english else row.title,
        lead_id=row.lead_id,
        lead_name=name_of(row.lead),
        helper_ids=tuple(one.pk for one in row.helpers.all()),
        helper_names=tuple(name_of(one) for one in row.helpers.all()),
        category_ids=frozenset(one.pk for one in row.categories.all()),
        basis=(row.basis_en or row.basis) if english else row.basis,
    )
