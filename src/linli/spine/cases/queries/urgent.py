"""Urgent cases that nobody has answered, and those that ran out: what can't wait for morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from linli.spine.cases.models import Assignment, Case
from linli.spine.cases.queries.facts import OPEN_ASSIGNMENTS
from linli.spine.cases.terms import OPEN_STEPS, Duty, Step

# What lies open longer is on every desk already; calling somebody out would not help.
RECENT = timedelta(days=3)
UNANSWERED = (Step.VERIFYING, Step.FILING, Step.DISPATCHING, Step.ACCEPTING)
MANY = 200


@dataclass(frozen=True, kw_only=True)
class UrgentCase:
    """An urgent case in ids and numbers; `lead_id` is the organisation it was given to."""

    id: UUID
    number: str
    street_code: str
    step: Step
    is_overdue: bool
    lead_id: int | None


def list_urgent(*, at: datetime) -> list[UrgentCase]:
    """List urgent cases of the last days that are unanswered or overdue, in two statements.

    Args:
        at: aware instant of asking.
    """
    late = Q(step__in=[step.value for step in OPEN_STEPS], due_at__lt=at)
    waiting = Q(step__in=[step.value for step in UNANSWERED])
    rows = Case.objects.filter(
        waiting | late, is_urgent=True, reported_at__gt=at - RECENT, reported_at__lte=at
    )
    found = list(
        rows.order_by("reported_at").values_list("id", "number", "street__code", "step", "due_at")[
            :MANY
        ]
    )
    leads = _leads([row[0] for row in found])
    return [
        UrgentCase(
            id=case_id,
            number=number,
            street_code=street_code,
            step=Step(step),
            is_overdue=due_at is not None and due_at < at,
            lead_id=leads.get(case_id),
        )
        for case_id, number, street_code, step, due_at in found
    ]


def _leads(case_ids: list[UUID]) -> dict[UUID, int]:
    rows = Assignment.objects.filter(
        case_id__in=case_ids,
        duty=Duty.LEAD.value,
        state__in=OPEN_ASSIGNMENTS,
        organisation__isnull=False,
    )
    return dict(rows.values_list("case_id", "organisation_id"))
