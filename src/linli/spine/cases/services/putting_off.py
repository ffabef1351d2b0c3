"""Extensions 延期: asked for by the lead, decided by somebody else."""

from __future__ import annotations

from linli.spine.cases import putting_off_events as events
from linli.spine.cases.models import Clock, Extension
from linli.spine.cases.rules.putting_off import end_of, needs_leader
from linli.spine.cases.services.performing import Act, Outcome, given, lead_of
from linli.spine.cases.terms import ClockName


def ask_extension(act: Act) -> Outcome:
    """Ask for more time; until somebody decides the clock runs on as it is."""
    clock = Clock.objects.get(case=act.case, name=ClockName.HANDLE, stopped_at=None)
    cause = given(act.form.cause)
    is_for_leader = needs_leader(cause, granted=act.file.extension_facts.granted)
    until = end_of(
        given(act.form.until),
        due_at=clock.due_at,
        is_for_leader=is_for_leader,
        policy=act.policy,
        calendar=act.calendar,
    )
    numbers = Extension.objects.filter(case=act.case).order_by("-no").values_list("no", flat=True)
    row = Extension.objects.create(
        case=act.case,
        clock=clock,
        no=1 + (numbers.first() or 0),
        cause=cause.value,
        until=until,
        former_due_at=clock.due_at,
        needs_leader=is_for_leader,
        asked_at=act.at,
        asked_by_id=act.actor.account_id,
    )
    event = events.ExtensionAsked(
        extension_no=row.no, cause=cause.value, until=until, needs_leader=is_for_leader
    )
    return Outcome(event=event)


def grant_extension(act: Act) -> Outcome:
    """Let the case be due later; what was promised stays."""
    row = _decide(act, is_granted=True)
    clock = Clock.objects.select_for_update().get(id=row.clock_id)
    former_due_at = clock.due_at
    clock.due_at, clock.overdue_at = row.until, None
    clock.save(update_fields=["due_at", "overdue_at"])
    lead = lead_of(act)
    lead.due_at = row.until
    lead.save(update_fields=["due_at"])
    act.case.due_at = act.case.handle_due_at = row.until
    act.case.is_overdue = False
    event = events.ExtensionGranted(
        extension_no=row.no,
        cause=row.cause,
        handle_due_at=row.until,
        former_due_at=former_due_at,
    )
    return Outcome(event=event)


def refuse_extension(act: Act) -> Outcome:
    """Leave the case due when it was."""
    row = _decide(act, is_granted=False)
    return Outcome(event=events.ExtensionRefused(extension_no=row.no))


def _decide(act: Act, *, is_granted: bool) -> Extension:
    row = given(act.file.open_extension)
    row.is_granted, row.decided_at = is_granted, act.at
    row.decided_by_id = act.actor.account_id
    row.save(update_fields=["is_granted", "decided_at", "decided_by"])
    return row
