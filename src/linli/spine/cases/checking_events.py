"""What happens to checks: given out, answered by a reporter, samples that pass or fail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.spine.cases.events import CaseEvent


@dataclass(frozen=True, kw_only=True)
class CheckGiven(CaseEvent):
    """Somebody is to look at the result, or to ask the reporter until `answer_by`.

    `organisation_id` is whose work is looked at; `verifier_id` is empty where nobody fits.
    """

    name: ClassVar[str] = "cases.check_given"
    check_no: int
    checked_by: str
    verifier_id: int | None = None
    chosen: str
    organisation_id: int | None = None
    check_due_at: datetime
    answer_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CheckPassedOn(CaseEvent):
    """Another is to look, since who was to has left; `verifier_id` is empty where nobody fits."""

    name: ClassVar[str] = "cases.check_passed_on"
    check_no: int
    from_account_id: int | None
    verifier_id: int | None = None
    chosen: str


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(CheckGiven):
    """What was settled at once came into the sample, for another than the finder to look at."""

    name: ClassVar[str] = "cases.sample_drawn"


@dataclass(frozen=True, kw_only=True)
class CheckAnswered(CaseEvent):
    """A reporter said whether it is all right now; a later answer replaces an earlier one.

    `joined_case_id` is the case of one whose report had joined this one.
    """

    name: ClassVar[str] = "cases.check_answered"
    check_no: int
    solved: bool
    joined_case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CheckUnanswered(CaseEvent):
    """The time to answer passed without a word; the checker telephones. Recorded once."""

    name: ClassVar[str] = "cases.check_unanswered"
    check_no: int


@dataclass(frozen=True, kw_only=True)
class SamplePassed(CaseEvent):
    """What was settled at once is as it was said to be."""

    name: ClassVar[str] = "cases.sample_passed"
    check_no: int
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SampleFailed(CaseEvent):
    """It is not: the case is filed and goes to be dispatched."""

    name: ClassVar[str] = "cases.sample_failed"
    check_no: int
    category_id: int
    photo_ids: tuple[UUID, ...] = ()
