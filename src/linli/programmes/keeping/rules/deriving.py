"""What the parent list did since its items were last considered here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from linli.programmes.keeping.terms import (
    PARENT_FIELDS,
    ParentChange,
    ParentItem,
    ParentMove,
)
from linli.spine.cases.catalogue_terms import NewItem


def list_parent_moves(
    *,
    items: Sequence[NewItem],
    newest: Mapping[str, ParentItem],
    considered: Mapping[str, ParentItem | None],
    first: Mapping[str, ParentItem],
) -> Iterator[ParentChange]:
    """List what still waits for a decision.

    Args:
        items: the local items.
        newest: the parent list as it is now, by number.
        considered: what was last decided about, by number; None where an item was gone then.
        first: the parent list the local one was derived from, for what was never decided about.
    """
    derived = {one.parent_no: one for one in items if one.parent_no}
    for number in dict.fromkeys((*derived, *newest)):
        local, now = derived.get(number), newest.get(number)
        before = considered[number] if number in considered else first.get(number)
        if now == before or (number in considered and now is None and before is None):
            continue
        if local is None and (now is None or (number not in considered and number in first)):
            continue
        yield ParentChange(
            move=_move(before, now),
            parent_no=number,
            item_no=local.item_no if local else None,
            local_title=local.title if local else "",
            before=before,
            after=now,
            fields=_differing(before, now),
        )


def _move(before: ParentItem | None, now: ParentItem | None) -> ParentMove:
    if before is None:
        return ParentMove.NEW
    return ParentMove.CHANGED if now is not None else ParentMove.GONE


def _differing(before: ParentItem | None, now: ParentItem | None) -> tuple[str, ...]:
    if before is None or now is None:
        return ()
    return tuple(name for name in PARENT_FIELDS if getattr(before, name) != getattr(now, name))
