"""How many cases stand at each step, for those who answer for an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Q
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.terms import Member
from linli.ground.territory.locator import serial_now
from linli.spine.cases.models import Case
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.terms import OPEN_STEPS, STEP_LABELS, Step

MOST_KEPT = 256


@dataclass(frozen=True, kw_only=True)
class StepCount:
    """How many cases stand at one step, and how many of them are late."""

    step: Step
    label: str
    count: int
    overdue: int


def count_steps(*, member: Member, at: datetime) -> list[StepCount]:
    """Count the open cases a member may see, step by step in the order of the procedure.

    Args:
        at: aware instant of asking, for what is overdue.
    """
    rows = _counted(member, serial_now()).rows(at=at)
    counted = {step: (count, overdue) for step, count, overdue in rows}
    return [
        StepCount(
            step=step,
            label=gettext(STEP_LABELS[step]),
            count=counted.get(step.value, (0, 0))[0],
            overdue=counted.get(step.value, (0, 0))[1],
        )
        for step in OPEN_STEPS
    ]


@lru_cache(maxsize=MOST_KEPT)
def _counted(member: Member, _serial: int) -> Compiled[tuple[str, int, int]]:
    return Compiled(
        lambda at: (
            Case.objects.filter(visible_to(member), step__in=[step.value for step in OPEN_STEPS])
            # Of nothing but what the index of work holds, so that no case need be read.
            .values("step")
            .annotate(count=Count("*"), overdue=Count("due_at", filter=Q(due_at__lt=at)))
            .order_by()
            .values_list("step", "count", "overdue")
        )
    )
