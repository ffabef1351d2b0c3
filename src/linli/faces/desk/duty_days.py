"""The roster as a table: a row a day, a column a role, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.duty_rules import find_gaps, find_overlaps
from linli.ground.people.queries.duty import (
    get_duty_phone,
    list_duty,
    on_duty_and_mine,
)
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.people.terms.duty import DutyRole, DutyView, Gap, Overlap

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
LAST_MONTH = 12
# As a roster hangs on the wall: the leader first.
COLUMNS = (DutyRole.LEADER, DutyRole.CENTRE, DutyRole.STAND_IN)


@dataclass(frozen=True, kw_only=True)
class DutyDay:
    """One day of the roster, its shifts column by column, by the day on which they begin."""

    day: date
    is_today: bool
    is_workday: bool
    is_unusual: bool
    columns: tuple[tuple[DutyRole, tuple[DutyView, ...]], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no shift begins on this day."""
        return not any(shifts for _role, shifts in self.columns)


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The roster between two days."""

    first: date
    last: date
    before: date
    after: date
    days: tuple[DutyDay, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, kw_only=True)
class DutyNow:
    """Who is on duty at this instant, by which number, and when it is my turn."""

    street_code: str
    people: tuple[DutyView, ...]
    phone: str
    mine: DutyView | None


def street_for(member: Member, action: Action) -> str:
    """Give the street whose roster or hand-overs a member works with, or an empty code."""
    streets = dict.fromkeys(post.street_code for post in member.appointments if post.street_code)
    return next((code for code in streets if may_in(member, action, code)), "")


def may_in(member: Member, action: Action, street_code: str) -> bool:
    """Say whether a member may do this in a street."""
    return may(member, action, Target(street_code=street_code, is_complaint=False))


def describe_now(member: Member, *, at: datetime) -> DutyNow | None:
    """Say who is on duty, in two statements; None for whom the roster is closed."""
    street_code = street_for(member, Action.DUTY_READ)
    if not street_code:
        return None
    people, mine = on_duty_and_mine(street_code, account_id=member.account_id, at=at)
    return DutyNow(
        street_code=street_code,
        people=tuple(people),
        phone=get_duty_phone(street_code),
        mine=mine,
    )


def lay_out_roster(*, street_code: str, first: date, last: date, now: datetime) -> Roster:
    """Lay out the roster from one day to another, both included, in one statement."""
    calendar = get_calendar(street_code)
    zone = ZoneInfo(calendar.zone)
    start = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last + ONE_DAY, time(), tzinfo=zone)
    shifts = list_duty(street_code=street_code, start=start, end=end)
    return Roster(
        first=first,
        last=last,
        before=first - ONE_DAY,
        after=last + ONE_DAY,
        days=tuple(_days(first, last, shifts, calendar, now)),
        gaps=tuple(
            gap
            for role in COLUMNS
            if any(shift.role is role for shift in shifts)
            for gap in find_gaps(shifts, role=role, start=max(start, now), end=end)
            if gap.ends_at > now
        ),
        overlaps=tuple(one for one in find_overlaps(shifts) if one.first.ends_at > now),
    )


def range_of(view: str, on: date) -> tuple[date, date]:
    """Give the first and last day of the week or month a day lies in."""
    if view == "month":
        first = on.replace(day=1)
        following = (
            date(on.year + 1, 1, 1) if on.month == LAST_MONTH else date(on.year, on.month + 1, 1)
        )
        return first, following - ONE_DAY
    first = on - timedelta(days=on.weekday())
    return first, first + WEEK - ONE_DAY


def _days(
    first: date,
    last: date,
    shifts: Sequence[DutyView],
    calendar: WorkingCalendar,
    now: datetime,
) -> list[DutyDay]:
    zone = ZoneInfo(calendar.zone)
    today = timezone.localtime(now, zone).date()
    begins: dict[tuple[date, DutyRole], list[DutyView]] = {}
    for shift in shifts:
        day = shift.starts_at.astimezone(zone).date()
        begins.setdefault((day, shift.role), []).append(shift)
    return [
        DutyDay(
            day=day,
            is_today=day == today,
            is_workday=calendar.is_workday(day),
            is_unusual=day in calendar.exceptions,
            columns=tuple((role, tuple(begins.get((day, role), ()))) for role in COLUMNS),
        )
        for offset in range((last - first).days + 1)
        for day in [first + timedelta(days=offset)]
    ]
