"""Whether the parts of an instance work, asked of the parts themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import psycopg

PATIENCE_SECONDS = 3
# Worker and relay tell every ten seconds that they live. What waits for its position is counted
# along the index, and only so far as it matters.
QUESTION = """
SELECT current_setting('server_version'),
       coalesce((SELECT max(last_heartbeat) > now() - interval '35 seconds'
                 FROM procrastinate_workers), false),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'),
       coalesce((SELECT alive_at > now() - interval '35 seconds' FROM kernel_relay), false),
       (SELECT count(*) FROM (
           SELECT FROM kernel_event WHERE tx >= coalesce(
               (SELECT pg_snapshot_xmax(snapshot) FROM kernel_stream
                ORDER BY position DESC LIMIT 1), '0')
           ORDER BY tx LIMIT 1000) AS waiting)
"""


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is known about database, job queue and relay."""

    database: str
    jobs: str
    relay: str
    waiting: int = 0
    events_waiting: int = 0
    is_good: bool = False

    def facts(self) -> dict[str, object]:
        """Give the facts as `/healthz` shows them."""
        return {
            "ready": self.is_good,
            "database": self.database,
            "jobs": {"worker": self.jobs, "waiting": self.waiting},
            "events": {"relay": self.relay, "waiting": self.events_waiting},
        }


async def look(url: str) -> Health:
    """Ask the database for itself and for the signs of life of job worker and relay."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
            async with connection:
                row = await (await connection.execute(QUESTION)).fetchone()
    except (TimeoutError, psycopg.Error):
        return Health(database="unreachable", jobs="unknown", relay="unknown")
    version, works, jobs, numbers, events = row or ("", False, 0, False, 0)
    return Health(
        database=f"PostgreSQL {version}",
        jobs="alive" if works else "silent",
        relay="alive" if numbers else "silent",
        waiting=jobs,
        events_waiting=events,
        is_good=works and numbers,
    )
