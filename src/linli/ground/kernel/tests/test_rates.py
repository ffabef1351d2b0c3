"""Uses are counted per key and window, over all processes, and forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from linli.ground.kernel import rates

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, 30, tzinfo=UTC)


def count(*keys: str, at: datetime = AT) -> dict[str, int]:
    return rates.count_use(uses=dict.fromkeys(keys, 1), window_s=60, at=at)


def test_each_key_counts_for_itself() -> None:
    count("a", "b")

    assert count("b", "c") == {"b": 2, "c": 1}


def test_a_new_window_starts_from_one() -> None:
    count("a")

    assert count("a", at=AT + timedelta(seconds=29)) == {"a": 2}
    assert count("a", at=AT + timedelta(seconds=30)) == {"a": 1}


def test_the_table_names_nobody_and_is_emptied_after_an_hour() -> None:
    count("report:address:192.0.2.7")

    rates.forget_old(at=AT + timedelta(minutes=59))
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM kernel_rate")
        ((key,),) = cursor.fetchall()
        assert b"192.0.2.7" not in bytes(key)
        rates.forget_old(at=AT + timedelta(minutes=61))
        cursor.execute("SELECT count(*) FROM kernel_rate")
        assert cursor.fetchone() == (0,)
