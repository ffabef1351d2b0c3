"""A draft takes effect on its day, or is stopped with its reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.calendar_store import UnusualDay, change_calendar
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.queries import list_unusual_days
from linli.ground.kernel.terms import SYSTEM, Actor, ActorKind
from linli.ground.territory.queries import find_area
from linli.programmes.keeping import events
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.queries.drafts import draft_view
from linli.programmes.keeping.rules.calendar import day_values, read_day, read_hours
from linli.programmes.keeping.rules.merging import merge_items, turn_of
from linli.programmes.keeping.terms import (
    HOURS_KEY,
    WORK,
    Change,
    DraftState,
    DraftView,
    Matter,
    Op,
)
from linli.spine.cases.queries.responsibilities import list_written_items
from linli.spine.cases.services.climbing import plan_anew_later
from linli.spine.cases.services.renewing import renew_catalogue
from linli.spine.cases.services.responsibilities import publish_list

from .drafting import check_possible, lock_draft, lock_keeping, record

_MOST_SAID = 500
_ONE_DAY = timedelta(days=1)


def apply_due_drafts(*, at: datetime) -> int:
    """Let every approved draft whose day has come take effect; return how many did.

    Each is one transaction of its own; one that can't be done is stopped with its reason.
    """
    due = Draft.objects.filter(
        state=DraftState.APPROVED.value, effective_on__lte=at.date() + _ONE_DAY
    ).order_by("effective_on", "id")
    return sum(apply_draft(draft_id=row.pk, at=at) for row in due)


def apply_draft(*, draft_id: int, at: datetime) -> bool:
    """Let an approved draft take effect if its day has come; twice changes nothing more.

    Returns:
        whether it took effect by this call.
    """
    try:
        return _apply(draft_id, at)
    except Refusal as refusal:
        _stop(draft_id, refusal, at)
        return False


@transaction.atomic
def _apply(draft_id: int, at: datetime) -> bool:
    lock_keeping()
    row = lock_draft(draft_id)
    if row.state != DraftState.APPROVED.value or row.effective_on > timezone.localdate(at):
        return False
    view, actor = draft_view(row), approver_of(row)
    check_possible(view)
    _write(view, actor, at)
    row.state, row.ended_at = DraftState.APPLIED.value, at
    row.save(update_fields=["state", "ended_at"])
    applied = events.DraftApplied(
        draft_id=row.pk,
        matter=row.matter,
        effective_on=row.effective_on,
        changes=len(view.changes),
    )
    record(row, applied, actor, at)
    return True


def _write(view: DraftView, actor: Actor, at: datetime) -> None:
    if view.matter is Matter.CATALOGUE:
        turns = [turn_of(one) for one in view.changes]
        renew_catalogue(turns=turns, effective_from=view.effective_on, actor=actor, at=at)
        return
    if view.matter is Matter.CALENDAR:
        _renew_calendar(view)
        return
    items = list_written_items(street_code=view.street_code, on=view.effective_on)
    publish_list(
        street_code=view.street_code,
        version=view.version,
        effective_from=view.effective_on,
        items=merge_items(items, view.changes),
        basis=view.title,
        actor=actor,
        at=at,
    )


def _renew_calendar(view: DraftView) -> None:
    """Let the calendar hold as it was drafted; running clocks keep what was promised."""
    now = {one.day: one for one in list_unusual_days(view.street_code)}
    days = [(day, one) for one in view.changes if (day := read_day(one.key)) is not None]
    hours = next((one for one in view.changes if one.key == HOURS_KEY), None)
    change_calendar(
        street_code=view.street_code,
        begins_on=view.effective_on,
        hours=read_hours(cast("tuple[str, ...]", hours.fields["hours"])) if hours else None,
        days=[_day(day, one, now.get(day)) for day, one in days if one.op is not Op.END],
        usual_days=[day for day, one in days if one.op is Op.END],
    )
    street = find_area(view.street_code, on=view.effective_on)
    if street is not None:
        plan_anew_later(street_id=street.id)


def _day(day: date, change: Change, before: UnusualDay | None) -> UnusualDay:
    """Give a day as it shall be; a field that is not changed stays."""
    was = day_values(is_workday=before.is_workday, note=before.note) if before else {}
    values = {**was, **change.fields}
    note = str(values.get("note", ""))
    return UnusualDay(day=day, is_workday=values["work"] == WORK, note=note)


@transaction.atomic
def _stop(draft_id: int, refusal: Refusal, at: datetime) -> None:
    row = lock_draft(draft_id)
    if row.state != DraftState.APPROVED.value:
        return
    row.state, row.ended_at = DraftState.STOPPED.value, at
    row.stopped_message = refusal.message[:_MOST_SAID]
    row.stopped_params = {name: str(value) for name, value in refusal.params.items()}
    row.save(update_fields=["state", "ended_at", "stopped_message", "stopped_params"])
    stopped = events.DraftStopped(draft_id=row.pk, reason_code=refusal.code)
    record(row, stopped, SYSTEM, at)


def approver_of(row: Draft) -> Actor:
    """Name who answers for what a draft does on its day."""
    return Actor(kind=ActorKind.STAFF, account_id=row.approved_by_id, role=row.approved_role)
