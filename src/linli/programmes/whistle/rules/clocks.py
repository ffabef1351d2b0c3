"""By when the called answer and come, and how far a position may lie from the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.programmes.whistle.terms import Kind, KindLimits, Policy

EARTH_RADIUS_M = 6_371_000

DEFAULT_LIMITS: Mapping[Kind, KindLimits] = MappingProxyType(
    {
        Kind.EMERGENCY: KindLimits(answer=10, least=15, usual=30, is_always=True),
        Kind.COMPREHENSIVE: KindLimits(answer=4, least=4, usual=8, is_always=False),
        Kind.INSPECTION: KindLimits(answer=8, least=8, usual=24, is_always=False),
    }
)
DEFAULT_POLICY = Policy(
    limits=DEFAULT_LIMITS, judge_days=3, reply_days=5, near_m=300, position_days=30
)


def count_on(
    start: datetime, amount: int, limits: KindLimits, calendar: WorkingCalendar
) -> datetime:
    """Count minutes, or working hours, on from an instant, as the kind counts."""
    if limits.is_always:
        return start + timedelta(minutes=amount)
    return due_after(start, Limit(amount, Unit.WORKING_HOURS), calendar)


def answer_by(
    *, at: datetime, arrive_by: datetime, limits: KindLimits, calendar: WorkingCalendar
) -> datetime:
    """Say until when the called answer: the kind's limit, and never after they should be there."""
    return min(count_on(at, limits.answer, limits, calendar), arrive_by)


def days_on(start: datetime, days: int, calendar: WorkingCalendar) -> datetime:
    """Count working days on from an instant."""
    return due_after(start, Limit(days, Unit.WORKING_DAYS), calendar)


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> int:
    """Give the distance of two points, degrees WGS-84, in whole metres (haversine)."""
    across = sin(radians(other_lat - lat) / 2) ** 2
    along = sin(radians(other_lon - lon) / 2) ** 2
    share = across + cos(radians(lat)) * cos(radians(other_lat)) * along
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, share))))


def is_late(*, arrived_at: datetime, arrive_by: datetime, is_timed: bool) -> bool | None:
    """Say whether an organisation came late; None for those whose time is not kept."""
    return arrived_at > arrive_by if is_timed else None
