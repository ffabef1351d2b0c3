"""Events and looks lie in one table per month, made ahead of time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from linli.ground.kernel import services
from linli.ground.kernel.terms import SYSTEM, Subject

pytestmark = pytest.mark.django_db


def partition_of(month: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = %s", [f"kernel_look_{month}"])
        return int(cursor.fetchone()[0])


def test_a_month_gets_its_table_once() -> None:
    services.ensure_partitions(first=date(2040, 1, 31), last=date(2040, 3, 1))
    services.ensure_partitions(first=date(2040, 1, 1), last=date(2040, 3, 31))
    assert [partition_of(month) for month in ("204001", "204002", "204003", "204004")] == [
        1,
        1,
        1,
        0,
    ]


def test_what_has_no_month_yet_is_kept_all_the_same() -> None:
    with transaction.atomic():
        services.record_look(
            actor=SYSTEM,
            subject=Subject(kind="cases.Case", id="1"),
            person_id=None,
            fields=["phone"],
            purpose="check",
            at=datetime(1999, 1, 1, tzinfo=UTC),
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_look_default")
        assert cursor.fetchone() == (1,)
