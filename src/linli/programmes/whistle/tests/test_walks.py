"""Random walks through the procedure: they stay inside the table, and events tell the state."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.errors import Refusal
from linli.programmes.whistle.models import Call, Whistle
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.rules.procedure import ACTIONS
from linli.programmes.whistle.services.sweeping import erase_traces, mark_late
from linli.programmes.whistle.terms import ActionName, Kind, Step

from .factories import Crew

WAITS = [timedelta(minutes=2), timedelta(minutes=25), timedelta(days=2)]
UNITS = ["water", "road", "volunteers", "police"]
MOVES = st.tuples(st.sampled_from(list(ActionName)), st.sampled_from(UNITS), st.sampled_from(WAITS))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, max_size=25), start=st.sampled_from(list(Step)[:-1]))
def test_a_random_walk_stays_inside_the_table(
    crew: Crew, walk: list[tuple[ActionName, str, timedelta]], start: Step
) -> None:
    view = crew.play(to=start)
    for action, who, wait in walk:
        crew.office.tick(wait)
        mark_late(at=crew.at)
        before = Whistle.objects.get(id=view.id)
        done = False
        with contextlib.suppress(Refusal), transaction.atomic():
            crew.step_on(view.id, action, who)
            done = True
        after = Whistle.objects.get(id=view.id)
        if done:
            assert after.step == ACTIONS[action].paths[Step(before.step)]
        else:
            assert (after.step, after.version) == (before.step, before.version)
        assert Call.objects.filter(whistle=view.id, is_lead=True).count() == 1
    told = replayed_state(view.id)
    assert told == live_state(view.id)
    assert {one.is_late for one in told.calls.values() if not one.is_timed} <= {None}
    erase_traces(at=crew.at + timedelta(days=400))
    assert replayed_state(view.id) == live_state(view.id) == told


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(list(Kind)),
    later=st.integers(min_value=0, max_value=60 * 24 * 40),
)
def test_an_answer_is_never_due_after_the_arrival(crew: Crew, kind: Kind, later: int) -> None:
    with contextlib.suppress(Refusal):
        view = crew.blow(kind=kind, arrive_by=crew.at + timedelta(minutes=later))
        assert all(view.blown_at < one.answer_by <= one.arrive_by for one in view.calls)
