"""Words every room shares: who acted, on what, and what happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class ActorKind(StrEnum):
    """Who stands behind an event; `link` is somebody of an organisation without an account."""

    STAFF = "staff"
    RESIDENT = "resident"
    ANONYMOUS = "anonymous"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The one who acts: an account in a role of one appointment, or nobody known by name.

    `stands_in_for` is the person who holds that appointment, where somebody else acts in it.
    """

    kind: ActorKind
    account_id: int | None = None
    role: str = ""
    organisation_id: int | None = None
    stands_in_for: int | None = None


SYSTEM = Actor(kind=ActorKind.SYSTEM)
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What an event is about: `kind` is `room.Model`, e.g. `cases.Case`."""

    kind: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Happened:
    """Base of every room's events; fields hold ids, codes and times, never personal text."""

    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            EVENTS[cls.name] = cls


EVENTS: dict[str, type[Happened]] = {}


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """An event as it was recorded, as reactions and timelines receive it."""

    id: UUID
    event: Happened
    subject: Subject
    actor: Actor
    at: datetime
    step_before: str = ""
    step_after: str = ""
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StreamedOccurrence:
    """An event with its position: 1, 2, 3, … in the order in which the events were committed."""

    position: int
    occurrence: Occurrence


@dataclass(frozen=True, kw_only=True)
class LookRecord:
    """One look at personal data as it was logged."""

    at: datetime
    actor_id: int | None
    actor_role: str
    subject: Subject
    fields: tuple[str, ...]
    purpose: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SearchRecord:
    """One question asked of the search as it was logged; no words once their term is over."""

    at: datetime
    actor_id: int
    actor_role: str
    street_code: str
    kinds: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class Paged:
    """Base of one page of a list; `total` counts the rows of all pages."""

    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))
