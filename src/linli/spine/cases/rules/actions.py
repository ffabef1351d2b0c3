"""Whether an action may be taken: the right, the ties, the state of the case, the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.spine.cases.rules.procedure import ACTIONS, Action, Bond
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.terms import (
    STEP_LABELS,
    ActionInput,
    ActionName,
    CaseKind,
    Need,
    Step,
)


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules need to know of a case."""

    step: Step
    category_id: int | None = None
    is_checked_by_reporter: bool = False
    is_binding: bool = False
    return_count: int = 0
    return_limit: int = 1
    accept_by: datetime | None = None
    reopen_until: datetime | None = None
    is_rated: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands to a case and an action: the right, and the ties besides it."""

    has_right: bool
    is_handler: bool = False
    is_finder: bool = False


def first_step(*, kind: CaseKind, is_found_by_staff: bool) -> Step:
    """Say where a report begins: what staff found, and what leaves no trace, needs no look."""
    if is_found_by_staff or kind is not CaseKind.INCIDENT:
        return Step.FILING
    return Step.VERIFYING


def check_action(
    *,
    name: ActionName,
    facts: CaseFacts,
    standing: Standing,
    form: ActionInput | None,
    at: datetime,
) -> Action:
    """Refuse an action that would not be right, and return its row of the table otherwise.

    Args:
        form: what is given with it; None asks only whether it may be taken at all.

    Raises:
        ActionRefused: naming what stands against it.
    """
    action = ACTIONS[name]
    if facts.step not in action.paths:
        raise ActionRefused(
            "cases.not_at_this_step", action=action.label, step=STEP_LABELS[facts.step]
        )
    _check_bond(action, standing)
    _check_state(action, facts, at)
    if form is not None:
        _check_evidence(action, facts, form)
    return action


def can_act(*, name: ActionName, facts: CaseFacts, standing: Standing, at: datetime) -> bool:
    """Say whether an action may be taken, leaving aside what must be given with it."""
    try:
        check_action(name=name, facts=facts, standing=standing, form=None, at=at)
    except ActionRefused:
        return False
    return True


def needs_of(action: Action, facts: CaseFacts) -> tuple[Need, ...]:
    """List what an action must be given in this case.

    Where only the reporter can tell whether it is done, words stand in for photos.
    """
    if not facts.is_checked_by_reporter or action.name not in _SEEN_OR_ASKED:
        return action.needs
    kept = tuple(need for need in action.needs if need is not Need.PHOTOS)
    return kept if Need.NOTE in kept else (*kept, Need.NOTE)


def takes_of(action: Action, facts: CaseFacts) -> tuple[Need, ...]:
    """List what an action may be given besides what it must be given."""
    needed = needs_of(action, facts)
    both = (*action.needs, *action.takes)
    return tuple(need for need in both if need not in needed)


_SEEN_OR_ASKED = frozenset({ActionName.FEED_BACK, ActionName.PASS_CHECK})


def _check_bond(action: Action, standing: Standing) -> None:
    if action.bond is Bond.NOT_HANDLER and standing.is_handler:
        raise ActionRefused("cases.handler_may_not_check", action=action.label)
    if action.bond is Bond.FINDER and not standing.is_finder:
        raise ActionRefused("cases.only_the_finder", action=action.label)
    if not standing.has_right:
        raise ActionRefused("cases.not_your_turn", action=action.label)


def _check_state(action: Action, facts: CaseFacts, at: datetime) -> None:
    match action.name:
        case ActionName.DISPATCH if facts.return_count >= facts.return_limit:
            raise ActionRefused("cases.ruling_needed")
        case ActionName.RULE if facts.return_count < facts.return_limit:
            raise ActionRefused("cases.nothing_to_rule")
        case ActionName.RETURN if facts.is_binding:
            raise ActionRefused("cases.ruling_binds")
        case ActionName.RETURN if facts.accept_by is not None and at > facts.accept_by:
            raise ActionRefused("cases.return_window_over")
        case ActionName.REOPEN if facts.reopen_until is None or at > facts.reopen_until:
            raise ActionRefused("cases.reopen_window_over")
        case ActionName.RATE if facts.is_rated:
            raise ActionRefused("cases.already_rated")
        case _:
            return


def _check_evidence(action: Action, facts: CaseFacts, form: ActionInput) -> None:
    for need in needs_of(action, facts):
        value = getattr(form, need.value)
        if need is Need.CATEGORY and value is None:
            value = facts.category_id if action.name is ActionName.FILE else None
        if value is None or (isinstance(value, str) and not value.strip()) or value == ():
            raise ActionRefused(f"cases.{need.name.lower()}_missing", field=need.value)
    if form.satisfaction is not None and form.satisfaction not in (1, 2, 3):
        raise ActionRefused("cases.satisfaction_out_of_range", field=Need.SATISFACTION.value)
