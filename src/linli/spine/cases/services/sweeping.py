"""What time alone brings about: silence that accepts, clocks that run out, places in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from linli.ground.kernel.terms import SYSTEM
from linli.spine.cases.events import CaseOverdue, PlaceDoubted
from linli.spine.cases.gathering_events import TaskOverdue
from linli.spine.cases.models import Assignment, Case, CaseSettings, Clock
from linli.spine.cases.queries.facts import open_file
from linli.spine.cases.queries.nearby import LOOK_BACK
from linli.spine.cases.rules.clocks import STEP_CLOCKS, Policy
from linli.spine.cases.services.acting import perform, system_act
from linli.spine.cases.services.noting import note
from linli.spine.cases.terms import (
    OPEN_STEPS,
    ActionInput,
    ActionName,
    AssignmentState,
    Duty,
    Step,
)

MANY = 500


@transaction.atomic
def accept_silently(*, at: datetime, batch: int = 100) -> int:
    """Take silence for acceptance where the window has passed, and return how many there were.

    Cases somebody is working on at this moment are left for the next run.

    Args:
        batch: how many at most.
    """
    waiting = Assignment.objects.filter(
        duty=Duty.LEAD.value, state=AssignmentState.OFFERED.value, accept_by__lt=at
    ).order_by("accept_by")
    cases = Case.objects.filter(
        id__in=waiting.values("case_id")[:batch], step=Step.ACCEPTING.value
    ).select_for_update(skip_locked=True)
    ids = [case.id for case in cases.order_by("due_at")]
    for case_id in ids:
        file = open_file(case_id)
        perform(system_act(file, name=ActionName.ACCEPT, actor=SYSTEM, at=at))
    return len(ids)


@transaction.atomic
def accept_tasks_silently(*, at: datetime, batch: int = 100) -> int:
    """Take silence for acceptance of tasks, as of cases; return how many there were.

    Args:
        batch: how many at most.
    """
    waiting = Assignment.objects.filter(
        duty=Duty.TASK.value, state=AssignmentState.OFFERED.value, accept_by__lt=at
    ).order_by("accept_by")
    pairs = list(waiting.values_list("case_id", "task_no")[:batch])
    free = Case.objects.filter(id__in=[case_id for case_id, _ in pairs])
    locked = {case.id for case in free.select_for_update(skip_locked=True).order_by("id")}
    mine = [pair for pair in pairs if pair[0] in locked]
    for case_id, task_no in mine:
        form = ActionInput(task_no=task_no)
        act = system_act(
            open_file(case_id), name=ActionName.ACCEPT_TASK, actor=SYSTEM, at=at, form=form
        )
        perform(act)
    return len(mine)


@transaction.atomic
def mark_late_tasks(*, at: datetime, batch: int = MANY) -> int:
    """Mark the tasks whose time has run out, once each; return how many.

    Args:
        batch: how many at most.
    """
    due = Assignment.objects.filter(
        duty=Duty.TASK.value,
        state__in=[AssignmentState.OFFERED.value, AssignmentState.ACCEPTED.value],
        overdue_at=None,
        due_at__lt=at,
    ).select_related("case")
    locked = due.select_for_update(skip_locked=True, of=("self", "case")).order_by("due_at")
    tasks = list(locked[:batch])
    Assignment.objects.filter(id__in=[task.pk for task in tasks]).update(overdue_at=at)
    for task in tasks:
        event = TaskOverdue(
            task_no=task.task_no or 0,
            organisation_id=task.organisation_id or 0,
            due_at=task.case.due_at,
        )
        note(task.case, event, at=at)
    return len(tasks)


@transaction.atomic
def mark_overdue(*, at: datetime, batch: int = MANY) -> int:
    """Mark the cases whose present clock has run out, once per clock; return how many.

    Args:
        batch: how many at most.
    """
    due = Case.objects.filter(
        step__in=[step.value for step in OPEN_STEPS], is_overdue=False, due_at__lt=at
    )
    cases = list(due.order_by("due_at").select_for_update(skip_locked=True)[:batch])
    Case.objects.filter(id__in=[case.id for case in cases]).update(is_overdue=True)
    for case in cases:
        _record_overdue(case, at)
    return len(cases)


@transaction.atomic
def doubt_repeated_places(*, at: datetime) -> int:
    """Take the grid from cases at points reported far too often within a week; return how many.

    The first reports at such a point came in trusted; they wait to be placed like the later ones.
    """
    recent = Case.objects.filter(
        reported_at__gt=at - LOOK_BACK, reported_at__lte=at, lon__isnull=False
    )
    points = recent.values("street_id", "lon", "lat").annotate(seen=Count("id")).filter(seen__gte=2)
    repeats = dict(CaseSettings.objects.values_list("street_id", "suspicious_repeats"))
    counted = points.values_list("street_id", "lon", "lat", "seen")
    usual = Policy().suspicious_repeats
    return sum(
        _doubt(street_id, lon, lat, at)
        for street_id, lon, lat, seen in counted
        if lon is not None and lat is not None and seen >= repeats.get(street_id, usual)
    )


def _record_overdue(case: Case, at: datetime) -> None:
    name = STEP_CLOCKS[Step(case.step)]
    Clock.objects.filter(case=case, name=name.value, stopped_at=None).update(overdue_at=at)
    note(case, CaseOverdue(clock=name.value, due_at=case.due_at), at=at)


def _doubt(street_id: int, lon: float, lat: float, at: datetime) -> int:
    """Doubt what came in since the place began to repeat; a place set by a person stays."""
    rows = Case.objects.filter(
        street_id=street_id,
        lon=lon,
        lat=lat,
        reported_at__gt=at - LOOK_BACK - timedelta(days=1),
        is_suspicious_place=False,
        step__in=[Step.VERIFYING.value, Step.FILING.value],
    )
    ids = [case.id for case in rows.select_for_update(skip_locked=True)]
    Case.objects.filter(id__in=ids).update(is_suspicious_place=True, grid=None, community=None)
    _record_doubt(ids, at)
    return len(ids)


def _record_doubt(ids: Iterable[UUID], at: datetime) -> None:
    for case in Case.objects.filter(id__in=list(ids)):
        note(case, PlaceDoubted(due_at=case.due_at), at=at)
