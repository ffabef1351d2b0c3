"""Two at the same moment: one is taken, the other told; events and rows stay one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from linli.ground.kernel.errors import Refusal
from linli.programmes.whistle.models import SignIn
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.services.acting import act
from linli.programmes.whistle.services.sweeping import mark_late
from linli.programmes.whistle.terms import ActionName, Step, WhistleInput

from .factories import THERE, make_crew


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
def test_two_colleagues_sign_in_at_once() -> None:
    crew = make_crew()
    view = crew.blow()
    people = [crew["water"], crew["colleague"]]
    answers = at_once(
        *(
            lambda member=member: (
                act(
                    whistle_id=view.id,
                    action=ActionName.SIGN_IN,
                    member=member,
                    at=crew.at,
                    form=WhistleInput(position=THERE),
                ).step
            )
            for member in people
        )
    )
    assert sorted(map(str, answers)) == [Step.ON_SPOT.value, "whistle.signed_in_already"]
    assert SignIn.objects.filter(call__whistle=view.id).count() == 1
    assert replayed_state(view.id) == live_state(view.id)


@pytest.mark.django_db(transaction=True)
def test_two_organisations_sign_in_at_once() -> None:
    crew = make_crew()
    view = crew.blow()
    people = [crew["water"], crew["road"]]
    answers = at_once(
        *(
            lambda member=member: (
                act(
                    whistle_id=view.id,
                    action=ActionName.SIGN_IN,
                    member=member,
                    at=crew.at,
                    form=WhistleInput(position=THERE),
                    seen_version=view.version,
                ).step
            )
            for member in people
        )
    )
    assert answers == [Step.ON_SPOT, Step.ON_SPOT]
    assert live_state(view.id).version == 2
    assert replayed_state(view.id) == live_state(view.id)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_answer_at_once() -> None:
    crew = make_crew()
    view = crew.blow()
    people = [crew["water"], crew["colleague"]]
    answers = at_once(
        *(
            lambda member=member: (
                act(
                    whistle_id=view.id,
                    action=ActionName.COME,
                    member=member,
                    at=crew.at,
                    form=WhistleInput(),
                ).step
            )
            for member in people
        )
    )
    assert sorted(map(str, answers)) == [Step.CALLED.value, "whistle.answered_so"]
    assert replayed_state(view.id) == live_state(view.id)


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_never_note_twice() -> None:
    crew = make_crew()
    view = crew.blow()
    late = crew.at + timedelta(hours=3)
    counts = at_once(lambda: mark_late(at=late), lambda: mark_late(at=late))
    assert sum(int(str(one)) for one in counts) == 5
    assert replayed_state(view.id) == live_state(view.id)
