"""What happened to a hand-over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class HandoverOpened(Happened):
    """Somebody began to hand over a shift."""

    name: ClassVar[str] = "shifts.HandoverOpened"
    street_code: str


@dataclass(frozen=True, kw_only=True)
class HandoverGiven(Happened):
    """The outgoing gave it; `counts` are the sections as they were frozen."""

    name: ClassVar[str] = "shifts.HandoverGiven"
    counts: dict[str, int]
    points: int


@dataclass(frozen=True, kw_only=True)
class HandoverTakenBack(Happened):
    """The outgoing took it back to change it."""

    name: ClassVar[str] = "shifts.HandoverTakenBack"


@dataclass(frozen=True, kw_only=True)
class HandoverConfirmed(Happened):
    """The incoming took the shift over."""

    name: ClassVar[str] = "shifts.HandoverConfirmed"
    given_by_id: int


@dataclass(frozen=True, kw_only=True)
class PointTicked(Happened):
    """A point was done."""

    name: ClassVar[str] = "shifts.PointTicked"
    point_id: int
