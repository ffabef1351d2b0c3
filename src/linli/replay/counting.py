"""What the database holds after a replay, asked by a connection of its own in plain SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

CASES = """
    SELECT c.id, a.name, c.is_suspicious_place, c.step = 'closed', k.done_at, k.due_at
    FROM wanted w
    JOIN cases_case c ON c.id = w.id
    LEFT JOIN territory_area a ON a.id = c.grid_id
    LEFT JOIN LATERAL (
        SELECT max(stopped_at) AS done_at, max(due_at) AS due_at
        FROM cases_clock WHERE case_id = c.id AND name = 'handle'
    ) k ON true
"""
DOUBLED = """
    SELECT count(*) FROM (
        SELECT original_number FROM cases_case WHERE original_number <> ''
        GROUP BY original_number HAVING count(*) > 1
    ) twice
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """One case as the database has it; `on_time` is None as long as it is not closed."""

    area: str | None
    is_suspicious: bool
    is_closed: bool
    on_time: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """The cases found by client id, and how many reports came in more than once."""

    cases: dict[UUID, Held] = field(default_factory=dict)
    doubled: int = 0
    unknown: int = 0


def count_cases(url: str, client_ids: Iterable[UUID]) -> Count:
    """Look up every client id; each is there exactly once or not at all.

    Args:
        url: address of the database for libpq.
    """
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE wanted (id uuid PRIMARY KEY)")
        with cursor.copy("COPY wanted FROM STDIN") as copy:
            for client_id in client_ids:
                copy.write_row((str(client_id),))
        cases = {row[0]: _held(*row[1:]) for row in cursor.execute(CASES)}
        (doubled,) = cursor.execute(DOUBLED).fetchone() or (0,)
        strangers = "SELECT count(*) FROM cases_case WHERE id NOT IN (SELECT id FROM wanted)"
        (unknown,) = cursor.execute(strangers).fetchone() or (0,)
    return Count(cases=cases, doubled=doubled, unknown=unknown)


def _held(
    area: str | None,
    is_suspicious: bool,
    is_closed: bool,
    done_at: object,
    due_at: object,
) -> Held:
    on_time = None
    if is_closed and done_at is not None and due_at is not None:
        on_time = bool(done_at <= due_at)  # type: ignore[operator]
    return Held(area=area, is_suspicious=is_suspicious, is_closed=is_closed, on_time=on_time)
