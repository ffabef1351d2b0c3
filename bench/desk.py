"""How soon the pages of the desk come, over 100,000 and over 1,000,000 cases.

A year of cases is lived by the rules and copied with COPY into five years, skewed by area, matter
and time; most of them are closed, some ten thousand open. The shift leader of the sub-district,
who sees them all, asks for each page at 8 connections: at once after the instance was started
(cold, the first request of each connection), then, when each connection has asked for `warming`
others of each, again and again (warm); before that, the jobs that came due while nothing ran are
worked off, for at most `settle_s`. `growth` is how much
longer the slowest of twenty warm answers takes over the many cases than over the few; without a
page's name the worst of all pages.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.loads.crowd import Crowd, sign_in, tell
from bench.loads.desk_cases import copy_cases, live_a_year
from bench.loads.desk_pages import draw_addresses, read_held

MAKING = "making"
# Periodic jobs come due all the time; a few of them are no backlog.
FEW_JOBS = 5
LOOK_SECONDS = 2.0
# What is due is swept once a minute: only after that is no more to come.
CALM_SECONDS = 70.0
_DUE = """
SELECT count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND (scheduled_at IS NULL OR scheduled_at <= now())
"""

DEFAULTS: Mapping[str, int | str] = {
    "cases": 1_000_000,
    "few": 100_000,
    "lived": 20_000,
    "connections": 8,
    "requests": 30,
    "warming": 30,
    "settle_s": 1_200,
    "login": "shift",
    "folder": "",
    "seed": 20_261_122,
}


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch cluster.

    Args:
        settings: `lived` of the cases are lived, the others copied; `requests` of each page on
            each connection, 0 only loads the cases; `folder` keeps the loaded cluster for the next
            run with the same numbers.
    """
    from linli.config import cluster

    chosen = {**DEFAULTS, **settings}
    with _folder(chosen["folder"]) as folder:
        own = cluster.describe_scratch(folder, durable=True)
        few, many = _load(own, chosen)
        if not chosen["requests"]:
            return {}
        return _compare(_measure(own, few, chosen), _measure(own, many, chosen), chosen["few"])


@contextmanager
def _folder(kept: str) -> Iterator[Path]:
    from linli.config import cluster
    from linli.config.programs import find_owner

    if not kept:
        with cluster.scratch_folder() as folder:
            yield folder
        return
    folder = Path(kept)
    folder.mkdir(parents=True, exist_ok=True)
    find_owner().give(folder)
    yield folder


def _load(own: Any, chosen: Mapping[str, Any]) -> tuple[str, str]:
    """Make the databases of the few and of the many cases where they are not there yet."""
    import psycopg

    from linli.config import cluster

    few, many = (f"linli_{chosen[name]}" for name in ("few", "cases"))
    cluster.prepare(own)
    process = cluster.start(own)
    try:
        with psycopg.connect(own.url("postgres"), autocommit=True) as connection:
            known = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
            if few not in known:
                cluster.make_database(own, MAKING, fresh=True)
                live_a_year(own.url(MAKING), chosen["lived"], media=own.folder / "media")
                _finish(connection, own, few, chosen["few"])
            if many not in known:
                connection.execute(f"DROP DATABASE IF EXISTS {MAKING}")
                connection.execute(f"CREATE DATABASE {MAKING} TEMPLATE {few}")
                _finish(connection, own, many, chosen["cases"])
    finally:
        cluster.stop(process)
    return few, many


def _finish(connection: Any, own: Any, name: str, count: int) -> None:
    """Copy cases up to a number, and only then give the database its name."""
    copy_cases(own.url(MAKING), count)
    connection.execute(f"ALTER DATABASE {MAKING} RENAME TO {name}")


def _measure(own: Any, database: str, chosen: Mapping[str, Any]) -> dict[str, float]:
    """Start the instance over one database and ask for every page, cold and warm."""
    from linli.config import instance
    from linli.demonstration.accounts import PASSWORD

    with instance.instance_over(own, database=database) as running:
        own_url = own.url(database)
        left = _let_settle(running, own_url, chosen["settle_s"])
        held, size = read_held(own_url), chosen["connections"]
        others, addresses = (
            draw_addresses(held, count=size * max(count, 1), seed=chosen["seed"] + turn)
            for turn, count in enumerate((chosen["warming"], chosen["requests"]))
        )
        session = sign_in(running.address, chosen["login"], password=PASSWORD)
        crowd = Crowd(address=running.address, session=session, size=size)
        figures: dict[str, float] = {}
        for page, asked in others.items():
            figures |= tell(f"{page}_cold", crowd.ask(asked[:size]))
        for asked in others.values():
            crowd.ask(asked[size:])
        for page, asked in addresses.items():
            figures |= tell(page, crowd.ask(asked))
            print(page, figures[f"{page}_p50_ms"], figures[f"{page}_p95_ms"], file=sys.stderr)
        return figures | {"errors": crowd.errors, "jobs_left": left}


def _let_settle(running: Any, url: str, seconds: float) -> int:
    """Wait for the jobs that came due while nothing ran, and say how many are left.

    Cases that were copied, or stood while the instance was down, are swept and told of first; an
    instance that runs all the time has no such backlog.
    """
    import psycopg

    until = time.monotonic() + seconds
    calm_at = time.monotonic() + CALM_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            left = int(connection.execute(_DUE).fetchone()[0])  # type: ignore[index]
            if left > FEW_JOBS:
                calm_at = time.monotonic() + CALM_SECONDS
            if time.monotonic() >= min(calm_at, until):
                return left
            running.supervisor.tend()
            time.sleep(LOOK_SECONDS)


def _compare(few: Mapping[str, float], many: Mapping[str, float], count: int) -> dict[str, float]:
    """Put the figures of both sizes together, with the growth from one to the other."""
    ends = "_p95_ms"
    growth = {
        f"{name.removesuffix(ends)}_growth": round(many[name] / few[name], 2)
        for name in many
        if name.endswith(ends) and not name.endswith(f"_cold{ends}")
    }
    named = {f"{name}_{count}": value for name, value in few.items()}
    return {**named, **many, **growth, "growth": max(growth.values())}
