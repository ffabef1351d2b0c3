"""The columns of a case and of an assignment, typed, as COPY writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(kw_only=True, slots=True)
class CaseColumns:
    """One row of `cases_case`; fields are named as the model's."""

    id: UUID
    number: str
    kind: str
    step: str
    title: str
    text: str
    category_id: int
    street_id: int
    community_id: int
    grid_id: int
    lon: float
    lat: float
    h3: int
    address: str
    channel: str
    original_number: str
    visibility: str
    finder_id: int | None
    is_urgent: bool
    reported_at: datetime
    changed_at: datetime
    version: int = 1
    procedure: str = "incident"
    level: str = "street"
    place_note: str = ""
    parent_id: None = None
    merged_into_id: None = None
    split_from_id: None = None
    reroute_lead_id: None = None
    about_organisation_id: int | None = None
    is_suspicious_place: bool = False
    is_overdue: bool = False
    rework_count: int = 0
    return_count: int = 0
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    closed_at: datetime | None = None
    due_at: datetime | None = None
    promised_at: datetime | None = None
    handle_due_at: datetime | None = None
    reopen_until: datetime | None = None


@dataclass(kw_only=True, slots=True)
class AssignmentColumns:
    """One row of `cases_assignment`; fields are named as the model's."""

    case_id: UUID
    duty: str = "lead"
    organisation_id: int | None = None
    account_id: int | None = None
    responsibility_id: int | None = None
    returned_for_id: int | None = None
    reason_code: str = ""
    reason_params: dict[str, object] = field(default_factory=dict)
    state: str = "offered"
    offered_at: datetime
    accept_by: datetime | None = None
    accepted_at: datetime | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    is_binding: bool = False
    task_no: int | None = None
    replaces_no: int | None = None
    brief: str = ""
    reported_at: datetime | None = None
    overdue_at: datetime | None = None
    rework_count: int = 0
    limit_unit: str = ""
    rung: str = ""
    ladder_at: datetime | None = None
    ladder_for: datetime | None = None
    suspended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is offered or accepted."""
        return self.state in ("offered", "accepted")


@dataclass(kw_only=True, slots=True)
class ClockColumns:
    """One row of `cases_clock`; fields are named as the model's."""

    case_id: UUID
    name: str
    started_at: datetime
    limit_amount: int
    limit_unit: str
    promised_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    overdue_at: datetime | None = None
    rung: str = ""
    ladder_at: datetime | None = None
    ladder_for: datetime | None = None
    suspended_at: datetime | None = None
    counts_from: datetime | None = None


@dataclass(kw_only=True, slots=True)
class CasePhotoColumns:
    """One row of `cases_casephoto`; fields are named as the model's."""

    case_id: UUID
    photo_id: UUID
    stage: str
    added_at: datetime
    event_id: UUID | None = None
    is_approved: bool = False
    task_no: int | None = None


@dataclass(kw_only=True, slots=True)
class RatingColumns:
    """One row of `cases_rating`; fields are named as the model's."""

    case_id: UUID
    closed_at: datetime
    solved: bool
    satisfaction: int
    rated_at: datetime
    event_id: UUID


@dataclass(kw_only=True, slots=True)
class ReporterColumns:
    """One row of `cases_reporter`; fields are named as the model's."""

    case_id: UUID
    account_id: int | None
    name: str
    phone: str
    agrees_contact: bool
    is_anonymous: bool
    tracking_digest: bytes
    body_digest: bytes
    door: str = ""
    photographer_lon: float | None = None
    photographer_lat: float | None = None
    language: str = "zh-hans"
    erased_at: datetime | None = None
