"""Health asks the parts themselves for signs of life."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from linli.config import health
from linli.ground.kernel.tests.writing import (
    Connection,
    address,
    connected,
    empty,
    relaying,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own() -> Iterator[Connection]:
    """A connection of our own in a database with a job worker and without events."""
    with connected() as made:
        empty(made)
        made.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        yield made
        made.execute("DELETE FROM procrastinate_workers")
        empty(made)


def look() -> health.Health:
    return asyncio.run(health.look(address()))


def test_with_worker_and_relay_all_is_well(own: Connection) -> None:
    with relaying():
        found = look()
    assert (found.jobs, found.relay, found.is_good) == ("alive", "alive", True)


def test_a_relay_just_gone_is_still_health_and_one_long_silent_is_none(own: Connection) -> None:
    with relaying():
        pass
    for seconds, is_good in ((30, True), (36, False)):
        own.execute(
            "UPDATE kernel_relay SET alive_at = now() - make_interval(secs => %s)", [seconds]
        )
        found = look()
        assert (found.relay, found.is_good) == ("alive" if is_good else "silent", is_good)


def test_where_no_relay_ever_ran_it_is_silent(own: Connection) -> None:
    assert look().relay == "silent"


def test_it_tells_how_many_events_wait_for_their_position(own: Connection) -> None:
    for _ in range(2):
        write(own)
    assert look().events_waiting == 2
    with relaying() as relay:
        assert look().events_waiting == 0
        for _ in range(3):
            write(own)
        assert look().events_waiting == 3
        relay.look()
        assert look().events_waiting == 0
