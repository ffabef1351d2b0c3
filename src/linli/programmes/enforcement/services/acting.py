"""One action on one operation: lock, check, change, record, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.calendars import due_after
from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Member
from linli.programmes.enforcement import events
from linli.programmes.enforcement.queries.facts import (
    facts_of,
    may_see,
    open_file,
    standing_of,
    target_for,
)
from linli.programmes.enforcement.queries.operations import view_of
from linli.programmes.enforcement.rules.actions import check_action
from linli.programmes.enforcement.rules.procedure import ACTIONS, LIMITS, Action
from linli.programmes.enforcement.rules.refusals import NoSuchOperation, OperationRefused
from linli.programmes.enforcement.services import performing
from linli.programmes.enforcement.services.feeding_back import feed_back
from linli.programmes.enforcement.services.performing import Act, Performer
from linli.programmes.enforcement.services.recusing import decide_recusal, step_aside
from linli.programmes.enforcement.terms import (
    ENDS,
    ActionName,
    OperationInput,
    OperationView,
    Step,
    operation_subject,
)


def _only(event: type[events.OperationEvent]) -> Performer:
    return lambda _act: event()


PERFORMERS: Mapping[ActionName, Performer] = MappingProxyType(
    {
        ActionName.REVISE_PLAN: performing.revise_plan,
        ActionName.APPROVE_PLAN: _only(events.PlanApproved),
        ActionName.REJECT_PLAN: _only(events.PlanRejected),
        ActionName.GIVE_NOTICE: performing.give_notice,
        ActionName.END_NOTICES: _only(events.NoticesEnded),
        ActionName.KEEP_EVIDENCE: performing.keep_evidence,
        ActionName.RECORD_COMPLIANCE: performing.record_compliance,
        ActionName.BEGIN_ACTION: performing.begin_action,
        ActionName.TAKE_MEASURE: performing.take_measure,
        ActionName.FINISH_ACTION: performing.finish_action,
        ActionName.RECEIVE_APPEAL: performing.receive_appeal,
        ActionName.ANSWER_APPEAL: performing.answer_appeal,
        ActionName.CLOSE_APPEALS: performing.close_appeals,
        ActionName.STEP_ASIDE: step_aside,
        ActionName.DECIDE_RECUSAL: decide_recusal,
        ActionName.FEED_BACK: feed_back,
        ActionName.PUBLISH: performing.publish,
        ActionName.WITHDRAW: performing.withdraw,
        ActionName.JUDGE: performing.judge,
        ActionName.REPLY: _only(events.JudgementAnswered),
        ActionName.CANCEL: _only(events.OperationCancelled),
        ActionName.COMMENT: _only(events.OperationCommented),
    }
)


@transaction.atomic
def act(
    *,
    operation_id: UUID,
    action: ActionName,
    member: Member,
    at: datetime,
    form: OperationInput,
    seen_version: int | None = None,
) -> OperationView:
    """Take one action as a member of staff.

    Args:
        at: aware instant from the edge.
        seen_version: version the member had before the eyes; an action that moves the operation
            is refused when somebody moved it since.

    Raises:
        NoSuchOperation: no such operation, or not for this member.
        OperationRefused: not now, not by this member, or against what the law asks.
        Refusal: of the case, when its handling is fed back, or of a photo.
    """
    file = open_file(operation_id, lock=True)
    if not may_see(file, member):
        raise NoSuchOperation("enforcement.not_found")
    spec, operation = ACTIONS[action], file.operation
    if spec.moves and seen_version is not None and seen_version != operation.version:
        raise OperationRefused("enforcement.already_done")
    standing = standing_of(file, member, spec)
    check_action(name=action, facts=facts_of(file), standing=standing, form=form)
    calendar = get_calendar(operation.street.code)
    under_way = Act(file=file, member=member, at=at, form=form, calendar=calendar)
    before, after = Step(operation.step), spec.paths[Step(operation.step)]
    event = PERFORMERS[action](under_way)
    operation.step = after.value
    if spec.moves:
        _move(under_way, after)
    operation.save()
    _record(under_way, spec, event, before=before, after=after)
    return view_of(open_file(operation_id), at)


def _move(act: Act, after: Step) -> None:
    act.operation.version += 1
    limit = LIMITS.get(after)
    act.operation.due_at = due_after(act.at, limit, act.calendar) if limit else None
    act.operation.ended_at = act.at if after in ENDS else None


def _record(
    act: Act, spec: Action, event: events.OperationEvent, *, before: Step, after: Step
) -> None:
    post = find_acting_post(act.member, spec.right, target_for(act.file, spec.right))
    record_event(
        replace(event, due_at=act.operation.due_at),
        subject=operation_subject(act.operation.id),
        actor=act.member.actor(post=post),
        at=act.at,
        step_before=before,
        step_after=after,
        texts={"note": act.form.note},
    )
