"""Whether the parts of an instance work, asked of the parts themselves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import psycopg

PATIENCE_SECONDS = 3
# The worker tells that it lives every ten seconds.
QUESTION = """
SELECT current_setting('server_version'),
       coalesce((SELECT max(last_heartbeat) > now() - interval '35 seconds'
                 FROM procrastinate_workers), false),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo')
"""


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is known about database and job queue."""

    database: str
    jobs: str
    waiting: int = 0
    is_good: bool = False

    def facts(self) -> dict[str, object]:
        """Give the facts as `/healthz` shows them."""
        return {
            "ready": self.is_good,
            "database": self.database,
            "jobs": {"worker": self.jobs, "waiting": self.waiting},
        }


async def look(url: str) -> Health:
    """Ask the database for itself and for the signs of life of the job worker."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
            async with connection:
                row = await (await connection.execute(QUESTION)).fetchone()
    except (TimeoutError, psycopg.Error):
        return Health(database="unreachable", jobs="unknown")
    version, alive, waiting = row or ("", False, 0)
    return Health(
        database=f"PostgreSQL {version}",
        jobs="alive" if alive else "silent",
        waiting=waiting,
        is_good=alive,
    )
