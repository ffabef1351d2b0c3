"""Changes laid on what is in force, and what the parent list did: over any lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linli.programmes.keeping.rules.deriving import list_parent_moves
from linli.programmes.keeping.rules.merging import (
    compare,
    differing,
    is_outdated,
    item_values,
    merge_items,
)
from linli.programmes.keeping.terms import Change, Op, ParentItem, ParentMove, Value
from linli.spine.cases.catalogue_terms import NewItem

WORDS = st.sampled_from(["保洁", "除雪", "清淤"])
UNITS = st.sampled_from(["team", "centre", "cleansing"])


def new_item(number: int, title: str, lead: str, parent_no: str = "") -> NewItem:
    """Make an item."""
    return NewItem(
        item_no=number,
        kind="department",
        title=title,
        lead=lead,
        categories=("matter:06010",),
        parent_no=parent_no,
    )


LISTS = st.dictionaries(st.integers(1, 9), st.tuples(WORDS, UNITS), max_size=6).map(
    lambda held: [new_item(number, *words) for number, words in sorted(held.items())]
)


def entries(items: list[NewItem]) -> dict[str, tuple[str, dict[str, Value]]]:
    """Give name and values of each item by its number."""
    return {str(one.item_no): (one.title, item_values(one)) for one in items}


def changes_between(before: list[NewItem], after: list[NewItem]) -> list[Change]:
    """Write down what leads from one list to another."""
    old, new = entries(before), entries(after)
    found = [Change(key=key, op=Op.END) for key in old if key not in new]
    for key, (_name, values) in new.items():
        if key not in old:
            found.append(Change(key=key, op=Op.ADD, fields=values))
        elif fields := differing(values, old[key][1]):
            base = {name: old[key][1][name] for name in fields}
            found.append(Change(key=key, op=Op.REVISE, fields=fields, base=base))
    return found


@given(LISTS, LISTS)
def test_changes_lead_from_one_list_to_the_other(
    before: list[NewItem], after: list[NewItem]
) -> None:
    changes = changes_between(before, after)
    assert merge_items(before, changes) == after
    held = entries(before)
    for change in changes:
        entry = held.get(change.key)
        assert not is_outdated(change, entry[1] if entry else None)


@given(LISTS, LISTS)
def test_what_is_compared_is_what_was_changed(before: list[NewItem], after: list[NewItem]) -> None:
    compared = {one.key: one.op for one in compare(entries(before), entries(after))}
    assert compared == {one.key: one.op for one in changes_between(before, after)}


@given(LISTS, LISTS)
def test_a_change_does_not_fit_where_its_base_is_gone(
    before: list[NewItem], after: list[NewItem]
) -> None:
    held = entries(after)
    for change in changes_between(before, after):
        entry = held.get(change.key)
        assert is_outdated(change, entry[1] if entry else None) or change.op is Op.END


PARENTS = st.dictionaries(st.sampled_from("123456"), WORDS, max_size=5).map(
    lambda held: {
        number: ParentItem(parent_no=number, title=title) for number, title in held.items()
    }
)


@given(PARENTS, PARENTS, st.sets(st.sampled_from("123456")))
def test_each_change_above_waits_once_and_never_after_it_was_decided(
    first: dict[str, ParentItem], newest: dict[str, ParentItem], derived: set[str]
) -> None:
    items = [new_item(int(number), "保洁", "team", number) for number in sorted(derived)]
    waiting = list(list_parent_moves(items=items, newest=newest, considered={}, first=first))
    numbers = [one.parent_no for one in waiting]
    assert len(numbers) == len(set(numbers))
    for one in waiting:
        assert newest.get(one.parent_no) != first.get(one.parent_no)
        assert one.parent_no in derived or one.move is ParentMove.NEW
    decided = {number: newest.get(number) for number in numbers}
    assert not list(list_parent_moves(items=items, newest=newest, considered=decided, first=first))
