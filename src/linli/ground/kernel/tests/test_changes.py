"""A change is heard of when it is committed; a broken connection is noticed and mended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from django.db import connection, transaction

from linli.ground.kernel import changes, fresh
from linli.ground.kernel.changes import Listener, announce
from linli.ground.kernel.fresh import Fresh

END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = %s AND datname = current_database()
"""


class Source:
    """Something that changes elsewhere."""

    def __init__(self) -> None:
        self.value = 1

    def read(self) -> int:
        """Give the value."""
        return self.value


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.01)


def end_all() -> None:
    """End the connections that listen."""
    with connection.cursor() as cursor:
        cursor.execute(END_ALL, [changes.NAME])


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Listen in a thread until the connection is ended."""

    def listen() -> None:
        with pytest.raises(Exception, match=r"terminat|closed"):
            listener.listen()

    thread = Thread(target=listen)
    thread.start()
    wait_until(lambda: fresh._seconds == fresh.HEARD_SECONDS)
    try:
        yield
    finally:
        end_all()
        thread.join(20)
    assert not thread.is_alive()


def tell_as_another_process(name: str) -> None:
    """Announce a change without taking note of it here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [changes.CHANNEL, name])


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_process_is_heard_of() -> None:
    source = Source()
    kept = Fresh("test", source.read)
    assert kept.get() == 1
    with listening(Listener()):
        source.value = 2
        assert kept.get() == 1
        tell_as_another_process("test")
        wait_until(lambda: kept.get() == 2)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_heard_of_what_is_undone() -> None:
    heard: list[str] = []
    undone = Fresh("undone", lambda: heard.append("undone"))
    done: Fresh[object] = Fresh("done", object)
    undone.get()
    done.get()
    with listening(Listener()):
        heard.clear()
        with transaction.atomic():
            announce("undone")
            transaction.set_rollback(True)
        before = done.get()
        tell_as_another_process("done")
        wait_until(lambda: done.get() is not before)
        assert heard == []


@pytest.mark.django_db(transaction=True)
def test_what_happened_while_nobody_listened_is_seen_on_listening_again() -> None:
    source = Source()
    kept = Fresh("test", source.read)
    assert kept.get() == 1
    with listening(Listener()):
        pass
    assert fresh._seconds == fresh.UNHEARD_SECONDS
    assert kept.get() == 1
    source.value = 2
    with listening(Listener()):
        wait_until(lambda: kept.get() == 2)


@pytest.mark.django_db(transaction=True)
def test_after_a_while_of_silence_everything_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "LOOK_EVERY_S", 0.05)
    source = Source()
    kept = Fresh("test", source.read)
    assert kept.get() == 1
    with listening(Listener()):
        source.value = 2
        wait_until(lambda: kept.get() == 2)


def test_it_connects_again_later_each_time_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(BaseException):
        pass

    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 9:
            raise Enough

    listener = Listener()

    def fail() -> None:
        listener.faults += 1
        raise OSError("no database")

    monkeypatch.setattr(listener, "listen", fail)
    monkeypatch.setattr("time.sleep", pause)
    with pytest.raises(Enough):
        listener.run()
    assert pauses == [*changes.PAUSES_S, 5.0, 5.0]
