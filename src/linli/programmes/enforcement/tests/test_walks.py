"""Random walks through the procedure: they stay inside the table, and events tell the state."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.errors import Refusal
from linli.programmes.enforcement.models import Operation
from linli.programmes.enforcement.queries.replay import live_state, replayed_state
from linli.programmes.enforcement.rules.procedure import ACTIONS
from linli.programmes.enforcement.services.parties import erase_parties
from linli.programmes.enforcement.terms import ActionName, OperationView, Step

from .factories import Team

WAITS = [timedelta(minutes=5), timedelta(days=1), timedelta(days=8)]
MOVES = st.tuples(st.sampled_from(list(ActionName)), st.sampled_from(WAITS))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, max_size=25), start=st.sampled_from(list(Step)[:-1]))
def test_a_random_walk_stays_inside_the_table(
    team: Team, walk: list[tuple[ActionName, timedelta]], start: Step
) -> None:
    view: OperationView = team.play(to=start)
    for action, wait in walk:
        team.office.tick(wait)
        before = Operation.objects.get(id=view.id)
        done = False
        with contextlib.suppress(Refusal, IndexError), transaction.atomic():
            team.step_on(view.id, action)
            done = True
        after = Operation.objects.get(id=view.id)
        if done:
            assert after.step == ACTIONS[action].paths[Step(before.step)]
        else:
            assert (after.step, after.version) == (before.step, before.version)
    told = replayed_state(view.id)
    assert told == live_state(view.id)
    erase_parties(at=team.at + timedelta(days=400))
    assert replayed_state(view.id) == live_state(view.id) == told
