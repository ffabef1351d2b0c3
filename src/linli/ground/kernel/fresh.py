"""Values every process keeps for a second: read seldom, and never far behind the database."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar
from weakref import WeakSet

from django.db import connection, transaction

T = TypeVar("T")
FRESH_SECONDS = 1.0
_NEVER = float("-inf")
_everything: WeakSet[Fresh[object]] = WeakSet()


class Fresh(Generic[T]):
    """A value read again when it is older than a second, or when somebody here changed it."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._read_at = _NEVER
        self._value: T | None = None
        self._unsettled = False
        _everything.add(self)  # type: ignore[arg-type]

    def get(self) -> T:
        """Give the value, at most a second old."""
        if self._value is None or self._unsettled or monotonic() - self._read_at >= FRESH_SECONDS:
            self._value = self._read()
            self._read_at = monotonic()
            self._unsettled = self._unsettled and connection.in_atomic_block
        return self._value

    def forget(self) -> None:
        """Read again before the next answer; in a transaction every time until it has ended."""
        self._read_at = _NEVER
        if connection.in_atomic_block:
            self._unsettled = True
            transaction.on_commit(self._settle)

    def _settle(self) -> None:
        self._read_at, self._unsettled = _NEVER, False


def forget_everything() -> None:
    """Drop all values of this process, as tests need it that undo what they wrote."""
    for kept in _everything:
        kept._settle()  # noqa: SLF001
