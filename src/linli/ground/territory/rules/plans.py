"""Plans as they are written down, and when one may be changed, approved or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.plan_terms import (
    STEP_TYPES,
    WAITING,
    PlanState,
    PlanStep,
    StepKind,
    kind_of_step,
)

LONGEST_TITLE, LONGEST_REASON = 100, 500


def write_step(step: PlanStep) -> dict[str, Any]:
    """Turn a step into what is stored."""
    written: dict[str, Any] = msgspec.to_builtins(step)
    return {"kind": kind_of_step(step).value, **written}


def read_step(written: Mapping[str, Any]) -> PlanStep:
    """Read a stored step."""
    kind = StepKind(written["kind"])
    held = {name: value for name, value in written.items() if name != "kind"}
    return msgspec.convert(held, type=STEP_TYPES[kind])


def read_steps(written: Iterable[Mapping[str, Any]]) -> tuple[PlanStep, ...]:
    """Read stored steps in their order."""
    return tuple(read_step(one) for one in written)


def check_words(*, title: str, reason: str) -> None:
    """Refuse a plan without a title, or with too many words.

    Raises:
        UnableToRedraw: when so.
    """
    if not title.strip():
        raise UnableToRedraw("territory.plan_title_missing", field="title")
    if len(title) > LONGEST_TITLE or len(reason) > LONGEST_REASON:
        raise UnableToRedraw(
            "territory.plan_too_long", field="title", name=LONGEST_TITLE, reason=LONGEST_REASON
        )


def check_day(*, effective_on: date, first: date) -> None:
    """Refuse a day that is over.

    Raises:
        UnableToRedraw: when so.
    """
    if effective_on < first:
        raise UnableToRedraw(
            "territory.plan_day_wrong", field="effective_on", first=first.isoformat()
        )


def check_draft(state: PlanState) -> None:
    """Refuse to change what is no draft.

    Raises:
        UnableToRedraw: when so.
    """
    if state is not PlanState.DRAFT:
        raise UnableToRedraw("territory.plan_not_draft")


def check_withdrawal(state: PlanState) -> None:
    """Refuse to take back what has taken effect or is over.

    Raises:
        UnableToRedraw: when so.
    """
    if state not in WAITING:
        raise UnableToRedraw("territory.plan_not_open")


def check_approval(
    *,
    state: PlanState,
    revision: int,
    seen_revision: int,
    drafted_by_id: int,
    account_id: int | None,
) -> None:
    """Refuse an approval by the drafter, of what is no draft, or of what has not been seen.

    Raises:
        UnableToRedraw: when so.
    """
    check_draft(state)
    if account_id is None or account_id == drafted_by_id:
        raise UnableToRedraw("territory.plan_own")
    if revision != seen_revision:
        raise UnableToRedraw("territory.plan_changed")
