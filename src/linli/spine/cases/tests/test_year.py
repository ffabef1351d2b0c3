"""A year passes in a few seconds; every card and escalation equals a count by hand.

Cases come in all year round and are played by the real services, and the sweep comes by three times
a day. Then the same rungs are counted anew from what happened to the cases, minute by minute, by
nothing but the wall clock, the hours of the office and the list of its holidays.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from linli.ground.kernel.calendar_store import fill_holidays, set_calendar, set_day
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.models import CalendarDay, Event
from linli.ground.kernel.services import ensure_partitions
from linli.ground.people.terms import Role
from linli.spine.cases.models import Clock
from linli.spine.cases.services import accept_silently, climb_ladder, plan_ladder
from linli.spine.cases.terms import ActionName, Channel

from .factories import Office, make_office, make_photo

MINUTE = timedelta(minutes=1)
CASES = 24
Reached = tuple[str, str, str, datetime]


@dataclass(frozen=True)
class World:
    """A zone with the hours of its office and the days that are not as others."""

    zone: str
    year: int
    hours: tuple[tuple[time, time], ...]
    days: tuple[tuple[date, bool], ...] = ()
    published: bool = False

    @property
    def first(self) -> datetime:
        return datetime(self.year, 1, 1, tzinfo=UTC)

    @property
    def last(self) -> datetime:
        return datetime(self.year + 1, 1, 1, tzinfo=UTC)


OFFICE_HOURS = ((time(8), time(12)), (time(14), time(18)))
# The night shift is at work when the clocks are changed, on both Sundays.
NIGHT_HOURS = ((time(0, 30), time(3, 30)), (time(9), time(14)))
SHANGHAI = World("Asia/Shanghai", 2025, OFFICE_HOURS, published=True)
NEW_YORK = World(
    "America/New_York",
    2026,
    NIGHT_HOURS,
    days=((date(2026, 3, 8), True), (date(2026, 11, 1), True), (date(2026, 7, 3), False)),
)


@pytest.mark.django_db
@pytest.mark.parametrize("world", [SHANGHAI, NEW_YORK], ids=lambda world: world.zone)
def test_every_rung_of_a_year_equals_a_count_by_hand(world: World) -> None:
    office = open_office(world)
    sweeps = live_a_year(office, world, random.Random(world.zone))  # noqa: S311
    told = sorted(told_by_events())
    counted = sorted(count_by_hand(world, sweeps))
    assert told == counted
    assert {rung for _, _, rung, _ in told} == {"remind", "yellow", "red", "up"}
    assert {clock for _, clock, _, _ in told} >= {"verify", "dispatch", "handle", "check", "task 1"}
    assert len(told) > 3 * CASES


def open_office(world: World) -> Office:
    office = make_office()
    code = office.place.street.code
    ensure_partitions(first=world.first.date(), last=world.last.date() + timedelta(days=60))
    set_calendar(street_code=code, zone=world.zone, hours=world.hours)
    for day, is_workday in world.days:
        set_day(street_code=code, day=day, is_workday=is_workday)
    if world.published:
        assert fill_holidays(street_code=code, year=world.year) > 20
    return office


# Acts fall on whole tens of minutes, sweeps between them.
Act = tuple[datetime, UUID | None, ActionName | None]


def live_a_year(office: Office, world: World, chance: random.Random) -> list[datetime]:
    """Play the year and give the instants at which the sweep came by."""
    office.at = world.first
    arrivals = sorted(
        world.first + timedelta(minutes=10 * chance.randrange(51_000)) for _ in range(CASES)
    )
    agenda: dict[datetime, list[UUID]] = defaultdict(list)
    life: dict[UUID, list[ActionName]] = {}
    sweeps, at = [], world.first + timedelta(minutes=5)
    while at < world.last + timedelta(days=45):
        until = at + timedelta(hours=8)
        for now in sorted({one for one in (*arrivals, *agenda) if at < one <= until}):
            if now in arrivals:
                born = report(office, now, chance)
                life[born] = list(chance.choice(LIVES))
                agenda[now + wait(chance)].append(born)
            for case_id in agenda.pop(now, ()):
                if play(office, now, case_id, life[case_id].pop(0)) and life[case_id]:
                    agenda[now + wait(chance)].append(case_id)
        sweep(until)
        sweeps.append(until)
        at = until
    return sweeps


LIVES = (
    (ActionName.VERIFY, ActionName.COMMENT, ActionName.FILE, ActionName.DISPATCH,
     ActionName.ACCEPT, ActionName.ADD_TASK, ActionName.FEED_BACK, ActionName.REWORK,
     ActionName.COMMENT, ActionName.FEED_BACK),
    (ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH, ActionName.RETURN, ActionName.RULE,
     ActionName.REMIND, ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE),
    (ActionName.VERIFY, ActionName.FILE, ActionName.LOWER_TO_GRID, ActionName.RAISE_TO_COMMUNITY,
     ActionName.RAISE_TO_STREET, ActionName.FORWARD),
    (ActionName.COMMENT, ActionName.REMIND, ActionName.VOID),
)  # fmt: skip


def wait(chance: random.Random) -> timedelta:
    """Let ten minutes pass or two weeks, most often a day or two."""
    return timedelta(minutes=10 * max(1, int(chance.expovariate(1 / 250))))


def report(office: Office, now: datetime, chance: random.Random) -> UUID:
    office.at = now - timedelta(minutes=10)
    return office.report(is_urgent=chance.random() < 0.3).case_id


def play(office: Office, now: datetime, case_id: UUID, action: ActionName) -> bool:
    """Take one act; say whether the case goes on."""
    office.at = now - timedelta(minutes=10)
    clock = Clock.objects.filter(case_id=case_id, name="accept", stopped_at=None).first()
    if action is ActionName.RETURN and (clock is None or clock.due_at < now):
        return False
    if action is ActionName.ADD_TASK:
        limit = Limit(3, Unit.WORKING_HOURS)
        office.act(
            case_id, action, Role.DISPATCHER, unit_id=office.other.pk, note="清运", limit=limit
        )
    elif action is ActionName.COMMENT:
        office.act(case_id, action, Role.SUPERVISOR, note="再看看")
    elif action is ActionName.REMIND:
        office.act(case_id, action, Role.DISPATCHER, channel=Channel.PHONE)
    elif action is ActionName.ACCEPT and clock is None:
        return True
    elif action is ActionName.FEED_BACK:
        office.act(case_id, action, Role.HANDLER, note="已清运", photos=(make_photo(at=now),))
    else:
        office.step_on(case_id, action)
    return True


def sweep(at: datetime) -> None:
    accept_silently(at=at)
    while plan_ladder() + climb_ladder(at=at):
        pass


def told_by_events() -> Iterator[Reached]:
    """Read every rung the sweep recorded: case, clock, rung, instant."""
    for row in Event.objects.filter(name="cases.rung_reached"):
        clock = row.facts["clock"] or f"task {row.facts['task_no']}"
        yield row.subject_id, clock, row.facts["rung"], row.recorded_at


# From here on nothing of the house is used but what its events say.

CLOCK_AT = {
    "verifying": "verify",
    "filing": "file",
    "dispatching": "dispatch",
    "accepting": "accept",
    "checking": "check",
    "closing": "close",
}
HOURS_OF = {"verify": 4, "file": 2, "dispatch": 2, "accept": 4, "check": 8, "close": 4}
WITH_HANDLING = ("accepting", "handling", "in_grid", "in_community", "forwarded")


@dataclass
class Counted:
    """A clock counted by hand: when it began, its time, and the stretches in which it ran."""

    name: str
    began: datetime
    minutes: int
    always: bool
    runs: list[tuple[datetime, datetime]] = field(default_factory=list)
    since: datetime | None = None

    def stop(self, at: datetime) -> None:
        if self.since is not None:
            self.runs.append((self.since, at))
            self.since = None


def count_by_hand(world: World, sweeps: list[datetime]) -> Iterator[Reached]:
    holidays = dict(CalendarDay.objects.values_list("date", "is_workday"))
    wall = Wall(world, holidays)
    by_case: dict[str, list[Event]] = defaultdict(list)
    told = Event.objects.filter(name__startswith="cases.").exclude(name="cases.rung_reached")
    for row in told.order_by("recorded_at", "id"):
        by_case[row.subject_id].append(row)
    for case_id, rows in by_case.items():
        for clock in clocks_of(rows, wall):
            for rung, at in rungs_of(clock, wall, sweeps):
                yield case_id, clock.name, rung, at


@dataclass
class Wall:
    """The clock on the wall of the office, and whether anybody works under it."""

    world: World
    holidays: dict[date, bool]

    def works(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.world.zone))
        day = local.date()
        return self.holidays.get(day, day.weekday() < 5) and any(
            opens <= local.time() < closes for opens, closes in self.world.hours
        )

    def walk(self, start: datetime, minutes: int, *, always: bool) -> datetime:
        """Walk until so many minutes have counted."""
        at = start
        while minutes > 0:
            minutes -= always or self.works(at)
            at += MINUTE
        return at

    def day(self) -> int:
        """How many minutes one working day has."""
        return sum(
            (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
            for opens, closes in self.world.hours
        )


def clocks_of(rows: list[Event], wall: Wall) -> list[Counted]:
    """Follow one case from step to step and note when which clock ran."""
    found = [*step_clocks_of(rows, wall), *handling_of(rows, wall)]
    found += [given_out("task 1", row, wall) for row in rows if row.name == "cases.task_given"]
    for clock in found:
        clock.stop(datetime.max.replace(tzinfo=UTC))
    return found


def step_clocks_of(rows: list[Event], wall: Wall) -> Iterator[Counted]:
    """Note the clocks that begin with a step and end with it."""
    is_urgent = is_urgent_case(rows)
    running: Counted | None = None
    for row in rows:
        if row.step_before == row.step_after:
            continue
        if running is not None:
            running.stop(row.recorded_at)
        running = None
        if row.step_after in CLOCK_AT:
            running = begin(CLOCK_AT[row.step_after], row.recorded_at, is_urgent, wall)
            yield running


def handling_of(rows: list[Event], wall: Wall) -> Iterator[Counted]:
    """Note the clocks of handling: from one giving out to the next, resting in between."""
    running: Counted | None = None
    for row in rows:
        if running is not None and row.step_before != row.step_after:
            if is_given(row) or row.step_after not in WITH_HANDLING:
                running.stop(row.recorded_at)
            elif running.since is None:
                running.since = row.recorded_at
        if is_given(row):
            running = given_out("handle", row, wall)
            yield running


def is_given(row: Event) -> bool:
    return row.name in ("cases.dispatched", "cases.lowered", "cases.forwarded")


def is_urgent_case(rows: list[Event]) -> bool:
    clock = Clock.objects.get(case_id=rows[0].subject_id, name="verify")
    return clock.limit_unit == "urgent_hours"


def begin(name: str, at: datetime, is_urgent: bool, wall: Wall) -> Counted:
    hours = HOURS_OF[name]
    if name == "check":
        # One working day, also for what is urgent.
        return Counted(name, at, wall.day(), always=False, since=at)
    return Counted(name, at, hours * 60, always=is_urgent, since=at)


def given_out(name: str, row: Event, wall: Wall) -> Counted:
    amount, unit = row.facts["limit_amount"], row.facts["limit_unit"]
    each = {"working_days": wall.day(), "working_hours": 60, "urgent_hours": 60}[unit]
    always = unit == "urgent_hours"
    return Counted(name, row.recorded_at, amount * each, always=always, since=row.recorded_at)


def rungs_of(clock: Counted, wall: Wall, sweeps: list[datetime]) -> Iterator[tuple[str, datetime]]:
    """Say at which sweep the clock stood on which rung, had it been looked at by hand."""
    shares = [("remind", Fraction(75, 100)), ("yellow", Fraction(90, 100))]
    later = [("red", 2 * 60), ("up", 8 * 60)]
    due = wall.walk(clock.began, clock.minutes, always=clock.always)
    instants = [
        (rung, wall.walk(clock.began, -int(-clock.minutes * share // 1), always=clock.always))
        for rung, share in shares
    ]
    instants += [(rung, wall.walk(due, minutes, always=clock.always)) for rung, minutes in later]
    for at in sweeps:
        if any(since <= at < until for since, until in clock.runs):
            while instants and instants[0][1] <= at:
                yield instants.pop(0)[0], at
