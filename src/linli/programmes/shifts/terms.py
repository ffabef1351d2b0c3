"""Words of the hand-over of a shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.ground.kernel.marking import N_

MOST_REMARKS = 4_000
MOST_POINTS = 30
MOST_POINT = 300


class HandoverState(StrEnum):
    """How far a hand-over is."""

    OPEN = "open"
    HANDED = "handed"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return STATE_LABELS[self]


STATE_LABELS: Mapping[HandoverState, str] = {
    HandoverState.OPEN: N_("填写中"),
    HandoverState.HANDED: N_("待接班人确认"),
    HandoverState.CONFIRMED: N_("已交接"),
}


class Section(StrEnum):
    """What the system counts at a hand-over."""

    URGENT = "urgent"
    OVERDUE = "overdue"
    DISPATCHING = "dispatching"
    RULING = "ruling"
    UNREACHED = "unreached"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return SECTION_LABELS[self]


SECTION_LABELS: Mapping[Section, str] = {
    Section.URGENT: N_("紧急未结"),
    Section.OVERDUE: N_("已超时"),
    Section.DISPATCHING: N_("等待派遣"),
    Section.RULING: N_("退单待裁定"),
    Section.UNREACHED: N_("要联系、还没联系上"),
}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One section: how many cases, and the first of their numbers."""

    section: Section
    count: int
    numbers: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many are counted but not named."""
        return self.count - len(self.numbers)


@dataclass(frozen=True, kw_only=True)
class NewPoint:
    """What the next is asked to do, perhaps about one case."""

    text: str
    case_number: str = ""


@dataclass(frozen=True, kw_only=True)
class PointView:
    """One point, and who ticked it off."""

    id: int
    case_number: str
    text: str
    ticked_at: datetime | None
    ticked_by_id: int | None


@dataclass(frozen=True, kw_only=True)
class HandoverLine:
    """A hand-over in a list."""

    id: int
    street_code: str
    state: HandoverState
    opened_by_id: int
    opened_at: datetime
    handed_at: datetime | None
    confirmed_by_id: int | None
    confirmed_at: datetime | None
    points: int
    open_points: int


@dataclass(frozen=True, kw_only=True)
class HandoverView:
    """A whole hand-over."""

    id: int
    street_code: str
    state: HandoverState
    opened_by_id: int
    opened_at: datetime
    handed_at: datetime | None
    confirmed_by_id: int | None
    confirmed_at: datetime | None
    remarks: str
    sections: tuple[Counted, ...]
    points: tuple[PointView, ...]
