"""Words of keeping: drafts of a next version, what they change, and what the parent list says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from linli.ground.kernel.marking import N_

Value = str | int | bool | tuple[str, ...]


class Matter(StrEnum):
    """What a draft is a next version of."""

    CATALOGUE = "catalogue"
    LIST = "list"
    CALENDAR = "calendar"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return MATTER_LABELS[self]


MATTER_LABELS: Mapping[Matter, str] = {
    Matter.CATALOGUE: N_("事项目录"),
    Matter.LIST: N_("职责清单"),
    Matter.CALENDAR: N_("工作日历"),
}


class DraftState(StrEnum):
    """Where a draft stands; only a draft can be changed, only an approved one takes effect."""

    DRAFT = "draft"
    APPROVED = "approved"
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return STATE_LABELS[self]


STATE_LABELS: Mapping[DraftState, str] = {
    DraftState.DRAFT: N_("草案"),
    DraftState.APPROVED: N_("已批准，待生效"),
    DraftState.APPLIED: N_("已生效"),
    DraftState.WITHDRAWN: N_("已撤回"),
    DraftState.STOPPED: N_("未能生效"),
}
WAITING = (DraftState.DRAFT, DraftState.APPROVED)


class Op(StrEnum):
    """What a change does to one category or item."""

    REVISE = "revise"
    ADD = "add"
    END = "end"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return OP_LABELS[self]


OP_LABELS: Mapping[Op, str] = {
    Op.REVISE: N_("修改"),
    Op.ADD: N_("新增"),
    Op.END: N_("取消"),
}


class Decision(StrEnum):
    """What was decided about what the parent list changed."""

    ADOPTED = "adopted"
    KEPT = "kept"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return DECISION_LABELS[self]


DECISION_LABELS: Mapping[Decision, str] = {
    Decision.ADOPTED: N_("已采用"),
    Decision.KEPT: N_("保留本地写法"),
}


class ParentMove(StrEnum):
    """What the parent list did since an item was last considered."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return MOVE_LABELS[self]


MOVE_LABELS: Mapping[ParentMove, str] = {
    ParentMove.CHANGED: N_("上级改了"),
    ParentMove.NEW: N_("上级新增"),
    ParentMove.GONE: N_("上级取消"),
}

FIELD_LABELS: Mapping[str, str] = {
    "name": N_("名称"),
    "name_en": N_("英文名称"),
    "aliases": N_("别名"),
    "filing_condition": N_("立案条件"),
    "filing_condition_en": N_("立案条件（英文）"),
    "closing_condition": N_("结案条件"),
    "closing_condition_en": N_("结案条件（英文）"),
    "limit_amount": N_("处置时限"),
    "limit_unit": N_("时限单位"),
    "checked_by": N_("核查方式"),
    "is_public": N_("对外公开"),
    "for_couriers": N_("小哥可以上报"),
    "major_code": N_("大类"),
    "kind": N_("牵头方式"),
    "title": N_("职责"),
    "title_en": N_("职责（英文）"),
    "lead": N_("主办单位"),
    "helpers": N_("协办单位"),
    "basis": N_("依据"),
    "basis_en": N_("依据（英文）"),
    "categories": N_("管哪些类别"),
    "majors": N_("兜底的大类"),
    "area": N_("只管哪个区域"),
    "parent_no": N_("上级清单项号"),
    "hours": N_("办公时间"),
    "work": N_("放假还是上班"),
    "note": N_("说明"),
}
HOURS_KEY = "hours"
REST, WORK = "rest", "work"
WORK_LABELS: Mapping[str, str] = {REST: N_("放假"), WORK: N_("上班")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a draft does to one category or item.

    Args:
        key: key of the category, number of the item, or of a calendar the day as 2027-02-12 or
            `hours` for its working hours.
        fields: values after the change; of an added one all of them.
        base: the values those fields had when the change was written.
        successor: key of the category that takes over from one that ends.
        revision: grows each time this change is written anew.
    """

    key: str
    op: Op
    fields: Mapping[str, Value] = field(default_factory=dict)
    base: Mapping[str, Value] = field(default_factory=dict)
    successor: str = ""
    revision: int = 0
    changed_by_id: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A draft as others may show it.

    Args:
        street_code: 12-digit code of the sub-district whose people draft and approve it.
        version: name of the next version of a list; empty for the catalogue.
        revision: grows with every change, so that nobody approves what they have not seen.
        asked_revision: what others were last asked to approve; 0 when they never were.
        stopped_message: why it could not take effect, a message id filled by `stopped_params`.
    """

    id: int
    matter: Matter
    street_code: str
    title: str
    version: str
    reason: str
    effective_on: date
    state: DraftState
    revision: int
    asked_revision: int
    changes: tuple[Change, ...]
    drafted_by_id: int
    drafted_at: datetime
    approved_by_id: int | None
    approved_at: datetime | None
    ended_at: datetime | None
    stopped_message: str
    stopped_params: Mapping[str, Any]

    @property
    def is_open(self) -> bool:
        """Say whether it is still to take effect."""
        return self.state in WAITING

    @property
    def is_asked(self) -> bool:
        """Say whether others were asked to approve it as it stands now."""
        return self.asked_revision == self.revision

    @property
    def lies_on(self) -> date | None:
        """The day whose state its changes are laid on; of the catalogue always the newest."""
        return None if self.matter is Matter.CATALOGUE else self.effective_on

    def find(self, key: str) -> Change | None:
        """Find what it does to one category or item."""
        return next((one for one in self.changes if one.key == key), None)


@dataclass(frozen=True, kw_only=True)
class ParentItem:
    """One item of a parent list, as the office above wrote it."""

    parent_no: str
    title: str
    kind: str = ""
    lead: str = ""
    helpers: str = ""
    basis: str = ""


PARENT_FIELDS = ("title", "kind", "lead", "helpers", "basis")


@dataclass(frozen=True, kw_only=True)
class ParentVersionView:
    """One version of the parent list."""

    id: int
    version: str
    source: str
    effective_from: date
    uploaded_at: datetime
    items: int


@dataclass(frozen=True, kw_only=True)
class ParentChange:
    """What the parent list did to one item since it was last considered here.

    Args:
        item_no: number of the local item derived from it; empty when there is none.
        before: the item as it was considered; empty for a new one.
        after: the item as it is now; empty for one that is gone.
        fields: names of what differs.
    """

    move: ParentMove
    parent_no: str
    item_no: int | None
    local_title: str
    before: ParentItem | None
    after: ParentItem | None
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StanceView:
    """What was decided about one item of a version of the parent list, by whom and why."""

    parent_no: str
    version: str
    decision: Decision
    reason: str
    decided_by_id: int
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One category or item in two versions: the fields that differ, before and after."""

    key: str
    name: str
    name_en: str
    op: Op
    fields: tuple[tuple[str, Any, Any], ...] = ()
