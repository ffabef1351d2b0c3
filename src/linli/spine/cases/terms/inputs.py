"""What comes into the room: reports and what is given with an action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.ground.kernel.calendars import Limit

from .pending import Obstacle
from .putting_off import Cause
from .supervision import Rung, Way
from .words import CaseKind, Channel


@dataclass(frozen=True, kw_only=True)
class PhotoRef:
    """A photo uploaded before, with the secret its uploader got."""

    id: UUID
    secret: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in WGS-84 degrees."""

    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who reports, as far as they say; stored apart from the case."""

    name: str = ""
    phone: str = ""
    door: str = ""
    agrees_contact: bool = False


@dataclass(frozen=True, kw_only=True)
class ForWhom:
    """For whom somebody reports, as far as they say."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class NewReport:
    """What somebody reports; `id` is a UUIDv7 made by the sender, so that it may be sent again.

    `category_key` is kind and code, e.g. `matter:06012`. `device` is where the photographer
    stood and stays with the reporter; `point` is where the matter is. `about_organisation_id`
    names the unit a complaint is about.
    """

    id: UUID | None = None
    text: str
    title: str = ""
    kind: CaseKind = CaseKind.INCIDENT
    channel: Channel = Channel.WEB
    category_key: str = ""
    point: Point | None = None
    address: str = ""
    place_note: str = ""
    photos: tuple[PhotoRef, ...] = ()
    contact: Contact = Contact()
    is_anonymous: bool = False
    device: Point | None = None
    about_organisation_id: int | None = None
    is_urgent: bool = False
    original_number: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True, kw_only=True)
class UpperOrder:
    """What the platform above said of a case it handed down; its number stands on the case."""

    system: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ActionInput:
    """What somebody gives with an action; each action reads its own part.

    `task_no` says which of a case's tasks is meant; `photo_ids` are photos the case has already.
    """

    note: str = ""
    photos: tuple[PhotoRef, ...] = ()
    before_photos: tuple[PhotoRef, ...] = ()
    category_id: int | None = None
    lead_id: int | None = None
    helper_ids: tuple[int, ...] = ()
    limit: Limit | None = None
    responsibility_id: int | None = None
    elsewhere: str = ""
    solved: bool | None = None
    satisfaction: int | None = None
    place: Point | None = None
    address: str = ""
    photo_id: UUID | None = None
    task_no: int | None = None
    unit_id: int | None = None
    target_id: UUID | None = None
    channel: Channel | None = None
    photo_ids: tuple[UUID, ...] = ()
    rung: Rung | None = None
    instructed_by: str = ""
    way: Way | None = None
    cause: Cause | None = None
    until: date | None = None
    obstacle: Obstacle | None = None
    measure: str = ""
    post: str = ""
    wake_on: date | None = None
