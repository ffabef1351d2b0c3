"""A compiled query finds what Django's own would, and refuses what it can't be sure of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel.compiled import Compiled, NoPlace
from linli.ground.kernel.models import EventText

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def keys() -> list[str]:
    """Three sessions, each a day longer than the one before."""
    made = [
        Session.objects.create(
            session_key=f"{number}{uuid4().hex}"[:40],
            session_data="100 %",
            expire_date=NOW + timedelta(days=number),
        )
        for number in (1, 2, 3)
    ]
    return [one.session_key for one in made]


def test_it_finds_with_other_values_what_it_was_not_compiled_with(keys: list[str]) -> None:
    by_key = Compiled(lambda key: Session.objects.filter(session_key=key))

    found = [by_key.first(key=key) for key in (*keys, "nothing")]

    assert [one and one.session_key for one in found] == [*keys, None]


def test_columns_alone_come_as_django_gives_them(keys: list[str]) -> None:
    later = Compiled(
        lambda at: (
            Session.objects.filter(expire_date__gt=at)
            .order_by("expire_date")
            .values_list("session_key", "expire_date")
        )
    )
    flat = Compiled(
        lambda at: (
            Session.objects.filter(expire_date__gt=at)
            .order_by("expire_date")
            .values_list("session_key", flat=True)
        )
    )

    at = NOW + timedelta(days=1)

    assert later.rows(at=at) == [
        (keys[1], NOW + timedelta(days=2)),
        (keys[2], NOW + timedelta(days=3)),
    ]
    assert flat.rows(at=at) == keys[1:]


def test_a_list_is_one_value_however_long(keys: list[str]) -> None:
    among = Compiled(
        lambda keys: Session.objects.filter(session_key__among=keys).order_by("expire_date")
    )

    found = [[one.session_key for one in among.rows(keys=asked)] for asked in ([], keys[:1], keys)]

    assert found == [[], keys[:1], keys]


def test_a_list_of_ids_is_one_value_too() -> None:
    known = ContentType.objects.get_for_model(Session)
    of_types = Compiled(lambda ids: ContentType.objects.filter(pk__among_ids=ids))

    assert [of_types.rows(ids=asked) for asked in ([known.pk], [], [known.pk] * 2)] == [
        [known],
        [],
        [known],
    ]


def test_what_never_changes_is_written_into_the_statement(keys: list[str]) -> None:
    whole = Compiled(lambda at: Session.objects.filter(session_data="100 %", expire_date__gt=at))

    assert len(whole.rows(at=NOW)) == len(keys)

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        statements = [row[0] for row in cursor.fetchall()]
    assert any("'100 %'" in one for one in statements)


def test_a_query_that_can_find_nothing_asks_nothing() -> None:
    nothing = Compiled(lambda at: Session.objects.filter(pk__in=[], expire_date__gt=at))

    with CaptureQueriesContext(connection) as asked:
        assert nothing.rows(at=NOW) == []

    assert not list(asked)


def test_a_value_that_does_not_stand_in_the_statement_as_given_is_refused() -> None:
    by_day = Compiled(lambda on: Session.objects.filter(expire_date__gt=on + timedelta(days=1)))

    with pytest.raises(NoPlace):
        by_day.rows(on=NOW)


def test_a_value_that_decides_over_the_shape_is_refused() -> None:
    some = Compiled(lambda most: Session.objects.all()[:most])

    with pytest.raises(NoPlace):
        some.rows(most=2)


@pytest.mark.parametrize("value", [None, True, 1.5])
def test_other_kinds_of_values_are_refused(value: object) -> None:
    by_key = Compiled(lambda key: Session.objects.filter(session_key=key))

    with pytest.raises(NoPlace):
        by_key.rows(key=value)


def test_days_numbers_and_ids_find_their_place(keys: list[str]) -> None:
    on_day = Compiled(lambda on: Session.objects.filter(expire_date__date=on))
    numbered = Compiled(lambda number: ContentType.objects.filter(pk=number))
    known = ContentType.objects.get_for_model(Session)
    of_event = Compiled(lambda ids: EventText.objects.filter(event_id__among=ids))

    assert [one.session_key for one in on_day.rows(on=date(2026, 11, 24))] == keys[:1]
    assert numbered.first(number=known.pk) == known
    assert of_event.rows(ids=[uuid4()]) == []
