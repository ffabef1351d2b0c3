"""The figures of a replay, and where ours and the file's differ, by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from .counting import Count, Held
from .reading import Row
from .recount import OUTSIDE
from .sending import Answer


def figures(
    rows: Sequence[Row], *, answers: Mapping[UUID, Answer], count: Count, recounted: Counter[str]
) -> dict[str, Any]:
    """Give what came of every report.

    Args:
        recounted: accepted, trusted points by area, counted independently.
    """
    placed = Counter(one.area for one in _trusted(count) if one.area)
    refused = Counter(answer.refusal for answer in answers.values() if answer.refusal)
    return {
        "sent": len(rows),
        "accepted": sum(not answer.refusal for answer in answers.values()),
        "refused": dict(sorted(refused.items())),
        "in_database": len(count.cases),
        "doubled": count.doubled,
        "unknown_in_database": count.unknown,
        "placed": dict(sorted(placed.items())),
        "placed_total": placed.total(),
        "placed_differences": differences_of_place(placed, recounted),
        "unplaced": sum(one.area is None for one in _trusted(count)),
        "suspicious": sum(one.is_suspicious for one in count.cases.values()),
        "closed": sum(one.is_closed for one in count.cases.values()),
        "closed_in_file": sum(row.closed is not None for row in rows),
        "on_time": sum(one.on_time is True for one in count.cases.values()),
        "on_time_in_file": sum(row.said_on_time is True for row in rows),
        "on_time_differences": differences_of_time(rows, count.cases),
    }


def _trusted(count: Count) -> list[Held]:
    return [one for one in count.cases.values() if not one.is_suspicious]


def differences_of_place(
    placed: Mapping[str, int], recounted: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """List the areas where the locator's count and the independent one differ."""
    names = {name for name in (*placed, *recounted) if name and name != OUTSIDE}
    return {
        name: {"placed": placed.get(name, 0), "recounted": recounted.get(name, 0)}
        for name in sorted(names)
        if placed.get(name, 0) != recounted.get(name, 0)
    }


def differences_of_time(
    rows: Sequence[Row], cases: Mapping[UUID, Held]
) -> dict[str, dict[str, int]]:
    """Explain every row that is on time only here or only in the file."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        held = cases.get(row.client_id)
        here = held is not None and held.on_time is True
        there = row.said_on_time is True
        if here != there:
            side = "only_here" if here else "only_in_file"
            found.setdefault(_cause(row, held), Counter())[side] += 1
    return {cause: dict(sides) for cause, sides in sorted(found.items())}


def _cause(row: Row, held: Held | None) -> str:
    """Name why a row is on time only on one side."""
    if held is None:
        return "not_accepted"
    if row.closed is None:
        return "still_open_in_file"
    if not held.is_closed:
        return "not_closed_here"
    if row.target is None:
        return "no_target_in_file"
    if row.said_on_time is None:
        return "file_says_nothing"
    if row.said_on_time != (row.closed <= row.target):
        return "file_contradicts_its_own_times"
    return _cause_of_rounding(row)


def _cause_of_rounding(row: Row) -> str:
    hours = row.limit_hours
    if row.target is None or row.closed is None or hours is None:
        return "other"
    promised_s = hours * 3600
    target_s = (row.target - row.opened).total_seconds()
    closed_s = (row.closed - row.opened).total_seconds()
    between = min(promised_s, target_s) <= closed_s <= max(promised_s, target_s)
    return "promise_in_whole_hours" if between else "other"
