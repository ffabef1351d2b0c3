"""Words of handing work over 工作交接 when somebody leaves a post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.ground.kernel.marking import N_

from .roles import Role


class WorkKind(StrEnum):
    """What hangs on somebody who leaves."""

    ASSIGNMENT = "assignment"
    TASK = "task"
    CHECK = "check"
    INSTRUCTION = "instruction"
    EXTENSION = "extension"
    SHIFT = "shift"
    WHISTLE = "whistle"
    CALLBACK = "callback"
    DRAFT = "draft"
    SECONDMENT = "secondment"

    @property
    def label(self) -> str:
        """The Chinese name of the kind, a message id."""
        return WORK_KIND_LABELS[self]


WORK_KIND_LABELS: Mapping[WorkKind, str] = {
    WorkKind.ASSIGNMENT: N_("承办的案件"),
    WorkKind.TASK: N_("任务"),
    WorkKind.CHECK: N_("核查"),
    WorkKind.INSTRUCTION: N_("待回复的批示"),
    WorkKind.EXTENSION: N_("待决定的延期申请"),
    WorkKind.SHIFT: N_("值班班次"),
    WorkKind.WHISTLE: N_("吹的哨"),
    WorkKind.CALLBACK: N_("手上的回访"),
    WorkKind.DRAFT: N_("没登记完的来电"),
    WorkKind.SECONDMENT: N_("借调到执法队"),
}
# What nobody takes over: it ends with the post, and goes on while somebody is on leave.
ENDS_WITH_POST = frozenset({WorkKind.SECONDMENT})


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """Who leaves which post; with `is_last` nothing is left in which they could go on.

    `area_prefix` are the digits every code inside the post's area begins with.
    """

    account_id: int
    organisation_id: int | None
    area_prefix: str
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class Work:
    """One thing that hangs on somebody.

    `number` is that of the case or whistle, the time of a shift or call, or a day.
    """

    kind: WorkKind
    ref: str
    number: str


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """One line of the record; `to_unit` when nobody took it over by name."""

    kind: WorkKind
    number: str
    to_unit: bool


@dataclass(frozen=True, kw_only=True)
class WorkHandoverView:
    """What was handed over, from whom to whom, and who of both has confirmed it.

    Without a successor it went back to the unit, for which whoever keeps the post confirms.
    """

    id: int
    role: Role
    area_code: str
    giver_id: int
    giver: str
    taker_id: int | None
    taker: str
    made_at: datetime
    lines: tuple[WorkLine, ...]
    given_at: datetime | None
    taken_at: datetime | None
    taken_by: str
