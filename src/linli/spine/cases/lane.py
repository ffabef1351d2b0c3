"""The fast lane: many reports taken in at once, each answered or refused for itself.

What a report must be and how it is written stands in `services.drafting` and `services.intake`;
here they are gathered. All that can be refused without the others is refused first; the rest is
written by one statement and one commit. When that fails, each is tried alone, so that one bad
report refuses only itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError, connection

from linli.ground.kernel.errors import Refusal
from linli.spine.cases.services.drafting import Arrival, Draft, draft, locate_all
from linli.spine.cases.services.intake import take_in
from linli.spine.cases.terms import Reported

Outcome = Reported | Exception


def report_cases(arrivals: Sequence[Arrival]) -> list[Outcome]:
    """Take in reports as `report_case` takes in one, and give for each its answer or its fault.

    Args:
        arrivals: in the order they came; one id twice counts as sent again.

    Raises:
        DatabaseError: when the database is not there for any of them.
    """
    outcomes: dict[int, Outcome] = {}
    drafts: dict[int, Draft] = {}
    for n, (arrival, found) in enumerate(zip(arrivals, locate_all(arrivals), strict=True)):
        try:
            drafts[n] = draft(arrival, found)
        except Refusal as refusal:
            outcomes[n] = refusal
    first, again = _once(drafts)
    outcomes |= _together(first)
    for n, one in again.items():
        outcomes[n] = _alone(one)
    return [outcomes[n] for n in range(len(arrivals))]


def _once(drafts: dict[int, Draft]) -> tuple[dict[int, Draft], dict[int, Draft]]:
    """Part the drafts whose id comes for the first time from those that repeat one."""
    seen: set[UUID] = set()
    first: dict[int, Draft] = {}
    again: dict[int, Draft] = {}
    for n, one in drafts.items():
        (again if one.case_id in seen else first)[n] = one
        seen.add(one.case_id)
    return first, again


def _together(drafts: dict[int, Draft]) -> dict[int, Outcome]:
    if not drafts:
        return {}
    try:
        return dict(zip(drafts, take_in(list(drafts.values())), strict=True))
    except (DatabaseError, Refusal) as fault:
        if not connection.is_usable():
            raise
        if len(drafts) == 1:
            return dict.fromkeys(drafts, fault)
        return {n: _alone(one) for n, one in drafts.items()}


def _alone(one: Draft) -> Outcome:
    try:
        return take_in([one])[0]
    except (DatabaseError, Refusal) as fault:
        if not connection.is_usable():
            raise
        return fault
