"""How many reports a second are taken in, beside what PostgreSQL alone can write.

`POST /api/v1/reports` through the front door, every body its own, loaded by wrk: by the fast lane,
and by Django (a query in the address is out of the ordinary, so the lane hands it on); against
pgbench with three inserts into the same tables with the same indexes on the same cluster. The
three alternate within each round, medians count: at 32 connections, then the lane at 8 and 128
beside the same baseline, then lane and baseline again over 1,000,000 cases. After every load the
cases in the database are counted by a connection of our own: fewer than were answered is an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from .loads.filling import fill_cases
from .loads.places import Places, fill_places
from .loads.scripts import write_scripts

DEFAULTS: Mapping[str, int] = {
    "rounds": 5,
    "other_rounds": 3,
    "seconds": 8,
    "warm_up_seconds": 4,
    "connections": 32,
    "few": 8,
    "many": 128,
    "cases": 1_000_000,
    "load_threads": 2,
    "web_processes": 2,
    "web_threads": 4,
}


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one load came to."""

    rps: float
    p50_ms: float
    p99_ms: float
    errors: int


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one round came to: the baseline and the loads beside it, by name."""

    tps: float
    loads: Mapping[str, Load]


LANE, DJANGO = "lane", "django"
PATHS = {LANE: "api/v1/reports", DJANGO: "api/v1/reports?by=django"}


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch instance.

    Args:
        settings: those of `DEFAULTS` that should differ; `cases` 0 leaves out the full database.
    """
    from linli.config.refusals import UnableToStart

    if shutil.which("wrk") is None:
        raise UnableToStart("缺少 wrk，请先安装。", "wrk is missing; install it first.")
    chosen = {**DEFAULTS, **settings}
    os.environ["LINLI_WEB_PROCESSES"] = str(chosen["web_processes"])
    from linli.config import instance

    threads = {"LINLI_WEB_THREADS": str(chosen["web_threads"])}
    with instance.scratch_instance(environment=threads) as running, _scripts() as folder:
        places = fill_places(running.url)
        write_scripts(folder, places)
        bench = Bench(running=running, folder=folder, chosen=chosen)
        return bench.measure(places)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """One instance under load."""

    running: Any
    folder: Path
    chosen: Mapping[str, int]

    def measure(self, places: Places) -> dict[str, float]:
        """Measure the empty database at all connections, then the full one."""
        usual = self.chosen["connections"]
        for name in PATHS:
            self.load(name, usual, seconds=self.chosen["warm_up_seconds"])
        figures = _figures(self.rounds(self.chosen["rounds"], usual, LANE, DJANGO))
        for count in (self.chosen["few"], self.chosen["many"]):
            others = self.rounds(self.chosen["other_rounds"], count, LANE)
            figures |= _figures(others, suffix=f"_at_{count}")
        if self.chosen["cases"]:
            fill_cases(self.running.url, places, self.chosen["cases"])
            self.load(LANE, usual, seconds=self.chosen["warm_up_seconds"])
            full = _figures(self.rounds(self.chosen["rounds"], usual, LANE), suffix="_full")
            full["lane_full_to_empty"] = round(full["lane_rps_full"] / figures["lane_rps"], 4)
            figures |= full
        return figures

    def rounds(self, count: int, connections: int, *names: str) -> list[Round]:
        """Measure alternately the baseline and the loads named."""
        return [self.round(connections, names) for _ in range(count)]

    def round(self, connections: int, names: Sequence[str]) -> Round:
        """Measure each once."""
        tps = _pgbench(self.running, self.folder, self.chosen)
        return Round(tps=tps, loads={name: self.counted(name, connections) for name in names})

    def counted(self, name: str, connections: int) -> Load:
        """Load once and count what arrived."""
        before = _count_cases(self.running.url)
        told = self.load(name, connections, seconds=self.chosen["seconds"])
        arrived = _count_cases(self.running.url) - before
        good = told["requests"] - told["errors"]
        return Load(
            rps=good / (told["micros"] / 1e6),
            p50_ms=told["p50"] / 1000,
            p99_ms=told["p99"] / 1000,
            errors=told["errors"] + max(0, good - arrived),
        )

    def load(self, name: str, connections: int, *, seconds: int) -> dict[str, int]:
        """Send reports for some seconds and give what wrk says of it."""
        threads = str(self.chosen["load_threads"])
        command = [
            *("wrk", "-t", threads, "-c", str(connections), "-d", f"{seconds}s"),
            *("--timeout", "10s", "-s", str(self.folder / "reports.lua")),
            f"{self.running.address}{PATHS[name]}",
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        result = next(line for line in said.splitlines() if line.startswith("RESULT "))
        told: dict[str, int] = json.loads(result.removeprefix("RESULT "))
        return told


def _figures(rounds: list[Round], suffix: str = "") -> dict[str, float]:
    figures = {"pgbench_tps": round(median(one.tps for one in rounds), 1)}
    for name in rounds[0].loads:
        loads = [one.loads[name] for one in rounds]
        figures |= {
            f"{name}_rps": round(median(one.rps for one in loads), 1),
            f"{name}_ratio": round(median(one.loads[name].rps / one.tps for one in rounds), 4),
            f"{name}_p50_ms": round(median(one.p50_ms for one in loads), 2),
            f"{name}_p99_ms": round(median(one.p99_ms for one in loads), 2),
            f"{name}_errors": sum(one.errors for one in loads),
        }
    return {name + suffix: value for name, value in figures.items()}


@contextmanager
def _scripts() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="linli-intake-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _pgbench(running: Any, folder: Path, chosen: Mapping[str, int]) -> float:
    import psycopg.conninfo

    from linli.config import cluster

    address = psycopg.conninfo.conninfo_to_dict(running.url)
    command = [
        *(str(_binaries(cluster) / "bin" / "pgbench"), "-n", "-M", "prepared"),
        *("-c", str(chosen["connections"]), "-j", "2", "-T", str(chosen["seconds"])),
        *("-f", str(folder / "inserts.sql"), "-h", str(address["host"])),
        *("-U", str(address["user"]), str(address["dbname"])),
    ]
    environment = {**os.environ, "PGPASSWORD": str(address["password"])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps = "))
    return float(line.split()[2])


def _binaries(cluster: Any) -> Path:
    with cluster.scratch_folder() as folder:
        described: Path = cluster.describe_scratch(folder, durable=True).binaries
        return described


def _count_cases(url: str) -> int:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM cases_case").fetchone()
    assert row is not None
    return int(row[0])
