"""Items of the list of responsibilities in force, to name when a case is sent or returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.fresh import Fresh
from linli.ground.people.queries.organisations import find_by_id
from linli.spine.cases.catalogue_terms import (
    RESPONSIBILITY_LABELS,
    ListVersion,
    NewItem,
    ResponsibilityKind,
)
from linli.spine.cases.models import Responsibility, ResponsibilityList
from linli.spine.cases.queries.catalogue import CATALOGUE, follow_successors, read_token
from linli.spine.cases.queries.words import is_english, name_of

LONGEST_ITEM_NO = 6
_serials = count(1)


@dataclass(frozen=True, kw_only=True)
class ItemName:
    """One item by its number and title."""

    id: int
    item_no: int
    title: str


@dataclass(frozen=True, kw_only=True)
class ItemFound:
    """One item found, with who leads."""

    id: int
    item_no: int
    title: str
    lead_id: int
    lead_name: str
    basis: str


def search_responsibilities(
    *, text: str, street_code: str, on: date, limit: int = 6
) -> list[ItemFound]:
    """Find items in force by their number or words of their title; no statement.

    Args:
        on: the day whose list counts.
        limit: how many at most, by number.
    """
    asked = " ".join(text.replace("\x00", "").split())
    if not asked:
        return []
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < LONGEST_ITEM_NO
    number, words = int(asked) if is_number else None, asked.upper()
    found = (
        one
        for one in _titles.get().by_street.get(street_code, ())
        if one.is_in_force(on) and (words in one.written or one.item_no == number)
    )
    return [_found(one) for one in islice(found, limit)]


@dataclass(frozen=True, slots=True)
class _Titled:
    """An item as it is found; `written` are its titles in capitals."""

    id: int
    item_no: int
    title: str
    title_en: str
    lead_id: int
    basis: str
    since: date
    until: date | None
    written: str

    def is_in_force(self, on: date) -> bool:
        """Say whether its list counts on a day."""
        return self.since <= on and (self.until is None or self.until > on)


def _found(one: _Titled) -> ItemFound:
    return ItemFound(
        id=one.id,
        item_no=one.item_no,
        title=_title(one),
        lead_id=one.lead_id,
        lead_name=name_of(find_by_id(one.lead_id)),
        basis=one.basis,
    )


@dataclass(frozen=True, eq=False)
class _Titles:
    by_street: Mapping[str, tuple[_Titled, ...]]
    serial: int = field(default_factory=lambda: next(_serials))


def _read_titles() -> _Titles:
    found: dict[str, list[_Titled]] = defaultdict(list)
    rows = Responsibility.objects.select_related("list__street").defer("list__street__geometry")
    for row in rows.order_by("item_no", "id"):
        one = _Titled(
            id=row.pk,
            item_no=row.item_no,
            title=row.title,
            title_en=row.title_en,
            lead_id=row.lead_id,
            basis=row.basis,
            since=row.list.effective_from,
            until=row.list.effective_to,
            written=f"{row.title}\n{row.title_en}".upper(),
        )
        found[row.list.street.code].append(one)
    return _Titles({street: tuple(items) for street, items in found.items()})


_titles = Fresh(CATALOGUE, _read_titles, version=read_token)


def list_responsibilities(*, street_code: str, on: date) -> list[ItemName]:
    """List the items in force on a day, by number, in the language of the request; no statement."""
    return [
        ItemName(id=one.id, item_no=one.item_no, title=_title(one))
        for one in _titles.get().by_street.get(street_code, ())
        if one.is_in_force(on)
    ]


def responsibilities_serial() -> int:
    """Number the lists this process works with; what is made of them may be kept by that."""
    return _titles.get().serial


def _in_force(street_code: str, on: date) -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(
        Q(list__effective_to=None) | Q(list__effective_to__gt=on),
        list__street__code=street_code,
        list__effective_from__lte=on,
    )


def _title(row: Responsibility | _Titled) -> str:
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
    rows = _in_force(street_code, on).select_related("lead", "list")
    rows = rows.prefetch_related("helpers", "categories")
    return [_line(row) for row in rows.order_by("item_no")]


def list_versions(*, street_code: str) -> list[ListVersion]:
    """List the versions of a sub-district's list, the latest first."""
    rows = ResponsibilityList.objects.filter(street__code=street_code)
    return [
        ListVersion(
            id=row.pk,
            version=row.version,
            basis=row.basis,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
            items=row.counted,
        )
        for row in rows.annotate(counted=Count("items")).order_by("-effective_from")
    ]


def list_written_items(*, street_code: str, on: date) -> list[NewItem]:
    """List the items in force on a day as they were written, by number.

    A category that has ended by then is named by its successor.
    """
    rows = _in_force(street_code, on).select_related("lead", "area")
    rows = rows.prefetch_related("helpers", "categories").order_by("item_no")
    return [_written(row, on) for row in rows]


def _written(row: Responsibility, on: date) -> NewItem:
    keys = (follow_successors(one.key, on=on) for one in row.categories.all())
    return NewItem(
        item_no=row.item_no,
        kind=row.kind,
        title=row.title,
        title_en=row.title_en,
        lead=row.lead.code,
        helpers=tuple(sorted(one.code for one in row.helpers.all())),
        basis=row.basis,
        basis_en=row.basis_en,
        categories=tuple(sorted(set(keys))),
        majors=tuple(sorted(row.majors)),
        area=row.area.code if row.area else "",
        parent_no=row.parent_no,
    )


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
