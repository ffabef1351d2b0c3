"""What happened at talk points; facts are ids, the words stand in the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class PointOpened(Happened):
    """A point was set up."""

    name: ClassVar[str] = "talk.PointOpened"
    area_code: str


@dataclass(frozen=True, kw_only=True)
class PointChanged(Happened):
    """Name, place, phone or hours of a point changed; `fields` are their names."""

    name: ClassVar[str] = "talk.PointChanged"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PointClosed(Happened):
    """A point was given up; its answers stay."""

    name: ClassVar[str] = "talk.PointClosed"


@dataclass(frozen=True, kw_only=True)
class HostNamed(Happened):
    """Somebody receives people at the point from now on."""

    name: ClassVar[str] = "talk.HostNamed"
    host_id: int


@dataclass(frozen=True, kw_only=True)
class HostEnded(Happened):
    """Somebody no longer receives people there."""

    name: ClassVar[str] = "talk.HostEnded"
    host_id: int


@dataclass(frozen=True, kw_only=True)
class MatterEntered(Happened):
    """A matter was said and written down; a case, or a question answered on the spot."""

    name: ClassVar[str] = "talk.MatterEntered"
    matter_id: str
    is_case: bool
    is_posted: bool


@dataclass(frozen=True, kw_only=True)
class MatterAnswered(Happened):
    """An answer was written to hang at the point."""

    name: ClassVar[str] = "talk.MatterAnswered"
    matter_id: str


@dataclass(frozen=True, kw_only=True)
class SheetPrinted(Happened):
    """The sheet of a point was printed."""

    name: ClassVar[str] = "talk.SheetPrinted"
    matters: int
