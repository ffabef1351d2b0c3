"""Links for called organisations without an account: given, used, stopped; every use is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.ground.kernel.devices import Device
from linli.ground.kernel.held_links import forget_names, keep_name, new_token
from linli.ground.kernel.ids import code_digest
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.rules import find_acting_post
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Role
from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call, CallLink, CallLinkUse
from linli.programmes.whistle.queries.facts import WhistleFile, facts_of, open_file, target_of
from linli.programmes.whistle.queries.links import (
    end_of_link,
    find_call_link,
    linked_whistle,
    may_get_link,
    open_callers_file,
    standing_by_link,
    state_of,
)
from linli.programmes.whistle.rules.actions import check_action
from linli.programmes.whistle.rules.links import CallLinkRefused, UnableToGiveLink, check_alive
from linli.programmes.whistle.services.acting import perform
from linli.programmes.whistle.terms import (
    LINK_ACTIONS,
    ActionName,
    LinkedWhistle,
    WhistleInput,
    whistle_subject,
)
from linli.spine.cases.link_terms import OPENED, MadeLink
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.links import check_expiry


@transaction.atomic
def give_link(
    *,
    whistle_id: UUID,
    organisation_id: int,
    member: Member,
    at: datetime,
    expires_at: datetime | None = None,
    token: str = "",
) -> MadeLink:
    """Give a called organisation a link; its token is told this once, earlier ones stop.

    Args:
        expires_at: when it ends by itself; without it, some days after one has to be there.
        token: 32 characters made by `new_token`, when the caller must know it before.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        UnableToGiveLink: not of the caller's side, not called, or the whistle is over.
        UnableToMakeLink: an end that has passed or lies too far away.
    """
    file = open_callers_file(whistle_id, member, lock=True)
    call = next((one for one in file.calls if one.organisation_id == organisation_id), None)
    if call is None:
        raise UnableToGiveLink("whistle.link_not_called", field="organisation_id")
    if not may_get_link(file, at):
        raise UnableToGiveLink("whistle.link_too_late")
    ends = expires_at or end_of_link(call, file, at)
    check_expiry(expires_at=ends, at=at)
    for old in CallLink.objects.filter(call=call, revoked_at=None, expires_at__gt=at):
        _stop(file, old, call, member, at)
    token = token or new_token()
    link = CallLink.objects.create(
        call=call,
        digest=code_digest(token),
        made_by_id=member.account_id,
        made_at=at,
        expires_at=ends,
    )
    made = events.CallLinkMade(organisation_id=organisation_id, link_id=link.id, expires_at=ends)
    _record(file, member, at, made)
    name = name_of(call.organisation)
    return MadeLink(id=link.id, token=token, organisation_name=name, expires_at=ends)


@transaction.atomic
def stop_link(*, whistle_id: UUID, link_id: UUID, member: Member, at: datetime) -> None:
    """Make a link useless at once.

    Raises:
        NoSuchWhistle: no such whistle or link, or not for this member.
        UnableToGiveLink: not of the caller's side, or it is stopped already.
    """
    file = open_callers_file(whistle_id, member, lock=True)
    links = CallLink.objects.select_related("call").filter(call__whistle_id=whistle_id)
    link = links.filter(id=link_id).first()
    if link is None or link.revoked_at is not None:
        raise UnableToGiveLink("whistle.link_stopped")
    _stop(file, link, link.call, member, at)


@transaction.atomic
def open_call_link(*, token: str, device: Device, at: datetime) -> LinkedWhistle:
    """Show the holder of a link the one whistle it opens, and keep that it was opened.

    Raises:
        LinkRefused: no such link, or it is expired, revoked or over.
    """
    found = linked_whistle(token=token, at=at)
    link = find_call_link(token)
    CallLinkUse.objects.create(link=link, at=at, action=OPENED, device=device.value)
    return found


@transaction.atomic
def act_by_call_link(
    *,
    token: str,
    action: ActionName,
    device: Device,
    at: datetime,
    form: WhistleInput,
    handler_name: str = "",
) -> None:
    """Take one action as the holder of a link, signed with the organisation it was given to.

    Args:
        handler_name: what the holder calls themselves, if anything; kept with the link.

    Raises:
        LinkRefused: no such link, not open, or not an action for links.
        WhistleRefused: not now, or something is missing.
        Refusal: of a photo.
    """
    known = find_call_link(token)
    file = open_file(known.call.whistle_id, lock=True)
    link = find_call_link(token, lock=True)
    check_alive(state_of(link, file, at))
    if action not in LINK_ACTIONS:
        raise CallLinkRefused("link.not_for_links")
    standing = standing_by_link(link)
    form = replace(form, organisation_id=link.call.organisation_id)
    check_action(name=action, facts=facts_of(file), standing=standing, at=at, form=form)
    occurrence = perform(
        name=action,
        file=file,
        standing=standing,
        actor=_holder(link.call),
        member=None,
        at=at,
        form=form,
    )
    CallLinkUse.objects.create(
        link=link, at=at, action=action.value, device=device.value, event_id=occurrence.id
    )
    keep_name(link, handler_name)


@transaction.atomic
def forget_link_names(*, at: datetime) -> int:
    """Empty the names on links that ended 90 days ago, and return how many there were."""
    return forget_names(CallLink.objects.all(), at=at)


def _holder(call: Call) -> Actor:
    return Actor(kind=ActorKind.LINK, role=Role.HANDLER.value, organisation_id=call.organisation_id)


def _stop(file: WhistleFile, link: CallLink, call: Call, member: Member, at: datetime) -> None:
    CallLink.objects.filter(id=link.id).update(revoked_at=at)
    stopped = events.CallLinkRevoked(organisation_id=call.organisation_id, link_id=link.id)
    _record(file, member, at, stopped)


def _record(file: WhistleFile, member: Member, at: datetime, event: events.WhistleEvent) -> None:
    whistle = file.whistle
    post = find_acting_post(member, Right.WHISTLE_BLOW, target_of(file))
    record_event(
        replace(event, due_at=whistle.due_at),
        subject=whistle_subject(whistle.id),
        actor=member.actor(post=post),
        at=at,
        step_before=whistle.step,
        step_after=whistle.step,
    )
