"""Two at the same moment: one clerk calls, the other takes the next; rows and events stay one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linli.ground.kernel.errors import Refusal
from linli.programmes.callback.models import Callback, CallbackTry
from linli.programmes.callback.queries.replay import live_state, replayed_state
from linli.programmes.callback.services.calling import log_try, take, take_next
from linli.programmes.callback.terms import Step

from .factories import REACHED, make_crew


def at_once(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Run two at the same moment, each on a connection of its own; refusals are answers."""
    gate = Barrier(2)

    def run(what: Callable[[], object]) -> object:
        gate.wait()
        try:
            return what()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(run, first), pool.submit(run, second)]]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_take_one_call_back() -> None:
    crew = make_crew()
    made = crew.made()
    at, people = crew.tick(), (crew["clerk"], crew["colleague"])
    answers = at_once(
        *(lambda who=who: take(callback_id=made, member=who, at=at) for who in people)
    )
    assert sorted(map(str, answers)) == ["None", "callback.held_by_another"]
    assert replayed_state(made) == live_state(made)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_asking_for_the_next_get_two() -> None:
    crew = make_crew()
    made = {crew.made(), crew.made()}
    at, people = crew.tick(), (crew["clerk"], crew["colleague"])
    answers = at_once(*(lambda who=who: take_next(member=who, at=at) for who in people))
    assert set(answers) == made


@pytest.mark.django_db(transaction=True)
def test_a_rating_and_a_call_at_once_give_one_answer() -> None:
    crew = make_crew()
    reported = crew.close()
    made = crew.callback_of(reported).id
    clerk = crew["clerk"]
    take(callback_id=made, member=clerk, at=crew.tick())
    at = crew.tick()
    answers = at_once(
        lambda: log_try(callback_id=made, member=clerk, form=REACHED, at=at),
        lambda: crew.rate(reported, satisfaction=2),
    )
    assert answers[1] is None
    assert answers[0] in (Step.ANSWERED, "callback.ended")
    row = Callback.objects.get(id=made)
    assert row.step == Step.ANSWERED
    assert CallbackTry.objects.filter(callback=made).count() == (row.way == "phone")
    assert replayed_state(made) == live_state(made)
