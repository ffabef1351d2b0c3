"""Words of a territory re-drawn: plans, their steps, and what a plan would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from linli.ground.kernel.marking import N_

from .terms import AreaKind, Fault


class PlanState(StrEnum):
    """Where a plan stands; only a draft can be changed, only an approved one takes effect."""

    DRAFT = "draft"
    APPROVED = "approved"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The Chinese name of the state, a message id."""
        return PLAN_STATE_LABELS[self]


PLAN_STATE_LABELS: Mapping[PlanState, str] = {
    PlanState.DRAFT: N_("草案"),
    PlanState.APPROVED: N_("已批准，待生效"),
    PlanState.APPLIED: N_("已生效"),
    PlanState.WITHDRAWN: N_("已撤回"),
    PlanState.STOPPED: N_("未能生效"),
}
WAITING = (PlanState.DRAFT, PlanState.APPROVED)


class StepKind(StrEnum):
    """What one step of a plan does."""

    MERGE = "merge"
    MOVE = "move"
    SPLIT = "split"
    REDRAW = "redraw"
    DRAW = "draw"

    @property
    def label(self) -> str:
        """The Chinese name of the step, a message id."""
        return STEP_KIND_LABELS[self]


STEP_KIND_LABELS: Mapping[StepKind, str] = {
    StepKind.MERGE: N_("合并网格"),
    StepKind.MOVE: N_("划转楼栋"),
    StepKind.SPLIT: N_("拆分网格"),
    StepKind.REDRAW: N_("重画边界"),
    StepKind.DRAW: N_("按文件重划"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MergeStep:
    """Grids of one community become one.

    Args:
        codes: all of them.
        into: the one whose code stays.
        name: of the whole; empty keeps the name of `into`.
    """

    codes: tuple[str, ...]
    into: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveStep:
    """Buildings go to another grid of the community, with the ground that is nearest to them.

    Args:
        buildings: their codes as they are before the plan.
        to: code of a grid, or empty for a new one called `name`.
    """

    buildings: tuple[str, ...]
    to: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SplitStep:
    """A line cuts a grid; the larger part keeps the code, the rest is a new grid `name`.

    Args:
        line: GeoJSON LineString in WGS-84; its ends may stop short of the border by 30 m.
    """

    code: str
    line: Mapping[str, Any]
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RedrawStep:
    """A grid gets another outline; its neighbours yield what it takes and take what it leaves.

    Args:
        geometry: GeoJSON Polygon or MultiPolygon in WGS-84.
    """

    code: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnGrid:
    """One grid of a file; without a code it gets the next one of `within`."""

    name: str
    geometry: Mapping[str, Any]
    code: str = ""
    name_en: str = ""
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentalGrid:
    """A grid one department drew for itself; its duties pass to the grids that cover it."""

    department: str
    name: str
    duties: tuple[str, ...]
    geometry: Mapping[str, Any]
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawStep:
    """The grids of a file replace all grids of `within`, a community or a sub-district.

    Args:
        grids: empty keeps the grids as they are and only takes over departmental ones.
        departmental: grids of departments that are merged into them.
    """

    within: str
    grids: tuple[DrawnGrid, ...] = ()
    departmental: tuple[DepartmentalGrid, ...] = ()
    file_name: str = ""


PlanStep = MergeStep | MoveStep | SplitStep | RedrawStep | DrawStep
STEP_TYPES: Mapping[StepKind, type[PlanStep]] = {
    StepKind.MERGE: MergeStep,
    StepKind.MOVE: MoveStep,
    StepKind.SPLIT: SplitStep,
    StepKind.REDRAW: RedrawStep,
    StepKind.DRAW: DrawStep,
}


def kind_of_step(step: PlanStep) -> StepKind:
    """Name what a step does."""
    return next(kind for kind, made in STEP_TYPES.items() if isinstance(step, made))


class Change(StrEnum):
    """What becomes of a grid on the day a plan takes effect."""

    BEGINS = "begins"
    ENDS = "ends"
    REDRAWN = "redrawn"

    @property
    def label(self) -> str:
        """The Chinese name of the change, a message id."""
        return CHANGE_LABELS[self]


CHANGE_LABELS: Mapping[Change, str] = {
    Change.BEGINS: N_("新设"),
    Change.ENDS: N_("撤销"),
    Change.REDRAWN: N_("调整"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class GridChange:
    """What becomes of one grid; sizes in square metres, 0 where it does not exist."""

    code: str
    name: str
    name_en: str
    former_name: str
    change: Change
    before_m2: int
    after_m2: int
    buildings_before: int
    buildings_after: int
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildingMove:
    """A building that gets another grid, hence another code; `units` move with it."""

    code: str
    name: str
    address: str
    from_grid: str
    to_grid: str
    new_code: str
    units: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Heir:
    """Ground passes from one area to another; `share` of the former's ground, 0 to 1."""

    kind: AreaKind
    former_code: str
    code: str
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanView:
    """A plan as others may show it.

    Args:
        within_code: the community or sub-district it re-draws.
        revision: grows with every change, so that nobody approves what they have not seen.
        kept_posts: appointment by grid code, where two leaders claim one grid.
        stopped_code: why it could not take effect, a code of `UnableToRedraw`.
    """

    id: int
    title: str
    reason: str
    within_code: str
    effective_on: date
    state: PlanState
    revision: int
    steps: tuple[PlanStep, ...]
    kept_posts: Mapping[str, int]
    drafted_by_id: int
    drafted_at: datetime
    approved_by_id: int | None
    approved_at: datetime | None
    ended_at: datetime | None
    stopped_code: str

    @property
    def is_open(self) -> bool:
        """Say whether it is still to take effect."""
        return self.state in WAITING


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPreview:
    """What a plan would change on its day, and why it can't.

    Args:
        heirs: who takes over from whom, of grids, buildings and units.
        faults: why it can't be done, with places; empty when it can.
        warnings: what is only worth knowing.
        clashes: titles of approved plans that change one of these grids too.
    """

    grids: tuple[GridChange, ...]
    buildings: tuple[BuildingMove, ...]
    heirs: tuple[Heir, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    clashes: tuple[str, ...] = ()

    @property
    def can_be_done(self) -> bool:
        """Say whether nothing stands against it."""
        return bool(self.grids) and not self.faults and not self.clashes

    @property
    def units(self) -> int:
        """Count the units that move."""
        return sum(move.units for move in self.buildings)

    def count(self, change: Change) -> int:
        """Count the grids that begin, end or are redrawn."""
        return sum(one.change is change for one in self.grids)


@dataclass(frozen=True, kw_only=True, slots=True)
class GridDutyView:
    """A duty a grid took over from a department's own grid."""

    title: str
    department: str
    former_grid: str
    since: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """An area that another came from or went to, with the share of ground of the former."""

    area_id: int
    code: str
    name: str
    name_en: str
    valid_from: date
    valid_to: date | None
    share: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """Ground that passed from one grid to another when a plan took effect."""

    former: Relative
    heir: Relative
