"""One action on one whistle: lock, check, change, record, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Occurrence
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Post
from linli.programmes.whistle import events
from linli.programmes.whistle.queries.facts import (
    WhistleFile,
    facts_of,
    may_see,
    open_file,
    standing_of,
    target_of,
)
from linli.programmes.whistle.queries.settings import get_policy
from linli.programmes.whistle.queries.whistles import view_of
from linli.programmes.whistle.rules.actions import check_action
from linli.programmes.whistle.rules.clocks import days_on
from linli.programmes.whistle.rules.facts import Standing
from linli.programmes.whistle.rules.procedure import ACTIONS, RIGHTS, Action, Bond
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.services import following, judging, performing
from linli.programmes.whistle.services.performing import Act, Performer
from linli.programmes.whistle.terms import (
    ENDS,
    ActionName,
    Step,
    WhistleInput,
    WhistleView,
    whistle_subject,
)

PERFORMERS: Mapping[ActionName, Performer] = MappingProxyType(
    {
        ActionName.SIGN_IN: performing.sign_in,
        ActionName.COME: performing.come,
        ActionName.DECLINE: performing.decline,
        ActionName.REPORT_DEED: performing.report_deed,
        ActionName.COUNTERSIGN: performing.countersign,
        ActionName.TAKE_ANSWER: performing.take_answer,
        ActionName.CALL_MORE: performing.call_more,
        ActionName.NAME_LEAD: performing.name_lead,
        ActionName.RECORD_OUTCOME: performing.record_outcome,
        ActionName.JUDGE: judging.judge,
        ActionName.REPLY: judging.reply,
        ActionName.SETTLE: judging.settle,
        ActionName.OPEN_CASE: following.open_case,
        ActionName.TELL_CASE: following.tell_case,
        ActionName.FEED_BACK: following.feed_back,
        ActionName.CANCEL: lambda _act: events.WhistleCancelled(),
        ActionName.COMMENT: lambda _act: events.WhistleCommented(),
    }
)
# Those that end a step for everybody; who saw an older state is told first.
DECISIVE = frozenset({ActionName.RECORD_OUTCOME, ActionName.JUDGE, ActionName.CANCEL})


@transaction.atomic
def act(
    *,
    whistle_id: UUID,
    action: ActionName,
    member: Member,
    at: datetime,
    form: WhistleInput,
    seen_version: int | None = None,
) -> WhistleView:
    """Take one action as a member.

    Args:
        at: aware instant from the edge.
        seen_version: version the member had before the eyes; what ends a step for everybody is
            refused when somebody moved the whistle since.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        WhistleRefused: not now, not by this member, or something is missing.
        Refusal: of the case or of a photo.
    """
    file = open_file(whistle_id, lock=True)
    if not may_see(file, member):
        raise NoSuchWhistle("whistle.not_found")
    whistle, spec = file.whistle, ACTIONS[action]
    if action in DECISIVE and seen_version not in (None, whistle.version):
        raise WhistleRefused("whistle.already_done")
    standing = standing_of(file, member)
    check_action(name=action, facts=facts_of(file), standing=standing, at=at, form=form)
    actor = member.actor(post=_post(file, standing, member, spec))
    perform(name=action, file=file, standing=standing, actor=actor, member=member, at=at, form=form)
    return view_of(open_file(whistle_id))


def perform(
    *,
    name: ActionName,
    file: WhistleFile,
    standing: Standing,
    actor: Actor,
    member: Member | None,
    at: datetime,
    form: WhistleInput,
) -> Occurrence:
    """Do an action that was checked, on a locked whistle, and record it; for this room only."""
    whistle = file.whistle
    under_way = Act(
        name=name,
        file=file,
        standing=standing,
        actor=actor,
        member=member,
        at=at,
        form=form,
        policy=get_policy(whistle.street_id),
        calendar=get_calendar(whistle.street.code),
    )
    before = Step(whistle.step)
    after = ACTIONS[name].paths[before]
    event = PERFORMERS[name](under_way)
    if after is not before:
        _move(under_way, after)
    whistle.save()
    return _record(under_way, event, before=before, after=after)


def _move(act: Act, after: Step) -> None:
    whistle = act.whistle
    whistle.step = after.value
    whistle.version += 1
    judge_by = days_on(act.at, act.policy.judge_days, act.calendar)
    whistle.due_at = judge_by if after is Step.JUDGING else None
    whistle.ended_at = act.at if after in ENDS else None


def _record(act: Act, event: events.WhistleEvent, *, before: Step, after: Step) -> Occurrence:
    return record_event(
        replace(event, due_at=act.whistle.due_at),
        subject=whistle_subject(act.whistle.id),
        actor=act.actor,
        at=act.at,
        step_before=before,
        step_after=after,
        texts={"note": act.form.note},
    )


def _post(file: WhistleFile, standing: Standing, member: Member, spec: Action) -> Post | None:
    right = RIGHTS[spec.bond]
    if spec.bond is Bond.CALLER_OR_LEAD and not standing.is_caller:
        right = Right.WHISTLE_ANSWER
    return find_acting_post(member, right, target_of(file))
