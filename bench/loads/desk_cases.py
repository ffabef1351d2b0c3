"""Many cases to leaf through: a year lived by the rules, then copied with COPY as often as needed.

The demonstration lives the first of them, with events, clocks, assignments, photos and reporters.
Each copy is one of those as it would have been some weeks earlier: its rows are selected with all
instants moved by whole weeks, and written by COPY. What has ended is spread over five years, busy
grids come far more often than others, and what is open stays as it is, so that the desks are full.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

COPIED_AT_ONCE = 50_000
WEEKS_BACK = 208
SINCE = "6 years"
SHIFTED = "timestamp with time zone"

# What is written differently in a copy; all other columns are taken over, instants moved.
_EVENT_ID = "md5(t.{} || c.id::text)::uuid"
_YEAR = "'~y' || extract(year FROM ({}) AT TIME ZONE 'UTC')"
_OF_CASE = {"case_id": "c.id"}
CHANGED: Mapping[str, Mapping[str, str]] = {
    "cases_case": {
        "id": "c.id",
        "number": "c.number",
        "original_number": "CASE WHEN t.original_number = '' THEN '' ELSE 'RX' || c.number END",
    },
    "cases_reporter": {**_OF_CASE, "tracking_digest": "sha256(uuid_send(c.id))"},
    "cases_assignment": _OF_CASE,
    "cases_clock": _OF_CASE,
    "cases_casephoto": {**_OF_CASE, "event_id": _EVENT_ID.format("event_id")},
    "cases_rating": {**_OF_CASE, "event_id": _EVENT_ID.format("event_id")},
    # Transactions of long ago: the relay, which numbers what is new, leaves them alone.
    "kernel_event": {
        "id": _EVENT_ID.format("id"),
        "subject_id": "c.id::text",
        "tx": "'0'::xid8",
    },
    "kernel_eventtext": {"event_id": _EVENT_ID.format("event_id")},
    "cases_casewords": {
        **_OF_CASE,
        "period": "c.period",
        "original": "CASE WHEN t.original = '' THEN '' ELSE 'rx' || replace(c.number, '-', '') END",
        "words": f"ts_delete(t.words, ARRAY['~' || t.period, {_YEAR.format('t.reported_at')}]) || "
        f"array_to_tsvector(ARRAY['~' || c.period, {_YEAR.format('t.reported_at + c.shift')}])",
    },
}
LIVED_BY = {
    "cases_case": "JOIN lived ON lived.id = t.id",
    "kernel_event": "JOIN lived ON lived.id::text = t.subject_id",
    "kernel_eventtext": "JOIN lived_kernel_event AS e ON e.id = t.event_id "
    "JOIN lived ON lived.id = e.lived",
}

LIVED = """
CREATE UNLOGGED TABLE lived AS
WITH grids AS (
    SELECT grid_id, row_number() OVER (ORDER BY count(*) DESC) AS rank
    FROM cases_case GROUP BY grid_id
), weighed AS (
    SELECT id, reported_at, closed_at IS NULL AS is_open,
        power(coalesce(rank, 1), -0.6) * CASE WHEN closed_at IS NULL THEN 2 ELSE 1 END AS weight
    FROM cases_case LEFT JOIN grids USING (grid_id)
    WHERE step <> 'merged' AND parent_id IS NULL AND split_from_id IS NULL
)
SELECT id, reported_at, is_open, weight / sum(weight) OVER () AS share FROM weighed
"""
COPIES = """
CREATE UNLOGGED TABLE copies AS
WITH drawn AS (
    SELECT lived.id AS lived, reported_at, CASE
        WHEN is_open THEN interval '1 microsecond' * floor(random() * 1e6)
        ELSE interval '-7 days' * floor(random() * {weeks}) END AS shift
    FROM lived, generate_series(1, floor(share * {wanted} * 1.1 + random() + 0.5)::int)
    ORDER BY random() LIMIT {wanted}
), numbered AS (
    SELECT lived, shift, reported_at + shift AS at,
        row_number() OVER (ORDER BY reported_at + shift) AS no FROM drawn
)
SELECT no, lived, shift, uuidv7(at - now()) AS id,
    to_char(at, 'YYYY') || '-' || lpad((no + {before})::text, 7, '0') AS number,
    floor(extract(epoch FROM at) / 86400 / 56)::int AS period
FROM numbered
"""


def live_a_year(url: str, count: int, *, media: Path) -> None:
    """Load the demonstration with `count` cases, and write the words they are found by.

    Args:
        media: folder for the pictures.
    """
    with _django(url, media):
        from django.core.management import call_command

        from linli.demonstration import services
        from linli.spine.cases.services.indexing import rebuild_words

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        services.load(count=count, progress=lambda words: print(words, file=sys.stderr))
        rebuild_words()
        from linli.ground.kernel.relay import Relay

        with psycopg.connect(url, autocommit=True) as connection:
            Relay(connection)  # numbers what was lived; what is copied is of long ago
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(LIVED)
        for table in CHANGED:
            joined = LIVED_BY.get(table, "JOIN lived ON lived.id = t.case_id")
            connection.execute(
                f"CREATE UNLOGGED TABLE lived_{table} AS "
                f"SELECT lived.id AS lived, t.* FROM {table} AS t {joined}"
            )
            connection.execute(f"CREATE INDEX ON lived_{table} (lived)")


@contextmanager
def _django(url: str, media: Path) -> Iterator[None]:
    os.environ.update(
        DATABASE_URL=url,
        DJANGO_SETTINGS_MODULE="linli.config.settings",
        LINLI_SCRATCH="1",
        LINLI_MEDIA=str(media),
    )
    os.environ.setdefault("LINLI_SECRET", "bench-" + "0123456789abcdef" * 4)
    import django
    from django.db import connections

    django.setup()
    try:
        yield
    finally:
        connections.close_all()


def copy_cases(url: str, count: int) -> None:
    """Bring the number of cases up to `count` by copies of those that were lived."""
    with psycopg.connect(url, autocommit=True) as reading, psycopg.connect(url) as writing:
        before = _one(reading, "SELECT count(*) FROM cases_case")
        # Rows are true to each other already: neither references nor triggers are asked again.
        writing.execute("SET session_replication_role = replica")
        writing.execute("SET synchronous_commit = off")
        reading.execute(
            "SELECT kernel_ensure_partitions((now() - %s::interval)::date, now()::date)", [SINCE]
        )
        reading.execute("DROP TABLE IF EXISTS copies")
        reading.execute(COPIES.format(wanted=count - before, before=before, weeks=WEEKS_BACK))
        reading.execute("CREATE INDEX ON copies (no)")
        reading.execute("ANALYZE")
        indexes = _put_away_indexes(reading)
        for first in range(0, count - before, COPIED_AT_ONCE):
            for table in CHANGED:
                _copy(reading, writing, table, first)
            writing.commit()
            print(f"{min(count, before + first + COPIED_AT_ONCE):,} cases", file=sys.stderr)
        writing.execute("SELECT setval('cases_number', %s)", [count])
        writing.commit()
        reading.execute("SET maintenance_work_mem = '1GB'")
        for definition in indexes:
            reading.execute(definition)
    _tidy(url)


def _put_away_indexes(connection: Connection) -> list[str]:
    """Drop the indexes that hold no constraint, and give how to build them again."""
    rows = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) "
        "AND tablename <> 'kernel_event' "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(CHANGED)],
    ).fetchall()
    for name, _definition in rows:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in rows]


def _copy(reading: Connection, writing: Connection, table: str, first: int) -> None:
    """Write the rows of one table for the next copies."""
    columns = _columns(reading, table)
    changed = CHANGED[table]
    chosen = ", ".join(
        changed.get(name, f"t.{name} + c.shift" if kind == SHIFTED else f"t.{name}")
        for name, kind in columns.items()
    )
    select = (
        f"SELECT {chosen} FROM copies AS c JOIN lived_{table} AS t USING (lived) "
        f"WHERE c.no > {first} AND c.no <= {first + COPIED_AT_ONCE} ORDER BY c.no"
    )
    names = ", ".join(columns)
    with (
        reading.cursor().copy(f"COPY ({select}) TO STDOUT (FORMAT binary)") as rows,
        writing.cursor().copy(f"COPY {table} ({names}) FROM STDIN (FORMAT binary)") as copy,
    ):
        for row in rows:
            copy.write(row)


def _columns(connection: Connection, table: str) -> dict[str, str]:
    """Give the columns to be written, with their types."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s "
        "AND is_identity = 'NO' ORDER BY ordinal_position",
        [table],
    )
    return dict(rows)


def _tidy(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE cases_casewordsdue")
        connection.execute("DROP TABLE copies")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _one(connection: Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(row[0])
