"""What goes out of the room: frozen, and without anything of the reporter but to the reporter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.ground.kernel.calendars import Limit
from linli.ground.kernel.terms import Paged
from linli.ground.territory.terms import Window

from .beside import ANYTHING, Beside
from .supervision import Reason, Rung
from .words import (
    ActionName,
    AssignmentState,
    CaseKind,
    Channel,
    ClockName,
    Duty,
    Level,
    Need,
    PhotoStage,
    Step,
    Urgency,
    Visibility,
)


@dataclass(frozen=True, kw_only=True)
class AreaName:
    """An area as answers name it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """A case near by in place, time and kind; without words of its reporter."""

    case_id: UUID
    number: str
    category_name: str
    step: Step
    reported_at: datetime
    distance_m: int
    photo_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The answer to a report; the same report sent again gets the same with `created` false.

    `answer_by` is until when the next step is promised.
    """

    case_id: UUID
    number: str
    tracking_code: str
    step: Step
    street: AreaName | None
    community: AreaName | None
    grid: AreaName | None
    is_outside: bool
    is_suspicious_place: bool
    duplicates: tuple[Duplicate, ...]
    created: bool
    answer_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NeededField:
    """One field an action asks for."""

    name: Need
    label: str
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class AllowedAction:
    """One action somebody may take now, with what it needs; `task_no` is the task it is about."""

    name: ActionName
    label: str
    hint: str
    needs: tuple[NeededField, ...]
    task_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """One clock of a case: what was promised, what is due now, when it stopped."""

    name: ClockName
    label: str
    started_at: datetime
    limit: Limit
    promised_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    suspended_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, kw_only=True)
class AssignmentView:
    """One assignment as staff and, for leads and helpers, the public see it."""

    duty: Duty
    state: AssignmentState
    organisation_id: int | None
    organisation_name: str
    reason: str
    responsibility_id: int | None
    offered_at: datetime
    accept_by: datetime | None
    promised_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    is_binding: bool
    task_no: int | None = None
    replaces_no: int | None = None
    brief: str = ""
    rework_count: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case for staff; it holds nothing of the reporter.

    `candidates` are the grids on both sides when the point lies within 5 m of a border; `beside`
    is what there may be in tables of its own.
    """

    id: UUID
    number: str
    version: int
    kind: CaseKind
    kind_label: str
    step: Step
    step_label: str
    title: str
    text: str
    category_id: int | None
    category_key: str
    category_name: str
    closing_condition: str
    checked_by: str
    street: AreaName
    community: AreaName | None
    grid: AreaName | None
    candidates: tuple[AreaName, ...]
    lon: float | None
    lat: float | None
    address: str
    place_note: str
    channel: Channel
    channel_label: str
    original_number: str
    visibility: Visibility
    about_organisation_id: int | None
    about_organisation_name: str
    is_urgent: bool
    is_suspicious_place: bool
    is_overdue: bool
    rework_count: int
    return_count: int
    reported_at: datetime
    filed_at: datetime | None
    dispatched_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    handle_due_at: datetime | None
    reopen_until: datetime | None
    solved: bool | None
    satisfaction: int | None
    clocks: tuple[ClockView, ...]
    assignments: tuple[AssignmentView, ...]
    level: Level = Level.STREET
    level_label: str = ""
    is_reroute_proposed: bool = False
    # Those who handled a case hear nothing of what its reporter said of it.
    shows_ratings: bool = True
    beside: frozenset[Beside] = ANYTHING

    @property
    def tasks(self) -> tuple[AssignmentView, ...]:
        """The tasks of the case, by number."""
        return tuple(one for one in self.assignments if one.task_no is not None)


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case in a list."""

    id: UUID
    number: str
    version: int
    kind: CaseKind
    step: Step
    step_label: str
    title: str
    category_name: str
    street_name: str
    community_name: str
    grid_name: str
    lon: float | None
    lat: float | None
    address: str
    channel_label: str
    lead_name: str
    photo_id: UUID | None
    reported_at: datetime
    due_at: datetime | None
    promised_at: datetime | None
    closed_at: datetime | None
    is_urgent: bool
    is_overdue: bool
    rework_count: int
    level: Level = Level.STREET
    original_number: str = ""
    reminder_count: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseFilters:
    """Filters of the list of cases; `text` searches numbers, title and address.

    `reason` and `rung` keep what is on the board of supervision, as far as the member sees the
    board; `organisation_id` then says whose turn it is.
    `is_silent` keeps what was forwarded to the district and is past its time without an answer.
    Merged cases are listed only when asked for by step or text: they go on in another.
    `window` keeps what has its point inside it.
    """

    steps: tuple[Step, ...] = ()
    category_id: int | None = None
    major_code: str = ""
    kind: CaseKind | None = None
    channel: Channel | None = None
    area_code: str = ""
    organisation_id: int | None = None
    is_overdue: bool | None = None
    is_open: bool | None = None
    is_unplaced: bool | None = None
    level: Level | None = None
    is_silent: bool | None = None
    is_reminded: bool | None = None
    is_reworked: bool | None = None
    reason: Reason | None = None
    rung: Rung | None = None
    is_outside_communities: bool = False
    original_number: str = ""
    reported_from: datetime | None = None
    reported_before: datetime | None = None
    text: str = ""
    window: Window | None = None
    order: str = "-reported_at"
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True, kw_only=True)
class CasePage(Paged):
    """One page of a list, `total` over all pages; `is_more`: there are more than were counted."""

    rows: tuple[CaseRow, ...]
    is_more: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One case that waits for somebody, with the action it waits for."""

    row: CaseRow
    action: ActionName
    action_label: str
    urgency: Urgency
    urgency_label: str
    left_minutes: int | None
    task_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class FirstWork:
    """The first of what waits for somebody, and how much there is: in all, and late."""

    items: tuple[WorkItem, ...]
    total: int
    late: int


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of a case's history; `name` is the event's, `elsewhere` where else to go."""

    name: str
    at: datetime
    who: str
    what: str
    note: str
    elsewhere: str
    step: Step | None
    step_label: str
    photo_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CasePhotoView:
    """One photo of a case."""

    photo_id: UUID
    stage: PhotoStage
    stage_label: str
    added_at: datetime
    is_approved: bool
    task_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReporterView:
    """The reporter, opened with a reason; the look is logged and the reporter sees it.

    `is_for_another` says that it was reported for somebody else, named or not.
    """

    name: str
    phone: str
    door: str
    agrees_contact: bool
    is_anonymous: bool
    has_account: bool
    is_for_another: bool = False
    for_name: str = ""
    for_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ClockWords:
    """The arithmetic of one clock in words, step by step."""

    name: ClockName
    label: str
    sentence: str
    steps: tuple[str, ...]
    due_at: datetime
    is_overdue: bool
