"""What happens around a whistle; fields hold ids, codes and times, never words of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class WhistleEvent(Happened):
    """Base of the room's events: when the present step is due, if it is."""

    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CallEvent(WhistleEvent):
    """Base of what happens with one called organisation."""

    organisation_id: int = 0


@dataclass(frozen=True, kw_only=True)
class WhistleBlown(WhistleEvent):
    """Organisations were called to the spot; `untimed_ids` are volunteers among them."""

    name: ClassVar[str] = "whistle.blown"
    number: str
    whistle_kind: str
    street_id: int
    lead_id: int
    helper_ids: tuple[int, ...]
    untimed_ids: tuple[int, ...]
    answer_by: datetime
    arrive_by: datetime
    item_id: int | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class MoreCalled(WhistleEvent):
    """More organisations were called as helpers."""

    name: ClassVar[str] = "whistle.more_called"
    organisation_ids: tuple[int, ...]
    untimed_ids: tuple[int, ...]
    answer_by: datetime
    arrive_by: datetime


@dataclass(frozen=True, kw_only=True)
class LeadNamed(CallEvent):
    """Another of the called leads from now on."""

    name: ClassVar[str] = "whistle.lead_named"


@dataclass(frozen=True, kw_only=True)
class CallAnswered(CallEvent):
    """A called organisation said whether it comes; `is_by_caller` when heard by telephone."""

    name: ClassVar[str] = "whistle.answered"
    answer: str
    is_by_caller: bool = False


@dataclass(frozen=True, kw_only=True)
class SignedIn(CallEvent):
    """A called organisation is there; `is_late` is None for those who are not timed."""

    name: ClassVar[str] = "whistle.signed_in"
    arrived_at: datetime
    proof: str
    is_late: bool | None = None
    distance_m: int | None = None


@dataclass(frozen=True, kw_only=True)
class SignInConfirmed(CallEvent):
    """The caller saw that an organisation is there which signed in without a position."""

    name: ClassVar[str] = "whistle.sign_in_confirmed"


@dataclass(frozen=True, kw_only=True)
class DeedReported(CallEvent):
    """An organisation said what it did."""

    name: ClassVar[str] = "whistle.deed_reported"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutcomeRecorded(WhistleEvent):
    """What came of it together; the organisations leave."""

    name: ClassVar[str] = "whistle.outcome_recorded"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationsJudged(WhistleEvent):
    """The caller judged every called organisation; ids of those of whom each thing is said."""

    name: ClassVar[str] = "whistle.judged"
    responded_ids: tuple[int, ...]
    in_time_ids: tuple[int, ...]
    did_part_ids: tuple[int, ...]
    reply_by: datetime


@dataclass(frozen=True, kw_only=True)
class JudgementAnswered(CallEvent):
    """A judged organisation answered in one line, perhaps disputing."""

    name: ClassVar[str] = "whistle.judgement_answered"
    disputes: bool


@dataclass(frozen=True, kw_only=True)
class DisputeSettled(CallEvent):
    """Somebody other than the caller settled what is true of an organisation."""

    name: ClassVar[str] = "whistle.dispute_settled"
    responded: bool
    in_time: bool | None
    did_part: bool


@dataclass(frozen=True, kw_only=True)
class CaseOpened(WhistleEvent):
    """A new case came of it."""

    name: ClassVar[str] = "whistle.case_opened"
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseTold(WhistleEvent):
    """The case it is for was told how it went."""

    name: ClassVar[str] = "whistle.case_told"
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseFedBack(WhistleEvent):
    """The outcome became the handling of the case it is for."""

    name: ClassVar[str] = "whistle.case_fed_back"
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class WhistleCancelled(WhistleEvent):
    """The caller took the call back."""

    name: ClassVar[str] = "whistle.cancelled"


@dataclass(frozen=True, kw_only=True)
class WhistleCommented(WhistleEvent):
    """Somebody wrote a line."""

    name: ClassVar[str] = "whistle.commented"


@dataclass(frozen=True, kw_only=True)
class WhistlePassedOn(WhistleEvent):
    """Another follows it up, since who did has left; None: the whole side that called."""

    name: ClassVar[str] = "whistle.passed_on"
    from_account_id: int
    to_account_id: int | None


@dataclass(frozen=True, kw_only=True)
class CallUnanswered(CallEvent):
    """The time to answer ran out in silence."""

    name: ClassVar[str] = "whistle.unanswered"


@dataclass(frozen=True, kw_only=True)
class CallLate(CallEvent):
    """The time to be there ran out and the organisation is not there."""

    name: ClassVar[str] = "whistle.late"


@dataclass(frozen=True, kw_only=True)
class CallLinkMade(CallEvent):
    """The caller gave a called organisation a link, for somebody of it without an account."""

    name: ClassVar[str] = "whistle.link_made"
    link_id: UUID
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class CallLinkRevoked(CallEvent):
    """A link was made useless before its time."""

    name: ClassVar[str] = "whistle.link_revoked"
    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class PositionOpened(CallEvent):
    """Somebody settling a dispute looked where an organisation signed in."""

    name: ClassVar[str] = "whistle.position_opened"


@dataclass(frozen=True, kw_only=True)
class TracesErased(WhistleEvent):
    """Positions and names of who was sent were erased, their term being over."""

    name: ClassVar[str] = "whistle.traces_erased"
