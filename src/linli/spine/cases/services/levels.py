"""Levels: from the grid up to the district, which is outside, and down again with a limit."""

from __future__ import annotations

from linli.spine.cases import gathering_events as events
from linli.spine.cases.models import Assignment, Clock
from linli.spine.cases.services.dispatching import give_out
from linli.spine.cases.services.performing import Act, Outcome, given, ids_of, set_category
from linli.spine.cases.terms import (
    ActionName,
    AssignmentState,
    Duty,
    Level,
    PhotoStage,
    Step,
)

_LEVEL_AT = {
    Step.IN_GRID: Level.GRID,
    Step.IN_COMMUNITY: Level.COMMUNITY,
    Step.FORWARDED: Level.DISTRICT,
    Step.DISPATCHING: Level.STREET,
}


def lower(act: Act) -> Outcome:
    """A level below, or the district, deals with it, within a limit counted from now."""
    case = act.case
    takes_own = act.action.name is ActionName.TAKE_IN_GRID
    if takes_own:
        set_category(case, given(act.form.category_id))
        case.filed_at = act.at
    level = _reach(act)
    Clock.objects.filter(case=case, stopped_at=None).update(stopped_at=act.at)
    clock = give_out(act)
    kind = events.CaseForwarded if level is Level.DISTRICT else events.CaseLowered
    return Outcome(
        event=kind(
            level=level.value,
            category_id=given(case.category_id),
            is_filed=takes_own,
            limit_amount=clock.limit.amount,
            limit_unit=clock.limit.unit.value,
            promised_at=given(case.promised_at),
            handle_due_at=clock.due_at,
        )
    )


def lift(act: Act) -> Outcome:
    """A level could not solve it: what was tried goes up with it."""
    level = _reach(act)
    return Outcome(
        event=events.CaseRaised(level=level.value, photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.HANDLING, act.form.photos)],
    )


def solve(act: Act) -> Outcome:
    """The people of the level dealt with it; who did is kept, and never checks it."""
    due = act.case.handle_due_at
    Assignment.objects.create(
        case=act.case,
        duty=Duty.LEAD.value,
        account_id=act.actor.account_id,
        organisation_id=act.actor.organisation_id,
        state=AssignmentState.DONE.value,
        offered_at=act.at,
        accepted_at=act.at,
        finished_at=act.at,
    )
    return Outcome(
        event=events.SolvedAtLevel(
            level=act.case.level,
            photo_ids=ids_of(act.form.photos),
            on_time=due is not None and act.at <= due,
        ),
        photos=[(PhotoStage.HANDLING, act.form.photos)],
    )


def hear_back(act: Act) -> Outcome:
    """The district says it is done."""
    return Outcome(
        event=events.OutsideAnswered(level=act.case.level, photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.HANDLING, act.form.photos)],
    )


def take_back(act: Act) -> Outcome:
    """The centre decides anew."""
    return Outcome(event=events.CaseTakenBack(level=_reach(act).value))


def redo(act: Act) -> Outcome:
    """Not enough was done below or outside; counted, and the centre decides anew."""
    act.case.rework_count += 1
    return Outcome(
        event=events.RedoOrdered(level=_reach(act).value, photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def _reach(act: Act) -> Level:
    """Put the case to the level of the step the action leads to."""
    level = _LEVEL_AT[act.action.paths[Step(act.case.step)]]
    act.case.level = level.value
    return level
