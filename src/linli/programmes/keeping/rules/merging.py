"""How changes and what they are laid on become a next version, and when they no longer fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from linli.programmes.keeping.terms import Change, Compared, Op, Value
from linli.spine.cases.catalogue_terms import CategoryTurn, CategoryView, NewItem

CATEGORY_FIELDS = (
    "name",
    "name_en",
    "aliases",
    "filing_condition",
    "filing_condition_en",
    "closing_condition",
    "closing_condition_en",
    "limit_amount",
    "limit_unit",
    "checked_by",
    "is_public",
    "for_couriers",
)
ITEM_FIELDS = (
    "kind",
    "title",
    "title_en",
    "lead",
    "helpers",
    "basis",
    "basis_en",
    "categories",
    "majors",
    "area",
    "parent_no",
)
# Their order means nothing.
SETS = ("helpers", "categories", "majors")


def category_values(view: CategoryView) -> dict[str, Value]:
    """Give the fields of a category that a draft may change."""
    return {name: plain(getattr(view, name)) for name in CATEGORY_FIELDS}


def item_values(item: NewItem) -> dict[str, Value]:
    """Give the fields of an item that a draft may change."""
    held = asdict(item)
    return {name: plain(held[name]) for name in ITEM_FIELDS}


def plain(value: Any) -> Value:
    """Give a value as it is compared and stored: lists as sorted tuples, enums as their text."""
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(sorted(str(one) for one in value))
    if isinstance(value, bool | int):
        return value
    return str(value)


def differing(values: Mapping[str, Value], held: Mapping[str, Value]) -> dict[str, Value]:
    """Give the values that are not as they are held."""
    return {name: value for name, value in values.items() if held.get(name) != value}


def is_outdated(change: Change, held: Mapping[str, Value] | None) -> bool:
    """Say whether what a change was laid on is not there any more as it was.

    Args:
        held: the values in force now; None when there is no such category or item.
    """
    if change.op is Op.ADD:
        return held is not None
    if held is None:
        return True
    return any(held.get(name) != value for name, value in change.base.items())


def merge_items(items: Iterable[NewItem], changes: Iterable[Change]) -> list[NewItem]:
    """Lay the changes of a draft on the items in force; the result is in order of numbers."""
    found = {str(one.item_no): one for one in items}
    for change in changes:
        if change.op is Op.END:
            found.pop(change.key, None)
        elif change.op is Op.ADD:
            found[change.key] = make_item(int(change.key), change.fields)
        elif change.key in found:
            found[change.key] = replace(found[change.key], **_typed(change.fields))
    return sorted(found.values(), key=lambda one: one.item_no)


def make_item(number: int, values: Mapping[str, Value]) -> NewItem:
    """Make an item of its values."""
    whole: dict[str, Any] = {"kind": "", "title": "", "lead": ""} | _typed(values)
    return NewItem(item_no=number, **whole)


def _typed(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in ITEM_FIELDS}


def turn_of(change: Change) -> CategoryTurn:
    """Say what a change does to a category, in the catalogue's own words."""
    return CategoryTurn(
        key=change.key,
        fields=dict(change.fields),
        is_new=change.op is Op.ADD,
        ends=change.op is Op.END,
        successor=change.successor,
    )


def successors_of(changes: Iterable[Change]) -> dict[str, str]:
    """Give who takes over from the categories that end, by their keys."""
    return {one.key: one.successor for one in changes if one.op is Op.END}


def compare(
    before: Mapping[str, tuple[str, Mapping[str, Value]]],
    after: Mapping[str, tuple[str, Mapping[str, Value]]],
    *,
    order: Sequence[str] = (),
) -> Iterator[Compared]:
    """Compare two versions, entry by entry.

    Args:
        before: name and values by key.
        after: the same of the later version.
        order: keys in the order wanted; others follow.
    """
    keys = dict.fromkeys((*order, *before, *after))
    for key in keys:
        old, new = before.get(key), after.get(key)
        entry = new or old
        if entry is None or old == new:
            continue
        fields = _differing(old[1], new[1]) if old is not None and new is not None else ()
        if old is not None and new is not None and not fields:
            continue
        yield Compared(
            key=key,
            name=entry[0],
            name_en=str(entry[1].get("name_en") or entry[1].get("title_en") or ""),
            op=Op.ADD if old is None else Op.END if new is None else Op.REVISE,
            fields=fields,
        )


def _differing(
    before: Mapping[str, Value], after: Mapping[str, Value]
) -> tuple[tuple[str, Value | None, Value], ...]:
    return tuple(
        (name, before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    )
