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
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

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
COLUMNS, ROWS = 8, 6
WEST, SOUTH, STEP_LON, STEP_LAT = 125.30, 43.87, 0.0025, 0.0018
CATEGORY = "matter:06012"

# Three inserts of the size and with the keys of a report through the API.
THREE_INSERTS = """
\\set east random(0, 19999)
\\set north random(0, 10799)
\\set cell random(1, 2000000000)
BEGIN;
INSERT INTO cases_case (id, number, version, kind, procedure, step, title, text, level, lon, lat,
  h3, address, place_note, channel, original_number, visibility, is_urgent, is_suspicious_place,
  is_overdue, rework_count, return_count, reported_at, due_at, changed_at, street_id,
  community_id, grid_id, category_id)
VALUES (uuidv7(), '2026-' || lpad(nextval('cases_number')::text, 7, '0'), 1, 'incident',
  'incident', 'verifying', '楼道口堆着垃圾', '楼道口堆着垃圾，已经三天没有人清理，气味很大。',
  'street', {west} + :east * 1e-6, {south} + :north * 1e-6, 612000000000000000 + :cell, '', '',
  'api', '', 'public', false, false, false, 0, 0, now(), now() + interval '2 hours', now(),
  {street}, {community}, {grid}, {category}) RETURNING id AS case_id \\gset
INSERT INTO cases_reporter (case_id, name, phone, door, agrees_contact, is_anonymous,
  tracking_digest, body_digest, language)
VALUES (:case_id, '', '', '', false, false, sha256(uuid_send(uuidv7())),
  sha256(uuid_send(uuidv7())), 'zh-hans');
INSERT INTO kernel_event (id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_role,
  step_before, step_after, facts)
VALUES (uuidv7(), now(), 'cases.Case', :case_id, 'cases.CaseReported', 'anonymous', '', '',
  'verifying', '{{"number": "2026-0000001", "channel": "api", "case_kind": "incident",
  "category_id": 1, "street_id": 1, "community_id": 2, "grid_id": 3}}');
COMMIT;
"""

FILLED_AT_ONCE = 100_000
SPOTS = 20_000
FILL = """
WITH made AS MATERIALIZED (
    SELECT uuidv7(reported_at - now()) AS id, number, reported_at, number %% 20 <> 0 AS is_closed
    FROM (
        SELECT number, now() - interval '1 year' * (1 - number::float8 / %s) AS reported_at
        FROM generate_series(%s, %s) AS number
    ) AS spread
), placed AS (
    INSERT INTO cases_case (id, number, version, kind, procedure, step, title, text, level, lon,
        lat, h3, address, place_note, channel, original_number, visibility, is_urgent,
        is_suspicious_place, is_overdue, rework_count, return_count, reported_at, filed_at,
        dispatched_at, closed_at, promised_at, handle_due_at, due_at, changed_at, street_id,
        community_id, grid_id, category_id)
    SELECT made.id, 'F-' || number, 1, 'incident', 'incident',
        CASE WHEN is_closed THEN 'closed' ELSE 'verifying' END, '楼道口堆着垃圾',
        '楼道口堆着垃圾，已经三天没有人清理，气味很大。', 'street',
        lon, lat, h3, '', '', 'api', '', 'public', false, false,
        false, 0, 0, reported_at, CASE WHEN is_closed THEN reported_at END,
        CASE WHEN is_closed THEN reported_at END,
        CASE WHEN is_closed THEN reported_at + interval '1 hour' END,
        CASE WHEN is_closed THEN reported_at + interval '1 day' END,
        CASE WHEN is_closed THEN reported_at + interval '1 day' END,
        CASE WHEN NOT is_closed THEN reported_at + interval '4 hours' END, reported_at,
        {street}, {community}, {grid} + number %% 48, {category}
    FROM made JOIN spot ON spot.id = number %% {spots} RETURNING id
), told AS (
    INSERT INTO cases_reporter (case_id, name, phone, door, agrees_contact, is_anonymous,
        tracking_digest, body_digest, language)
    SELECT id, '', '', '', false, false, sha256(uuid_send(id)), sha256(uuid_send(id)), 'zh-hans'
    FROM placed
), started AS (
    INSERT INTO cases_clock (case_id, name, started_at, limit_amount, limit_unit, promised_at,
        due_at, stopped_at)
    SELECT id, 'verify', reported_at, 4, 'working_hours', reported_at + interval '4 hours',
        reported_at + interval '4 hours', CASE WHEN is_closed THEN reported_at END
    FROM placed JOIN made USING (id)
)
INSERT INTO kernel_event (id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_role,
    step_before, step_after, facts)
SELECT uuidv7(), reported_at, 'cases.Case', id::text, 'cases.reported', 'anonymous', '', '',
    'verifying', '{{"number": "F-1", "channel": "api", "case_kind": "incident",
    "category_id": 1, "street_id": 1, "community_id": 2, "grid_id": 3}}'
FROM placed JOIN made USING (id)
"""

UNIQUE_REPORTS = """
-- Not local: wrk hands every thread its own by this name.
seed = 0
local counter = 0
local function hex(digits)
  local made = {}
  for i = 1, digits do made[i] = string.format("%x", math.random(0, 15)) end
  return table.concat(made)
end
function setup(thread) seed = seed + 1; thread:set("seed", seed) end
function init(args)
  math.randomseed(os.time() * 1000 + seed * 7919)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  local now = math.floor(os.time() * 1000 + (os.clock() * 1000) % 1000)
  local stamp = string.format("%012x", now)
  local id = stamp:sub(1, 8) .. "-" .. stamp:sub(9, 12) .. "-7" .. hex(3) .. "-8" .. hex(3)
    .. "-" .. hex(12)
  counter = counter + 1
  local body = string.format(
    '{"id":"%s","text":"楼道口堆着垃圾，已经三天没有人清理，气味很大。%d-%d",' ..
    '"lon":%.6f,"lat":%.6f,"category":"__CATEGORY__"}',
    id, seed, counter, __WEST__ + math.random() * __WIDTH__,
    __SOUTH__ + math.random() * __HEIGHT__)
  return wrk.format(nil, nil, nil, body)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\nRESULT {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True, kw_only=True)
class Places:
    """Ids of the rows both loads refer to."""

    street: int
    community: int
    grid: int
    category: int


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
        _write_scripts(folder, places)
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


def _write_scripts(folder: Path, places: Places) -> None:
    values = {name: getattr(places, name) for name in Places.__dataclass_fields__}
    inserts = THREE_INSERTS.format(west=WEST, south=SOUTH, **values)
    (folder / "inserts.sql").write_text(inserts, encoding="utf-8")
    words = {
        "__CATEGORY__": CATEGORY,
        "__WEST__": str(WEST),
        "__SOUTH__": str(SOUTH),
        "__WIDTH__": str(COLUMNS * STEP_LON),
        "__HEIGHT__": str(ROWS * STEP_LAT),
    }
    script = UNIQUE_REPORTS
    for word, value in words.items():
        script = script.replace(word, value)
    (folder / "reports.lua").write_text(script, encoding="utf-8")


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


def fill_places(url: str) -> Places:
    """Make a street of 48 grids and one category."""
    os.environ.update(
        DATABASE_URL=url,
        DJANGO_SETTINGS_MODULE="linli.config.settings",
        LINLI_SCRATCH="1",
    )
    os.environ.setdefault("LINLI_SECRET", "bench-" + "0123456789abcdef" * 4)
    import django
    from django.db import connections

    django.setup()
    try:
        return _make_rows()
    finally:
        connections.close_all()


def fill_cases(url: str, places: Places, count: int) -> None:
    """Fill the database with cases of the last year, nineteen of twenty of them closed."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT kernel_ensure_partitions((now() - interval '1 year')::date, now()::date)"
        )
        _fill_spots(connection)
        fill = FILL.format(spots=SPOTS, **vars(places))
        for start in range(0, count, FILLED_AT_ONCE):
            last = min(count, start + FILLED_AT_ONCE)
            connection.execute(fill, (count, start + 1, last))
            print(f"{last:,} cases", file=sys.stderr)
        for table in ("cases_case", "cases_reporter", "cases_clock", "kernel_event"):
            connection.execute(f"VACUUM ANALYZE {table}")
        connection.execute("CHECKPOINT")


def _fill_spots(connection: Any) -> None:
    """Lay out the points at which the cases of a full database lie, with their cells."""
    from linli.spine.cases.queries.nearby import cell_of

    chance = random.Random(1)  # noqa: S311
    connection.execute("CREATE TEMPORARY TABLE spot (id int, lon float8, lat float8, h3 bigint)")
    with connection.cursor().copy("COPY spot FROM STDIN") as copy:
        for number in range(SPOTS):
            lon = WEST + chance.random() * COLUMNS * STEP_LON
            lat = SOUTH + chance.random() * ROWS * STEP_LAT
            copy.write_row((number, lon, lat, cell_of(lon, lat)))
    connection.execute("ANALYZE spot")


def _make_rows() -> Places:
    from linli.ground.territory.models import Area
    from linli.ground.territory.services import announce_change
    from linli.spine.cases.models import Category
    from linli.spine.cases.services.catalogue import touch_catalogue

    opened = date(2020, 1, 1)
    street = Area.objects.create(
        code="220104004000", kind="street", name="测量街道", valid_from=opened
    )
    community = Area.objects.create(
        code="220104004001", kind="community", name="测量社区", parent=street, valid_from=opened
    )
    grids = Area.objects.bulk_create(
        Area(
            code=f"220104004001{number + 1:03d}",
            kind="grid",
            name=f"{number + 1}",
            parent=community,
            geometry=_square(number % COLUMNS, number // COLUMNS),
            valid_from=opened,
        )
        for number in range(COLUMNS * ROWS)
    )
    announce_change(at=datetime.now(UTC))
    found = Category.objects.filter(kind="matter", code=CATEGORY.partition(":")[2]).first()
    category = found or _make_category(opened)
    touch_catalogue(at=datetime.now(UTC))
    return Places(street=street.pk, community=community.pk, grid=grids[0].pk, category=category.pk)


def _make_category(opened: date) -> Any:
    from linli.spine.cases.models import Category

    return Category.objects.create(
        kind="matter",
        code=CATEGORY.partition(":")[2],
        major_code="06",
        major_name="测量",
        name="暴露垃圾",
        limit_amount=2,
        limit_unit="working_hours",
        effective_from=opened,
    )


def _square(column: int, row: int) -> dict[str, Any]:
    west, south = WEST + column * STEP_LON, SOUTH + row * STEP_LAT
    east, north = west + STEP_LON, south + STEP_LAT
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
