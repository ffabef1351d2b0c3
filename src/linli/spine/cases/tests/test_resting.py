"""Random walks on the register: only waking moves what is due, and what counts stays whole."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.calendars import Unit
from linli.ground.people.terms import Role
from linli.spine.cases.models import Case, Clock
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import wake_due
from linli.spine.cases.terms import ActionName, Step

from .factories import Office
from .test_pending import APPROVE, ASK, REFUSE, WAKE, approve, ask, handling, left_of, office

__all__ = ["office"]

MOVES = st.tuples(
    st.sampled_from([ASK, ASK, APPROVE, APPROVE, REFUSE, WAKE, ActionName.COMMENT]),
    st.sampled_from([timedelta(minutes=5), timedelta(hours=5), timedelta(days=1), timedelta(8)]),
    st.integers(1, 3),
)
DECIDERS = {APPROVE: Role.STREET_LEADER, REFUSE: Role.STREET_LEADER, WAKE: Role.SHIFT_LEADER}


def counted(office: Office, clock: Clock, at: datetime) -> timedelta:
    """Say how much of a clock's working time has counted until an instant."""
    until = clock.suspended_at or at
    return left_of(office, clock.counts_from or clock.started_at, until)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, min_size=3, max_size=12))
def test_only_waking_moves_what_is_due_and_the_time_that_counts_stays_whole(
    office: Office, walk: list[tuple[ActionName, timedelta, int]]
) -> None:
    reported = office.play(to=Step.HANDLING)
    first = handling(reported)
    whole = left_of(office, first.started_at, first.due_at)
    for action, wait, weeks in walk:
        before = handling(reported)
        woken = wake_due(at=office.tick(wait))
        assert woken or handling(reported).due_at == before.due_at
        before, spent = handling(reported), counted(office, handling(reported), office.at)
        form = office.wish_to_rest()
        form["wake_on"] += timedelta(weeks=weeks)
        with contextlib.suppress(ActionRefused), transaction.atomic():
            office.act(reported.case_id, action, DECIDERS.get(action, Role.HANDLER), **form)
        after = handling(reported)
        assert after.due_at == before.due_at or (action is WAKE and after.due_at > before.due_at)
        assert counted(office, after, office.at) >= spent
        assert left_of(office, after.counts_from or after.started_at, after.due_at) == whole
        assert after.promised_at == first.promised_at
        is_resting = Case.objects.get(id=reported.case_id).step == Step.PENDING
        assert is_resting is (after.suspended_at is not None)
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_other_units_go_on_by_the_time_on_the_wall(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    Clock.objects.filter(id=handling(reported).pk).update(limit_unit=Unit.HOURS.value)
    ask(office, reported)
    approve(office, reported)
    before, rested_since = handling(reported).due_at, office.at
    office.tick(timedelta(days=4, hours=2))
    office.act(reported.case_id, WAKE, Role.HANDLER, note="可以办了")
    assert handling(reported).due_at - before == office.at - rested_since
