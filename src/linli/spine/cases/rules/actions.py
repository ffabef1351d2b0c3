"""Whether an action may be taken: the right, the ties, the state of the case, the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.spine.cases.rules.checking import NO_CHECK, CheckFacts, refusal_of
from linli.spine.cases.rules.pending import PendingFacts, check_pending
from linli.spine.cases.rules.procedure import ACTIONS, Action, Bond
from linli.spine.cases.rules.putting_off import ExtensionFacts, check_extension
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.terms import (
    STEP_LABELS,
    ActionInput,
    ActionName,
    AssignmentState,
    CaseKind,
    Need,
    Step,
)

_NO_EXTENSIONS = ExtensionFacts()
_NOT_PENDING = PendingFacts()
OPEN_TASK_STATES = frozenset(
    {AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.REPORTED}
)


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """What the rules need to know of one task of a case."""

    no: int
    state: AssignmentState
    organisation_id: int
    accept_by: datetime | None = None
    is_binding: bool = False
    is_replaced: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the rules need to know of a case; `is_main_closed` of the one it was merged into."""

    step: Step
    category_id: int | None = None
    is_checked_by_reporter: bool = False
    is_binding: bool = False
    return_count: int = 0
    return_limit: int = 1
    accept_by: datetime | None = None
    reopen_until: datetime | None = None
    is_rated: bool = False
    has_lead: bool = False
    has_grid: bool = False
    has_community: bool = False
    has_parent: bool = False
    is_complaint: bool = False
    is_reroute_proposed: bool = False
    is_main_closed: bool = False
    tasks: tuple[TaskFacts, ...] = ()
    has_open_instruction: bool = False
    extensions: ExtensionFacts = _NO_EXTENSIONS
    pending: PendingFacts = _NOT_PENDING
    check: CheckFacts = NO_CHECK

    def find_task(self, number: int | None) -> TaskFacts | None:
        """Find a task by its number, or None."""
        return next((task for task in self.tasks if task.no == number), None)

    @property
    def has_open_task(self) -> bool:
        """Whether some task is not yet verified, returned or withdrawn."""
        return any(task.state in OPEN_TASK_STATES for task in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands to a case and an action: the right, and the ties besides it."""

    has_right: bool
    is_handler: bool = False
    is_finder: bool = False
    is_task_handler: bool = False
    is_instructed: bool = False
    has_asked: bool = False
    is_called_back: bool = False


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
    task_no: int | None = None,
) -> Action:
    """Refuse an action that would not be right, and return its row of the table otherwise.

    Args:
        form: what is given with it; None asks only whether it may be taken at all.
        task_no: the task meant, for actions on one.

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
    _check_situation(action, facts)
    check_extension(name, facts.extensions, at)
    check_pending(name, facts.pending, at)
    if action.task_states:
        _check_task(action, facts.find_task(task_no), at)
    if form is not None:
        _check_evidence(action, facts, form)
    return action


def can_act(
    *,
    name: ActionName,
    facts: CaseFacts,
    standing: Standing,
    at: datetime,
    task_no: int | None = None,
) -> bool:
    """Say whether an action may be taken, leaving aside what must be given with it."""
    try:
        check_action(name=name, facts=facts, standing=standing, form=None, at=at, task_no=task_no)
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


_SEEN_OR_ASKED = frozenset(
    {
        ActionName.FEED_BACK,
        ActionName.PASS_CHECK,
        ActionName.FEED_BACK_TASK,
        ActionName.PASS_TASK,
        ActionName.SOLVE_IN_GRID,
        ActionName.SOLVE_IN_COMMUNITY,
        ActionName.PASS_SAMPLE,
    }
)
_KEEPS_CATEGORY = (ActionName.FILE, ActionName.FAIL_SAMPLE)
_TO_GRID = frozenset({ActionName.TAKE_IN_GRID, ActionName.LOWER_TO_GRID, ActionName.GIVE_TO_GRID})


def _check_bond(action: Action, standing: Standing) -> None:
    if action.bond is Bond.NOT_HANDLER and standing.is_handler:
        raise ActionRefused("cases.handler_may_not_check", action=action.label)
    if action.bond is Bond.NOT_TASK and standing.is_task_handler:
        raise ActionRefused("cases.handler_may_not_check", action=action.label)
    if action.bond in (Bond.NOT_HANDLER, Bond.NOT_TASK) and standing.is_finder:
        raise ActionRefused("cases.finder_may_not_check", action=action.label)
    if action.bond is Bond.FINDER and not standing.is_finder:
        raise ActionRefused("cases.only_the_finder", action=action.label)
    if action.bond is Bond.NOT_ASKER and standing.has_asked:
        raise ActionRefused("cases.asker_may_not_decide", action=action.label)
    is_stranger = action.bond is Bond.INSTRUCTED and not standing.is_instructed
    is_stranger |= action.bond is Bond.CALLBACK and not standing.is_called_back
    if is_stranger or not standing.has_right:
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


def _check_situation(action: Action, facts: CaseFacts) -> None:
    """Refuse what does not fit the case as it stands besides its step."""
    unfit: Mapping[ActionName, tuple[bool, str]] = {
        ActionName.RATE: (
            facts.step is Step.MERGED and not facts.is_main_closed,
            "cases.main_not_closed",
        ),
        ActionName.PASS_CHECK: (facts.has_open_task, "cases.tasks_open"),
        ActionName.REWORK: (not facts.has_lead, "cases.nobody_to_rework"),
        ActionName.REDO: (facts.has_lead, "cases.lead_reworks"),
        ActionName.REROUTE: (not facts.is_reroute_proposed, "cases.nothing_to_reroute"),
        ActionName.KEEP_LEAD: (not facts.is_reroute_proposed, "cases.nothing_to_reroute"),
        ActionName.LOWER_TO_COMMUNITY: (not facts.has_community, "cases.no_community"),
        ActionName.UNLINK: (not facts.has_parent, "cases.no_parent"),
        ActionName.WITHDRAW_INSTRUCTION: (
            not facts.has_open_instruction,
            "cases.no_open_instruction",
        ),
    }
    is_unfit, code = unfit.get(action.name, (False, ""))
    if action.name in _TO_GRID:
        is_unfit, code = not facts.has_grid, "cases.no_grid"
        if facts.is_complaint:
            is_unfit, code = True, "cases.complaint_not_to_grid"
    if is_unfit:
        raise ActionRefused(code)
    refused = refusal_of(action.name, facts.check)
    if refused:
        raise ActionRefused(refused)


def _check_task(action: Action, task: TaskFacts | None, at: datetime) -> None:
    if task is None:
        raise ActionRefused("cases.task_unknown", field="task_no")
    if task.state not in action.task_states or task.is_replaced:
        raise ActionRefused("cases.task_not_so", action=action.label)
    if action.name is not ActionName.RETURN_TASK:
        return
    if task.is_binding:
        raise ActionRefused("cases.ruling_binds")
    if task.accept_by is not None and at > task.accept_by:
        raise ActionRefused("cases.return_window_over")


def _check_evidence(action: Action, facts: CaseFacts, form: ActionInput) -> None:
    for need in needs_of(action, facts):
        value = getattr(form, need.value)
        if need is Need.CATEGORY and value is None:
            value = facts.category_id if action.name in _KEEPS_CATEGORY else None
        if value is None or (isinstance(value, str) and not value.strip()) or value == ():
            raise ActionRefused(f"cases.{need.name.lower()}_missing", field=need.value)
    if form.satisfaction is not None and form.satisfaction not in (1, 2, 3):
        raise ActionRefused("cases.satisfaction_out_of_range", field=Need.SATISFACTION.value)
