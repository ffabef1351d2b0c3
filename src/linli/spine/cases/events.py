"""What happens to a case; fields hold ids, codes and times, never words of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Happened):
    """Base of the room's events: when the clock of the new step runs out, if one started."""

    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseReported(CaseEvent):
    """Somebody brought a matter."""

    name: ClassVar[str] = "cases.reported"
    number: str
    channel: str
    case_kind: str
    category_id: int | None = None
    street_id: int
    community_id: int | None = None
    grid_id: int | None = None
    is_suspicious_place: bool = False
    split_from_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReportVerified(CaseEvent):
    """Somebody looked on the spot; `found` is false when nothing was there."""

    name: ClassVar[str] = "cases.verified"
    found: bool
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseFiled(CaseEvent):
    """The case was opened under a category."""

    name: ClassVar[str] = "cases.filed"
    category_id: int


@dataclass(frozen=True, kw_only=True)
class CaseDeclined(CaseEvent):
    """The case was not opened; the texts say why, and where else to go."""

    name: ClassVar[str] = "cases.declined"
    reopen_until: datetime


@dataclass(frozen=True, kw_only=True)
class CaseSettled(CaseEvent):
    """The finder dealt with it at once; photos before and after."""

    name: ClassVar[str] = "cases.settled"
    category_id: int | None = None
    before_ids: tuple[UUID, ...]
    photo_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CaseDispatched(CaseEvent):
    """The centre gave the case to a lead and helpers; binding after a return was ruled on.

    `promised_at` is what the reporter is told and stays as made; `handle_due_at` is when handling
    is due now.
    """

    name: ClassVar[str] = "cases.dispatched"
    lead_id: int
    helper_ids: tuple[int, ...] = ()
    responsibility_id: int | None = None
    reason_code: str = ""
    limit_amount: int
    limit_unit: str
    promised_at: datetime
    handle_due_at: datetime
    accept_by: datetime | None = None
    is_binding: bool = False


@dataclass(frozen=True, kw_only=True)
class AssignmentAccepted(CaseEvent):
    """The lead accepted; `is_silent` when the window passed without a word."""

    name: ClassVar[str] = "cases.accepted"
    organisation_id: int
    is_silent: bool = False


@dataclass(frozen=True, kw_only=True)
class AssignmentReturned(CaseEvent):
    """The lead returned the case, citing a responsibility."""

    name: ClassVar[str] = "cases.returned"
    organisation_id: int
    responsibility_id: int


@dataclass(frozen=True, kw_only=True)
class HandlingReported(CaseEvent):
    """The lead says it is done."""

    name: ClassVar[str] = "cases.fed_back"
    organisation_id: int
    photo_ids: tuple[UUID, ...] = ()
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class CheckPassed(CaseEvent):
    """Somebody other than the handler found it done."""

    name: ClassVar[str] = "cases.check_passed"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReworkOrdered(CaseEvent):
    """It is not done; back to the same lead, counted. `handle_due_at` stays as it was."""

    name: ClassVar[str] = "cases.rework_ordered"
    photo_ids: tuple[UUID, ...] = ()
    handle_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseClosed(CaseEvent):
    """The case is closed and the reporter is asked for a rating."""

    name: ClassVar[str] = "cases.closed"
    reopen_until: datetime


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseEvent):
    """A reporter says it is not done, or asks to review a refusal.

    `joined_case_id` is the case of one whose report had joined this one; None for its own reporter.
    """

    name: ClassVar[str] = "cases.reopened"
    joined_case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RedoneAfterCallback(CaseEvent):
    """A call-back found it not solved: the centre gives it out once more, counted as rework."""

    name: ClassVar[str] = "cases.redone_after_callback"


@dataclass(frozen=True, kw_only=True)
class CaseRated(CaseEvent):
    """The reporter rated: solved or not, satisfaction 1 to 3."""

    name: ClassVar[str] = "cases.rated"
    solved: bool
    satisfaction: int


@dataclass(frozen=True, kw_only=True)
class CaseVoided(CaseEvent):
    """The case was entered by mistake."""

    name: ClassVar[str] = "cases.voided"


@dataclass(frozen=True, kw_only=True)
class CaseCommented(CaseEvent):
    """Somebody wrote a word, perhaps with photos; no clock changes."""

    name: ClassVar[str] = "cases.commented"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorkTakenOver(CaseEvent):
    """Somebody left, and a successor or the unit has the assignment now; no clock changes."""

    name: ClassVar[str] = "cases.work_taken_over"
    assignment_id: int
    from_account_id: int | None
    to_account_id: int | None
    organisation_id: int | None


@dataclass(frozen=True, kw_only=True)
class CaseRecategorised(CaseEvent):
    """The category changed; routing ran once again and proposes `lead_id`.

    `reroute_lead_id` is the same when it is another than the one at work: somebody confirms it.
    """

    name: ClassVar[str] = "cases.recategorised"
    category_id: int
    lead_id: int | None = None
    reroute_lead_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseRelocated(CaseEvent):
    """The place changed; routing ran once again and proposes `lead_id`, as with the category."""

    name: ClassVar[str] = "cases.relocated"
    street_id: int
    community_id: int | None = None
    grid_id: int | None = None
    lead_id: int | None = None
    reroute_lead_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContactRequested(CaseEvent):
    """The handler asks the centre to contact the reporter."""

    name: ClassVar[str] = "cases.contact_requested"


@dataclass(frozen=True, kw_only=True)
class ReporterOpened(CaseEvent):
    """Somebody opened the reporter's data with a reason."""

    name: ClassVar[str] = "cases.reporter_opened"


@dataclass(frozen=True, kw_only=True)
class PhotoApproved(CaseEvent):
    """Somebody found that a photo may be shown to the public."""

    name: ClassVar[str] = "cases.photo_approved"
    photo_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseOverdue(CaseEvent):
    """A clock ran out; recorded once per clock by the sweep."""

    name: ClassVar[str] = "cases.overdue"
    clock: str


@dataclass(frozen=True, kw_only=True)
class CaseDueSoon(CaseEvent):
    """A clock of the handler is in the last quarter of its time; recorded once per clock."""

    name: ClassVar[str] = "cases.due_soon"
    clock: str


@dataclass(frozen=True, kw_only=True)
class PlaceDoubted(CaseEvent):
    """The place was reported far too often to be meant; the case waits to be placed."""

    name: ClassVar[str] = "cases.place_doubted"


@dataclass(frozen=True, kw_only=True)
class ReporterErased(CaseEvent):
    """The reporter's own data and words were erased; what happened stays."""

    name: ClassVar[str] = "cases.reporter_erased"


@dataclass(frozen=True, kw_only=True)
class ReportTaken(CaseEvent):
    """The reporter proved the phone left with the report and took it to an account."""

    name: ClassVar[str] = "cases.report_taken"
