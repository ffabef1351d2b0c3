"""What happened at the hotline; ids, codes and times only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class CallEnded(Happened):
    """A clerk finished a call."""

    name: ClassVar[str] = "hotline.call_ended"
    outcome: str
    call_kind: str
    channel: str
    seconds: int
    case_id: UUID | None = None
    answer_version_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallTakenUpAgain(Happened):
    """A call put aside was taken up again."""

    name: ClassVar[str] = "hotline.call_taken_up_again"


@dataclass(frozen=True, kw_only=True)
class DraftPassedOn(Happened):
    """A call in hand went to another clerk, since the one who took it has left; None: put aside."""

    name: ClassVar[str] = "hotline.draft_passed_on"
    from_account_id: int
    to_account_id: int | None


@dataclass(frozen=True, kw_only=True)
class AnswerWritten(Happened):
    """An entry of the library got a new text."""

    name: ClassVar[str] = "hotline.answer_written"
    version: int
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerRetired(Happened):
    """An entry of the library is read out no more."""

    name: ClassVar[str] = "hotline.answer_retired"


@dataclass(frozen=True, kw_only=True)
class AnswerWanted(Happened):
    """A question came that the library can't answer."""

    name: ClassVar[str] = "hotline.answer_wanted"
    times: int


@dataclass(frozen=True, kw_only=True)
class WishSettled(Happened):
    """A wanted answer was written, or is not wanted any more."""

    name: ClassVar[str] = "hotline.wish_settled"
    answer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RecordingKept(Happened):
    """A recorded voice came in."""

    name: ClassVar[str] = "hotline.recording_kept"
    size_bytes: int
    delete_at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordingDeleted(Happened):
    """The file of a recorded voice was deleted when its term was over."""

    name: ClassVar[str] = "hotline.recording_deleted"


@dataclass(frozen=True, kw_only=True)
class ReporterTold(Happened):
    """Somebody without a phone heard the answer in the way they had asked for."""

    name: ClassVar[str] = "hotline.reporter_told"
    how: str
