"""A kept connection is asked for its health without a statement, and a dead one is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, connections


@pytest.mark.django_db(transaction=True)
def test_a_quiet_connection_is_usable_without_a_statement(
    django_assert_num_queries: Any,
) -> None:
    connection.ensure_connection()
    with django_assert_num_queries(0):
        assert connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_a_connection_the_server_has_ended_is_not_usable() -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    other.close()
    assert not connection.is_usable()
    connection.close()
