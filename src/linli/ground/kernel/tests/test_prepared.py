"""Statements of a hot path stand prepared on the server, under a name of their own."""

from __future__ import annotations

import pytest
from django.db import connection

from linli.ground.kernel.prepared import prepared_cursor

pytestmark = pytest.mark.django_db


def test_a_hot_statement_is_planned_once_a_connection() -> None:
    for number in (1, 2):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT %s::int + 41000", [number])
            assert cursor.fetchone() == (41000 + number,)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%+ 41000"]
        )
        assert cursor.fetchone() == (1,)
