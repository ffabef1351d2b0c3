"""What happens in joint enforcement; fields hold ids, codes and times, never words of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class OperationEvent(Happened):
    """Base of the room's events: when the present step is due, if it is."""

    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OperationPlanned(OperationEvent):
    """A plan was drawn up, perhaps for a case."""

    name: ClassVar[str] = "enforcement.planned"
    number: str
    operation_kind: str
    team_id: int
    street_id: int
    case_id: UUID | None = None
    member_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanRevised(OperationEvent):
    """The plan changed before it was approved."""

    name: ClassVar[str] = "enforcement.plan_revised"
    operation_kind: str
    member_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanApproved(OperationEvent):
    """The sub-district approved the plan."""

    name: ClassVar[str] = "enforcement.plan_approved"


@dataclass(frozen=True, kw_only=True)
class PlanRejected(OperationEvent):
    """The sub-district wants the plan changed."""

    name: ClassVar[str] = "enforcement.plan_rejected"


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(OperationEvent):
    """A party was told to put something right, or what penalty is intended."""

    name: ClassVar[str] = "enforcement.notice_given"
    party_id: int
    notice_kind: str
    department_id: int
    deadline_at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticesEnded(OperationEvent):
    """All known parties have been told; what they do about it is looked at next."""

    name: ClassVar[str] = "enforcement.notices_ended"


@dataclass(frozen=True, kw_only=True)
class EvidenceKept(OperationEvent):
    """Photos became evidence, each with a digest that never changes."""

    name: ClassVar[str] = "enforcement.evidence_kept"
    stage: str
    photo_ids: tuple[UUID, ...]
    digests: tuple[str, ...]
    party_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ComplianceRecorded(OperationEvent):
    """A party has put it right, or has not."""

    name: ClassVar[str] = "enforcement.compliance_recorded"
    party_id: int
    complied: bool


@dataclass(frozen=True, kw_only=True)
class ActionBegun(OperationEvent):
    """The team acts on the spot."""

    name: ClassVar[str] = "enforcement.action_begun"


@dataclass(frozen=True, kw_only=True)
class MeasureTaken(OperationEvent):
    """A department's power was exercised towards one party."""

    name: ClassVar[str] = "enforcement.measure_taken"
    party_id: int
    measure_kind: str
    department_id: int
    power_id: int
    officer_ids: tuple[int, ...]
    amount_yuan: int | None = None
    reconsider_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActionFinished(OperationEvent):
    """The action on the spot is over."""

    name: ClassVar[str] = "enforcement.action_finished"


@dataclass(frozen=True, kw_only=True)
class AppealReceived(OperationEvent):
    """A party objects."""

    name: ClassVar[str] = "enforcement.appeal_received"
    appeal_id: int
    appeal_kind: str
    party_id: int


@dataclass(frozen=True, kw_only=True)
class AppealAnswered(OperationEvent):
    """An objection was answered by somebody who took no part in the operation."""

    name: ClassVar[str] = "enforcement.appeal_answered"
    appeal_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class AppealsClosed(OperationEvent):
    """Everybody who objected before the decision has been answered."""

    name: ClassVar[str] = "enforcement.appeals_closed"


@dataclass(frozen=True, kw_only=True)
class MemberRecused(OperationEvent):
    """Somebody with an interest in the matter steps aside; another may act in their place."""

    name: ClassVar[str] = "enforcement.member_recused"
    member_id: int
    successor_id: int | None = None
    is_ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class RecusalRefused(OperationEvent):
    """Somebody was asked to step aside; the sub-district found no interest in the matter."""

    name: ClassVar[str] = "enforcement.recusal_refused"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class CaseFedBack(OperationEvent):
    """The outcome was given to the case the operation came from, as its handling."""

    name: ClassVar[str] = "enforcement.case_fed_back"
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResultPublished(OperationEvent):
    """The result is public, naming nobody."""

    name: ClassVar[str] = "enforcement.published"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(OperationEvent):
    """The published result was withdrawn with a reason."""

    name: ClassVar[str] = "enforcement.withdrawn"


@dataclass(frozen=True, kw_only=True)
class OperationJudged(OperationEvent):
    """The sub-district judged the operation by the criteria."""

    name: ClassVar[str] = "enforcement.judged"
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class JudgementAnswered(OperationEvent):
    """A home department answered the judgement."""

    name: ClassVar[str] = "enforcement.judgement_answered"


@dataclass(frozen=True, kw_only=True)
class OperationCancelled(OperationEvent):
    """The operation does not take place."""

    name: ClassVar[str] = "enforcement.cancelled"


@dataclass(frozen=True, kw_only=True)
class OperationCommented(OperationEvent):
    """Somebody wrote a word."""

    name: ClassVar[str] = "enforcement.commented"


@dataclass(frozen=True, kw_only=True)
class PartyOpened(OperationEvent):
    """Somebody opened who a party is, with a reason."""

    name: ClassVar[str] = "enforcement.party_opened"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class PartyErased(OperationEvent):
    """Who a party was is erased; what was done and when stays."""

    name: ClassVar[str] = "enforcement.party_erased"
    party_id: int


@dataclass(frozen=True, kw_only=True)
class PowerWritten(Happened):
    """The list of powers got an entry, or a new version of one."""

    name: ClassVar[str] = "enforcement.power_written"
    power_id: int
    department_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class PowerRetired(Happened):
    """A power is in use no more."""

    name: ClassVar[str] = "enforcement.power_retired"
    power_id: int


@dataclass(frozen=True, kw_only=True)
class MemberSeconded(Happened):
    """Somebody joined the team."""

    name: ClassVar[str] = "enforcement.member_seconded"
    secondment_id: int
    home_id: int


@dataclass(frozen=True, kw_only=True)
class SecondmentEnded(Happened):
    """Somebody goes back to the home department."""

    name: ClassVar[str] = "enforcement.secondment_ended"
    secondment_id: int
    last_on: date
