"""Items of the list of responsibilities in force, to name when a case is sent or returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from linli.spine.cases.catalogue_terms import RESPONSIBILITY_LABELS, ResponsibilityKind
from linli.spine.cases.models import Responsibility
from linli.spine.cases.queries.words import is_english, name_of


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


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item with who leads, who helps and for what, in the language of the request."""

    item_no: int
    title: str
    kind_label: str
    lead_name: str
    helper_names: tuple[str, ...]
    category_names: tuple[str, ...]
    basis: str
    version: str


def list_items(*, street_code: str, on: date) -> list[ItemLine]:
    """List the items in force on a day in full, by number, in a fixed number of statements."""
    rows = Responsibility.objects.filter(
        Q(list__effective_to=None) | Q(list__effective_to__gt=on),
        list__street__code=street_code,
        list__effective_from__lte=on,
    )
    rows = rows.select_related("lead", "list").prefetch_related("helpers", "categories")
    return [_line(row) for row in rows.order_by("item_no")]


def _line(row: Responsibility) -> ItemLine:
    return ItemLine(
        item_no=row.item_no,
        title=_title(row),
        kind_label=gettext(RESPONSIBILITY_LABELS[ResponsibilityKind(row.kind)]),
        lead_name=name_of(row.lead),
        helper_names=tuple(name_of(one) for one in row.helpers.all()),
        category_names=tuple(name_of(one) for one in row.categories.all()),
        basis=(row.basis_en or row.basis) if is_english() else row.basis,
        version=row.list.version,
    )
