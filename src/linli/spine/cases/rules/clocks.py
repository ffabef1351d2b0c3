"""Which clock runs at which step, for how long, and how urgent that makes a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from linli.ground.kernel.calendars import (
    ALWAYS,
    Limit,
    Unit,
    WorkingCalendar,
    due_after,
    time_left,
)
from linli.spine.cases.rules.ladder import DEFAULT_LADDER, DEFAULT_SILENT_DAYS
from linli.spine.cases.terms import NEARBY_HOURS, NEARBY_M, ClockName, Step, Urgency
from linli.spine.cases.terms.supervision import Ladder

DEFAULT_LIMITS: Mapping[ClockName, Limit] = MappingProxyType(
    {
        ClockName.VERIFY: Limit(4, Unit.WORKING_HOURS),
        ClockName.FILE: Limit(2, Unit.WORKING_HOURS),
        ClockName.DISPATCH: Limit(2, Unit.WORKING_HOURS),
        ClockName.ACCEPT: Limit(4, Unit.WORKING_HOURS),
        ClockName.HANDLE: Limit(5, Unit.WORKING_DAYS),
        ClockName.CHECK: Limit(1, Unit.WORKING_DAYS),
        ClockName.CLOSE: Limit(4, Unit.WORKING_HOURS),
    }
)
DEFAULT_REOPEN_DAYS = 7
DEFAULT_EXTENSION_DAYS = 5
DEFAULT_LEADER_EXTENSION_DAYS = 20
DEFAULT_PENDING_DAYS = 365
DEFAULT_SAMPLE_SHARE = 10
DEFAULT_SAMPLE_DAYS = 3
DEFAULT_ASKING_DAYS = 2
SOON = timedelta(hours=4)

STEP_CLOCKS: Mapping[Step, ClockName] = MappingProxyType(
    {
        Step.VERIFYING: ClockName.VERIFY,
        Step.FILING: ClockName.FILE,
        Step.DISPATCHING: ClockName.DISPATCH,
        Step.ACCEPTING: ClockName.ACCEPT,
        Step.HANDLING: ClockName.HANDLE,
        Step.IN_GRID: ClockName.HANDLE,
        Step.IN_COMMUNITY: ClockName.HANDLE,
        Step.FORWARDED: ClockName.HANDLE,
        Step.CHECKING: ClockName.CHECK,
        Step.CLOSING: ClockName.CLOSE,
    }
)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a sub-district has set; `return_limit` bounces, then the centre's ruling binds.

    `ladder` says when a clock that runs out is reminded of, carded and escalated; a case is silent
    after `silent_days` working days without a word. An extension is `extension_days` working days
    at most, `leader_extension_days` when a leader decides it; a case is pending at most
    `pending_days` calendar days before somebody must approve anew. Of what was settled at once
    `sample_share` per cent are checked within `sample_days` working days; a reporter who is asked
    has `asking_days` working days to answer. `suspicious_points` are default
    points (lon, lat) that say nothing about the place; `suspicious_repeats` reports at exactly one
    point within a week make it one. Matters of one kind within `duplicate_radius_m` metres and
    `duplicate_hours` hours are likely the same.
    """

    limits: Mapping[ClockName, Limit] = field(default_factory=lambda: DEFAULT_LIMITS)
    ladder: Ladder = field(default_factory=lambda: DEFAULT_LADDER)
    silent_days: int = DEFAULT_SILENT_DAYS
    extension_days: int = DEFAULT_EXTENSION_DAYS
    leader_extension_days: int = DEFAULT_LEADER_EXTENSION_DAYS
    pending_days: int = DEFAULT_PENDING_DAYS
    sample_share: int = DEFAULT_SAMPLE_SHARE
    sample_days: int = DEFAULT_SAMPLE_DAYS
    asking_days: int = DEFAULT_ASKING_DAYS
    reopen_days: int = DEFAULT_REOPEN_DAYS
    return_limit: int = 1
    suspicious_points: frozenset[tuple[float, float]] = frozenset()
    suspicious_repeats: int = 20
    duplicate_radius_m: int = NEARBY_M
    duplicate_hours: int = NEARBY_HOURS

    def limit_of(self, name: ClockName, *, is_urgent: bool = False) -> Limit:
        """Give the limit of a clock; for urgent matters working hours run always."""
        limit = self.limits.get(name, DEFAULT_LIMITS[name])
        if is_urgent and limit.unit is Unit.WORKING_HOURS:
            return Limit(limit.amount, Unit.URGENT_HOURS)
        return limit


@dataclass(frozen=True, kw_only=True)
class StartedClock:
    """A clock as it starts: promised and due are the same until a recorded act changes the due."""

    name: ClockName
    started_at: datetime
    limit: Limit
    due_at: datetime


def start_clock(
    *,
    name: ClockName,
    at: datetime,
    policy: Policy,
    calendar: WorkingCalendar,
    is_urgent: bool = False,
    limit: Limit | None = None,
) -> StartedClock:
    """Start a clock at an instant.

    Args:
        limit: another limit than the sub-district's, e.g. the category's at dispatch.
    """
    chosen = limit or policy.limit_of(name, is_urgent=is_urgent)
    return StartedClock(
        name=name, started_at=at, limit=chosen, due_at=due_after(at, chosen, calendar)
    )


def reopen_until(*, closed_at: datetime, policy: Policy, calendar: WorkingCalendar) -> datetime:
    """Give the last instant at which the reporter may reopen: calendar days after closing."""
    return due_after(closed_at, Limit(policy.reopen_days, Unit.CALENDAR_DAYS), calendar)


def judge_urgency(*, due_at: datetime | None, is_urgent: bool, now: datetime) -> Urgency:
    """Say how urgent a case is: past its time, marked urgent, due within four hours, or calm."""
    left = time_left(now, due_at) if due_at else None
    if left is not None and left < timedelta():
        return Urgency.OVERDUE
    if is_urgent:
        return Urgency.URGENT
    if left is not None and left <= SOON:
        return Urgency.SOON
    return Urgency.CALM


def runs_always(limit: Limit) -> bool:
    """Say whether a limit runs outside working hours too."""
    return limit.unit in ALWAYS
