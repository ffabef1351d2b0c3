"""What a link of a called organisation opens, and what is known of the links of a whistle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from linli.ground.kernel.devices import DEVICE_LABELS, Device
from linli.ground.kernel.held_links import find_by_token
from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.ground.people.queries.members import list_staffed
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Role
from linli.programmes.whistle.events import DeedReported
from linli.programmes.whistle.models import Call, CallLink, CallLinkUse
from linli.programmes.whistle.queries.facts import (
    WhistleFile,
    facts_of,
    may_see,
    open_file,
    standing_of,
)
from linli.programmes.whistle.queries.whistles import describe_action, view_of
from linli.programmes.whistle.rules.actions import can_act
from linli.programmes.whistle.rules.facts import Standing
from linli.programmes.whistle.rules.links import (
    CallLinkRefused,
    UnableToGiveLink,
    check_alive,
    is_alive,
    tell_link_state,
)
from linli.programmes.whistle.rules.procedure import ACTIONS
from linli.programmes.whistle.rules.refusals import NoSuchWhistle
from linli.programmes.whistle.terms import (
    LINK_ACTIONS,
    LINK_STATE_LABELS,
    RUNNING,
    CallView,
    LinkableCall,
    LinkedWhistle,
    OtherCalled,
    Step,
    whistle_subject,
)
from linli.spine.cases.link_terms import OPENED, GivenLink, LinkState, LinkUseView
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.links import LinkRefused, default_expiry
from linli.spine.cases.rules.reports import mask_numbers

_ANSWERING = tuple(role for role in Role if Right.WHISTLE_ANSWER in PERMISSIONS[role])


def find_call_link(token: str, *, lock: bool = False) -> CallLink:
    """Find a link by its token, whatever its state; for this room only.

    Raises:
        CallLinkRefused: `link.unknown`, when there is none.
    """
    rows = CallLink.objects.select_related("call__organisation")
    found = find_by_token(rows, token, lock=lock)
    if found is None:
        raise CallLinkRefused("link.unknown")
    return found


def find_call_link_street(*, token: str) -> str:
    """Find the street a link belongs to, so that its page can name the telephone; empty for none.

    Nothing else is told of a link that is no longer open.
    """
    try:
        link = find_call_link(token)
    except LinkRefused:
        return ""
    return open_file(link.call.whistle_id).whistle.street.code


def state_of(link: CallLink, file: WhistleFile, at: datetime) -> LinkState:
    """Say how a link stands; for this room only."""
    return tell_link_state(
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        step=Step(file.whistle.step),
        reply_by=file.whistle.reply_by,
        at=at,
    )


def standing_by_link(link: CallLink) -> Standing:
    """Say how the holder of a link stands: as the one called organisation, and nothing else."""
    return Standing(own_ids=frozenset({link.call.organisation_id}))


def linked_whistle(*, token: str, at: datetime) -> LinkedWhistle:
    """Get the one whistle a link opens.

    Raises:
        LinkRefused: no such link, or it is expired, revoked or over.
    """
    link = find_call_link(token)
    file = open_file(link.call.whistle_id)
    check_alive(state_of(link, file, at))
    return _linked(link, file, at)


def may_see_photo_by_call_link(*, token: str, photo_id: UUID, at: datetime) -> bool:
    """Say whether a link shows this photo: one of its own organisation, while the link is open."""
    try:
        link = find_call_link(token)
        check_alive(state_of(link, open_file(link.call.whistle_id), at))
    except LinkRefused:
        return False
    return photo_id in _own_photos(link.call)


def call_links(*, whistle_id: UUID, member: Member, at: datetime) -> list[LinkableCall]:
    """List the called organisations with their links and what was done with them.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        UnableToGiveLink: the member is not of the caller's side.
    """
    file = open_callers_file(whistle_id, member)
    rows = list(CallLink.objects.filter(call__whistle_id=whistle_id).order_by("-made_at", "-id"))
    names = list_account_names({row.made_by_id for row in rows})
    uses = _uses([row.id for row in rows])
    ids = [one.organisation_id for one in file.calls]
    with_accounts = list_staffed(ids, roles=_ANSWERING, at=at)
    views: dict[int, list[GivenLink]] = {}
    for row in rows:
        view = _view(row, file, names.get(row.made_by_id, ""), uses.get(row.id, ()), at)
        views.setdefault(row.call_id, []).append(view)
    return [_linkable(one, file, with_accounts, views.get(one.pk, ()), at) for one in file.calls]


def open_callers_file(whistle_id: UUID, member: Member, *, lock: bool = False) -> WhistleFile:
    """Open a whistle for its caller's side; for this room only.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        UnableToGiveLink: the member is not of the caller's side.
    """
    file = open_file(whistle_id, lock=lock)
    if not may_see(file, member):
        raise NoSuchWhistle("whistle.not_found")
    if not standing_of(file, member).is_caller:
        raise UnableToGiveLink("whistle.link_not_yours")
    return file


def end_of_link(call: Call, file: WhistleFile, at: datetime) -> datetime:
    """Say when a link given now ends by itself: some days after one has to be there."""
    due_at = file.whistle.reply_by or call.arrive_by
    return default_expiry(due_at=due_at, at=at, days=settings.LINK_DAYS)


def may_get_link(file: WhistleFile, at: datetime) -> bool:
    """Say whether a link would still be of use."""
    return is_alive(step=Step(file.whistle.step), reply_by=file.whistle.reply_by, at=at)


def _linked(link: CallLink, file: WhistleFile, at: datetime) -> LinkedWhistle:
    view, own_id = view_of(file), link.call.organisation_id
    return LinkedWhistle(
        whistle_id=view.id,
        street_code=view.street_code,
        number=view.number,
        version=view.version,
        kind=view.kind,
        kind_label=view.kind_label,
        step_label=view.step_label,
        is_running=view.step in RUNNING,
        title=mask_numbers(view.title),
        wanted=mask_numbers(view.wanted),
        address=mask_numbers(view.address),
        area_name=view.area_name,
        lon=view.lon,
        lat=view.lat,
        caller_name=view.caller_name,
        blown_at=view.blown_at,
        reply_by=view.reply_by,
        own=next(one for one in view.calls if one.organisation_id == own_id),
        others=tuple(_other(one) for one in view.calls if one.organisation_id != own_id),
        photo_ids=_own_photos(link.call),
        actions=tuple(
            describe_action(ACTIONS[name])
            for name in LINK_ACTIONS
            if can_act(name=name, facts=facts_of(file), standing=standing_by_link(link), at=at)
        ),
        expires_at=link.expires_at,
        handler_name=link.handler_name,
    )


def _other(one: CallView) -> OtherCalled:
    has_arrived = one.arrived_at is not None
    return OtherCalled(name=one.name, is_lead=one.is_lead, has_arrived=has_arrived)


def _own_photos(call: Call) -> tuple[UUID, ...]:
    told = (one.event for one in list_occurrences(whistle_subject(call.whistle_id)))
    return tuple(
        photo_id
        for event in told
        if isinstance(event, DeedReported) and event.organisation_id == call.organisation_id
        for photo_id in event.photo_ids
    )


def _linkable(
    call: Call,
    file: WhistleFile,
    with_accounts: frozenset[int],
    links: Sequence[GivenLink],
    at: datetime,
) -> LinkableCall:
    return LinkableCall(
        organisation_id=call.organisation_id,
        name=name_of(call.organisation),
        has_account=call.organisation_id in with_accounts,
        may_get=may_get_link(file, at),
        expires_at=end_of_link(call, file, at),
        links=tuple(links),
    )


def _view(
    row: CallLink, file: WhistleFile, made_by: str, uses: Iterable[CallLinkUse], at: datetime
) -> GivenLink:
    state = state_of(row, file, at)
    return GivenLink(
        id=row.id,
        made_by=made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        state=state,
        state_label=gettext(LINK_STATE_LABELS[state]),
        handler_name=row.handler_name,
        uses=tuple(_use(use) for use in uses),
    )


def _use(row: CallLinkUse) -> LinkUseView:
    labels = {action.name.value: action.label for action in ACTIONS.values()}
    what = gettext("打开") if row.action == OPENED else gettext(labels.get(row.action, ""))
    return LinkUseView(at=row.at, what=what, device=gettext(DEVICE_LABELS[Device(row.device)]))


def _uses(link_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[CallLinkUse]]:
    found: dict[UUID, list[CallLinkUse]] = {}
    for use in CallLinkUse.objects.filter(link_id__in=link_ids).order_by("-at", "-id"):
        found.setdefault(use.link_id, []).append(use)
    return found
