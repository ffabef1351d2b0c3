"""What goes out of the room: frozen; a party is named only where somebody opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.ground.kernel.terms import Paged

from .inputs import PowerInput
from .words import (
    ActionName,
    AppealKind,
    Criterion,
    Kind,
    MeasureKind,
    Need,
    NoticeKind,
    Outcome,
    PartyKind,
    Stage,
    Step,
)


@dataclass(frozen=True, kw_only=True)
class SecondmentView:
    """One line of the roster."""

    id: int
    person_id: int
    name: str
    team_id: int
    home_id: int
    home_name: str
    badge_number: str
    is_officer: bool
    seconded_from: date
    seconded_until: date | None


@dataclass(frozen=True, kw_only=True)
class PowerView:
    """What a department may do by law, and by which provision."""

    id: int
    department_id: int
    department_name: str
    title: str
    basis: str
    measures: tuple[MeasureKind, ...]


@dataclass(frozen=True, kw_only=True)
class PowerEntry:
    """One version of a power as the list of powers keeps it; `is_active` the one in force."""

    id: int
    said: PowerInput
    title: str
    basis: str
    department_name: str
    kind_label: str
    way_label: str
    measure_labels: tuple[str, ...]
    version: int
    is_active: bool
    written_by_id: int | None
    written_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PartyView:
    """A party by its mark; who it is stays closed until opened with a reason."""

    id: int
    kind: PartyKind
    kind_label: str
    mark: str
    complied_on: date | None
    is_erased: bool


@dataclass(frozen=True, kw_only=True)
class OpenedParty:
    """Who a party is, opened with a reason; the look is logged."""

    mark: str
    name: str
    plate: str
    phone: str
    keep_until: date


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """One notice."""

    kind: NoticeKind
    kind_label: str
    mark: str
    department_name: str
    basis: str
    wanted: str
    serving_label: str
    served_at: datetime
    deadline_at: datetime


@dataclass(frozen=True, kw_only=True)
class EvidenceView:
    """One piece of evidence with its digest, as it was when it was kept."""

    photo_id: UUID
    stage: Stage
    stage_label: str
    mark: str
    taken_at: datetime
    taken_by: str
    place: str
    digest: str
    is_whole: bool


@dataclass(frozen=True, kw_only=True)
class MeasureView:
    """One measure, whose power it was, and until when one may go further up."""

    kind: MeasureKind
    kind_label: str
    mark: str
    department_name: str
    basis: str
    officers: tuple[str, ...]
    amount_yuan: int | None
    decision_number: str
    taken_at: datetime
    reconsider_until: date | None


@dataclass(frozen=True, kw_only=True)
class AppealView:
    """One objection and its answer."""

    id: int
    kind: AppealKind
    kind_label: str
    mark: str
    received_on: date
    outcome: Outcome | None
    outcome_label: str


@dataclass(frozen=True, kw_only=True)
class ScoreView:
    """The points of one criterion."""

    criterion: Criterion
    label: str
    points: int


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """One who takes part."""

    id: int
    name: str
    home_name: str
    badge_number: str
    is_officer: bool
    is_commander: bool
    recused_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OperationView:
    """One operation for staff; parties by their marks."""

    id: UUID
    number: str
    version: int
    kind: Kind
    kind_label: str
    step: Step
    step_label: str
    title: str
    aim: str
    address: str
    lon: float | None
    lat: float | None
    area_name: str
    street_code: str
    team_id: int
    team_name: str
    starts_at: datetime
    due_at: datetime | None
    case_id: UUID | None
    case_number: str
    is_fed_back: bool
    members: tuple[MemberView, ...]
    recused: tuple[MemberView, ...]
    parties: tuple[PartyView, ...]
    notices: tuple[NoticeView, ...]
    evidence: tuple[EvidenceView, ...]
    measures: tuple[MeasureView, ...]
    appeals: tuple[AppealView, ...]
    scores: tuple[ScoreView, ...]
    summary: str
    public_photo_ids: tuple[UUID, ...]
    published_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who is to hear of an operation, in ids: those who take part, the departments, the street."""

    number: str
    street_code: str
    person_ids: tuple[int, ...]
    home_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OperationRow:
    """One operation in a list."""

    number: str
    kind_label: str
    step: Step
    step_label: str
    title: str
    address: str
    starts_at: datetime
    due_at: datetime | None
    homes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OperationPage(Paged):
    """One page of a list, `total` over all pages."""

    rows: tuple[OperationRow, ...]


@dataclass(frozen=True, kw_only=True)
class AllowedAction:
    """One action somebody may take now, with what it needs and may take."""

    name: ActionName
    label: str
    hint: str
    needs: tuple[Need, ...]
    takes: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of the history."""

    at: datetime
    who: str
    what: str
    note: str
    step_label: str
    moved: bool


@dataclass(frozen=True, kw_only=True)
class PublicMeasure:
    """How many times something was done, and by whose power; nobody is named."""

    label: str
    department_name: str
    basis: str
    count: int


@dataclass(frozen=True, kw_only=True)
class PublicOperation:
    """A published result as everybody may read it."""

    number: str
    kind_label: str
    title: str
    area_name: str
    done_on: date
    published_at: datetime
    summary: str
    departments: tuple[str, ...]
    notices_count: int
    complied_count: int
    heard_count: int
    measures: tuple[PublicMeasure, ...]
    photo_ids: tuple[UUID, ...]
    reconsider_until: date | None
    score: int | None
    scores: tuple[ScoreView, ...]
