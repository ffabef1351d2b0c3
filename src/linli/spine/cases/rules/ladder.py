"""The ladder of supervision: when a clock reaches which rung, and which may be reached next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from linli.ground.kernel.calendars import (
    Limit,
    Unit,
    WorkingCalendar,
    due_after,
    due_before,
    share_of,
)
from linli.spine.cases.terms.supervision import RUNGS, Base, Ladder, Rung, RungAt

DEFAULT_LADDER: Ladder = MappingProxyType(
    {
        Rung.REMIND: RungAt(Base.SHARE, 75),
        Rung.YELLOW: RungAt(Base.SHARE, 90),
        Rung.RED: RungAt(Base.AFTER, 2),
        Rung.UP: RungAt(Base.AFTER, 8),
    }
)
DEFAULT_ANSWER_LIMIT = Limit(1, Unit.WORKING_DAYS)
DEFAULT_SILENT_DAYS = 3
_COUNTS_WORKING_TIME = (Unit.WORKING_HOURS, Unit.WORKING_DAYS)


@dataclass(frozen=True, kw_only=True)
class Running:
    """A clock as the ladder sees it: its time, its unit, the highest rung reached so far."""

    started_at: datetime
    due_at: datetime
    unit: Unit
    rung: Rung | None = None


@dataclass(frozen=True, kw_only=True)
class NextRung:
    """The next rung of a clock and the instant it is reached."""

    rung: Rung
    at: datetime


def find_next(running: Running, ladder: Ladder, calendar: WorkingCalendar) -> NextRung | None:
    """Find the next rung above the one reached, or None at the top.

    A rung is never reached before those below it.
    """
    return next(
        (one for one in list_rungs(running, ladder, calendar) if is_above(one.rung, running.rung)),
        None,
    )


def list_rungs(running: Running, ladder: Ladder, calendar: WorkingCalendar) -> Iterator[NextRung]:
    """List every rung of the ladder with its instant, lowest first."""
    latest = running.started_at
    for rung in RUNGS:
        if rung in ladder:
            latest = max(latest, _instant(ladder[rung], running, calendar))
            yield NextRung(rung=rung, at=latest)


def is_above(rung: Rung, reached: Rung | None) -> bool:
    """Say whether a rung is still to come after the one reached."""
    return reached is None or RUNGS.index(rung) > RUNGS.index(reached)


def complete(given: Mapping[Rung, RungAt | None]) -> Ladder:
    """Put what a sub-district has set over the usual ladder; None leaves a rung out."""
    chosen = {**DEFAULT_LADDER, **given}
    return MappingProxyType({rung: at for rung, at in chosen.items() if at is not None})


def _instant(at: RungAt, running: Running, calendar: WorkingCalendar) -> datetime:
    limit = Limit(max(at.amount, 1), _hours_of(running.unit))
    match at:
        case RungAt(Base.SHARE, percent):
            own = Limit(1, running.unit)
            return share_of(running.started_at, running.due_at, percent, own, calendar)
        case RungAt(Base.BEFORE, _):
            return due_before(running.due_at, limit, calendar)
        case RungAt(_, 0):
            return running.due_at
        case _:
            return due_after(running.due_at, limit, calendar)


def _hours_of(unit: Unit) -> Unit:
    """Give the hours that go with a unit: working hours beside working time, else all hours."""
    return Unit.WORKING_HOURS if unit in _COUNTS_WORKING_TIME else Unit.HOURS
