"""A case as its reporter, or anybody, sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .pending import PendingNow
from .views import CasePhotoView, TimelineEntry
from .words import ActionName, Step


@dataclass(frozen=True, kw_only=True)
class PublicAction:
    """What the reporter may do on the tracking page."""

    name: ActionName
    label: str


@dataclass(frozen=True, kw_only=True)
class PublicCase:
    """A case as its reporter, with the tracking code, or the public, masked, sees it.

    `text` and `address` are filled for the reporter only. `answer_by` is when the present step
    is due, so that the reporter hears of the next one; empty at an end. A case that was merged
    shows the step of the one it goes on in, named by `joined_number`; `parts` are what was split
    off, with the code of each. `extended_until` is the new time where more was granted; `pending`
    how it rests on the register; `resumed_until` the new time after it was woken. Whoever
    `can_answer` is asked whether it is all right now; `answered` is what was said so far.
    """

    case_id: UUID
    tracking_code: str
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
    answer_by: datetime | None
    elsewhere: str
    reopen_until: datetime | None
    can_reopen: bool
    can_rate: bool
    solved: bool | None
    satisfaction: int | None
    timeline: tuple[TimelineEntry, ...]
    photos: tuple[CasePhotoView, ...]
    looks: tuple[datetime, ...]
    joined_number: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    extended_until: datetime | None = None
    extended_why: str = ""
    pending: PendingNow | None = None
    resumed_until: datetime | None = None
    can_answer: bool = False
    answer_until: datetime | None = None
    answered: bool | None = None
