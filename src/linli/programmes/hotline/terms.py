"""Words of the hotline: calls, drafts, answers, recordings, and how an answer goes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.spine.cases.terms import CaseKind, Channel, PhotoRef, Step

MAX_WORDS = 10_000
MAX_ANSWER = 4_000
KEPT_DROPPED_HOURS = 24
KEPT_DRAFT_DAYS = 7
MOST_PHOTOS = 9


class Outcome(StrEnum):
    """How a call ended; abandoned ones may be taken up again within a day."""

    ANSWERED = "answered"
    CASE = "case"
    REMINDER = "reminder"
    WANTED = "wanted"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.ANSWERED: N_("当场答复"),
    Outcome.CASE: N_("登记成案"),
    Outcome.REMINDER: N_("催办"),
    Outcome.WANTED: N_("待补答案"),
    Outcome.ABANDONED: N_("未登记"),
}


class TellBy(StrEnum):
    """How somebody who can't be called or written to hears the answer."""

    DOOR = "door"
    POST = "post"
    POINT = "point"
    COUNTER = "counter"

    @property
    def label(self) -> str:
        """The Chinese name, a message id."""
        return TELL_LABELS[self]


TELL_LABELS: Mapping[TellBy, str] = {
    TellBy.DOOR: N_("上门告知"),
    TellBy.POST: N_("寄信告知"),
    TellBy.POINT: N_("在议事点告知"),
    TellBy.COUNTER: N_("来窗口时告知"),
}

# One key each, in the order of the form; the last is the grid's own kind.
KIND_KEYS: Mapping[str, CaseKind] = {
    "1": CaseKind.QUESTION,
    "2": CaseKind.REQUEST,
    "3": CaseKind.COMPLAINT,
    "4": CaseKind.REPORT,
    "5": CaseKind.SUGGESTION,
    "6": CaseKind.PRAISE,
    "7": CaseKind.INCIDENT,
}


@dataclass(frozen=True, kw_only=True)
class CallWords:
    """All a clerk has typed of one call, as it was typed; judged when it is filed.

    `place` is what was typed to find the place, `address` what was found or written.
    """

    caller: str = ""
    channel: str = Channel.PHONE.value
    original_number: str = ""
    kind: str = CaseKind.INCIDENT.value
    about: str = ""
    place: str = ""
    lon: str = ""
    lat: str = ""
    address: str = ""
    place_note: str = ""
    text: str = ""
    category: str = ""
    category_name: str = ""
    name: str = ""
    door: str = ""
    agrees: bool = False
    anonymous: bool = False
    urgent: bool = False
    behalf: bool = False
    tell_by: str = ""
    tell_note: str = ""
    number: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed but what stands there from the start."""
        return replace(self, channel="", kind="") == CallWords(channel="", kind="")

    @property
    def brief(self) -> str:
        """What a tab shows of it: the first words, the place, or the number."""
        return (self.text.strip() or self.address or self.place or self.caller)[:24]


@dataclass(frozen=True, kw_only=True)
class RecordingView:
    """A recorded voice: when the file goes, whether it has, whether browsers play it.

    `is_converted` says that what plays is not the file as it came.
    """

    id: UUID
    media_type: str
    size_bytes: int
    uploaded_at: datetime
    delete_at: datetime
    is_gone: bool
    plays_here: bool
    is_converted: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """One call in hand, as only its clerk sees it."""

    id: UUID
    words: CallWords
    photos: tuple[PhotoRef, ...]
    recordings: tuple[RecordingView, ...]
    opened_at: datetime
    saved_at: datetime
    version: int
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftTab:
    """One call in hand in the row of tabs."""

    id: UUID
    brief: str
    caller_tail: str
    opened_at: datetime
    saved_at: datetime
    has_recording: bool


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The answer to saving a draft: whether it was kept, and which version stands now."""

    version: int
    is_kept: bool
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What a call came to; `number` and `tracking_code` are read out."""

    call_id: UUID
    outcome: Outcome
    number: str = ""
    tracking_code: str = ""
    community: str = ""
    step: Step | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """What an entry of the library says; `keywords` are other words callers use."""

    question: str
    text: str
    keywords: str = ""
    owner_id: int | None = None
    valid_from: date
    valid_to: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """One entry of the library in one version; `answer_id` stays, `version_id` is this text."""

    answer_id: int
    version_id: int
    version: int
    question: str
    text: str
    keywords: str
    owner_id: int | None
    owner_name: str
    valid_from: date
    valid_to: date | None
    review_on: date | None
    written_at: datetime
    written_by: str
    pinyin: str
    is_retired: bool

    def is_valid(self, on: date) -> bool:
        """Whether it may be read out on a day."""
        return (
            not self.is_retired
            and self.valid_from <= on
            and (self.valid_to is None or on <= self.valid_to)
        )

    def needs_review(self, on: date) -> bool:
        """Whether the day of its review has come."""
        return self.review_on is not None and self.review_on <= on


@dataclass(frozen=True, kw_only=True)
class WantedView:
    """A question the library could not answer."""

    id: int
    question: str
    asked_at: datetime
    times: int


@dataclass(frozen=True, kw_only=True)
class CallLine:
    """One call of the day, without a word of the caller."""

    id: UUID
    kind: CaseKind
    channel: Channel
    outcome: Outcome
    ended_at: datetime
    seconds: int
    number: str
    question: str


@dataclass(frozen=True, kw_only=True)
class CallFigures:
    """How many calls a day had, by outcome, and how long they took."""

    total: int = 0
    answered: int = 0
    cases: int = 0
    reminders: int = 0
    wanted: int = 0
    abandoned: int = 0
    median_seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class ToTell:
    """One answer that somebody without a phone waits for."""

    case_id: UUID
    number: str
    title: str
    step: Step
    how: TellBy
    where: str
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Split:
    """What a pasted message holds: its words, and what was found in them."""

    text: str
    phone: str = ""
    name: str = ""
    said_at: str = ""


def draft_subject(draft_id: UUID) -> Subject:
    """Name a call as the subject of events."""
    return Subject(kind="hotline.Call", id=str(draft_id))


def answer_subject(answer_id: int) -> Subject:
    """Name an entry of the library as the subject of events."""
    return Subject(kind="hotline.Answer", id=str(answer_id))


def recording_subject(recording_id: UUID) -> Subject:
    """Name a recording as the subject of events and looks."""
    return Subject(kind="hotline.Recording", id=str(recording_id))
