"""Random walks through the procedure: they stay inside the table, and events tell the state."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Clock
from linli.spine.cases.queries import allowed_actions
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.procedure import ACTIONS, BY_CODE
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services import (
    accept_silently,
    erase_reporter,
    mark_overdue,
    remind_handlers,
)
from linli.spine.cases.terms import ActionName, Reported, Step

from .factories import Office, make_photo

WAITS = [timedelta(minutes=5), timedelta(hours=3), timedelta(days=2), timedelta(days=9)]
MOVES = st.tuples(
    st.sampled_from(list(ActionName)),
    st.sampled_from(list(Role)),
    st.sampled_from(WAITS[:2] * 3 + WAITS),
)


def everything(office: Office) -> dict[str, Any]:
    """Give every field an action may ask for."""
    return {
        "note": "随机走一步",
        "elsewhere": "别处",
        "photos": (make_photo(),),
        "before_photos": (make_photo(),),
        "category_id": office.category.pk,
        "lead_id": office.lead.pk,
        "responsibility_id": office.responsibility.pk,
        "solved": True,
        "satisfaction": 2,
    }


def try_to(office: Office, reported: Reported, action: ActionName, role: Role) -> bool:
    """Try an action with everything given, and say whether it was taken."""
    form = everything(office)
    with contextlib.suppress(ActionRefused, NoSuchCase), transaction.atomic():
        if role is Role.RESIDENT and action in BY_CODE:
            office.by_code(reported, action, **form)
        else:
            office.act(reported.case_id, action, role, **form)
        return True
    return False


def due_times(case_id: UUID) -> dict[int, object]:
    return dict(Clock.objects.filter(case_id=case_id).values_list("id", "due_at"))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, max_size=40))
def test_a_random_walk_stays_inside_the_table(
    office: Office, walk: list[tuple[ActionName, Role, timedelta]]
) -> None:
    roles = set(office.accounts)
    reported = office.report()
    for action, role, wait in walk:
        office.tick(wait)
        before = Case.objects.get(id=reported.case_id)
        promised = due_times(reported.case_id)
        offered = role in roles and may(office, reported, action, role)
        done = role in roles and try_to(office, reported, action, role)
        after = Case.objects.get(id=reported.case_id)
        if done:
            assert after.step == ACTIONS[action].paths[Step(before.step)]
        else:
            assert (after.step, after.version) == (before.step, before.version)
        assert offered in (done, None) or action in (
            ActionName.APPROVE_PHOTO,
            ActionName.RELOCATE,
        )
        assert due_times(reported.case_id).items() >= promised.items()
        accept_silently(at=office.at)
        remind_handlers(at=office.at)
        mark_overdue(at=office.at)
    assert_history_is_whole(office, reported)


def may(office: Office, reported: Reported, action: ActionName, role: Role) -> bool | None:
    """Say whether the action stands among those offered; None where the code decides."""
    if role is Role.RESIDENT:
        return None
    try:
        offered = allowed_actions(
            case_id=reported.case_id, member=office[role], at=office.at + timedelta(minutes=10)
        )
    except NoSuchCase:
        return False
    return action in {one.name for one in offered}


def assert_history_is_whole(office: Office, reported: Reported) -> None:
    told = replayed_state(reported.case_id)
    assert told == live_state(reported.case_id)
    handlers = set(
        Assignment.objects.filter(
            case_id=reported.case_id, duty="lead", account__isnull=False
        ).values_list("account_id", flat=True)
    )
    verifiers = set(
        Assignment.objects.filter(case_id=reported.case_id, duty="verifier").values_list(
            "account_id", flat=True
        )
    )
    assert not handlers & verifiers
    erase_reporter(case_id=reported.case_id, at=office.tick())
    assert replayed_state(reported.case_id) == live_state(reported.case_id) == told
