"""What happens between cases, to tasks and at levels; ids, codes and times, as in `events`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.spine.cases.events import CaseDispatched, CaseEvent


@dataclass(frozen=True, kw_only=True)
class CaseRerouted(CaseDispatched):
    """Another lead instead of the one at work; the promise stays, the due time is new."""

    name: ClassVar[str] = "cases.rerouted"
    former_lead_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class LeadKept(CaseEvent):
    """The lead at work stays, whatever routing proposes after the change."""

    name: ClassVar[str] = "cases.lead_kept"


@dataclass(frozen=True, kw_only=True)
class TaskEvent(CaseEvent):
    """Base of what happens to one task: its number within the case and its organisation."""

    task_no: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class TaskGiven(TaskEvent):
    """One more organisation has its part; binding when it stands in for one that was returned."""

    name: ClassVar[str] = "cases.task_given"
    limit_amount: int
    limit_unit: str
    task_due_at: datetime
    accept_by: datetime | None = None
    is_binding: bool = False
    replaces_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(TaskEvent):
    """The organisation took its part on; silent when the window passed without a word."""

    name: ClassVar[str] = "cases.task_accepted"
    is_silent: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskReturned(TaskEvent):
    """The organisation returned its part, citing a responsibility."""

    name: ClassVar[str] = "cases.task_returned"
    responsibility_id: int


@dataclass(frozen=True, kw_only=True)
class TaskReported(TaskEvent):
    """The organisation says its part is done."""

    name: ClassVar[str] = "cases.task_reported"
    photo_ids: tuple[UUID, ...] = ()
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class TaskPassed(TaskEvent):
    """Somebody else found the part done."""

    name: ClassVar[str] = "cases.task_passed"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskReworked(TaskEvent):
    """The part is not done; back to the same organisation, counted."""

    name: ClassVar[str] = "cases.task_reworked"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskWithdrawn(TaskEvent):
    """The part is no longer wanted of this organisation; the texts say why."""

    name: ClassVar[str] = "cases.task_withdrawn"


@dataclass(frozen=True, kw_only=True)
class TaskOverdue(TaskEvent):
    """The time of a task ran out; recorded once."""

    name: ClassVar[str] = "cases.task_overdue"


@dataclass(frozen=True, kw_only=True)
class LevelEvent(CaseEvent):
    """Base of what happens to a case at another level, or on the way there."""

    level: str


@dataclass(frozen=True, kw_only=True)
class CaseLowered(LevelEvent):
    """A level below deals with it, with a limit; `is_filed` when its finder took it at once."""

    name: ClassVar[str] = "cases.lowered"
    category_id: int
    is_filed: bool = False
    limit_amount: int
    limit_unit: str
    promised_at: datetime
    handle_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseForwarded(CaseLowered):
    """The district, outside this house, is asked; silence there shows up here."""

    name: ClassVar[str] = "cases.forwarded"


@dataclass(frozen=True, kw_only=True)
class CaseRaised(LevelEvent):
    """A level could not solve it and passes it up; the texts say what was tried."""

    name: ClassVar[str] = "cases.raised"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SolvedAtLevel(LevelEvent):
    """The people of a level dealt with it; somebody else checks."""

    name: ClassVar[str] = "cases.solved_at_level"
    photo_ids: tuple[UUID, ...] = ()
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class OutsideAnswered(LevelEvent):
    """The district says it is done; somebody here checks."""

    name: ClassVar[str] = "cases.outside_answered"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseTakenBack(LevelEvent):
    """The centre takes the case back to decide anew."""

    name: ClassVar[str] = "cases.taken_back"


@dataclass(frozen=True, kw_only=True)
class RedoOrdered(LevelEvent):
    """What a level or the district did is not enough; the centre decides anew, counted."""

    name: ClassVar[str] = "cases.redo_ordered"
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseReminded(CaseEvent):
    """Somebody asked again; `count` of times so far, never who."""

    name: ClassVar[str] = "cases.reminded"
    channel: str
    count: int


@dataclass(frozen=True, kw_only=True)
class OtherMetIt(CaseEvent):
    """One more resident met the same; so many did by now, besides the reporter."""

    name: ClassVar[str] = "cases.met_too"
    count: int


@dataclass(frozen=True, kw_only=True)
class MetItTakenBack(CaseEvent):
    """One resident no longer says so; so many still do, besides the reporter."""

    name: ClassVar[str] = "cases.met_too_taken_back"
    count: int


@dataclass(frozen=True, kw_only=True)
class CaseMerged(CaseEvent):
    """The same matter stands in another case, and this one ends in it."""

    name: ClassVar[str] = "cases.merged"
    target_id: UUID
    target_number: str


@dataclass(frozen=True, kw_only=True)
class MergeReceived(CaseEvent):
    """Another report of the same matter joins this case.

    `first_case_id` is the case whose reporter was the first of all and is credited; `case_ids`
    are all whose reporters are thanked, this one's among them.
    """

    name: ClassVar[str] = "cases.merge_received"
    source_id: UUID
    source_number: str
    first_case_id: UUID
    case_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CaseUnmerged(CaseEvent):
    """It was another matter after all; step and clocks are what they were before."""

    name: ClassVar[str] = "cases.unmerged"
    target_id: UUID
    target_number: str


@dataclass(frozen=True, kw_only=True)
class MergeLeft(CaseEvent):
    """A report that had joined this case stands alone again."""

    name: ClassVar[str] = "cases.merge_left"
    source_id: UUID
    source_number: str


@dataclass(frozen=True, kw_only=True)
class CaseSplit(CaseEvent):
    """A part of the matter goes on as a case of its own."""

    name: ClassVar[str] = "cases.split"
    part_id: UUID
    part_number: str
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseLinked(CaseEvent):
    """The case is part of a larger one; ending that one does not end this one."""

    name: ClassVar[str] = "cases.linked"
    parent_id: UUID
    parent_number: str


@dataclass(frozen=True, kw_only=True)
class CaseUnlinked(CaseEvent):
    """The case no longer belongs to a larger one."""

    name: ClassVar[str] = "cases.unlinked"


@dataclass(frozen=True, kw_only=True)
class PrecedentWithdrawn(CaseEvent):
    """What the centre once ruled on this case is no longer to be followed."""

    name: ClassVar[str] = "cases.precedent_withdrawn"
    precedent_id: int


@dataclass(frozen=True, kw_only=True)
class CaseFollowedGrid(CaseEvent):
    """Its grid was re-drawn, and the case went to the one that has its place now.

    `by` says by what: its point, the building its address names, or the larger share of ground.
    """

    name: ClassVar[str] = "cases.followed_grid"
    former_grid_id: int | None
    grid_id: int
    community_id: int | None
    by: str
    plan_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportPhotoArrived(CaseEvent):
    """A photo of the report came after its words."""

    name: ClassVar[str] = "cases.report_photo_arrived"
    photo_ids: tuple[UUID, ...]
