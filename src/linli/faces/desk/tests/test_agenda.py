"""Urgency to the eye: overdue, due today, in hand, done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linli.faces.desk.agenda import tell_status
from linli.faces.frame.terms import Status
from linli.spine.cases.terms import Step

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Changchun


@pytest.mark.parametrize(
    ("step", "hours", "expected"),
    [
        (Step.HANDLING, -1, Status.OVERDUE),
        (Step.HANDLING, 3, Status.TODAY),
        (Step.HANDLING, 14, Status.TODAY),
        (Step.HANDLING, 16, Status.IN_HAND),
        (Step.CLOSED, -1, Status.DONE),
        (Step.SETTLED, -1, Status.DONE),
        (Step.DECLINED, -1, Status.ENDED),
        (Step.VOID, -1, Status.ENDED),
    ],
)
def test_the_shape_follows_the_clock_until_the_case_ends(
    step: Step, hours: int, expected: Status
) -> None:
    due = MORNING + timedelta(hours=hours)
    assert tell_status(step=step, due_at=due, now=MORNING) is expected


def test_without_a_clock_a_case_is_in_hand() -> None:
    assert tell_status(step=Step.HANDLING, due_at=None, now=MORNING) is Status.IN_HAND
