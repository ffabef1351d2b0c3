"""How many cases stand at each step, for those who answer for an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext

from linli.ground.people.terms import Member
from linli.spine.cases.models import Case
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.terms import OPEN_STEPS, STEP_LABELS, Step


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
    found = Case.objects.filter(visible_to(member), step__in=[step.value for step in OPEN_STEPS])
    rows = found.values("step").annotate(
        # Of nothing but what the index of work holds, so that no case need be read.
        count=Count("*"),
        overdue=Count("due_at", filter=Q(due_at__lt=at)),
    )
    counted = {row["step"]: (row["count"], row["overdue"]) for row in rows.order_by()}
    return [
        StepCount(
            step=step,
            label=gettext(STEP_LABELS[step]),
            count=counted.get(step.value, (0, 0))[0],
            overdue=counted.get(step.value, (0, 0))[1],
        )
        for step in OPEN_STEPS
    ]
