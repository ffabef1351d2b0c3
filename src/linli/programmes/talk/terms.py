"""Words of talk points: places with hours and hosts, and what was said there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from linli.ground.kernel.opening import Hours
from linli.ground.kernel.terms import Subject
from linli.ground.people.terms import Role
from linli.spine.cases.terms import CaseKind

MOST_NAME = 60
MOST_ADDRESS = 120
MOST_PHONE = 30
MOST_ASKED = 120
MOST_ANSWER = 600
# How long an answer hangs at the point; the page keeps it.
HANGS_FOR = timedelta(days=30)
SUBJECT_KIND = "talk.Point"
# A complaint about somebody never hangs on a wall.
NEVER_POSTED = frozenset({CaseKind.COMPLAINT, CaseKind.REPORT})


@dataclass(frozen=True, kw_only=True)
class NewPoint:
    """A point as its keeper writes it down; `area_code` is its community."""

    name: str
    name_en: str = ""
    area_code: str
    address: str
    lon: float
    lat: float
    phone: str
    hours: Hours = field(default_factory=Hours)


@dataclass(frozen=True, kw_only=True)
class HostView:
    """Somebody who receives people at a point; `name` is empty for whoever did not agree to it."""

    id: int
    person_id: int
    role: str
    name: str
    weekdays: tuple[int, ...]
    shows_name: bool

    @property
    def role_label(self) -> str:
        """The Chinese name of the post, a message id."""
        return Role(self.role).label


@dataclass(frozen=True, kw_only=True)
class PointView:
    """One point on a moment of a day; `opens_at` is when it opens next, while it is closed.

    `hosts` are all, `on_duty` those whose day it is.
    """

    id: int
    version: int
    name: str
    name_en: str
    street_code: str
    area_code: str
    address: str
    lon: float
    lat: float
    phone: str
    hours: Hours
    is_open: bool
    opens_at: datetime | None
    closed_at: datetime | None
    printed_at: datetime | None
    hosts: tuple[HostView, ...] = ()
    on_duty: tuple[HostView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewMatter:
    """What somebody said at a point.

    Args:
        id: UUIDv7 made with the form, so that it may be sent again; of a case also the case's.
        asked: what hangs on the wall: the matter in one sentence, without any person.
        answer: what the host answered on the spot; empty when it becomes a case.
    """

    id: UUID
    asked: str
    answer: str = ""
    is_posted: bool = True


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What is told to whoever said it; `tracking_code` is empty when answered on the spot."""

    matter_id: UUID
    number: str
    tracking_code: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """One matter of a board: number, what was asked, who answers until when, and the answer.

    `number` is the case's, or the point's own of a question answered on the spot. Who answers is
    empty where the centre does; `until` is empty when nothing is owed any more.
    """

    id: UUID
    number: str
    is_case: bool
    asked: str
    said_at: datetime
    answered_by: str
    until: datetime | None
    is_over: bool
    step_label: str
    answer: str
    answered_at: datetime | None
    is_posted: bool

    @property
    def owes_answer(self) -> bool:
        """Whether the matter is over and its answer does not hang yet."""
        return self.is_over and not self.answer


@dataclass(frozen=True, kw_only=True)
class Board:
    """What hangs at a point: what is open, and answers of the last weeks, newest first."""

    open_ones: tuple[BoardLine, ...] = ()
    answered: tuple[BoardLine, ...] = ()
    earlier: int = 0
    owed: tuple[BoardLine, ...] = field(default=())


def point_subject(point_id: int) -> Subject:
    """Name a point as what an event is about."""
    return Subject(kind=SUBJECT_KIND, id=str(point_id))
