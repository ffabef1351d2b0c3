"""Two acts on one matter that truly overlap: the second begins while the first is uncommitted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import connection, transaction

from linli.ground.kernel.errors import Refusal

Act = Callable[[], Any]
DONE = "done"
LONGEST_S = 20
LOOK_EVERY_S = 0.01
# Sessions of this database that wait for a lock somebody else holds.
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def overlap(first: Act, second: Act) -> tuple[Any, Any]:
    """Let the second act run into the first, and give what came of each.

    The first has acted but not committed when the second begins; it commits as soon as the second
    waits for it, or has ended. A refusal is given by its code; an act that gives nothing is done.
    """
    acted, may_commit = Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            outcome = _outcome(first)
            acted.set()
            assert may_commit.wait(LONGEST_S)
        return outcome

    with ThreadPoolExecutor(max_workers=2) as hands:
        begun = hands.submit(_alone, hold)
        assert acted.wait(LONGEST_S) or begun.exception()
        follows = hands.submit(_alone, lambda: _outcome(second))
        _wait_until_in_the_way(follows)
        may_commit.set()
        return begun.result(LONGEST_S), follows.result(LONGEST_S)


def _wait_until_in_the_way(follows: Future[Any]) -> None:
    pause = Event()
    while not follows.done() and not _is_anybody_waiting():
        pause.wait(LOOK_EVERY_S)


def _is_anybody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def _outcome(act: Act) -> Any:
    try:
        with transaction.atomic():
            given = act()
    except Refusal as refusal:
        return refusal.code
    return given if isinstance(given, bool) else DONE


def _alone(act: Act) -> Any:
    """Act on a connection of its own, which is closed after."""
    try:
        return act()
    finally:
        connection.close()
