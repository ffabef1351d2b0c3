"""Which closed cases are called back, and by when."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.programmes.callback.terms import Policy

WHOLE = 100


def is_called_back(*, case_id: UUID, closed_at: datetime, kind: str, policy: Policy) -> bool:
    """Say whether a closing falls into the share of its kind; the same one always alike."""
    return draw(case_id, closed_at) < policy.shares.get(kind, WHOLE)


def draw(case_id: UUID, closed_at: datetime) -> int:
    """Draw a number from 0 to 99 for a closing; nothing but the closing decides it."""
    seed = f"{case_id}@{int(closed_at.timestamp() * 1_000_000)}"
    return int.from_bytes(sha256(seed.encode()).digest()[:8], "big") % WHOLE


def due_of(closed_at: datetime, policy: Policy, calendar: WorkingCalendar) -> datetime:
    """Give the instant by which the reporter should have been asked."""
    return due_after(closed_at, Limit(policy.due_days, Unit.WORKING_DAYS), calendar)


def answers_until(closed_at: datetime, policy: Policy, calendar: WorkingCalendar) -> datetime:
    """Give the instant until which the reporter's own rating is the answer."""
    return due_after(closed_at, Limit(policy.answer_days, Unit.CALENDAR_DAYS), calendar)
