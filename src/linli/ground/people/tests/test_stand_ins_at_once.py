"""Two who name each other as stand-ins at the same moment close no circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linli.ground.kernel.services import ensure_partitions
from linli.ground.people.errors import UnableToStandIn
from linli.ground.people.models import Account, StandIn

from .factories import NOW, AccountFactory
from .test_stand_ins import Place


def at_once(place: Place, *pairs: tuple[Account, Account]) -> list[str]:
    """Name these stand-ins at the same moment, each on a connection of its own."""
    ready = Barrier(len(pairs))

    def name(pair: tuple[Account, Account]) -> str:
        ready.wait(timeout=20)
        try:
            place.name(*pair)
        except UnableToStandIn as refusal:
            return refusal.code
        finally:
            connection.close()
        return "named"

    with ThreadPoolExecutor(len(pairs)) as pool:
        return sorted(pool.map(name, pairs))


@pytest.fixture
def place() -> Place:
    """Give a place whose rows other connections see."""
    ensure_partitions(first=NOW.date(), last=NOW.date())
    return Place()


@pytest.mark.django_db(transaction=True)
def test_two_who_name_each_other_close_no_circle(place: Place) -> None:
    first, second = place.leaders
    answers = at_once(place, (first, second), (second, first))
    assert answers[0] == "named"
    assert answers[1] in ("people.stand_in_away", "people.holder_stands_in")
    row = StandIn.objects.get()
    assert row.holder_id != row.person_id


@pytest.mark.django_db(transaction=True)
def test_three_who_would_close_a_circle_leave_no_chain(place: Place) -> None:
    first, second = place.leaders
    third = place.shift
    at_once(place, (first, second), (second, third), (third, first))
    rows = StandIn.objects.all()
    away, acting = {row.holder_id for row in rows}, {row.person_id for row in rows}
    assert rows
    assert not away & acting


@pytest.mark.django_db(transaction=True)
def test_one_post_gets_one_stand_in_whoever_names_first(place: Place) -> None:
    absent, other = place.leaders
    acting = AccountFactory()
    answers = at_once(place, (absent, other), (absent, acting))
    assert answers == ["named", "people.stand_in_twice"]
    assert StandIn.objects.count() == 1
