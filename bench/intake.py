"""How many reports a second Django takes in, beside what PostgreSQL alone can write.

`POST /api/v1/reports` through the front door at 32 connections, every body its own, loaded by
wrk; against pgbench with three inserts into the same tables with the same indexes on the same
cluster. Rounds alternate, medians count. After every round the cases in the database are counted
by a connection of our own: fewer than were answered is an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

DEFAULTS: Mapping[str, int] = {
    "rounds": 5,
    "seconds": 8,
    "warm_up_seconds": 4,
    "connections": 32,
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
class Round:
    """What one round of each load came to."""

    tps: float
    rps: float
    p50_ms: float
    p99_ms: float
    errors: int


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch instance.

    Args:
        settings: those of `DEFAULTS` that should differ.
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
        _load(running, folder, chosen, seconds=chosen["warm_up_seconds"])
        rounds = [_round(running, folder, chosen) for _ in range(chosen["rounds"])]
    return _figures(rounds)


def _figures(rounds: list[Round]) -> dict[str, float]:
    tps, rps = median(one.tps for one in rounds), median(one.rps for one in rounds)
    return {
        "pgbench_tps": round(tps, 1),
        "django_rps": round(rps, 1),
        "django_ratio": round(rps / tps, 4),
        "django_p50_ms": round(median(one.p50_ms for one in rounds), 2),
        "django_p99_ms": round(median(one.p99_ms for one in rounds), 2),
        "errors": sum(one.errors for one in rounds),
    }


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


def _round(running: Any, folder: Path, chosen: Mapping[str, int]) -> Round:
    tps = _pgbench(running, folder, chosen)
    before = _count_cases(running.url)
    loaded = _load(running, folder, chosen, seconds=chosen["seconds"])
    lost = max(0, loaded["requests"] - loaded["errors"] - (_count_cases(running.url) - before))
    return Round(
        tps=tps,
        rps=(loaded["requests"] - loaded["errors"]) / (loaded["micros"] / 1e6),
        p50_ms=loaded["p50"] / 1000,
        p99_ms=loaded["p99"] / 1000,
        errors=loaded["errors"] + lost,
    )


def _load(running: Any, folder: Path, chosen: Mapping[str, int], *, seconds: int) -> dict[str, int]:
    command = [
        *("wrk", "-t", str(chosen["load_threads"]), "-c", str(chosen["connections"])),
        *("-d", f"{seconds}s", "--timeout", "10s", "-s", str(folder / "reports.lua")),
        f"{running.address}api/v1/reports",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = next(line for line in said.splitlines() if line.startswith("RESULT "))
    loaded: dict[str, int] = json.loads(result.removeprefix("RESULT "))
    return loaded


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
