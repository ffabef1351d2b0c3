"""How a roster is laid out by a pattern, and what is wrong with one. Plain arithmetic, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from linli.ground.kernel.calendars import WorkingCalendar

from .errors import UnableToPlanDuty
from .terms.duty import Days, DutyRole, DutyView, Gap, NewShift, Overlap, Pattern

_ONE_DAY = timedelta(days=1)
MOST_DAYS = 190
LONGEST = timedelta(hours=48)


def lay_out(pattern: Pattern, calendar: WorkingCalendar) -> list[NewShift]:
    """Lay out the shifts of a pattern over the days that count.

    Raises:
        UnableToPlanDuty: when nobody is named, or the days are out of order or too many.
    """
    if not pattern.account_ids:
        raise UnableToPlanDuty("people.duty_nobody", field="people")
    if not 0 <= (pattern.last - pattern.first).days < MOST_DAYS:
        raise UnableToPlanDuty("people.duty_days", field="last", most=MOST_DAYS)
    return list(_shifts(pattern, calendar))


def find_gaps(
    shifts: Iterable[DutyView], *, role: DutyRole, start: datetime, end: datetime
) -> list[Gap]:
    """Find when between two instants nobody holds the role."""
    gaps, covered_until = [], start
    for shift in sorted((s for s in shifts if s.role is role), key=lambda s: s.starts_at):
        if shift.starts_at > covered_until and shift.starts_at < end:
            gaps.append(Gap(role=role, starts_at=covered_until, ends_at=shift.starts_at))
        covered_until = max(covered_until, shift.ends_at)
    if covered_until < end:
        gaps.append(Gap(role=role, starts_at=covered_until, ends_at=end))
    return gaps


def find_overlaps(shifts: Sequence[DutyView]) -> list[Overlap]:
    """Find two people in one role at once, and one person in two roles at once."""
    ordered = sorted(shifts, key=lambda shift: (shift.starts_at, shift.id))
    return [
        Overlap(first=one, second=other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if other.starts_at < one.ends_at
        and (other.role is one.role or other.account_id == one.account_id)
    ]


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a shift that ends before it begins or lasts too long.

    Raises:
        UnableToPlanDuty: saying which.
    """
    if ends_at <= starts_at:
        raise UnableToPlanDuty("people.duty_out_of_order", field="ends_at")
    if ends_at - starts_at > LONGEST:
        hours = int(LONGEST.total_seconds() // 3600)
        raise UnableToPlanDuty("people.duty_too_long", field="ends_at", hours=hours)


def _shifts(pattern: Pattern, calendar: WorkingCalendar) -> Iterator[NewShift]:
    zone = ZoneInfo(calendar.zone)
    turn, day = 0, pattern.first
    while day <= pattern.last:
        if _counts(pattern.days, is_workday=calendar.is_workday(day)):
            last_day = day if pattern.ends > pattern.starts else day + _ONE_DAY
            yield NewShift(
                role=pattern.role,
                account_id=pattern.account_ids[turn % len(pattern.account_ids)],
                starts_at=datetime.combine(day, pattern.starts, tzinfo=zone),
                ends_at=datetime.combine(last_day, pattern.ends, tzinfo=zone),
            )
            turn += 1
        day += _ONE_DAY


def _counts(days: Days, *, is_workday: bool) -> bool:
    return days is Days.EVERY or is_workday is (days is Days.WORKDAYS)
