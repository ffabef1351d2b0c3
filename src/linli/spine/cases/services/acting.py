"""One action on one case: lock, check the rule, change, record the event, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.ids import code_digest
from linli.ground.kernel.photos import attach_photos
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, ActorKind, Occurrence
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Member, Role
from linli.spine.cases.models import CasePhoto, Reporter
from linli.spine.cases.queries.case import view_of
from linli.spine.cases.queries.facts import (
    CaseFile,
    facts_of,
    is_reporter,
    may_see,
    open_file,
    standing_of,
    target_for,
)
from linli.spine.cases.queries.history import last_move
from linli.spine.cases.queries.mains import find_main
from linli.spine.cases.queries.public import public_view
from linli.spine.cases.queries.settings import calendar_of, get_policy
from linli.spine.cases.rules.actions import Standing, check_action
from linli.spine.cases.rules.procedure import ACTIONS, BY_CODE, Action
from linli.spine.cases.rules.projection import REROUTABLE
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.rules.reports import check_words
from linli.spine.cases.services.checking import turn_checks
from linli.spine.cases.services.performers import PERFORMERS
from linli.spine.cases.services.performing import Act, Outcome
from linli.spine.cases.services.turning import turn_clocks
from linli.spine.cases.services.tying import TIES, wait_for_ties
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    CaseView,
    PublicCase,
    Step,
    case_subject,
)

NOTHING_GIVEN = ActionInput()
REPORTER = Actor(kind=ActorKind.RESIDENT, role=Role.RESIDENT.value)


@transaction.atomic
def act(
    *,
    case_id: UUID,
    action: ActionName,
    member: Member,
    at: datetime,
    form: ActionInput = NOTHING_GIVEN,
    seen_version: int | None = None,
) -> CaseView:
    """Take one action as a member of staff.

    Args:
        at: aware instant from the edge.
        seen_version: version of the case the member had before the eyes; when somebody moved the
            case since, the action is refused with who did what and when.

    Raises:
        NoSuchCase: no such case, or not for this member.
        ActionRefused: not now, not by this member, or something is missing.
    """
    carry_out(
        case_id=case_id, action=action, member=member, at=at, form=form, seen_version=seen_version
    )
    return view_of(open_file(case_id), at, member)


@transaction.atomic
def carry_out(
    *,
    case_id: UUID,
    action: ActionName,
    member: Member,
    at: datetime,
    form: ActionInput = NOTHING_GIVEN,
    seen_version: int | None = None,
) -> None:
    """Take one action exactly as `act` does, for programs that do not look at the case after."""
    check_words(form)
    spec = ACTIONS[action]
    if action in TIES:
        wait_for_ties()
    file = open_file(case_id, lock=True)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    if spec.moves and seen_version is not None and seen_version != file.case.version:
        raise ActionRefused("cases.already_done", **last_move(case_id))
    standing = standing_of(file, member, spec, task_no=form.task_no)
    check_action(
        name=action,
        facts=facts_of(file),
        standing=standing,
        form=form,
        at=at,
        task_no=form.task_no,
    )
    perform(_act(file, spec, _actor(file, spec, member, form), at, form, member))


@transaction.atomic
def act_by_code(
    *, code: str, action: ActionName, at: datetime, form: ActionInput = NOTHING_GIVEN
) -> PublicCase:
    """Take one action as the reporter who holds the tracking code: rate, reopen or comment.

    One whose report joined another rates and comments on their own, and reopens the main case.

    Raises:
        NoSuchCase: no case has this code.
        ActionRefused: not now, not as the reporter, or something is missing.
    """
    found = Reporter.objects.filter(tracking_digest=code_digest(code))
    case_id = found.values_list("case_id", flat=True).first()
    if case_id is None:
        raise NoSuchCase("cases.no_such_code")
    return _act_as_reporter(case_id, action, at, form)


@transaction.atomic
def act_as_reporter(
    *,
    case_id: UUID,
    account_id: int,
    action: ActionName,
    at: datetime,
    form: ActionInput = NOTHING_GIVEN,
) -> PublicCase:
    """Take one action as the reporter, known by the account: rate, reopen or comment.

    Raises:
        NoSuchCase: no such case, or somebody else reported it.
        ActionRefused: as in `act_by_code`.
    """
    if not is_reporter(case_id, account_id):
        raise NoSuchCase("cases.not_found")
    return _act_as_reporter(case_id, action, at, form)


def perform(act: Act) -> Occurrence:
    """Carry out an action already checked: change the case, turn the clocks, record the event."""
    case = act.case
    before, after = Step(case.step), act.action.paths[Step(case.step)]
    outcome = PERFORMERS[act.action.name](act)
    photos = _attach(act, outcome)
    after = outcome.step or after
    case.step = after.value
    if act.action.moves:
        case.version += 1
        if not act.action.restores:
            turn_clocks(act)
    if after not in REROUTABLE:
        case.reroute_lead_id = None
    case.changed_at = act.at
    case.save()
    occurrence = record_event(
        replace(outcome.event, due_at=case.due_at),
        subject=case_subject(case.id),
        actor=act.actor,
        at=act.at,
        step_before=before,
        step_after=after,
        texts={"note": act.form.note, "elsewhere": act.form.elsewhere},
    )
    for photo in photos:
        photo.event_id = occurrence.id
    CasePhoto.objects.bulk_create(photos)
    if outcome.finish is not None:
        outcome.finish(occurrence)
    turn_checks(act, before)
    return occurrence


def system_act(
    file: CaseFile,
    *,
    name: ActionName,
    actor: Actor,
    at: datetime,
    form: ActionInput = NOTHING_GIVEN,
) -> Act:
    """Prepare an action that nobody took, such as acceptance by silence."""
    return _act(file, ACTIONS[name], actor, at, form)


def _act_as_reporter(
    case_id: UUID, action: ActionName, at: datetime, form: ActionInput
) -> PublicCase:
    check_words(form)
    file = _open_for_reporter(case_id, action)
    standing = Standing(has_right=action in BY_CODE)
    check_action(name=action, facts=facts_of(file), standing=standing, form=form, at=at)
    joined_case_id = case_id if file.case.id != case_id else None
    perform(_act(file, ACTIONS[action], REPORTER, at, form, joined_case_id=joined_case_id))
    return public_view(open_file(case_id), at=at)


_ON_THE_MAIN_CASE = (ActionName.REOPEN, ActionName.ANSWER_CHECK)


def _open_for_reporter(case_id: UUID, action: ActionName) -> CaseFile:
    """Open and lock the case a reporter acts on: again and now is about the main case."""
    if action in _ON_THE_MAIN_CASE:
        # Nothing is merged or taken apart meanwhile, so that the main case stays the main one.
        wait_for_ties()
        case_id = find_main(open_file(case_id).case).id
    return open_file(case_id, lock=True)


def _act(
    file: CaseFile,
    action: Action,
    actor: Actor,
    at: datetime,
    form: ActionInput,
    member: Member | None = None,
    joined_case_id: UUID | None = None,
) -> Act:
    return Act(
        file=file,
        action=action,
        actor=actor,
        at=at,
        form=form,
        policy=get_policy(file.case.street_id),
        calendar=calendar_of(file.case.street_id),
        member=member,
        joined_case_id=joined_case_id,
    )


def _actor(file: CaseFile, action: Action, member: Member, form: ActionInput) -> Actor:
    """Sign the act with the post that gives the right to it."""
    target = target_for(file, action, form.task_no)
    return member.actor(post=find_acting_post(member, action.right, target))


def _attach(act: Act, outcome: Outcome) -> list[CasePhoto]:
    refs = [(ref.id, ref.secret) for _, given in outcome.photos for ref in given]
    attach_photos(refs=refs, subject=case_subject(act.case.id), at=act.at)
    return [
        CasePhoto(
            case_id=act.case.id,
            photo_id=ref.id,
            stage=stage.value,
            added_at=act.at,
            task_no=act.form.task_no if act.action.task_states else None,
        )
        for stage, given in outcome.photos
        for ref in given
    ]
