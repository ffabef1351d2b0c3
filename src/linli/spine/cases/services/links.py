"""Links for handlers without an account: given, used, stopped; every use is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from linli.ground.kernel.devices import Device
from linli.ground.kernel.held_links import forget_names, keep_name, new_token
from linli.ground.kernel.ids import code_digest
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Role
from linli.spine.cases.events import CaseEvent
from linli.spine.cases.link_events import HandlerLinkMade, HandlerLinkRevoked
from linli.spine.cases.link_terms import (
    LINK_ACTIONS,
    OPENED,
    LinkedCase,
    MadeLink,
)
from linli.spine.cases.models import Assignment, HandlerLink, LinkUse
from linli.spine.cases.queries.facts import CaseFile, facts_of, may_see, open_file, target_of
from linli.spine.cases.queries.history import last_move
from linli.spine.cases.queries.links import (
    find_link,
    is_linkable,
    linked_case,
    may_link,
    standing_by_link,
    state_of,
)
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.actions import check_action
from linli.spine.cases.rules.links import (
    LinkRefused,
    UnableToMakeLink,
    check_expiry,
    check_open,
    default_expiry,
)
from linli.spine.cases.rules.procedure import ACTIONS
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.rules.reports import check_words
from linli.spine.cases.services.acting import NOTHING_GIVEN, perform, system_act
from linli.spine.cases.services.performing import given
from linli.spine.cases.terms import ActionInput, ActionName, Duty, case_subject


@transaction.atomic
def make_link(
    *,
    assignment_id: int,
    member: Member,
    at: datetime,
    expires_at: datetime | None = None,
    keeps_others: bool = False,
    token: str = "",
) -> MadeLink:
    """Give a link for one assignment; its token is told this once.

    Args:
        at: aware instant from the edge.
        expires_at: when it ends by itself; without it, some days after the matter is due.
        keeps_others: leave earlier links of the assignment as they are instead of stopping them.
        token: 32 characters made by `new_token`, when the caller must know it before.

    Raises:
        NoSuchCase: no such assignment, or its case is not for this member.
        UnableToMakeLink: not by this member, or the assignment is over.
    """
    file, assignment = _open(assignment_id, member)
    if assignment.organisation is None:
        raise UnableToMakeLink("link.no_organisation")
    if not is_linkable(assignment):
        raise UnableToMakeLink("link.assignment_closed")
    days = settings.LINK_DAYS
    ends = expires_at or default_expiry(due_at=assignment.due_at, at=at, days=days)
    check_expiry(expires_at=ends, at=at)
    if not keeps_others:
        for old in _open_links(assignment, at):
            _revoke(file, old, member, at)
    token = token or new_token()
    link = HandlerLink.objects.create(
        assignment=assignment,
        digest=code_digest(token),
        made_by_id=member.account_id,
        made_at=at,
        expires_at=ends,
    )
    made = HandlerLinkMade(
        link_id=link.id, organisation_id=assignment.organisation.pk, expires_at=ends
    )
    _record(file, member, at, made)
    return MadeLink(
        id=link.id,
        token=token,
        organisation_name=name_of(assignment.organisation),
        expires_at=ends,
    )


@transaction.atomic
def revoke_link(*, link_id: UUID, member: Member, at: datetime) -> None:
    """Make a link useless at once.

    Raises:
        NoSuchCase: no such link, or its case is not for this member.
        UnableToMakeLink: not by this member, or it is stopped already.
    """
    link = HandlerLink.objects.select_related("assignment").filter(id=link_id).first()
    if link is None:
        raise NoSuchCase("cases.not_found")
    file, _assignment = _open(link.assignment_id, member)
    if HandlerLink.objects.filter(id=link_id, revoked_at__isnull=False).exists():
        raise UnableToMakeLink("link.already_revoked")
    _revoke(file, link, member, at)


@transaction.atomic
def open_link(*, token: str, device: Device, at: datetime) -> LinkedCase:
    """Show the holder of a link the one case it opens, and keep that it was opened.

    Raises:
        LinkRefused: no such link, or it is expired, revoked or over.
    """
    case = linked_case(token=token, at=at)
    link = find_link(token)
    LinkUse.objects.create(link=link, at=at, action=OPENED, device=device.value)
    return case


@transaction.atomic
def act_by_link(
    *,
    token: str,
    action: ActionName,
    device: Device,
    at: datetime,
    form: ActionInput = NOTHING_GIVEN,
    seen_version: int | None = None,
    handler_name: str = "",
) -> None:
    """Take one action as the holder of a link, signed with the organisation it was given to.

    Args:
        handler_name: what the holder calls themselves, if anything; kept with the link.

    Raises:
        LinkRefused: no such link, not open, or not an action for links.
        ActionRefused: not now, or something is missing.
    """
    check_words(form)
    known = find_link(token)
    file = open_file(known.assignment.case_id, lock=True)
    link = find_link(token, lock=True)
    check_open(state_of(link, file, at))
    spec = ACTIONS[action]
    if action not in LINK_ACTIONS.get(Duty(link.assignment.duty), ()):
        raise LinkRefused("link.not_for_links")
    if spec.moves and seen_version is not None and seen_version != file.case.version:
        raise ActionRefused("cases.already_done", **last_move(file.case.id))
    standing = standing_by_link(file, link.assignment, spec)
    task_no = link.assignment.task_no
    form = replace(form, task_no=task_no)
    check_action(
        name=action, facts=facts_of(file), standing=standing, form=form, at=at, task_no=task_no
    )
    prepared = system_act(file, name=action, actor=_holder(link.assignment), at=at)
    occurrence = perform(replace(prepared, form=form))
    LinkUse.objects.create(
        link=link, at=at, action=action.value, device=device.value, event_id=occurrence.id
    )
    keep_name(link, handler_name)


@transaction.atomic
def forget_handler_names(*, at: datetime) -> int:
    """Empty the names on links that ended 90 days ago, and return how many there were."""
    return forget_names(HandlerLink.objects.all(), at=at)


def _holder(assignment: Assignment) -> Actor:
    return Actor(
        kind=ActorKind.LINK,
        role=Role.HANDLER.value,
        organisation_id=assignment.organisation_id,
    )


def _open(assignment_id: int, member: Member) -> tuple[CaseFile, Assignment]:
    """Lock the case of an assignment that the member may give links for."""
    found = Assignment.objects.filter(id=assignment_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NoSuchCase("cases.not_found")
    file = open_file(found, lock=True)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    assignment = next(one for one in file.assignments if one.pk == assignment_id)
    if not may_link(file, assignment, member):
        raise UnableToMakeLink("link.not_yours")
    return file, assignment


def _open_links(assignment: Assignment, at: datetime) -> list[HandlerLink]:
    rows = HandlerLink.objects.filter(assignment=assignment, revoked_at=None, expires_at__gt=at)
    return list(rows.select_related("assignment"))


def _revoke(file: CaseFile, link: HandlerLink, member: Member, at: datetime) -> None:
    HandlerLink.objects.filter(id=link.id).update(revoked_at=at)
    organisation_id = given(link.assignment.organisation_id)
    _record(file, member, at, HandlerLinkRevoked(link_id=link.id, organisation_id=organisation_id))


def _record(file: CaseFile, member: Member, at: datetime, event: CaseEvent) -> None:
    record_event(
        replace(event, due_at=file.case.due_at),
        subject=case_subject(file.case.id),
        actor=member.actor(role=find_role(member, Right.CASE_LINK, target_of(file))),
        at=at,
        step_before=file.case.step,
        step_after=file.case.step,
    )
