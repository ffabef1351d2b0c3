"""What one row of the procedure says: paths, right, ties, needs, event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import events
from linli.spine.cases.terms import ActionName, AssignmentState, Need, Step


class Bond(StrEnum):
    """What besides the right ties somebody to an action."""

    NONE = "none"
    LEAD = "lead"
    NOT_HANDLER = "not_handler"
    FINDER = "finder"
    REPORTER = "reporter"
    TASK = "task"
    NOT_TASK = "not_task"
    INSTRUCTED = "instructed"
    NOT_ASKER = "not_asker"
    CALLBACK = "callback"


BOND_LABELS: Mapping[Bond, str] = {
    Bond.NONE: N_("按岗位权限"),
    Bond.LEAD: N_("主办单位的人员"),
    Bond.NOT_HANDLER: N_("不是承办人、承办单位的人或发现人"),
    Bond.FINDER: N_("发现人本人"),
    Bond.REPORTER: N_("反映人本人，或有权重开的人员"),
    Bond.TASK: N_("这项任务的单位的人员"),
    Bond.NOT_TASK: N_("不是这项任务的承办人或发现人"),
    Bond.INSTRUCTED: N_("批示交办的单位的人员，没有单位时是中心"),
    Bond.NOT_ASKER: N_("不是申请人"),
    Bond.CALLBACK: N_("在回访中得知，且不是承办单位的人员"),
}


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action: its paths from step to step, who takes it, what it needs, what it records.

    `needs` must be given, `takes` may be. `waits` lists the steps that wait for this action, so
    that it is somebody's work. An action that leaves the step as it is changes no clock. `restores`
    leads back to the step held when the case ended; `task_states` are those of the task meant.
    """

    name: ActionName
    label: str
    hint: str
    paths: Mapping[Step, Step]
    right: Right
    event: type[events.CaseEvent]
    bond: Bond = Bond.NONE
    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()
    is_work: bool = False
    restores: bool = False
    task_states: frozenset[AssignmentState] = frozenset()

    @property
    def moves(self) -> bool:
        """Whether the action leads to another step."""
        return self.restores or any(source is not to for source, to in self.paths.items())


def stay(*steps: Step) -> Mapping[Step, Step]:
    """Give the paths of an action that leaves the step as it is."""
    return MappingProxyType({step: step for step in steps})


def go(target: Step, *sources: Step) -> Mapping[Step, Step]:
    """Give the paths of an action that leads from any of these steps to one."""
    return MappingProxyType(dict.fromkeys(sources, target))
