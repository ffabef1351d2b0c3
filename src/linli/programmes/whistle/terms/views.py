"""What goes out of the room: frozen; nothing of who reported a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.ground.kernel.terms import Paged

from .inputs import Verdict
from .words import ActionName, Answer, Kind, Need, Proof, Shown, Step


@dataclass(frozen=True, kw_only=True)
class VerdictView:
    """What was said of one organisation, or nothing yet.

    `final` is the settled verdict where there is one, else the caller's.
    """

    first: Verdict
    final: Verdict
    settled_at: datetime | None
    settled_why: str


@dataclass(frozen=True, kw_only=True)
class CallView:
    """One called organisation on a whistle."""

    id: int
    organisation_id: int
    name: str
    is_lead: bool
    is_timed: bool
    answer_by: datetime
    arrive_by: datetime
    answer: Answer | None
    answered_at: datetime | None
    answer_note: str
    sends: str
    is_silent: bool
    arrived_at: datetime | None
    proof: Proof | None
    distance_m: int | None
    has_position: bool
    is_late: bool | None
    deed: str
    verdict: VerdictView | None
    reply: str
    replied_at: datetime | None
    disputes: bool


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A case that came of a whistle."""

    case_id: UUID
    number: str
    title: str


@dataclass(frozen=True, kw_only=True)
class WhistleView:
    """One whistle for those who call, are called, or look on."""

    id: UUID
    number: str
    version: int
    kind: Kind
    kind_label: str
    step: Step
    step_label: str
    title: str
    wanted: str
    reason: str
    item_no: int | None
    item_title: str
    address: str
    lon: float | None
    lat: float | None
    area_name: str
    street_code: str
    caller_name: str
    caller_account_id: int
    blown_at: datetime
    arrive_by: datetime
    due_at: datetime | None
    reply_by: datetime | None
    case_id: UUID | None
    case_number: str
    is_fed_back: bool
    outcome: str
    photo_ids: tuple[UUID, ...]
    calls: tuple[CallView, ...]
    follow_ups: tuple[FollowUp, ...]

    @property
    def arrived(self) -> tuple[CallView, ...]:
        """Those who signed in."""
        return tuple(one for one in self.calls if one.arrived_at is not None)


@dataclass(frozen=True, kw_only=True)
class WhistleRow:
    """One whistle in a list."""

    number: str
    kind: Kind
    kind_label: str
    step: Step
    step_label: str
    title: str
    address: str
    caller_name: str
    blown_at: datetime
    arrive_by: datetime
    due_at: datetime | None
    case_number: str
    called: int
    came: int
    late: int
    lead_name: str


@dataclass(frozen=True, kw_only=True)
class WhistlePage(Paged):
    """One page of a list, `total` over all pages."""

    rows: tuple[WhistleRow, ...]


@dataclass(frozen=True, kw_only=True)
class WhistleFilters:
    """What a list is narrowed by; `year`, `organisation_id` and `shown` belong to the figures."""

    kind: Kind | None = None
    step: Step | None = None
    year: int | None = None
    organisation_id: int | None = None
    shown: Shown | None = None
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether something is left out of the list."""
        return self != WhistleFilters(page=self.page)


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
class YearLine:
    """One organisation's year, counted; each number is the length of the list it opens.

    The three of time are None for volunteers, whose lateness is not kept.
    """

    organisation_id: int
    name: str
    is_timed: bool
    called: int
    under_way: int
    came: int
    absent: int
    timed: int | None
    in_time: int | None
    late: int | None
    judged: int
    responded: int
    judged_timed: int | None
    judged_in_time: int | None
    did_part: int
    disputed: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class OpenedPosition:
    """Where somebody signed in, opened to settle a dispute; the look is logged."""

    organisation_name: str
    lon: float
    lat: float
    distance_m: int
    erased_on: datetime
