"""What the case page shows besides the case itself: its tasks, its relatives, the proposal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.ground.people.terms import Member
from linli.spine.cases.queries.gathering import find_reminders, get_family
from linli.spine.cases.queries.likely import list_likely_duplicates
from linli.spine.cases.queries.precedents import list_precedents_for
from linli.spine.cases.queries.proposals import brief_proposal
from linli.spine.cases.terms import ActionName, AssignmentView, CaseView

from .forms.act import ActForm


def N_(text: str) -> str:
    """Mark a label for translation; the page translates it."""
    return text


PROPOSED_IN = frozenset(
    {
        ActionName.DISPATCH,
        ActionName.RULE,
        ActionName.REROUTE,
        ActionName.FORWARD,
        ActionName.LOWER_TO_COMMUNITY,
    }
)
AT_LEVELS = (
    ActionName.TAKE_IN_GRID,
    ActionName.LOWER_TO_GRID,
    ActionName.LOWER_TO_COMMUNITY,
    ActionName.GIVE_TO_GRID,
    ActionName.RAISE_TO_COMMUNITY,
    ActionName.RAISE_TO_STREET,
    ActionName.FORWARD,
    ActionName.TAKE_BACK,
)
BETWEEN_CASES = (
    ActionName.MERGE,
    ActionName.UNMERGE,
    ActionName.SPLIT,
    ActionName.LINK,
    ActionName.UNLINK,
)
SUPERVISING = (
    ActionName.SUPERVISE,
    ActionName.INSTRUCT,
    ActionName.WITHDRAW_INSTRUCTION,
)
EXTENDING = (
    ActionName.ASK_EXTENSION,
    ActionName.REFUSE_EXTENSION,
    ActionName.LEADER_REFUSE_EXTENSION,
)
CORRECTING = (
    ActionName.RECATEGORISE,
    ActionName.RELOCATE,
    ActionName.COMMENT,
    ActionName.REMIND,
    ActionName.VOID,
)


@dataclass(frozen=True, kw_only=True)
class ActGroup:
    """Acts that belong together on the page; the first group has no heading of its own."""

    label: str
    forms: tuple[ActForm, ...]


@dataclass(frozen=True, kw_only=True)
class TaskSheet:
    """One task with the forms somebody may send about it."""

    task: AssignmentView
    forms: tuple[ActForm, ...]


def group_acts(forms: Iterable[ActForm]) -> tuple[ActGroup, ...]:
    """Group what somebody may do besides the main act: the next step first, ties last."""
    groups: Mapping[str, Collection[ActionName]] = {
        N_("换一级办"): AT_LEVELS,
        N_("延期"): EXTENDING,
        N_("督办和批示"): SUPERVISING,
        N_("更正和补充"): CORRECTING,
        N_("和别的案件"): BETWEEN_CASES,
    }
    listed = list(forms)
    named = {name for names in groups.values() for name in names}
    found = [ActGroup(label="", forms=tuple(f for f in listed if f.act.name not in named))]
    for label, names in groups.items():
        found.append(ActGroup(label=label, forms=tuple(f for f in listed if f.act.name in names)))
    return tuple(group for group in found if group.forms)


def list_tasks(case: CaseView, forms: Iterable[ActForm]) -> tuple[TaskSheet, ...]:
    """Pair each task of a case with the forms about it."""
    listed = list(forms)
    return tuple(
        TaskSheet(task=task, forms=tuple(f for f in listed if f.act.task_no == task.task_no))
        for task in case.tasks
    )


def gather(
    *, case: CaseView, member: Member, names: Collection[ActionName], now: datetime
) -> dict[str, Any]:
    """Read what the page shows beside the case; a proposal and likenesses only where they help.

    Args:
        names: what the member may do now.
    """
    is_returning = ActionName.RETURN in names
    return {
        "family": get_family(case_id=case.id, member=member),
        "reminders": find_reminders(case_id=case.id),
        "likely": list_likely_duplicates(case_id=case.id, member=member)
        if ActionName.MERGE in names
        else [],
        "briefing": brief_proposal(case_id=case.id, at=now) if PROPOSED_IN & set(names) else None,
        "precedents": list_precedents_for(case_id=case.id) if is_returning else [],
    }
