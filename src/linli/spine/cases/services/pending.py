"""The pending register 挂账: asked for, decided by somebody else, woken again."""

from __future__ import annotations

from datetime import datetime

from linli.ground.kernel.calendars import Unit, past_pause
from linli.spine.cases import pending_events as events
from linli.spine.cases.models import Clock, Pending
from linli.spine.cases.rules.pending import check_pending_words, wake_at_of
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.performing import Act, Outcome, given, ids_of, lead_of
from linli.spine.cases.terms import ClockName, Duty, PhotoStage, Step

_AT_WORK = (Duty.LEAD, Duty.HELPER)


def ask_pending(act: Act) -> Outcome:
    """Ask to let the case rest, or to let it rest longer; until somebody decides all goes on."""
    measure, post = act.form.measure.strip(), act.form.post.strip()
    check_pending_words(measure=measure, post=post)
    clock = Clock.objects.get(case=act.case, name=ClockName.HANDLE, stopped_at=None)
    wake_at = wake_at_of(
        given(act.form.wake_on), at=act.at, policy=act.policy, calendar=act.calendar
    )
    numbers = Pending.objects.filter(case=act.case).order_by("-no").values_list("no", flat=True)
    row = Pending.objects.create(
        case=act.case,
        clock=clock,
        no=1 + (numbers.first() or 0),
        obstacle=given(act.form.obstacle).value,
        measure=measure,
        owner_id=_owner(act),
        post=post,
        wake_at=wake_at,
        is_renewal=act.case.step == Step.PENDING,
        asked_at=act.at,
        asked_by_id=act.actor.account_id,
    )
    event = events.PendingAsked(
        pending_no=row.no,
        obstacle=row.obstacle,
        organisation_id=row.owner_id,
        wake_at=wake_at,
        is_renewal=row.is_renewal,
        photo_ids=ids_of(act.form.photos),
    )
    return Outcome(event=event, photos=[(PhotoStage.HANDLING, act.form.photos)])


def approve_pending(act: Act) -> Outcome:
    """Let the clock of handling rest until the day asked for, or rest on until a later one."""
    row = given(act.file.open_pending)
    former = act.file.on_register
    if former is not None:
        former.ended_at = act.at
        former.save(update_fields=["ended_at"])
    row.since = given(former.since) if former is not None else act.at
    _decide(act, row, is_granted=True)
    Clock.objects.filter(id=row.clock_id, suspended_at=None).update(suspended_at=act.at)
    event = events.CasePended(
        pending_no=row.no,
        obstacle=row.obstacle,
        organisation_id=row.owner_id,
        wake_at=row.wake_at,
        is_renewal=row.is_renewal,
    )
    return Outcome(event=event)


def refuse_pending(act: Act) -> Outcome:
    """Leave everything as it was."""
    row = given(act.file.open_pending)
    _decide(act, row, is_granted=False)
    return Outcome(event=events.PendingRefused(pending_no=row.no, is_renewal=row.is_renewal))


def wake(act: Act) -> Outcome:
    """Let the clock go on with the time it had left; what was promised stays."""
    row = given(act.file.on_register)
    clock = Clock.objects.select_for_update().get(id=row.clock_id)
    former_due_at, rested_since = clock.due_at, given(clock.suspended_at)

    def past(instant: datetime) -> datetime:
        unit = Unit(clock.limit_unit)
        return past_pause(instant, rested_since, act.at, unit, act.calendar)

    clock.due_at = past(former_due_at)
    clock.counts_from = past(clock.counts_from or clock.started_at)
    clock.suspended_at = None
    clock.save(update_fields=["due_at", "counts_from", "suspended_at"])
    row.ended_at, row.resumed_due_at = act.at, clock.due_at
    row.save(update_fields=["ended_at", "resumed_due_at"])
    lead = lead_of(act)
    lead.due_at = act.case.handle_due_at = clock.due_at
    lead.save(update_fields=["due_at"])
    event = events.CaseWoken(
        pending_no=row.no,
        is_by_hand=act.member is not None,
        handle_due_at=clock.due_at,
        former_due_at=former_due_at,
    )
    return Outcome(event=event)


def _decide(act: Act, row: Pending, *, is_granted: bool) -> None:
    row.is_granted, row.decided_at = is_granted, act.at
    row.decided_by_id = act.actor.account_id
    row.save(update_fields=["is_granted", "decided_at", "decided_by", "since"])


def _owner(act: Act) -> int:
    """Give who answers meanwhile: one at work on the case, so that they see it."""
    unit_id = given(act.form.unit_id)
    if unit_id not in {one.organisation_id for one in act.file.open_ones if one.duty in _AT_WORK}:
        raise ActionRefused("cases.pending_owner_not_at_work", field="unit_id")
    return unit_id
