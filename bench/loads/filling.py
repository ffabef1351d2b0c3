"""A full database: cases of the last year, written by the database itself."""

from __future__ import annotations

import random
import sys
from typing import Any

from .places import COLUMNS, ROWS, SOUTH, STEP_LAT, STEP_LON, WEST, Places

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
