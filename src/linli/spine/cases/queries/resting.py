"""Cases nobody has touched for a while, and cases in hand that are in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.spine.cases.models import Assignment, Case, Check, RungMark
from linli.spine.cases.rules.actions import OPEN_TASK_STATES
from linli.spine.cases.terms import AssignmentState, Duty, Step


def list_resting(*, step: Step, untouched_since: datetime, most: int) -> list[UUID]:
    """List cases at a step that nobody has acted on since an instant, the longest resting first."""
    rows = Case.objects.filter(step=step.value, changed_at__lt=untouched_since)
    return list(rows.order_by("changed_at", "id").values_list("id", flat=True)[:most])


def list_unchecked(*, most: int) -> list[tuple[UUID, datetime]]:
    """List cases that wait to be checked and were given to nobody, with since when."""
    given = Check.objects.filter(done_at=None).values("case_id")
    rows = Case.objects.filter(step=Step.CHECKING.value).exclude(id__in=given)
    return list(rows.order_by("changed_at", "id").values_list("id", "changed_at")[:most])


@dataclass(frozen=True, kw_only=True)
class InTime:
    """A case in the hands of its lead that is not late, and when somebody last acted on it."""

    case_id: UUID
    lead_id: int
    street_id: int
    category_name: str
    due_at: datetime
    since: datetime


def list_in_time(*, untouched_since: datetime, due_after: datetime, most: int) -> list[InTime]:
    """List cases in hand that are due after an instant and without open tasks, the next due first.

    Args:
        untouched_since: nobody has acted on them since, nor did a clock of theirs reach a rung.
    """
    climbed = RungMark.objects.filter(at__gte=untouched_since).values("case_id")
    tasks = Assignment.objects.filter(duty=Duty.TASK.value, state__in=OPEN_TASK_STATES)
    rows = Case.objects.filter(
        step=Step.HANDLING.value, changed_at__lt=untouched_since, due_at__gt=due_after
    ).filter(assignments__duty=Duty.LEAD.value, assignments__state=AssignmentState.ACCEPTED.value)
    lead, named = "assignments__organisation_id", "category__name"
    found = (
        rows.exclude(id__in=climbed)
        .exclude(id__in=tasks.values("case_id"))
        .order_by("due_at", "id")
        .values_list("id", lead, "street_id", named, "due_at", "changed_at")
    )
    return [
        InTime(
            case_id=case_id,
            lead_id=lead_id,
            street_id=street_id,
            category_name=category_name or "",
            due_at=due_at,
            since=since,
        )
        for case_id, lead_id, street_id, category_name, due_at, since in found[:most]
        if due_at is not None
    ]
