"""How fast the ladder of supervision is swept over a million open assignments.

The open cases are written by the database: those handled with their lead, those that wait in the
centre, and tasks beside them. `due` of them have come to two rungs when the sweep begins, as after
an outage of half an hour; the others are far from theirs, and most carry the plan of an earlier
sweep. The plans of the `unseen` are made first by the same sweep (`plan_s`), then two sweepers,
processes of their own, run at once over what is due (`sweep_s`), each transaction timed from before
its first lock to after its commit (`longest_ms`). `twice` counts rungs reached more than once, in
the marks and in the events, and `missed` those due that were not reached. Then one sweeper looks
again and finds nothing (`idle_ms`). The notices that follow are written by jobs afterwards; some of
them are run for `notices_per_s`. `deadlines_per_s` is the calendar alone, in one process, limits of
4 working hours to 30 working days from instants spread over a year with holidays.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from time import perf_counter, sleep
from typing import Any

from bench.loads.open_assignments import fill_open, make_units

DEFAULTS: Mapping[str, int] = {
    "open": 1_000_000,
    "due": 20_000,
    "unseen": 100_000,
    "sweepers": 2,
    "notices": 300,
    "deadlines": 200_000,
    "seed": 20_261_122,
}


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch cluster.

    Args:
        settings: `open` assignments, `due` of which are due; `notices` events that are told.
    """
    from linli.config import cluster

    chosen = {**DEFAULTS, **settings}
    figures = _count_deadlines(chosen)
    with cluster.scratch(durable=True) as own:
        os.environ.update(
            DATABASE_URL=own.url(),
            LINLI_SCRATCH="1",
            DJANGO_SETTINGS_MODULE="linli.config.settings",
        )
        os.environ.setdefault("LINLI_SECRET", "bench-" + "0123456789abcdef" * 4)
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        at = datetime.now(UTC)
        fill_open(
            own.url(),
            make_units(at),
            chosen["open"],
            due=chosen["due"],
            unseen=chosen["unseen"],
        )
        figures |= _plan()
        figures |= _sweep(at, chosen)
        figures |= _tell(chosen["notices"])
        connections.close_all()
    return figures


def _count_deadlines(chosen: Mapping[str, int]) -> dict[str, float]:
    """Work out deadlines one by one, as a case asks for them."""
    from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after

    calendar = WorkingCalendar(exceptions={date(2026, 10, day): False for day in range(1, 9)})
    chance = random.Random(chosen["seed"])  # noqa: S311
    first = datetime(2026, 1, 1, tzinfo=UTC)
    limits = [Limit(4, Unit.WORKING_HOURS), Limit(5, Unit.WORKING_DAYS)]
    limits += [Limit(30, Unit.WORKING_DAYS), Limit(24, Unit.HOURS)]
    asked = [
        (first + timedelta(seconds=chance.randrange(365 * 86_400)), chance.choice(limits))
        for _ in range(chosen["deadlines"])
    ]
    began = perf_counter()
    for start, limit in asked:
        due_after(start, limit, calendar)
    return {"deadlines_per_s": round(len(asked) / (perf_counter() - began))}


def _plan() -> dict[str, float]:
    from linli.spine.cases.services import plan_ladder

    began, count, longest = perf_counter(), 0, 0.0
    while True:
        started = perf_counter()
        planned = plan_ladder()
        longest = max(longest, perf_counter() - started)
        if not planned:
            break
        count += planned
    seconds = perf_counter() - began
    print(f"{count:,} planned in {seconds:.1f} s", file=sys.stderr)
    return {
        "plan_s": round(seconds, 1),
        "plans_per_s": round(count / seconds),
        "plan_longest_ms": round(longest * 1000, 1),
    }


def _sweep(at: datetime, chosen: Mapping[str, int]) -> dict[str, float]:
    """Let several sweepers run at once, then count what they did and did not do."""
    sweepers = chosen["sweepers"]
    processes = get_context("spawn")
    with ProcessPoolExecutor(sweepers, mp_context=processes, initializer=_set_up) as pool:
        list(pool.map(sleep, [1.0] * sweepers))
        began = perf_counter()
        done = list(pool.map(_climb, [at] * sweepers))
        seconds = perf_counter() - began
    acts = sum(count for count, _longest in done)
    started = perf_counter()
    _climb(at)
    return {
        "sweep_s": round(seconds, 2),
        "acts": acts,
        "acts_per_s": round(acts / seconds),
        "longest_ms": round(max(longest for _count, longest in done) * 1000, 1),
        "idle_ms": round((perf_counter() - started) * 1000, 1),
        **_recount(at),
    }


def _set_up() -> None:
    """Make a process of its own a sweeper, as the worker is one."""
    import django
    from django.db import connection

    django.setup()
    from linli.config.garbage import keep_what_is_loaded

    connection.ensure_connection()
    _climb(datetime(2000, 1, 1, tzinfo=UTC))
    keep_what_is_loaded()


def _climb(at: datetime) -> tuple[int, float]:
    """Climb until nothing is left; give how many and the longest transaction in seconds."""
    from django.db import connection

    from linli.spine.cases.services import climb_ladder

    count, longest = 0, 0.0
    try:
        while True:
            started = perf_counter()
            climbed = climb_ladder(at=at)
            longest = max(longest, perf_counter() - started)
            if not climbed:
                return count, longest
            count += climbed
    finally:
        connection.close()


_TWICE = """
SELECT count(*) - count(DISTINCT (clock_id, task_id, instruction_id, rung)) FROM cases_rungmark
"""
_TOLD_TWICE = """
SELECT count(*) - count(DISTINCT (subject_id, facts ->> 'clock', facts ->> 'task_no',
    facts ->> 'rung')) FROM kernel_event WHERE name = 'cases.rung_reached'
"""
_UNEQUAL = """
SELECT abs((SELECT count(*) FROM kernel_event WHERE name = 'cases.rung_reached')
    - (SELECT count(*) FROM cases_rungmark))
"""
_MISSED = """
SELECT (SELECT count(*) FROM cases_clock WHERE stopped_at IS NULL AND ladder_at <= %(at)s)
    + (SELECT count(*) FROM cases_assignment WHERE duty = 'task' AND ladder_at <= %(at)s)
"""


def _recount(at: datetime) -> dict[str, float]:
    from django.db import connection

    def ask(statement: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"at": at})
            return int(cursor.fetchone()[0])

    return {
        "twice": ask(_TWICE) + ask(_TOLD_TWICE) + ask(_UNEQUAL),
        "missed": ask(_MISSED),
    }


def _tell(most: int) -> dict[str, float]:
    """Run the jobs that tell of rungs until enough events were told."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from linli.ground.kernel.jobs import run_reactions

    told, began = 0, perf_counter()
    jobs = ProcrastinateJob.objects.filter(task_name=run_reactions.name).order_by("id")
    for job in jobs[: most // 100 + 1]:
        events = job.args["events"][: most - told]
        run_reactions.func(events=events)
        told += len(events)
    seconds = perf_counter() - began
    return {"notices_per_s": round(told / seconds) if told else 0.0}
