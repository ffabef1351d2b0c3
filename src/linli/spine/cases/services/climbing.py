"""The sweep of the ladder: what runs out climbs rung by rung, in small transactions of their own.

Clocks, tasks and instructions climb alike. A plan says when each reaches its next rung; it is made
when a clock is first seen, and anew when its due time has moved. Several sweepers may run at once:
each takes what no other has locked, the longest waiting first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_events
from linli.ground.kernel.terms import SYSTEM, Occurrence
from linli.ground.territory.locator import ids_within
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.rules.ladder import NextRung, Running, find_next
from linli.spine.cases.supervision_events import RungReached
from linli.spine.cases.terms import case_subject
from linli.spine.cases.terms.supervision import Rung

# So few that what they lock is free again within some hundredths of a second.
PLANNED_AT_ONCE = 250
CLIMBED_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True)
class Track:
    """One kind of what climbs: its table, when it runs, since when, in what it is counted."""

    table: str
    mark: str
    runs: str
    started: str
    unit: str
    clock: str = "''"
    task_no: str = "NULL::int"
    instruction_no: str = "NULL::int"
    unit_in_turn: str = "t.organisation_id"


# The lead answers for a clock of the case.
_LEAD = (
    "(SELECT a.organisation_id FROM cases_assignment a WHERE a.case_id = c.id"
    " AND a.duty = 'lead' AND a.state IN ('offered', 'accepted', 'reported'))"
)
CLOCKS = Track(
    table="cases_clock",
    mark="clock_id",
    runs="t.stopped_at IS NULL",
    started="coalesce(t.counts_from, t.started_at)",
    unit="t.limit_unit",
    clock="t.name",
    unit_in_turn=_LEAD,
)
TASKS = Track(
    table="cases_assignment",
    mark="task_id",
    runs="t.duty = 'task' AND t.state IN ('offered', 'accepted') AND t.due_at IS NOT NULL",
    started="t.offered_at",
    unit="coalesce(nullif(t.limit_unit, ''), 'working_hours')",
    task_no="t.task_no",
)
INSTRUCTIONS = Track(
    table="cases_instruction",
    mark="instruction_id",
    runs="t.answered_at IS NULL AND t.withdrawn_at IS NULL",
    started="t.given_at",
    unit="t.limit_unit",
    instruction_no="t.no",
)
TRACKS = (CLOCKS, TASKS, INSTRUCTIONS)

# What is taken is picked by its own index and locked before anything is joined with it.
_TO_PLAN = """
WITH picked AS MATERIALIZED (
    SELECT t.id, t.case_id, t.rung, {started} AS started_at, t.due_at, {unit} AS unit
    FROM {table} t
    WHERE {runs} AND (t.ladder_for IS NULL OR t.ladder_for < t.due_at OR t.ladder_for > t.due_at)
    ORDER BY t.due_at LIMIT %s FOR UPDATE SKIP LOCKED
)
SELECT t.id, t.rung, t.started_at, t.due_at, t.unit, c.street_id
FROM picked t JOIN cases_case c ON c.id = t.case_id
"""
_PLAN = """
UPDATE {table} t SET ladder_at = planned.at, ladder_for = t.due_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS planned (id, at) WHERE t.id = planned.id
"""
# A case that somebody works on at this moment is left for the next run.
_TO_CLIMB = """
WITH picked AS MATERIALIZED (
    SELECT t.*, {started} AS since, {unit} AS counted_in FROM {table} t
    WHERE {runs} AND t.suspended_at IS NULL AND t.ladder_at <= %s AND t.ladder_for = t.due_at
    ORDER BY t.ladder_at LIMIT %s FOR UPDATE SKIP LOCKED
)
SELECT t.id, t.rung, t.since, t.due_at, t.counted_in, c.street_id,
    c.id, c.step, c.due_at, {unit_in_turn}, {clock}, {task_no}, {instruction_no}
FROM picked t JOIN cases_case c ON c.id = t.case_id
ORDER BY t.ladder_at FOR UPDATE OF c SKIP LOCKED
"""
_CLIMB = """
WITH reached AS (
    SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::text[], %s::timestamptz[])
        AS reached (id, case_id, rung, next_at)
), marked AS (
    INSERT INTO cases_rungmark (case_id, {mark}, rung, at, is_by_hand)
    SELECT case_id, id, rung, %s, false FROM reached
)
UPDATE {table} t SET rung = reached.rung, ladder_at = reached.next_at
FROM reached WHERE t.id = reached.id
"""
_ANEW = """
UPDATE {table} SET ladder_for = NULL WHERE id IN (
    SELECT t.id FROM {table} t JOIN cases_case c ON c.id = t.case_id
    WHERE {runs} AND c.street_id = %s AND t.ladder_for IS NOT NULL AND t.id > %s
    ORDER BY t.id LIMIT %s FOR UPDATE OF t
) RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class _Climber:
    """One whose plan says that it is due for a rung, with the case it belongs to."""

    id: int
    running: Running
    street_id: int
    case_id: UUID
    step: str
    event: RungReached

    def find_next(self) -> NextRung | None:
        """Find the next rung by the ladder as it is set now."""
        return _next(self.running, self.street_id)

    def climb(self) -> _Climber:
        """Give the same one rung higher."""
        higher = replace(self.running, rung=Rung(self.event.rung))
        return replace(self, running=higher)


def plan_ladder(*, batch: int = PLANNED_AT_ONCE) -> int:
    """Work out when each that has no plan reaches its next rung; return how many there were.

    Args:
        batch: how many at most, in one transaction.
    """
    _get_ready()
    return next((count for track in TRACKS if (count := _plan(track, batch))), 0)


def climb_ladder(*, at: datetime, batch: int = CLIMBED_AT_ONCE) -> int:
    """Let those that are due reach one rung each, once; return how many were looked at.

    Args:
        batch: how many at most, in one transaction.
    """
    _get_ready()
    return next((count for track in TRACKS if (count := _climb(track, at, batch))), 0)


def plan_anew(*, street_id: int, batch: int = PLANNED_AT_ONCE) -> int:
    """Forget the plans of a sub-district whose ladder has changed; return how many there were.

    Args:
        batch: how many at most in one transaction; there are as many as are needed.
    """
    return sum(_forget(track, street_id, batch) for track in TRACKS)


def plan_anew_later(*, street_id: int) -> None:
    """Let a job forget the plans of a sub-district whose ladder or calendar has changed."""
    from linli.spine.cases.jobs import plan_ladder_anew

    plan_ladder_anew.defer(street_id=street_id)


def _get_ready() -> None:
    """Have ladders and calendars at hand before anything is locked."""
    for street_id in ids_within(AreaKind.STREET, ""):
        get_policy(street_id)
        calendar_of(street_id)


@transaction.atomic
def _plan(track: Track, batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_said(_TO_PLAN, track), [batch])
        rows = cursor.fetchall()
        if rows:
            steps = [_next(_running(row), row[5]) for row in rows]
            cursor.execute(_said(_PLAN, track), _plans([row[0] for row in rows], steps))
    return len(rows)


@transaction.atomic
def _climb(track: Track, at: datetime, batch: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_said(_TO_CLIMB, track), [at, batch])
        found = [(one, one.find_next()) for one in map(_climber, cursor.fetchall())]
        reached = [_reach(one, step) for one, step in found if step and step.at <= at]
        others = [(one, step) for one, step in found if step is None or step.at > at]
        if reached:
            cursor.execute(_said(_CLIMB, track), [*_columns(reached), at])
        if others:
            ids = [one.id for one, _step in others]
            cursor.execute(_said(_PLAN, track), _plans(ids, [step for _one, step in others]))
    record_events([_occurrence(one, at) for one in reached])
    return len(found)


def _forget(track: Track, street_id: int, batch: int) -> int:
    count, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_said(_ANEW, track), [street_id, last, batch])
            ids = [number for (number,) in cursor.fetchall()]
        if not ids:
            return count
        count, last = count + len(ids), max(ids)


def _said(statement: str, track: Track) -> str:
    """Put a track's tables and columns into a statement; nothing of them comes from outside."""
    return statement.format(**vars(track))


def _running(row: Sequence[Any]) -> Running:
    rung, started_at, due_at, unit = row[1:5]
    return Running(
        started_at=started_at,
        due_at=due_at,
        unit=Unit(unit),
        rung=Rung(rung) if rung else None,
    )


def _next(running: Running, street_id: int) -> NextRung | None:
    return find_next(running, get_policy(street_id).ladder, calendar_of(street_id))


def _climber(row: Sequence[Any]) -> _Climber:
    case_id, step, case_due_at, unit_id, clock, task_no, instruction_no = row[6:]
    return _Climber(
        id=row[0],
        running=_running(row),
        street_id=row[5],
        case_id=case_id,
        step=step,
        event=RungReached(
            rung=row[1],
            clock=clock,
            task_no=task_no,
            instruction_no=instruction_no,
            organisation_id=unit_id,
            due_at=case_due_at,
        ),
    )


def _reach(one: _Climber, step: NextRung) -> _Climber:
    return replace(one, event=replace(one.event, rung=step.rung.value))


def _plans(ids: list[int], steps: Sequence[NextRung | None]) -> list[list[Any]]:
    return [ids, [step.at if step else None for step in steps]]


def _columns(reached: Sequence[_Climber]) -> list[list[Any]]:
    nexts = [one.climb().find_next() for one in reached]
    return [
        [one.id for one in reached],
        [one.case_id for one in reached],
        [one.event.rung for one in reached],
        [step.at if step else None for step in nexts],
    ]


def _occurrence(one: _Climber, at: datetime) -> Occurrence:
    return Occurrence(
        id=new_id(),
        event=one.event,
        subject=case_subject(one.case_id),
        actor=SYSTEM,
        at=at,
        step_before=one.step,
        step_after=one.step,
    )
