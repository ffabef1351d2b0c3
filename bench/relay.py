"""How fast events reach their readers in commit order, and what that costs the writers.

On a cluster of its own, with nothing but PostgreSQL and the relay. Rounds alternate: pgbench
appends events as fast as it can, many to a transaction over several connections, first with the
relay halted, then with it at work (`events_per_s` alone, with it, and their ratio; the relay's
processor time, Python and PostgreSQL). Then writers keep a pace while readers follow the stream,
each over a connection of its own; every event a reader gets is compared with what was written and
when its commit had returned.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.loads.places import fill_places
from linli.config.cluster import describe_scratch, scratch_folder
from linli.config.instance import Instance, scratch_instance
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.relay import APPLICATION
from linli.ground.kernel.terms import Happened

DEFAULTS: Mapping[str, int] = {
    "rounds": 5,
    "seconds": 6,
    "connections": 8,
    "batch": 16,
    "readers": 10,
    "reader_processes": 2,
    "pace": 1000,
    "pace_seconds": 15,
    "idle_seconds": 10,
}
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 60

FACTS = '{"number": "2026-0000001", "channel": "api", "category_id": 1, "grid_id": 3}'
COLUMNS = """
INSERT INTO kernel_event (id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_role,
  step_before, step_after, facts)
"""
AS_FAST_AS_IT_CAN = f"""
{COLUMNS}
SELECT uuidv7(), now(), 'bench.Matter', uuidv7()::text, 'bench.noted', 'anonymous', '', '',
  'verifying', '{FACTS}'
FROM generate_series(1, %d);
"""
BATCH = f"""
{COLUMNS}
SELECT given, %s, 'bench.Matter', given::text, 'bench.noted', 'anonymous', '', '', 'verifying',
  '{FACTS}'
FROM unnest(%s::uuid[]) AS given
"""
BEHIND = """
SELECT (SELECT count(*) FROM kernel_event) - (SELECT coalesce(max(position), 0) FROM kernel_stream)
"""


@dataclass(frozen=True, kw_only=True)
class Noted(Happened):
    """What the writers record."""

    name: ClassVar[str] = "bench.noted"
    number: str
    channel: str
    category_id: int
    grid_id: int


@dataclass(frozen=True, kw_only=True)
class Round:
    """Events a second without and with the relay, and the relay's processor time with it."""

    alone: float
    with_relay: float
    share: float
    micros: float
    postgresql_micros: float


@dataclass(kw_only=True)
class Written:
    """When the commit of each event had returned, by the clock all processes share."""

    committed_at: dict[UUID, float] = field(default_factory=dict)

    def work(self, url: str, *, batch: int, every_s: float, until: float) -> None:
        """Write a batch now and then until an instant."""
        with psycopg.connect(url) as connection:
            planned = time.monotonic()
            while (planned := planned + every_s) < until:
                time.sleep(max(0.0, planned - time.monotonic()))
                ids = [new_id() for _ in range(batch)]
                connection.execute(BATCH, [datetime.now(UTC), ids], prepare=True)
                connection.commit()
                returned = time.monotonic()
                self.committed_at.update(dict.fromkeys(ids, returned))


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch instance.

    Args:
        settings: those of `DEFAULTS` that should differ.
    """
    chosen = {**DEFAULTS, **settings}
    with scratch_instance() as running, tempfile.TemporaryDirectory(prefix="linli-relay-") as place:
        fill_places(running.url)
        for name in [one.name for one in running.supervisor.children]:
            if name not in {"postgresql", "relay"}:
                running.supervisor.remove(name)
        Path(place).chmod(0o755)
        script = Path(place) / "events.sql"
        script.write_text(AS_FAST_AS_IT_CAN % chosen["batch"], encoding="ascii")
        relay = Relay(running)
        idle = measure_idle(relay, chosen["idle_seconds"])
        rounds = [measure_round(running, relay, script, chosen) for _ in range(chosen["rounds"])]
        followed = measure_readers(running, chosen)
    return {**figures_of(rounds), **followed, "relay_cpu_share_idle": idle}


def figures_of(rounds: list[Round]) -> dict[str, float]:
    """Give the medians."""
    return {
        "events_per_s_alone": round(median(one.alone for one in rounds)),
        "events_per_s": round(median(one.with_relay for one in rounds)),
        "ratio": round(median(one.with_relay / one.alone for one in rounds), 3),
        "relay_cpu_share": round(median(one.share for one in rounds), 3),
        "relay_us_per_event": round(median(one.micros for one in rounds), 2),
        "relay_postgresql_us_per_event": round(median(one.postgresql_micros for one in rounds), 2),
    }


class Relay:
    """The relay's two processes: ours, and that of PostgreSQL which works for it."""

    def __init__(self, running: Instance) -> None:
        child = next(one for one in running.supervisor.children if one.name == "relay")
        assert child.process is not None
        self.own = child.process.pid
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"
        with psycopg.connect(running.url) as connection:
            self.server = connection.execute(asked, [APPLICATION]).fetchone()[0]  # type: ignore[index]

    def halt(self) -> None:
        """Let it do nothing."""
        os.kill(self.own, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it work again."""
        os.kill(self.own, signal.SIGCONT)

    def used_s(self) -> tuple[float, float]:
        """Give the processor time of both so far."""
        return _used_s(self.own), _used_s(self.server)


def _used_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measure_idle(relay: Relay, seconds: float) -> float:
    """Give the share of one processor the relay takes when nothing happens."""
    before = sum(relay.used_s())
    time.sleep(seconds)
    return round((sum(relay.used_s()) - before) / seconds, 4)


def measure_round(
    running: Instance, relay: Relay, script: Path, chosen: Mapping[str, int]
) -> Round:
    """Write with the relay halted, let it catch up, write with it at work."""
    relay.halt()
    try:
        alone = append(running, script, chosen)
    finally:
        relay.go_on()
    catch_up(running)
    before, began = relay.used_s(), time.monotonic()
    with_relay = append(running, script, chosen)
    took = time.monotonic() - began
    catch_up(running)
    own, server = (after - so_far for after, so_far in zip(relay.used_s(), before, strict=True))
    events = with_relay * chosen["seconds"]
    return Round(
        alone=alone,
        with_relay=with_relay,
        share=(own + server) / took,
        micros=(own + server) / events * 1e6,
        postgresql_micros=server / events * 1e6,
    )


def append(running: Instance, script: Path, chosen: Mapping[str, int]) -> float:
    """Append events as fast as possible; give how many a second."""
    address = conninfo_to_dict(running.url)
    with scratch_folder() as folder:
        program = describe_scratch(folder, durable=True).binaries / "bin" / "pgbench"
    command = [
        *(str(program), "-n", "-M", "prepared", "-f", str(script)),
        *("-c", str(chosen["connections"]), "-j", "2", "-T", str(chosen["seconds"])),
        *("-h", str(address["host"]), "-U", str(address["user"]), str(address["dbname"])),
    ]
    environment = {**os.environ, "PGPASSWORD": str(address["password"])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps = "))
    return float(line.split()[2]) * chosen["batch"]


def catch_up(running: Instance) -> int:
    """Wait until every event has its position; give the last."""
    until = time.monotonic() + PATIENCE_SECONDS
    with psycopg.connect(running.url, autocommit=True) as connection:
        while connection.execute(BEHIND).fetchone() != (0,):
            if time.monotonic() > until:
                raise RuntimeError("the relay does not catch up")
            time.sleep(0.05)
        row = connection.execute("SELECT coalesce(max(position), 0) FROM kernel_stream").fetchone()
    return int(row[0]) if row else 0


def measure_readers(running: Instance, chosen: Mapping[str, int]) -> dict[str, float]:
    """Write at a pace while readers follow, then compare what each of them got."""
    position = catch_up(running)
    own = multiprocessing.get_context("spawn")
    each = chosen["readers"] // chosen["reader_processes"]
    pipes = [own.Pipe() for _ in range(chosen["reader_processes"])]
    processes = [
        own.Process(target=read_along, args=(running.url, position, each, there))
        for _here, there in pipes
    ]
    for process in processes:
        process.start()
    for here, _there in pipes:
        here.recv()
    written = write_at_pace(running.url, chosen)
    last = catch_up(running)
    for here, _there in pipes:
        here.send(last)
    got = [seen for here, _there in pipes for seen in here.recv()]
    for process in processes:
        process.join()
    return compare(written.committed_at, got)


def write_at_pace(url: str, chosen: Mapping[str, int]) -> Written:
    """Let every connection write its batches, evenly over the time."""
    written = Written()
    every_s = chosen["batch"] * chosen["connections"] / chosen["pace"]
    until = time.monotonic() + chosen["pace_seconds"]
    plan = {"batch": chosen["batch"], "every_s": every_s, "until": until}
    writers = []
    for _ in range(chosen["connections"]):
        writers.append(threading.Thread(target=written.work, args=(url,), kwargs=plan))
        writers[-1].start()
        time.sleep(every_s / chosen["connections"])
    for writer in writers:
        writer.join()
    return written


def compare(
    committed_at: Mapping[UUID, float], got: list[list[tuple[UUID, float]]]
) -> dict[str, float]:
    """Compare what each reader got with what was written."""
    waits = sorted(
        max(0.0, seen_at - committed_at[event]) * 1000 for seen in got for event, seen_at in seen
    )
    counts = [Counter(event for event, _seen_at in seen) for seen in got]
    percent = quantiles(waits, n=100)
    return {
        "readers": len(got),
        "events_followed": len(committed_at),
        "commit_to_reader_p50_ms": round(percent[49], 1),
        "commit_to_reader_p99_ms": round(percent[98], 1),
        "missed": sum(len(committed_at.keys() - count.keys()) for count in counts),
        "doubled": sum(count.total() - len(count) for count in counts),
        "out_of_order": sum(
            [event for event, _at in seen] != [event for event, _at in got[0]] for seen in got
        ),
    }


def read_along(url: str, position: int, count: int, parent: Any) -> None:
    """Follow with `count` readers in a process of its own, until all have the position told."""
    import django

    django.setup()
    asyncio.run(_read_along(url, position, count, parent))


async def _read_along(url: str, position: int, count: int, parent: Any) -> None:
    reached: list[int] = [position] * count
    seen: list[list[tuple[UUID, float]]] = [[] for _ in range(count)]
    readers = [
        asyncio.create_task(_follow(url, position, number, reached, seen))
        for number in range(count)
    ]
    await asyncio.sleep(1)
    parent.send("ready")
    last = await asyncio.get_running_loop().run_in_executor(None, parent.recv)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while min(reached) < last:
            await asyncio.sleep(0.05)
    for reader in readers:
        reader.cancel()
    parent.send(seen)


async def _follow(
    url: str,
    position: int,
    number: int,
    reached: list[int],
    seen: list[list[tuple[UUID, float]]],
) -> None:
    from linli.ground.kernel import stream

    async with aclosing(stream.follow(url=url, position=position)) as pieces:
        async for piece in pieces:
            now = time.monotonic()
            seen[number] += [(one.occurrence.id, now) for one in piece]
            reached[number] = piece[-1].position
