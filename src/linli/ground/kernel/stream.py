"""The events in the order of their commits: read from a position, or followed as they come.

A position that can be seen has all lower ones before it, so a reader that goes on from the last
it saw misses nothing and sees nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import msgspec
import psycopg
import structlog
from django.db import connection
from psycopg import sql

from .queries import EventRow, build_occurrence
from .relay import CHANNEL, ON_THE_INDEX
from .terms import StreamedOccurrence

BATCH = 500
RETRY_SECONDS = 0.5
QUIET_SECONDS = 30.0

log = structlog.get_logger(__name__)
Connection = psycopg.AsyncConnection[tuple[Any, ...]]

# LIMIT 1 keeps each inner read one of its own, by the key of one partition; a planner that may
# join the whole reads every month.
READ = """
SELECT stream.position, event.*
FROM (SELECT position, recorded_at, event_id FROM kernel_stream
      WHERE position > %(position)s ORDER BY position LIMIT %(limit)s) AS stream
CROSS JOIN LATERAL (
    SELECT id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_id, actor_role,
           actor_organisation_id, step_before, step_after, actor_for_id, facts::text,
           (SELECT jsonb_object_agg(key, body)::text FROM kernel_eventtext AS words
            WHERE words.event_id = stream.event_id AND words.erased_at IS NULL)
    FROM kernel_event AS recorded
    WHERE recorded.recorded_at = stream.recorded_at AND recorded.id = stream.event_id
    LIMIT 1
) AS event
ORDER BY stream.position
"""
LAST = "SELECT coalesce(max(position), 0) FROM kernel_stream"


def read_after(*, position: int, limit: int = BATCH) -> list[StreamedOccurrence]:
    """Read the events after a position, in their order, with one query.

    Args:
        position: the last that is known, 0 for none.
        limit: events at most.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, {"position": position, "limit": limit})
        return [_streamed(row) for row in cursor.fetchall()]


def last_position() -> int:
    """Tell the highest position given so far, 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        return int(cursor.fetchone()[0])


async def follow(
    *, url: str, position: int, limit: int = BATCH
) -> AsyncGenerator[list[StreamedOccurrence]]:
    """Yield the events after a position as they are numbered, for as long as it is read.

    A lost connection is made again, and reading goes on where it was. Close it (`aclosing`) when
    done, for it holds a connection of its own.

    Args:
        url: address of the database.
        position: the last that is known, 0 for none.
        limit: events at most in one piece.
    """
    while True:
        try:
            async with (
                await Connection.connect(url, autocommit=True) as own,
                aclosing(_listen(own, position, limit)) as pieces,
            ):
                async for piece in pieces:
                    position = piece[-1].position
                    yield piece
        except psycopg.Error as fault:
            log.warning("stream interrupted", position=position, fault=str(fault).strip())
        await asyncio.sleep(RETRY_SECONDS)


async def _listen(
    own: Connection, position: int, limit: int
) -> AsyncGenerator[list[StreamedOccurrence]]:
    """Listen first, then read what is there: so nothing comes between."""
    # Planned once: to plan over all months takes longer than to read what came.
    await own.execute(ON_THE_INDEX)
    await own.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
    while True:
        piece = await _read(own, position, limit)
        if piece:
            position = piece[-1].position
            yield piece
        if len(piece) < limit:
            await _wait_beyond(own, position)


async def _read(own: Connection, position: int, limit: int) -> list[StreamedOccurrence]:
    rows = await own.execute(READ, {"position": position, "limit": limit}, prepare=True)
    return [_streamed(row) for row in await rows.fetchall()]


async def _wait_beyond(own: Connection, position: int) -> None:
    """Wait until a higher position is announced; look all the same when it is quiet for long."""
    announced = [0]
    while announced and max(announced) <= position:
        notes = own.notifies(timeout=QUIET_SECONDS, stop_after=1)
        announced = [int(note.payload) async for note in notes]


def _streamed(row: tuple[Any, ...]) -> StreamedOccurrence:
    position, *columns, facts, texts = row
    columns.append(msgspec.json.decode(facts))
    recorded = EventRow(*columns)
    words = msgspec.json.decode(texts) if texts else {}
    return StreamedOccurrence(position=position, occurrence=build_occurrence(recorded, words))
