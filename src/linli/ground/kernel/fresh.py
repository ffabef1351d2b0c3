"""Values every process keeps in memory, never far behind the database.

While the process hears of changes (`changes.py`) a value is read again when its change was
announced, by the thread that listens; else whoever asks looks when it is a second old. One thread
reads, the others answer from the old value meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, get_ident
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import ref

from django.db import transaction

T = TypeVar("T")
UNHEARD_SECONDS = 1.0
HEARD_SECONDS = 30.0
_NEVER = float("-inf")

_everything: list[Fresh[Any]] = []
_seconds = UNHEARD_SECONDS


@dataclass(frozen=True, slots=True)
class _Copy(Generic[T]):
    """What was read, and the version it was read at."""

    version: object
    value: T


_NOTHING: _Copy[Any] = _Copy(object(), None)


class Fresh(Generic[T]):
    """A value kept by a name.

    Args:
        name: by which its changes are announced.
        read: reads the value.
        version: reads something small that changes with the value, where the value is costly;
            it is asked before the value is read.
    """

    def __init__(
        self, name: str, read: Callable[[], T], *, version: Callable[[], object] = object
    ) -> None:
        self.name = name
        self._read = read
        self._version = version
        self._kept: _Copy[T] = _NOTHING
        self._until = _NEVER
        self._reading = Lock()
        # Changes of threads whose transaction still runs: Django holds them until it commits and
        # drops them when it is undone.
        self._changes: list[ref[_Change[T]]] = []
        _everything.append(self)

    def get(self) -> T:
        """Give the value; in a transaction that changed it as it is there."""
        if self._changes or monotonic() >= self._until:
            return self._look()
        return self._kept.value

    def forget(self) -> None:
        """Take note that this thread changed it; others see that once it is committed."""
        change = _Change(self)
        self._changes.append(ref(change, self._changes.remove))
        transaction.on_commit(change, robust=True)

    def renew(self, known: _Copy[T] | None = None) -> None:
        """Look now, unless nobody has asked yet; others answer from the old value meanwhile.

        Args:
            known: a copy that may well be the newest.
        """
        with self._reading:
            if self._kept is not _NOTHING:
                self._take(known or self._kept)

    def expire(self) -> None:
        """Let the next who asks look."""
        with self._reading:
            self._until = _NEVER

    def drop(self) -> None:
        """Keep nothing, as before anybody asked."""
        with self._reading:
            self._kept, self._until = _NOTHING, _NEVER
        self._changes.clear()

    def undecided(self) -> _Change[T] | None:
        """Give the last change of this thread whose transaction still runs."""
        for held in self._changes[::-1]:
            change = held()
            if change is not None and change.thread == get_ident():
                return change
        return None

    def copy(self, known: _Copy[T]) -> _Copy[T]:
        """Read the value, unless the known copy is of the present version."""
        version = self._version()
        return known if version == known.version else _Copy(version, self._read())

    def _look(self) -> T:
        change = self.undecided() if self._changes else None
        if change is not None:
            change.copy = change.copy or self.copy(self._kept)
            return change.copy.value
        is_first = self._kept is _NOTHING
        if monotonic() >= self._until and self._reading.acquire(blocking=is_first):
            try:
                if monotonic() >= self._until:
                    self._take(self._kept)
            finally:
                self._reading.release()
        return self._kept.value

    def _take(self, known: _Copy[T]) -> None:
        self._until = _NEVER  # it stays so when reading fails
        self._kept = self.copy(known)
        self._until = monotonic() + _seconds


class _Change(Generic[T]):
    """A change made by this thread; called when it is committed."""

    def __init__(self, kept: Fresh[T]) -> None:
        self.kept = kept
        self.thread: int | None = get_ident()
        self.copy: _Copy[T] | None = None

    def __call__(self) -> None:
        self.thread = None
        if self.kept.undecided() is None:
            self.kept.renew(self.copy)


def forget(name: str) -> None:
    """Take note that this thread changed what is kept by this name."""
    for kept in _named({name}):
        kept.forget()


def renew(names: set[str]) -> None:
    """Look again at what is kept by these names."""
    for kept in _named(names):
        kept.renew()


def begin_to_hear() -> None:
    """Trust what is kept for longer: from now on every change is heard of."""
    global _seconds  # noqa: PLW0603 - whether this process hears is one fact
    _seconds = HEARD_SECONDS
    renew_everything()


def stop_hearing() -> None:
    """Let who asks look again: changes may go unheard."""
    global _seconds  # noqa: PLW0603 - as above
    _seconds = UNHEARD_SECONDS
    for kept in tuple(_everything):
        kept.expire()


def renew_everything() -> None:
    """Look again at all that this process keeps."""
    for kept in tuple(_everything):
        kept.renew()


def forget_everything() -> None:
    """Drop all values of this process, as tests need it that undo what they wrote."""
    for kept in tuple(_everything):
        kept.drop()


def _named(names: set[str]) -> list[Fresh[Any]]:
    return [kept for kept in tuple(_everything) if kept.name in names]
