"""Several assignments on one case 协同处置: each task with its clock, its result, its check."""

from __future__ import annotations

from typing import Any

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.terms import ActorKind
from linli.ground.people.queries import list_organisations
from linli.spine.cases import gathering_events as events
from linli.spine.cases.models import Assignment
from linli.spine.cases.queries.routing import load_tree
from linli.spine.cases.rules.clocks import StartedClock, start_clock
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.dispatching import accept_by, check_responsibility
from linli.spine.cases.services.performing import Act, Outcome, finish, given, ids_of
from linli.spine.cases.terms import AssignmentState, ClockName, Duty, PhotoStage

BRIEF_LENGTH = 500


def add_task(act: Act) -> Outcome:
    """Give one more organisation its part, with a clock of its own."""
    unit_id = given(act.form.unit_id)
    _check_unit(act, unit_id)
    return _give(act, unit_id, brief=act.form.note)


def redispatch_task(act: Act) -> Outcome:
    """Give a part to another organisation; one that was returned binds the next."""
    former, unit_id = act.task, given(act.form.unit_id)
    was_returned = former.state == AssignmentState.RETURNED
    if not was_returned:
        finish(former, AssignmentState.WITHDRAWN, act.at)
    _check_unit(act, unit_id, besides=former)
    return _give(act, unit_id, brief=former.brief, replaces=former, is_binding=was_returned)


def accept_task(act: Act) -> Outcome:
    """The organisation takes its part on, by word or by silence."""
    task = act.task
    task.state, task.accepted_at = AssignmentState.ACCEPTED.value, act.at
    task.account_id = act.actor.account_id or task.account_id
    task.save(update_fields=["state", "accepted_at", "account"])
    is_silent = act.actor.kind is ActorKind.SYSTEM
    return Outcome(event=events.TaskAccepted(**_named(task), is_silent=is_silent))


def return_task(act: Act) -> Outcome:
    """The organisation says the part is not theirs, citing a responsibility."""
    task, cited = act.task, given(act.form.responsibility_id)
    check_responsibility(cited)
    task.returned_for_id = cited
    finish(task, AssignmentState.RETURNED, act.at)
    return Outcome(event=events.TaskReturned(**_named(task), responsibility_id=cited))


def feed_back_task(act: Act) -> Outcome:
    """The organisation says its part is done; somebody else looks."""
    task = act.task
    task.state, task.reported_at = AssignmentState.REPORTED.value, act.at
    task.account_id = act.actor.account_id or task.account_id
    task.save(update_fields=["state", "reported_at", "account"])
    return Outcome(
        event=events.TaskReported(
            **_named(task),
            photo_ids=ids_of(act.form.photos),
            on_time=task.due_at is not None and act.at <= task.due_at,
        ),
        photos=[(PhotoStage.HANDLING, act.form.photos)],
    )


def pass_task(act: Act) -> Outcome:
    """Somebody else found the part done."""
    task = act.task
    finish(task, AssignmentState.DONE, act.at)
    return Outcome(
        event=events.TaskPassed(**_named(task), photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def rework_task(act: Act) -> Outcome:
    """The part is not done; counted. Its due time stays as it was."""
    task = act.task
    task.state, task.rework_count = AssignmentState.ACCEPTED.value, task.rework_count + 1
    task.save(update_fields=["state", "rework_count"])
    return Outcome(
        event=events.TaskReworked(**_named(task), photo_ids=ids_of(act.form.photos)),
        photos=[(PhotoStage.CHECK, act.form.photos)],
    )


def withdraw_task(act: Act) -> Outcome:
    """The part is no longer wanted of this organisation."""
    finish(act.task, AssignmentState.WITHDRAWN, act.at)
    return Outcome(event=events.TaskWithdrawn(**_named(act.task)))


def _named(task: Assignment) -> dict[str, Any]:
    return {"task_no": given(task.task_no), "organisation_id": given(task.organisation_id)}


def _give(
    act: Act,
    unit_id: int,
    *,
    brief: str,
    replaces: Assignment | None = None,
    is_binding: bool = False,
) -> Outcome:
    clock = _clock(act)
    task = Assignment.objects.create(
        case=act.case,
        duty=Duty.TASK.value,
        organisation_id=unit_id,
        task_no=1 + max((one.task_no or 0 for one in act.file.assignments), default=0),
        replaces_no=replaces.task_no if replaces else None,
        brief=brief.strip()[:BRIEF_LENGTH],
        state=(AssignmentState.ACCEPTED if is_binding else AssignmentState.OFFERED).value,
        offered_at=act.at,
        accepted_at=act.at if is_binding else None,
        accept_by=None if is_binding else accept_by(act),
        promised_at=clock.due_at,
        due_at=clock.due_at,
        limit_unit=clock.limit.unit.value,
        is_binding=is_binding,
    )
    return Outcome(
        event=events.TaskGiven(
            **_named(task),
            limit_amount=clock.limit.amount,
            limit_unit=clock.limit.unit.value,
            task_due_at=clock.due_at,
            accept_by=task.accept_by,
            is_binding=is_binding,
            replaces_no=task.replaces_no,
        )
    )


def _clock(act: Act) -> StartedClock:
    category = act.case.category
    usual = Limit(category.limit_amount, Unit(category.limit_unit)) if category else None
    return start_clock(
        name=ClockName.HANDLE,
        at=act.at,
        policy=act.policy,
        calendar=act.calendar,
        is_urgent=act.case.is_urgent,
        limit=act.form.limit or usual,
    )


def _check_unit(act: Act, unit_id: int, *, besides: Assignment | None = None) -> None:
    if not list_organisations(ids=[unit_id]):
        raise ActionRefused("cases.unit_unknown", field="unit_id")
    about = act.case.about_organisation_id
    if about is not None and load_tree(act.case.street.code).is_within(unit_id, about):
        raise ActionRefused("cases.lead_is_complained_about", field="unit_id")
    busy = (one for one in act.file.open_ones if one.duty in (Duty.LEAD, Duty.TASK))
    if any(one.organisation_id == unit_id for one in busy if one != besides):
        raise ActionRefused("cases.task_already_there", field="unit_id")
    if besides is not None and besides.organisation_id == unit_id:
        raise ActionRefused("cases.task_already_there", field="unit_id")
