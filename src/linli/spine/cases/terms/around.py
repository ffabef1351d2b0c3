"""Words of what is under way around a place, as everybody may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .words import Step

AROUND_M = 500


@dataclass(frozen=True, kw_only=True)
class AroundCase:
    """A public case under way near by: what kind, where about and since when; none of its words.

    The point is rounded to some ten metres. `met_too` counts those who said that they met the same.
    """

    case_id: UUID
    number: str
    category_name: str
    grid_name: str
    step: Step
    reported_at: datetime
    lon: float
    lat: float
    distance_m: int
    met_too: int
    photo_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class FollowedCase:
    """A case somebody met too, and how it stands."""

    case_id: UUID
    number: str
    category_name: str
    grid_name: str
    step: Step
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class MetTooCount:
    """How many met the same now; `is_new` says whether this one counted."""

    number: str
    count: int
    is_new: bool
