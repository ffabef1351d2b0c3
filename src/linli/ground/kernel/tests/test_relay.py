"""Every committed event gets exactly one position, whatever order the commits come in."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ground.kernel import relay
from linli.ground.kernel.relay import Relay

from .writing import AT, Connection, address, connected, empty, numbered, relaying, stream_of, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def own() -> Iterator[Connection]:
    """A connection of our own in a database without events, and without them afterwards."""
    with connected() as made:
        empty(made)
        yield made
        empty(made)


def test_what_was_there_before_the_first_relay_is_numbered_as_it_happened(own: Connection) -> None:
    later = write(own, at=AT + timedelta(hours=1))
    earlier = write(own, at=AT)
    with relaying() as one:
        assert numbered(own) == [earlier, later]
        assert one.look() == 0


def test_events_are_numbered_when_they_are_committed(own: Connection) -> None:
    with relaying() as one:
        first = write(own)
        assert one.look() == 1
        second, third = write(own), write(own)
        assert one.look() == 2
        assert one.look() == 0
    assert numbered(own) == [first, second, third]


def test_a_transaction_held_open_loses_nothing_and_stops_nobody(own: Connection) -> None:
    with relaying() as one, connected() as slow, connected() as slower:
        slow.execute("BEGIN")
        held = [write(slow) for _ in range(3)]
        one.look()
        slower.execute("BEGIN")
        held_longer = write(slower)
        quick = [write(own) for _ in range(5)]
        one.look()
        assert numbered(own) == quick
        slower.execute("COMMIT")
        quick.append(write(own))
        one.look()
        assert numbered(own)[5:] == [held_longer, quick[-1]]
        slow.execute("COMMIT")
        one.look()
        assert numbered(own)[7:] == held


def test_what_a_held_transaction_writes_in_between_is_found_too(own: Connection) -> None:
    with relaying() as one, connected() as slow:
        slow.execute("BEGIN")
        held = [write(slow)]
        for _ in range(3):
            quick = write(own)
            assert one.look() == 1
            assert numbered(own)[-1] == quick
            held.append(write(slow))
        slow.execute("COMMIT")
        assert one.look() == 4
        assert set(numbered(own)[3:]) == set(held)


def test_what_is_undone_never_gets_a_position(own: Connection) -> None:
    with relaying() as one, connected() as other:
        other.execute("BEGIN")
        write(other)
        one.look()
        other.execute("ROLLBACK")
        one.look()
        kept = write(own)
        one.look()
    assert numbered(own) == [kept]


def test_savepoints_count_with_their_transaction(own: Connection) -> None:
    with relaying() as one, connected() as other:
        other.execute("BEGIN")
        before = write(other)
        other.execute("SAVEPOINT a")
        inside = write(other)
        other.execute("SAVEPOINT b")
        write(other)
        other.execute("ROLLBACK TO b")
        other.execute("RELEASE a")
        one.look()
        assert numbered(own) == []
        other.execute("COMMIT")
        one.look()
        assert numbered(own) == [before, inside]


def test_the_order_within_a_transaction_is_that_of_instants_and_ids(own: Connection) -> None:
    with relaying() as one:
        own.execute("BEGIN")
        late = write(own, at=AT + timedelta(minutes=1), event_id=UUID(int=1))
        early = [write(own, event_id=UUID(int=3)), write(own, event_id=UUID(int=2))]
        own.execute("COMMIT")
        one.look()
    assert numbered(own) == [*reversed(early), late]


def test_every_pass_with_events_is_announced_once(own: Connection) -> None:
    own.execute("LISTEN linli_events")
    with relaying() as one:
        for count in (2, 0, 1):
            for _ in range(count):
                write(own)
            one.look()
    assert [note.payload for note in own.notifies(timeout=30, stop_after=2)] == ["2", "3"]


def test_a_second_relay_waits_until_the_first_is_gone(own: Connection) -> None:
    with connected() as second:
        with relaying() as one:
            assert not relay.take_turn(second)
            first = write(own)
            one.look()
        wait_until(lambda: relay.take_turn(second))
        second_event = write(own)
        assert Relay(second).look() == 1
    assert numbered(own) == [first, second_event]


def test_the_next_relay_goes_on_where_the_last_one_stopped(own: Connection) -> None:
    with relaying() as one, connected() as slow:
        slow.execute("BEGIN")
        held = write(slow)
        first = write(own)
        one.look()
        one._connection.close()
        slow.execute("COMMIT")
        second = write(own)
        wait_until(lambda: is_free(own))
        with relaying() as next_one:
            assert next_one.look() == 2
    assert numbered(own) == [first, held, second]


def test_a_relay_killed_in_the_middle_of_a_pass_leaves_nothing_half_done(own: Connection) -> None:
    """A reader's lock stops the pass between its reads and its writes; there it is killed."""
    with relaying() as one, connected() as blocking:
        events = [write(own), write(own)]
        blocking.execute("BEGIN; LOCK TABLE kernel_stream IN SHARE MODE")
        failed: list[psycopg.Error] = []
        passing = threading.Thread(target=lambda: failed.extend(fault_of(one)))
        passing.start()
        pid = one._connection.info.backend_pid
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type='Lock'"
        wait_until(lambda: own.execute(waiting, [pid]).fetchone() == (1,))
        own.execute("SELECT pg_terminate_backend(%s)", [pid])
        passing.join()
        blocking.execute("ROLLBACK")
        assert len(failed) == 1
    assert numbered(own) == []
    wait_until(lambda: is_free(own))
    with relaying() as next_one:
        next_one.look()
    assert sorted(numbered(own)) == sorted(events)


def fault_of(one: Relay) -> list[psycopg.Error]:
    try:
        one.look()
    except psycopg.Error as fault:
        return [fault]
    return []


def test_a_running_relay_survives_the_loss_of_its_connection(own: Connection) -> None:
    stopping = threading.Event()
    running = threading.Thread(
        target=relay.number_events, kwargs={"url": address(), "stopping": stopping}
    )
    running.start()
    try:
        first = write(own)
        wait_until(lambda: len(stream_of(own)) == 1)
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [relay.APPLICATION],
        )
        second = write(own)
        wait_until(lambda: len(stream_of(own)) == 2)
    finally:
        stopping.set()
        running.join()
    assert numbered(own) == [first, second]
    alive = "SELECT count(*) FROM kernel_relay WHERE alive_at > now() - interval '35 seconds'"
    assert own.execute(alive).fetchone() == (1,)


def test_after_a_restore_elsewhere_nothing_is_numbered_twice_or_left_out(own: Connection) -> None:
    """In another cluster transactions are counted anew, so that old numbers come once more."""
    with relaying() as one:
        before = [write(own), write(own)]
        one.look()
    left_out = write(own)
    now = int(str(own.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()[0]))  # type: ignore[index]
    own.execute("UPDATE kernel_event SET tx = %s::text::xid8", [now + 40])
    own.execute(
        "UPDATE kernel_stream SET snapshot = %s::pg_snapshot WHERE snapshot IS NOT NULL",
        [f"{now + 40}:{now + 50}:{now + 40}"],
    )
    own.execute("UPDATE kernel_relay SET cluster = cluster - 1")
    wait_until(lambda: is_free(own))
    with relaying() as one:
        assert numbered(own) == [*before, left_out]
        after = [written_and_numbered(own, one) for _ in range(60)]
    assert numbered(own) == [*before, left_out, *after]


def written_and_numbered(own: Connection, one: Relay) -> UUID:
    event = write(own)
    one.look()
    return event


def test_a_restore_is_noticed_when_everything_had_its_position(own: Connection) -> None:
    with relaying() as one:
        event = write(own)
        one.look()
    own.execute("UPDATE kernel_stream SET snapshot = '9000000000:9000000000:'")
    wait_until(lambda: is_free(own))
    with relaying():
        pass
    later = write(own)
    wait_until(lambda: is_free(own))
    with relaying() as one:
        one.look()
    assert numbered(own) == [event, later]


def test_a_pass_reads_no_month_as_a_whole(own: Connection) -> None:
    with relaying() as one:
        for month in range(1, 13):
            own.execute("BEGIN")
            for day in range(1, 20):
                write(own, at=datetime(2026, month, day, tzinfo=UTC))
            own.execute("COMMIT")
        one.look()
        own.execute("ANALYZE kernel_event")
        given_names = {"seen": "$1", "position": "$2"}
        statement = relay.NUMBER_WHAT_CAME.replace("%(", "{").replace(")s", "}")
        pass_connection = one._connection
        pass_connection.execute(
            f"PREPARE numbering (pg_snapshot, bigint) AS {statement.format(**given_names)}"
        )
        rows = pass_connection.execute("EXPLAIN EXECUTE numbering ('1:1:', 0)").fetchall()
    plan = "\n".join(str(row[0]) for row in rows)
    assert "Seq Scan" not in plan
    assert plan.count("Index Cond: (tx >= ") == plan.count("Index Cond: (tx = ANY") > 12


WRITERS = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["write", "save", "undo", "commit", "rollback"]), st.integers(0, 2)
        ),
        st.tuples(st.sampled_from(["look", "read", "restart"]), st.just(0)),
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_however_writers_interleave_each_event_has_one_position(
    steps: list[tuple[str, int]],
) -> None:
    with connected() as own, closing(Interleaving(own)) as play:
        for verb, number in steps:
            getattr(play, verb)(number)
        play.end()
        assert sorted(numbered(own)) == sorted(play.committed)
        assert play.seen == stream_of(own)


class Interleaving:
    """Three writers with their open transactions, one relay, one reader that resumes."""

    def __init__(self, own: Connection) -> None:
        empty(own)
        self.own = own
        self.writers = [psycopg.connect(address()) for _ in range(3)]
        self.open: list[list[list[UUID]]] = [[[]] for _ in range(3)]
        self.committed: list[UUID] = []
        self.seen: list[tuple[int, UUID]] = []
        self.relaying = relaying()
        self.relay = self.relaying.__enter__()

    def close(self) -> None:
        """Leave nothing open and nothing behind."""
        self.relaying.__exit__(None, None, None)
        for writer in self.writers:
            writer.close()
        empty(self.own)

    def write(self, number: int) -> None:
        self.open[number][-1].append(write(self.writers[number]))

    def save(self, number: int) -> None:
        self.writers[number].execute(f"SAVEPOINT s{len(self.open[number])}")
        self.open[number].append([])

    def undo(self, number: int) -> None:
        """Go back to the last savepoint, if there is one."""
        if len(self.open[number]) > 1:
            self.open[number].pop()
            self.writers[number].execute(f"ROLLBACK TO s{len(self.open[number])}")

    def commit(self, number: int) -> None:
        self.writers[number].commit()
        self.committed += [event for level in self.open[number] for event in level]
        self.open[number] = [[]]

    def rollback(self, number: int) -> None:
        self.writers[number].rollback()
        self.open[number] = [[]]

    def look(self, _number: int) -> None:
        self.relay.look()

    def restart(self, _number: int) -> None:
        self.relaying.__exit__(None, None, None)
        wait_until(lambda: is_free(self.own))
        self.relaying = relaying()
        self.relay = self.relaying.__enter__()

    def read(self, _number: int) -> None:
        last = self.seen[-1][0] if self.seen else 0
        self.seen += [pair for pair in stream_of(self.own) if pair[0] > last]

    def end(self) -> None:
        """Let every writer finish, then number and read what is left."""
        for number in (2, 0, 1):
            self.commit(number)
        self.look(0)
        self.read(0)


def is_free(own: Connection) -> bool:
    """Tell whether no relay has the database, without taking it for longer than the question."""
    asked = own.execute("SELECT pg_try_advisory_lock(%s)", [relay.LOCK]).fetchone()
    own.execute("SELECT pg_advisory_unlock_all()")
    return asked == (True,)


def wait_until(condition: object) -> None:
    """Wait for something another process or thread brings about."""
    assert callable(condition)
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.005)
