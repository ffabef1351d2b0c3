"""Statements of a hot path: parsed and planned by the server once a connection, not every time."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader


class _PreparedCursor(psycopg.Cursor[Any]):
    """Binds parameters on the server and prepares what it runs; instants come in UTC."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        self._adapters = _adapters_of(connection)

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        """Run one statement, prepared when this connection first sees it."""
        return super().execute(query, params, prepare=True)


_adapters: WeakKeyDictionary[psycopg.Connection[Any], AdaptersMap] = WeakKeyDictionary()


def _adapters_of(connection: psycopg.Connection[Any]) -> AdaptersMap:
    """Give the connection's adapters with psycopg's own loader of instants, written in C.

    Django's is written in Python; a map copied for every cursor would cost more than it saves.
    """
    found = _adapters.get(connection)
    if found is None:
        found = _adapters[connection] = AdaptersMap(connection.adapters)
        found.register_loader("timestamptz", TimestamptzLoader)
    return found


def prepared_cursor() -> CursorWrapper:
    """Give a cursor for statements run for every report; errors and counts are Django's usual."""
    connection.ensure_connection()
    wrapper: Any = connection
    cursor = _PreparedCursor(wrapper.connection)
    # The public `cursor()` offers no choice of class; this is what it does with its own.
    wrapped: CursorWrapper = wrapper._prepare_cursor(cursor)  # noqa: SLF001
    return wrapped
