"""Clocks as a case moves: those of the step left stop, that of the step reached starts."""

from __future__ import annotations

from linli.ground.kernel.calendars import Limit
from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.models import Case, Clock
from linli.spine.cases.rules.checking import asking_limit, way_of
from linli.spine.cases.rules.clocks import STEP_CLOCKS, StartedClock, start_clock
from linli.spine.cases.services.performing import Act
from linli.spine.cases.terms import ClockName, Step

# Handling is counted from dispatch on, so its clock runs while the lead has yet to accept; while a
# case is pending it rests, and goes on after.
_HANDLING = (Step.ACCEPTING, Step.HANDLING, Step.PENDING)


def turn_clocks(act: Act) -> None:
    """Stop, resume or start clocks for the step the case has just reached, and set its due time."""
    case, at = act.case, act.at
    running = {clock.name: clock for clock in Clock.objects.filter(case=case, stopped_at=None)}
    step = Step(case.step)
    wanted = STEP_CLOCKS.get(step)
    kept = {name for name in running if _runs_on(ClockName(name), step)}
    Clock.objects.filter(id__in=[running[name].id for name in running.keys() - kept]).update(
        stopped_at=at
    )
    clock = _clock(act, wanted, running) if wanted else None
    case.due_at = clock.due_at if clock else None
    # A clock that ran out unseen is left for the sweep to mark and tell.
    case.is_overdue = clock is not None and clock.overdue_at is not None


def keep_clock(case: Case, clock: StartedClock) -> Clock:
    """Store a clock as it starts."""
    return Clock.objects.create(
        case=case,
        name=clock.name.value,
        started_at=clock.started_at,
        limit_amount=clock.limit.amount,
        limit_unit=clock.limit.unit.value,
        promised_at=clock.due_at,
        due_at=clock.due_at,
    )


def _runs_on(name: ClockName, step: Step) -> bool:
    return STEP_CLOCKS.get(step) is name or (name is ClockName.HANDLE and step in _HANDLING)


def _clock(act: Act, wanted: ClockName, running: dict[str, Clock]) -> Clock:
    if wanted in running:
        return running[wanted]
    if wanted is ClockName.HANDLE:
        return _resume_handling(act.case)
    started = start_clock(
        name=wanted,
        at=act.at,
        policy=act.policy,
        calendar=act.calendar,
        is_urgent=act.case.is_urgent,
        limit=_limit(act, wanted),
    )
    return keep_clock(act.case, started)


def _limit(act: Act, wanted: ClockName) -> Limit | None:
    """Give a limit of its own to a check by asking, which leaves time for the answer."""
    if wanted is not ClockName.CHECK or act.case.category is None:
        return None
    is_found = act.case.finder_id is not None
    way = way_of(act.case.category.checked_by, is_found_by_staff=is_found)
    return asking_limit(act.policy) if way is CheckedBy.REPORTER else None


def _resume_handling(case: Case) -> Clock:
    """Let the handling clock run on after a failed check; its due time stays as it was."""
    clock = Clock.objects.filter(case=case, name=ClockName.HANDLE).latest("started_at")
    Clock.objects.filter(id=clock.id).update(stopped_at=None)
    return clock
