"""A reader that goes on from the last position it saw misses nothing and sees nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel import queries, services, stream
from linli.ground.kernel.relay import Relay
from linli.ground.kernel.terms import SYSTEM, Subject

from .writing import AT, Connection, Noted, address, connected, empty, numbered, relaying, write

pytestmark = pytest.mark.django_db(transaction=True)
MATTER = Subject(kind="tests.Matter", id="1")


@pytest.fixture
def own() -> Iterator[Connection]:
    """A connection of our own in a database without events, and without them afterwards."""
    with connected() as made:
        empty(made)
        yield made
        empty(made)


@pytest.fixture
def relay(own: Connection) -> Iterator[Relay]:
    """The one relay."""
    with relaying() as one:
        yield one


def test_it_gives_events_as_they_were_recorded_in_one_query(relay: Relay) -> None:
    with transaction.atomic():
        services.record_event(
            Noted(number=3), subject=MATTER, actor=SYSTEM, at=AT, texts={"note": "井盖坏了"}
        )
        services.record_event(
            Noted(number=4), subject=MATTER, actor=SYSTEM, at=AT + timedelta(days=200)
        )
    relay.look()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read = stream.read_after(position=0)
    assert [one.occurrence for one in read] == queries.list_occurrences(MATTER)
    assert [one.position for one in read] == [1, 2]
    assert len(asked) == 1


def test_erased_words_are_not_told_any_more(relay: Relay) -> None:
    with transaction.atomic():
        occurrence = services.record_event(
            Noted(number=3), subject=MATTER, actor=SYSTEM, at=AT, texts={"note": "井盖坏了"}
        )
    relay.look()
    services.erase_texts(event_ids=[occurrence.id], at=AT)
    assert stream.read_after(position=0)[0].occurrence.texts == {}


def test_reading_goes_on_from_every_position(own: Connection, relay: Relay) -> None:
    for count in (1, 4, 2):
        for _ in range(count):
            write(own)
        relay.look()
    events = numbered(own)
    for position in range(8):
        for limit in (1, 3, 10):
            read = stream.read_after(position=position, limit=limit)
            assert [one.occurrence.id for one in read] == events[position : position + limit]
    assert stream.last_position() == 7


def test_a_read_touches_the_months_of_its_events_only(own: Connection, relay: Relay) -> None:
    for day in range(300):
        write(own, at=AT + timedelta(days=day))
    relay.look()
    own.execute("ANALYZE kernel_event; ANALYZE kernel_stream")
    rows = own.execute(
        "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) " + stream.READ,
        {"position": 10, "limit": 5},
    ).fetchall()
    months = [str(row[0]) for row in rows if " on kernel_event_" in str(row[0])]
    assert len(months) > 12
    assert len([month for month in months if "never executed" not in month]) == 1


async def collect(position: int, count: int, then: Any = None, limit: int = 3) -> list[UUID]:
    """Follow the stream until `count` events have come; `then` is run after each piece."""
    seen: list[UUID] = []
    pieces = stream.follow(url=address(), position=position, limit=limit)
    async with asyncio.timeout(30), aclosing(pieces):
        async for piece in pieces:
            assert [one.position for one in piece] == list(
                range(position + len(seen) + 1, position + len(seen) + len(piece) + 1)
            )
            seen += [one.occurrence.id for one in piece]
            if len(seen) >= count:
                break
            if then is not None:
                then()
    return seen


def test_a_follower_catches_up_and_then_sees_what_comes(own: Connection, relay: Relay) -> None:
    for _ in range(5):
        write(own)
    relay.look()

    def more() -> None:
        if len(numbered(own)) < 11:
            write(own), write(own)
            relay.look()

    assert asyncio.run(collect(0, 11, more)) == numbered(own)
    assert asyncio.run(collect(4, 7)) == numbered(own)[4:]


def test_a_quiet_follower_is_woken(own: Connection, relay: Relay) -> None:
    async def play() -> list[UUID]:
        following = asyncio.create_task(collect(0, 1))
        while not is_listening(own):
            await asyncio.sleep(0.01)
        write(own)
        relay.look()
        return await following

    assert asyncio.run(play()) == numbered(own)


def test_a_follower_goes_on_over_a_lost_connection(own: Connection, relay: Relay) -> None:
    write(own)
    relay.look()

    def cut() -> None:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE '%%kernel_stream%%LATERAL%%'"
            " AND pid <> pg_backend_pid()",
            [],
        )
        write(own)
        relay.look()

    assert asyncio.run(collect(0, 3, cut)) == numbered(own)[:3]


def is_listening(own: Connection) -> bool:
    """Tell whether a follower waits for what comes."""
    asked = own.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND state = 'idle' AND query LIKE '%%kernel_stream%%LATERAL%%'",
        [],
    ).fetchone()
    return asked == (1,)
