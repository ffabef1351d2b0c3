"""Gives every event its position in commit order: one pass after the other, by one process.

An event row names the transaction that wrote it. A pass numbers what the snapshot of the last
pass could not see and its own can, in one statement; so each event gets exactly one position,
however long its transaction was held open, and positions become visible in their order.
Writers do nothing for it. `docs/decisions/0005` says what was rejected.
"""

from __future__ import annotations

import logging
from threading import Event
from time import monotonic

import psycopg

CHANNEL = "linli_events"
LOCK = 0x6C696E6C69  # "linli"; advisory locks are counted per database
APPLICATION = "linli relay"
SHORT_SECONDS = 0.01
LONG_SECONDS = 0.1
TURN_SECONDS = 0.5
RETRY_SECONDS = 0.5
ALIVE_SECONDS = 10.0

log = logging.getLogger(__name__)
Connection = psycopg.Connection[tuple[object, ...]]

# Passes and reads are planned once and stay on the index, however large the months grow and
# whatever their statistics say.
ON_THE_INDEX = """
SET plan_cache_mode = force_generic_plan;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET jit = off;
"""

# The second branch asks only for transactions that have ended since: what a transaction still
# open has written is not looked at again and again.
NUMBER_WHAT_CAME = """
WITH came AS (
    SELECT tx, recorded_at, id FROM kernel_event
    WHERE tx >= pg_snapshot_xmax(%(seen)s::pg_snapshot)
    UNION ALL
    SELECT tx, recorded_at, id FROM kernel_event
    WHERE tx = ANY (ARRAY(
        SELECT pg_snapshot_xip(%(seen)s::pg_snapshot)
        EXCEPT SELECT pg_snapshot_xip(pg_current_snapshot())
    ))
), numbered AS (
    INSERT INTO kernel_stream (position, recorded_at, event_id, snapshot)
    SELECT %(position)s::bigint + row_number() OVER in_order, recorded_at, id,
           CASE WHEN lead(id) OVER in_order IS NULL THEN pg_current_snapshot() END
    FROM came WINDOW in_order AS (ORDER BY tx, recorded_at, id)
    RETURNING position
)
SELECT pg_current_snapshot()::text, max(position),
       CASE WHEN count(*) > 0 THEN pg_notify('linli_events', max(position)::text) END
FROM numbered
"""
LAST = "SELECT position, snapshot::text FROM kernel_stream ORDER BY position DESC LIMIT 1"
NOW = "SELECT pg_current_snapshot()::text"

# Numbers of transactions go on where they were only within their own cluster.
IS_AT_HOME = """
SELECT EXISTS (
    SELECT FROM kernel_relay
    WHERE cluster = (SELECT system_identifier FROM pg_control_system())
) AND EXISTS (
    SELECT FROM (SELECT snapshot FROM kernel_stream ORDER BY position DESC LIMIT 1) AS last
    WHERE pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
)
"""
NUMBER_THE_REST = """
INSERT INTO kernel_stream (position, recorded_at, event_id)
SELECT (SELECT coalesce(max(position), 0) FROM kernel_stream)
         + row_number() OVER (ORDER BY recorded_at, id), recorded_at, id
FROM kernel_event AS event
WHERE NOT EXISTS (SELECT FROM kernel_stream AS known
                  WHERE known.event_id = event.id AND known.recorded_at = event.recorded_at)
"""
# A row that is seen though, by its number, its transaction has not ended: brought from elsewhere.
FORGET_FOREIGN_NUMBERS = """
UPDATE kernel_event SET tx = '0' WHERE NOT pg_visible_in_snapshot(tx, pg_current_snapshot())
"""
BEGIN_HERE = """
UPDATE kernel_stream SET snapshot = pg_current_snapshot()
WHERE position = (SELECT max(position) FROM kernel_stream)
"""
TELL = """
SELECT pg_notify('linli_events', max(position)::text) FROM kernel_stream HAVING count(*) > 0
"""
ALIVE = """
INSERT INTO kernel_relay (id, cluster, alive_at) VALUES (1, NULL, now())
ON CONFLICT (id) DO UPDATE SET alive_at = now()
"""
AT_HOME = "UPDATE kernel_relay SET cluster = (SELECT system_identifier FROM pg_control_system())"


def number_events(*, url: str, stopping: Event) -> None:
    """Give events their positions until `stopping` is set, through every loss of the database.

    Args:
        url: address of the database.
    """
    while not stopping.is_set():
        try:
            with psycopg.connect(url, autocommit=True, application_name=APPLICATION) as connection:
                if wait_for_turn(connection, stopping):
                    Relay(connection).run(stopping)
        except psycopg.Error as fault:
            log.warning("relay interrupted: %s", str(fault).strip())
            stopping.wait(RETRY_SECONDS)


def wait_for_turn(connection: Connection, stopping: Event) -> bool:
    """Wait until no other relay has this database; False when we are to stop before.

    Asked again and again, since a session that waits for a lock holds back the vacuum.
    """
    while not take_turn(connection):
        if stopping.wait(TURN_SECONDS):
            return False
    return True


def take_turn(connection: Connection) -> bool:
    """Take the place of the one relay for as long as this connection lasts, if it is free."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    return bool(row and row[0])


class Relay:
    """The one who numbers, over a connection in autocommit that holds the lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told_at = float("-inf")
        self._is_quiet = False
        connection.execute(ON_THE_INDEX)
        self.tell_alive()
        self._settle()
        self.position, self._seen = self._last()

    def run(self, stopping: Event) -> None:
        """Look every few milliseconds while events come, seldom in quiet times."""
        pause = SHORT_SECONDS
        while not stopping.wait(pause):
            self.tell_alive()
            pause = SHORT_SECONDS if self.look() else min(pause * 2, LONG_SECONDS)

    def look(self) -> int:
        """Number what has been committed since the last look, and return how much it was."""
        if self._is_quiet and self._snapshot() == self._seen:
            return 0  # nothing that writes has ended since
        parameters = {"seen": self._seen, "position": self.position}
        seen, last, _told = self._one(NUMBER_WHAT_CAME, parameters)
        before, self._seen = self.position, str(seen)
        self.position = int(str(last)) if last is not None else before
        self._is_quiet = self.position == before
        return self.position - before

    def tell_alive(self) -> None:
        """Leave a sign of life every ten seconds."""
        if monotonic() - self._told_at >= ALIVE_SECONDS:
            self._connection.execute(ALIVE)
            self._told_at = monotonic()

    def _settle(self) -> None:
        """Number what has no position, when this is the first relay here or after a restore."""
        if self._one(IS_AT_HOME)[0]:
            return
        with self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            self._connection.execute("SET LOCAL enable_seqscan = on")
            for statement in (NUMBER_THE_REST, FORGET_FOREIGN_NUMBERS, BEGIN_HERE, AT_HOME, TELL):
                self._connection.execute(statement)

    def _last(self) -> tuple[int, str]:
        row = self._connection.execute(LAST).fetchone()
        return (int(str(row[0])), str(row[1])) if row else (0, "1:1:")

    def _snapshot(self) -> str:
        return str(self._one(NOW)[0])

    def _one(
        self, statement: str, parameters: dict[str, object] | None = None
    ) -> tuple[object, ...]:
        row = self._connection.execute(statement, parameters, prepare=True).fetchone()
        assert row is not None  # noqa: S101 - each of these gives one row
        return row
