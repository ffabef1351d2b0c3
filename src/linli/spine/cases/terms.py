"""Words of the case: steps, actions, channels, and what crosses the room's border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.calendars import Limit
from linli.ground.kernel.terms import Subject

SUBJECT_KIND = "cases.Case"
MAX_TEXT = 10_000
NEARBY_M = 50
NEARBY_HOURS = 24


def N_(text: str) -> str:
    """Mark a message id for extraction; it is translated at the edge."""
    return text


def case_subject(case_id: UUID) -> Subject:
    """Name a case as the subject of events and notices."""
    return Subject(kind=SUBJECT_KIND, id=str(case_id))


class Step(StrEnum):
    """Where a case stands; the last five are ends."""

    VERIFYING = "verifying"
    FILING = "filing"
    DISPATCHING = "dispatching"
    ACCEPTING = "accepting"
    HANDLING = "handling"
    CHECKING = "checking"
    CLOSING = "closing"
    CLOSED = "closed"
    DECLINED = "declined"
    VOID = "void"
    SETTLED = "settled"


STEP_LABELS: Mapping[Step, str] = {
    Step.VERIFYING: N_("待核实"),
    Step.FILING: N_("待立案"),
    Step.DISPATCHING: N_("待派遣"),
    Step.ACCEPTING: N_("待接单"),
    Step.HANDLING: N_("处置中"),
    Step.CHECKING: N_("待核查"),
    Step.CLOSING: N_("待结案"),
    Step.CLOSED: N_("已结案"),
    Step.DECLINED: N_("不予立案"),
    Step.VOID: N_("作废"),
    Step.SETTLED: N_("即时处置"),
}

ENDS = frozenset({Step.CLOSED, Step.DECLINED, Step.VOID, Step.SETTLED})
OPEN_STEPS = tuple(step for step in Step if step not in ENDS)


class CaseKind(StrEnum):
    """What kind of matter somebody brings."""

    INCIDENT = "incident"
    QUESTION = "question"
    REQUEST = "request"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    SUGGESTION = "suggestion"


KIND_LABELS: Mapping[CaseKind, str] = {
    CaseKind.INCIDENT: N_("问题上报"),
    CaseKind.QUESTION: N_("咨询"),
    CaseKind.REQUEST: N_("求助"),
    CaseKind.COMPLAINT: N_("投诉"),
    CaseKind.PRAISE: N_("表扬"),
    CaseKind.SUGGESTION: N_("建议"),
}


class Channel(StrEnum):
    """By which door a case came; staff-found ones come by patrol."""

    WEB = "web"
    API = "api"
    PHONE = "phone"
    HOTLINE = "hotline"
    COUNTER = "counter"
    MEDIA = "media"
    PATROL = "patrol"
    REPLAY = "replay"


CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.WEB: N_("网页上报"),
    Channel.API: N_("接口上报"),
    Channel.PHONE: N_("电话"),
    Channel.HOTLINE: N_("热线转办"),
    Channel.COUNTER: N_("窗口"),
    Channel.MEDIA: N_("媒体反映"),
    Channel.PATROL: N_("巡查发现"),
    Channel.REPLAY: N_("数据导入"),
}


class Visibility(StrEnum):
    """Whether the masked case may be shown to the public."""

    PUBLIC = "public"
    STAFF = "staff"


class Duty(StrEnum):
    """As what somebody is assigned to a case."""

    LEAD = "lead"
    HELPER = "helper"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"


class AssignmentState(StrEnum):
    """How far one assignment is; offered and accepted ones are open."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class PhotoStage(StrEnum):
    """At which stage a photo was taken; the three stand side by side on the case page."""

    REPORT = "report"
    HANDLING = "handling"
    CHECK = "check"


STAGE_LABELS: Mapping[PhotoStage, str] = {
    PhotoStage.REPORT: N_("上报照片"),
    PhotoStage.HANDLING: N_("处置照片"),
    PhotoStage.CHECK: N_("核查照片"),
}


class ClockName(StrEnum):
    """The clocks of the incident procedure, one per step."""

    VERIFY = "verify"
    FILE = "file"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    HANDLE = "handle"
    CHECK = "check"
    CLOSE = "close"


CLOCK_LABELS: Mapping[ClockName, str] = {
    ClockName.VERIFY: N_("核实时限"),
    ClockName.FILE: N_("立案时限"),
    ClockName.DISPATCH: N_("派遣时限"),
    ClockName.ACCEPT: N_("接单时限"),
    ClockName.HANDLE: N_("处置时限"),
    ClockName.CHECK: N_("核查时限"),
    ClockName.CLOSE: N_("结案时限"),
}


class ActionName(StrEnum):
    """The actions of the incident procedure; also the names in URLs and in the API."""

    VERIFY = "verify"
    REFUTE = "refute"
    FILE = "file"
    DECLINE = "decline"
    SETTLE = "settle"
    DISPATCH = "dispatch"
    RULE = "rule"
    ACCEPT = "accept"
    RETURN = "return"
    FEED_BACK = "feed_back"
    PASS_CHECK = "pass_check"
    REWORK = "rework"
    CLOSE = "close"
    REOPEN = "reopen"
    RATE = "rate"
    VOID = "void"
    COMMENT = "comment"
    RECATEGORISE = "recategorise"
    RELOCATE = "relocate"
    CONTACT_REQUEST = "contact_request"
    APPROVE_PHOTO = "approve_photo"


class Need(StrEnum):
    """What an action asks for; the value is the field of `ActionInput`."""

    NOTE = "note"
    PHOTOS = "photos"
    BEFORE_PHOTOS = "before_photos"
    CATEGORY = "category_id"
    LEAD = "lead_id"
    HELPERS = "helper_ids"
    LIMIT = "limit"
    RESPONSIBILITY = "responsibility_id"
    ELSEWHERE = "elsewhere"
    SOLVED = "solved"
    SATISFACTION = "satisfaction"
    PLACE = "place"
    PHOTO = "photo_id"


NEED_LABELS: Mapping[Need, str] = {
    Need.NOTE: N_("说明"),
    Need.PHOTOS: N_("照片"),
    Need.BEFORE_PHOTOS: N_("处置前照片"),
    Need.CATEGORY: N_("类别"),
    Need.LEAD: N_("主办单位"),
    Need.HELPERS: N_("协办单位"),
    Need.LIMIT: N_("处置时限"),
    Need.RESPONSIBILITY: N_("职责条目"),
    Need.ELSEWHERE: N_("可另向何处反映"),
    Need.SOLVED: N_("是否解决"),
    Need.SATISFACTION: N_("满意程度"),
    Need.PLACE: N_("位置"),
    Need.PHOTO: N_("照片"),
}


@dataclass(frozen=True, kw_only=True)
class PhotoRef:
    """A photo uploaded before, with the secret its uploader got."""

    id: UUID
    secret: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in WGS-84 degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who reports, as far as they say; stored apart from the case."""

    name: str = ""
    phone: str = ""
    door: str = ""
    agrees_contact: bool = False


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """What somebody reports; `id` is a UUIDv7 made by the sender, so that it may be sent again.

    `category_key` is kind and code, e.g. `matter:06012`. `device` is where the photographer
    stood and stays with the reporter; `point` is where the matter is. `about_organisation_id`
    names the unit a complaint is about.
    """

    id: UUID | None = None
    text: str
    title: str = ""
    kind: CaseKind = CaseKind.INCIDENT
    channel: Channel = Channel.WEB
    category_key: str = ""
    point: Point | None = None
    address: str = ""
    place_note: str = ""
    photos: tuple[PhotoRef, ...] = ()
    contact: Contact = Contact()
    is_anonymous: bool = False
    device: Point | None = None
    about_organisation_id: int | None = None
    is_urgent: bool = False
    original_number: str = ""
    language: str = "zh-hans"


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
    """The answer to a report; the same report sent again gets the same with `created` false."""

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


@dataclass(frozen=True, kw_only=True)
class ActionInput:
    """What somebody gives with an action; each action reads its own part."""

    note: str = ""
    photos: tuple[PhotoRef, ...] = ()
    before_photos: tuple[PhotoRef, ...] = ()
    category_id: int | None = None
    lead_id: int | None = None
    helper_ids: tuple[int, ...] = ()
    limit: Limit | None = None
    responsibility_id: int | None = None
    elsewhere: str = ""
    solved: bool | None = None
    satisfaction: int | None = None
    place: Point | None = None
    address: str = ""
    photo_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NeededField:
    """One field an action asks for."""

    name: Need
    label: str
    is_required: bool


@dataclass(frozen=True, kw_only=True)
class AllowedAction:
    """One action somebody may take now, with what it needs."""

    name: ActionName
    label: str
    hint: str
    needs: tuple[NeededField, ...]


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


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case for staff; it holds nothing of the reporter."""

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


@dataclass(frozen=True, kw_only=True)
class CaseFilters:
    """Filters of the list of cases; `text` searches number, title and address."""

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
    reported_from: datetime | None = None
    reported_before: datetime | None = None
    text: str = ""
    order: str = "-reported_at"
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One page of a list, `total` over all pages."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


class Urgency(StrEnum):
    """How urgent a piece of work is, most urgent first."""

    OVERDUE = "overdue"
    URGENT = "urgent"
    SOON = "soon"
    CALM = "calm"


URGENCY_LABELS: Mapping[Urgency, str] = {
    Urgency.OVERDUE: N_("已超时"),
    Urgency.URGENT: N_("紧急"),
    Urgency.SOON: N_("即将到期"),
    Urgency.CALM: N_("时限内"),
}


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """One case that waits for somebody, with the action it waits for."""

    row: CaseRow
    action: ActionName
    action_label: str
    urgency: Urgency
    urgency_label: str
    left_minutes: int | None


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One line of a case's history in words."""

    at: datetime
    who: str
    what: str
    note: str
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


@dataclass(frozen=True, kw_only=True)
class PublicAction:
    """What the reporter may do on the tracking page."""

    name: ActionName
    label: str


@dataclass(frozen=True, kw_only=True)
class PublicCase:
    """A case as its reporter, with the tracking code, or the public, masked, sees it.

    `text` and `address` are filled for the reporter only.
    """

    case_id: UUID
    number: str
    kind_label: str
    step: Step
    step_label: str
    category_name: str
    community_name: str
    grid_name: str
    lon: float | None
    lat: float | None
    text: str
    address: str
    lead_name: str
    reported_at: datetime
    promised_at: datetime | None
    closed_at: datetime | None
    elsewhere: str
    reopen_until: datetime | None
    can_reopen: bool
    can_rate: bool
    solved: bool | None
    satisfaction: int | None
    timeline: tuple[TimelineEntry, ...]
    photos: tuple[CasePhotoView, ...]
    looks: tuple[datetime, ...]


@dataclass(frozen=True, kw_only=True)
class ReporterView:
    """The reporter, opened with a reason; the look is logged and the reporter sees it."""

    name: str
    phone: str
    door: str
    agrees_contact: bool
    is_anonymous: bool
    has_account: bool


@dataclass(frozen=True, kw_only=True)
class ClockWords:
    """The arithmetic of one clock in words, step by step."""

    name: ClockName
    label: str
    sentence: str
    steps: tuple[str, ...]
    due_at: datetime
    is_overdue: bool
