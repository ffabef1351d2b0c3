"""Writers and relays of their own for tests: real connections, so that commits interleave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from django.db import connection

from linli.ground.kernel import relay
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.relay import Relay
from linli.ground.kernel.terms import Happened

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Connection = psycopg.Connection[tuple[Any, ...]]

APPEND = """
INSERT INTO kernel_event (
    id, recorded_at, subject_kind, subject_id, name, actor_kind, actor_role, step_before,
    step_after, facts
) VALUES (%s, %s, 'tests.Matter', '1', 'tests.noted', 'system', '', '', '', '{"number": 7}')
"""


@dataclass(frozen=True, kw_only=True)
class Noted(Happened):
    """Something for tests to record."""

    name: ClassVar[str] = "tests.noted"
    number: int


def address() -> str:
    """Give the address of the test database for connections of our own."""
    parts = connection.get_connection_params()
    kept = ("dbname", "user", "password", "host", "port")
    return psycopg.conninfo.make_conninfo(**{key: parts[key] for key in kept if key in parts})


@contextmanager
def connected() -> Iterator[Connection]:
    """Give a connection in autocommit."""
    with psycopg.connect(address(), autocommit=True) as own:
        yield own


@contextmanager
def relaying() -> Iterator[Relay]:
    """Give the one relay, over a connection of its own."""
    with connected() as own:
        assert relay.take_turn(own)
        yield Relay(own)


def write(own: Connection, *, at: datetime = AT, event_id: UUID | None = None) -> UUID:
    """Write one event over a connection; committed with its transaction."""
    written = event_id or new_id()
    own.execute(APPEND, [written, at])
    return written


def empty(own: Connection) -> None:
    """Drop all events and positions: what is written over other connections is not undone."""
    own.execute("TRUNCATE kernel_event, kernel_stream, kernel_relay, kernel_eventtext")


def stream_of(own: Connection) -> list[tuple[int, UUID]]:
    """List all positions with their events."""
    rows = own.execute("SELECT position, event_id FROM kernel_stream ORDER BY position").fetchall()
    return [(int(position), event_id) for position, event_id in rows]


def numbered(own: Connection) -> list[UUID]:
    """List the events in their order, whose positions must be 1, 2, 3, …"""
    stream = stream_of(own)
    assert [position for position, _event in stream] == list(range(1, len(stream) + 1))
    return [event for _position, event in stream]
