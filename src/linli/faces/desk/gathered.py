"""What the case page shows besides the case itself: its tasks, its relatives, the proposal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Member
from linli.spine.cases.queries.gathering import find_reminders, get_family
from linli.spine.cases.queries.likely import list_likely_duplicates
from linli.spine.cases.queries.precedents import list_precedents_for
from linli.spine.cases.queries.proposals import brief_proposal
from linli.spine.cases.terms import ActionName, AllowedAction, AssignmentView, CaseView

from .forms.act import ActForm

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
RESTING = (ActionName.ASK_PENDING, ActionName.REFUSE_PENDING, ActionName.WAKE)
CORRECTING = (
    ActionName.RECATEGORISE,
    ActionName.RELOCATE,
    ActionName.COMMENT,
    ActionName.REMIND,
    ActionName.VOID,
)


@dataclass(frozen=True, kw_only=True)
class FoldedAct:
    """An act somebody may do; its form is fetched when it is opened, unless it stands open."""

    act: AllowedAction
    form: ActForm | None = None
    is_main: bool = False

    @property
    def place(self) -> str:
        """The name of its place on the page."""
        own = "" if self.act.task_no is None else f"-{self.act.task_no}"
        return f"act-{self.act.name.value}{own}"

    @property
    def query(self) -> str:
        """What an address says besides the name of the act."""
        return "" if self.act.task_no is None else f"?task_no={self.act.task_no}"


@dataclass(frozen=True, kw_only=True)
class ActGroup:
    """Acts that belong together on the page; the first group has no heading of its own."""

    label: str
    acts: tuple[FoldedAct, ...]


@dataclass(frozen=True, kw_only=True)
class TaskSheet:
    """One task with what somebody may do about it."""

    task: AssignmentView
    acts: tuple[FoldedAct, ...]


def group_acts(acts: Iterable[FoldedAct]) -> tuple[ActGroup, ...]:
    """Group what somebody may do besides the main act: the next step first, ties last."""
    groups: Mapping[str, Collection[ActionName]] = {
        N_("换一级办"): AT_LEVELS,
        N_("延期"): EXTENDING,
        N_("挂账"): RESTING,
        N_("督办和批示"): SUPERVISING,
        N_("更正和补充"): CORRECTING,
        N_("和别的案件"): BETWEEN_CASES,
    }
    listed = list(acts)
    named = {name for names in groups.values() for name in names}
    found = [ActGroup(label="", acts=tuple(f for f in listed if f.act.name not in named))]
    for label, names in groups.items():
        found.append(ActGroup(label=label, acts=tuple(f for f in listed if f.act.name in names)))
    return tuple(group for group in found if group.acts)


def list_tasks(case: CaseView, acts: Iterable[FoldedAct]) -> tuple[TaskSheet, ...]:
    """Pair each task of a case with the acts about it."""
    listed = list(acts)
    return tuple(
        TaskSheet(task=task, acts=tuple(f for f in listed if f.act.task_no == task.task_no))
        for task in case.tasks
    )


def gather(
    *, case: CaseView, member: Member, names: Collection[ActionName], now: datetime
) -> dict[str, Any]:
    """Read what the page shows beside the case; likenesses only for those who may merge.

    Args:
        names: what the member may do now.
    """
    return {
        "family": get_family(case_id=case.id, member=member, beside=case.beside),
        "reminders": find_reminders(case_id=case.id, beside=case.beside),
        "likely": list_likely_duplicates(case_id=case.id, member=member)
        if ActionName.MERGE in names
        else [],
    }


def gather_for_forms(
    *, case: CaseView, names: Collection[ActionName], now: datetime
) -> dict[str, Any]:
    """Read what helps to fill in these acts: the proposal, rulings on the like.

    Args:
        names: the acts whose forms are shown.
    """
    return {
        "briefing": brief_proposal(case_id=case.id, at=now) if PROPOSED_IN & set(names) else None,
        "precedents": list_precedents_for(case_id=case.id) if ActionName.RETURN in names else [],
    }
