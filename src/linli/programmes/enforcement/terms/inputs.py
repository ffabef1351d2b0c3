"""What comes into the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from linli.spine.cases.terms import PhotoRef, Point

from .words import (
    AppealKind,
    Criterion,
    Kind,
    MeasureKind,
    NoticeKind,
    Outcome,
    PartyKind,
    Serving,
    Stage,
    Way,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan: what, where, when, who from which department.

    `member_ids` are secondments; `commander_id` is one of them.
    """

    kind: Kind
    title: str
    aim: str
    address: str
    starts_at: datetime
    point: Point | None = None
    member_ids: tuple[int, ...] = ()
    commander_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PartyInput:
    """A party known before by `id`, or a new one; `mark` says which without naming anybody."""

    id: int | None = None
    kind: PartyKind = PartyKind.BUSINESS
    mark: str = ""
    name: str = ""
    plate: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeInput:
    """A notice as it was served; `deadline_at` ends putting right, or being heard."""

    kind: NoticeKind
    power_id: int
    wanted: str
    serving: Serving
    deadline_at: datetime


@dataclass(frozen=True, kw_only=True)
class EvidenceInput:
    """When, where and by whom photos were taken, and what they show."""

    stage: Stage
    taken_at: datetime
    taken_by_id: int
    place: str


@dataclass(frozen=True, kw_only=True)
class MeasureInput:
    """What was done by which power, and which officers were present."""

    kind: MeasureKind
    power_id: int
    officer_ids: tuple[int, ...]
    amount_yuan: int | None = None
    decision_number: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealInput:
    """An objection as it came in."""

    kind: AppealKind
    received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerInput:
    """How an objection was answered."""

    appeal_id: int
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class RecusalInput:
    """Who a party, or somebody else, asks to step aside, and whether they must."""

    member_id: int
    is_granted: bool


@dataclass(frozen=True, kw_only=True)
class OperationInput:
    """What somebody gives with an action; each action reads its own part."""

    note: str = ""
    plan: Plan | None = None
    party: PartyInput | None = None
    notice: NoticeInput | None = None
    photos: tuple[PhotoRef, ...] = ()
    evidence: EvidenceInput | None = None
    complied: bool | None = None
    measure: MeasureInput | None = None
    appeal: AppealInput | None = None
    answer: AnswerInput | None = None
    summary: str = ""
    public_photo_ids: tuple[UUID, ...] = ()
    scores: Mapping[Criterion, int] = field(default_factory=dict)
    successor_id: int | None = None
    recusal: RecusalInput | None = None


@dataclass(frozen=True, kw_only=True)
class PowerInput:
    """What a department may do: by which provision, and by which delegation when not its own."""

    department_id: int
    operation_kind: Kind
    title: str
    basis: str
    measures: tuple[MeasureKind, ...]
    way: Way = Way.OWN
    delegation: str = ""
    title_en: str = ""
    basis_en: str = ""


@dataclass(frozen=True, kw_only=True)
class SecondmentInput:
    """Somebody sent to the team by the home department, under the sub-district's daily command."""

    person_id: int
    team_id: int
    home_id: int
    badge_number: str
    seconded_from: date
    seconded_until: date | None = None
    is_officer: bool = True
