"""The year of call-backs: by the rules, told by its events, with something in every corner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.people.models import Account
from linli.ground.people.queries import load_member
from linli.programmes.callback.models import Callback, Exclusion
from linli.programmes.callback.queries.lists import list_queue
from linli.programmes.callback.queries.rates import list_rates
from linli.programmes.callback.queries.replay import live_state, replayed_state
from linli.programmes.callback.terms import By, Redo, Shown, Step, Way
from linli.spine.cases.models import Rating

from .conftest import until

pytestmark = pytest.mark.usefixtures("loaded")
EVERY = 25


def test_rows_are_what_their_events_tell() -> None:
    ids = list(Callback.objects.order_by("id").values_list("id", flat=True))
    assert len(ids) > 300
    for callback_id in ids[::EVERY]:
        assert replayed_state(callback_id) == live_state(callback_id)


def test_ratings_are_answers_and_every_end_is_there() -> None:
    assert Callback.objects.filter(way=Way.LINK).count() <= Rating.objects.count()
    ends = set(Callback.objects.values_list("step", flat=True))
    assert {Step.WAITING, Step.ANSWERED, Step.MISSED} <= ends
    long_ago = until() - timedelta(days=5)
    assert not Callback.objects.filter(redo=Redo.WANTED, answered_at__lt=long_ago).exists()
    assert Exclusion.objects.filter(is_granted=True).exists()
    assert Exclusion.objects.filter(is_granted=None).count() == 1


def test_the_clerk_has_somebody_to_call_and_the_rates_are_those_of_a_place() -> None:
    at = until()
    clerk = load_member(Account.objects.get(login="callback").pk, at)
    assert list_queue(member=clerk, at=at).waiting > 0
    last = at.date().replace(day=1)
    first = last.replace(year=last.year - 2)
    table = list_rates(member=clerk, by=By.ORGANISATION, first=first, last=last, at=at)
    counts = table.total.counts or {}
    assert counts[Shown.MADE] == Callback.objects.count()
    for rate in (table.total.response, table.total.solved, table.total.satisfied):
        assert rate.permille is not None
        assert 700 < rate.permille < 1000
