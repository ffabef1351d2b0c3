"""Plans to re-draw grids: drafted step by step, approved by another, withdrawn before their day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened, Subject
from linli.ground.territory import events, queries
from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.models import RedrawPlan
from linli.ground.territory.plan_terms import PlanPreview, PlanState, PlanStep, PlanView
from linli.ground.territory.queries.planning import load_sheet, plan_view, work_out
from linli.ground.territory.rules.plans import (
    check_approval,
    check_day,
    check_draft,
    check_withdrawal,
    check_words,
    read_steps,
    write_step,
)
from linli.ground.territory.rules.redrawing import take_steps
from linli.ground.territory.terms import AreaKind, code_prefix, kind_of_code

from .areas import lock_territory

_REDRAWN_KINDS = (AreaKind.STREET, AreaKind.COMMUNITY)


@transaction.atomic
def draft_plan(
    *,
    title: str,
    within_code: str,
    effective_on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> PlanView:
    """Begin a plan to re-draw the grids of a community or sub-district.

    Args:
        effective_on: the day it takes effect, today at the earliest.

    Raises:
        UnableToRedraw: title, place or day can't be.
    """
    check_words(title=title, reason=reason)
    _check_place(within_code, effective_on)
    check_day(effective_on=effective_on, first=today_in(within_code, at))
    row = RedrawPlan.objects.create(
        title=title.strip(),
        reason=reason.strip(),
        within_code=within_code,
        effective_on=effective_on,
        drafted_by_id=actor.account_id or 0,
        drafted_at=at,
    )
    drafted = events.PlanDrafted(plan_id=row.pk, within_code=within_code, effective_on=effective_on)
    record(row, drafted, actor, at)
    return plan_view(row)


def _check_place(within_code: str, on: date) -> None:
    try:
        is_redrawn = kind_of_code(within_code) in _REDRAWN_KINDS
    except ValueError:
        is_redrawn = False
    if not is_redrawn or queries.find_area(within_code, on) is None:
        raise UnableToRedraw("territory.plan_place_wrong", field="within_code")


def add_step(*, plan_id: int, step: PlanStep, actor: Actor, at: datetime) -> PlanView:
    """Add a step to a draft, after those it has.

    Raises:
        UnableToRedraw: the step can't be taken; says why and where.
    """
    return add_steps(plan_id=plan_id, steps=[step], actor=actor, at=at)


@transaction.atomic
def add_steps(*, plan_id: int, steps: Sequence[PlanStep], actor: Actor, at: datetime) -> PlanView:
    """Add steps to a draft, all of them or none.

    Raises:
        UnableToRedraw: one can't be taken; says why and where.
    """
    row = lock_plan(plan_id)
    check_draft(PlanState(row.state))
    return _with_steps(row, (*read_steps(row.steps), *steps), actor, at)


@transaction.atomic
def drop_step(*, plan_id: int, number: int, actor: Actor, at: datetime) -> PlanView:
    """Take a step out of a draft.

    Args:
        number: counted from 1.

    Raises:
        UnableToRedraw: no such step, or a later one can't be taken without it.
    """
    row = lock_plan(plan_id)
    check_draft(PlanState(row.state))
    steps = read_steps(row.steps)
    if not 1 <= number <= len(steps):
        raise UnableToRedraw("territory.plan_no_step")
    return _with_steps(row, (*steps[: number - 1], *steps[number:]), actor, at)


def _with_steps(
    row: RedrawPlan, steps: tuple[PlanStep, ...], actor: Actor, at: datetime
) -> PlanView:
    take_steps(load_sheet(row.within_code, row.effective_on), steps)
    row.steps = [write_step(one) for one in steps]
    return _changed(row, actor, at)


@transaction.atomic
def set_plan_day(*, plan_id: int, effective_on: date, actor: Actor, at: datetime) -> PlanView:
    """Give a draft another day.

    Raises:
        UnableToRedraw: the day is over, or it is no draft.
    """
    row = lock_plan(plan_id)
    check_draft(PlanState(row.state))
    check_day(effective_on=effective_on, first=today_in(row.within_code, at))
    row.effective_on = effective_on
    return _changed(row, actor, at)


@transaction.atomic
def keep_post(
    *, plan_id: int, grid_code: str, appointment_id: int, actor: Actor, at: datetime
) -> PlanView:
    """Name whose post stays where two leaders claim one grid.

    Args:
        appointment_id: id of a room above; that room reads it when the plan takes effect.

    Raises:
        UnableToRedraw: when it is no draft.
    """
    row = lock_plan(plan_id)
    check_draft(PlanState(row.state))
    row.kept_posts = {**row.kept_posts, grid_code: appointment_id}
    return _changed(row, actor, at)


def _changed(row: RedrawPlan, actor: Actor, at: datetime) -> PlanView:
    row.revision += 1
    row.save()
    record(row, events.PlanChanged(plan_id=row.pk, revision=row.revision), actor, at)
    return plan_view(row)


@transaction.atomic
def approve_plan(*, plan_id: int, seen_revision: int, actor: Actor, at: datetime) -> PlanView:
    """Approve a plan as it was seen; from then on its grids belong to no other plan.

    Raises:
        UnableToRedraw: by the drafter, changed meanwhile, its day over, nothing in it, it can't
            be done, or another approved plan changes one of its grids.
    """
    lock_territory()
    row = lock_plan(plan_id)
    check_approval(
        state=PlanState(row.state),
        revision=row.revision,
        seen_revision=seen_revision,
        drafted_by_id=row.drafted_by_id,
        account_id=actor.account_id,
    )
    check_day(effective_on=row.effective_on, first=today_in(row.within_code, at))
    planned = work_out(plan_view(row))
    check_possible(planned.preview)
    row.state, row.touched = PlanState.APPROVED.value, sorted(planned.outcome.touched)
    row.approved_by_id, row.approved_role, row.approved_at = actor.account_id, actor.role, at
    row.save()
    approved = events.PlanApproved(
        plan_id=row.pk, revision=row.revision, effective_on=row.effective_on
    )
    record(row, approved, actor, at)
    return plan_view(row)


def check_possible(preview: PlanPreview) -> None:
    """Refuse a plan that changes nothing, can't be done or clashes with another.

    Raises:
        UnableToRedraw: the first reason, with its place.
    """
    if preview.faults:
        found = preview.faults[0]
        raise UnableToRedraw("territory.plan_faulty", fault=found, lon=found.lon, lat=found.lat)
    if not preview.grids:
        raise UnableToRedraw("territory.plan_empty")
    if preview.clashes:
        raise UnableToRedraw("territory.plan_clashes", other=preview.clashes[0])


@transaction.atomic
def withdraw_plan(*, plan_id: int, actor: Actor, at: datetime) -> PlanView:
    """Take back a plan before it takes effect.

    Raises:
        UnableToRedraw: when it has, or is over.
    """
    row = lock_plan(plan_id)
    check_withdrawal(PlanState(row.state))
    row.state, row.ended_by_id, row.ended_at = PlanState.WITHDRAWN.value, actor.account_id, at
    row.save()
    record(row, events.PlanWithdrawn(plan_id=row.pk), actor, at)
    return plan_view(row)


def lock_plan(plan_id: int) -> RedrawPlan:
    """Lock a plan in the caller's transaction.

    Raises:
        UnableToRedraw: when there is none.
    """
    row = RedrawPlan.objects.select_for_update().filter(id=plan_id).first()
    if row is None:
        raise UnableToRedraw("territory.plan_unknown")
    return row


def today_in(within_code: str, at: datetime) -> date:
    """Say what day it is in the sub-district of an area."""
    street = code_prefix(within_code, AreaKind.STREET).ljust(12, "0")
    return at.astimezone(ZoneInfo(get_calendar(street).zone)).date()


def record(row: RedrawPlan, event: Happened, actor: Actor, at: datetime) -> None:
    """Record what happened to a plan."""
    plan = Subject(kind="territory.RedrawPlan", id=str(row.pk))
    record_event(event, subject=plan, actor=actor, at=at)
