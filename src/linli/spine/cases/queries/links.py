"""What a link opens, and what is known of the links of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext

from linli.ground.kernel.devices import DEVICE_LABELS, Device
from linli.ground.kernel.held_links import find_by_token
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import ActorKind, Happened
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.spine.cases import events, gathering_events
from linli.spine.cases.link_terms import (
    LINK_ACTIONS,
    LINK_PATH,
    LINK_STATE_LABELS,
    OPENED,
    CaseLinks,
    Linkable,
    LinkedCase,
    LinkState,
    LinkUseView,
    LinkView,
    Told,
)
from linli.spine.cases.models import Assignment, CasePhoto, HandlerLink, LinkUse
from linli.spine.cases.queries.case import allowed_action, photo_view, view_of
from linli.spine.cases.queries.facts import (
    OPEN_ASSIGNMENTS,
    CaseFile,
    facts_of,
    may_see,
    open_file,
    target_of,
)
from linli.spine.cases.queries.history import told_to_handlers
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.actions import Standing, can_act
from linli.spine.cases.rules.links import LinkRefused, check_open, default_expiry, tell_state
from linli.spine.cases.rules.procedure import ACTIONS, Action, Bond
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import ENDS, AllowedAction, CaseView, Duty, Step, case_subject

# What the holder of a link is told of the past: the work, not who reported or looked.
TOLD: frozenset[type[Happened]] = frozenset(
    {
        events.CaseDispatched,
        events.AssignmentAccepted,
        events.AssignmentReturned,
        events.HandlingReported,
        events.ReworkOrdered,
        events.ContactRequested,
        events.CaseCommented,
        events.CheckPassed,
        gathering_events.TaskGiven,
        gathering_events.TaskAccepted,
        gathering_events.TaskReturned,
        gathering_events.TaskReported,
        gathering_events.TaskPassed,
    }
)
_BY_REPORTER = (ActorKind.RESIDENT, ActorKind.ANONYMOUS)


def link_address(token: str, *, base: str = "", path: str = LINK_PATH) -> str:
    """Give the address of a link, as it is sent or drawn as a QR code.

    Args:
        base: where the site answers, e.g. `https://linli.example`; without it a path is given.
        path: where links of this kind lead, with slashes around it.
    """
    return f"{base.rstrip('/')}{path}{token}"


def find_link(token: str, *, lock: bool = False) -> HandlerLink:
    """Find a link by its token, whatever its state; for this room only.

    Raises:
        LinkRefused: `link.unknown`, when there is none.
    """
    rows = HandlerLink.objects.select_related("assignment__organisation")
    found = find_by_token(rows, token, lock=lock)
    if found is None:
        raise LinkRefused("link.unknown")
    return found


def find_link_street(*, token: str) -> str:
    """Find the street a link belongs to, so that its page can name the telephone; empty for none.

    Nothing else is told of a link that is no longer open.
    """
    try:
        link = find_link(token)
    except LinkRefused:
        return ""
    return open_file(link.assignment.case_id).case.street.code


def state_of(link: HandlerLink, file: CaseFile, at: datetime) -> LinkState:
    """Say how a link stands."""
    assignment = next((one for one in file.assignments if one.pk == link.assignment_id), None)
    return tell_state(
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        is_assignment_open=assignment is not None and assignment.state in OPEN_ASSIGNMENTS,
        is_case_ended=Step(file.case.step) in ENDS,
        at=at,
    )


def linked_case(*, token: str, at: datetime) -> LinkedCase:
    """Get the one case a link opens.

    Raises:
        LinkRefused: no such link, or it is expired, revoked or over.
    """
    link = find_link(token)
    file = open_file(link.assignment.case_id)
    check_open(state_of(link, file, at))
    return _linked(link, file, at)


def may_see_photo_by_link(*, token: str, photo_id: UUID, at: datetime) -> bool:
    """Say whether a link shows this photo: one of its own case, as long as the link is open."""
    try:
        link = find_link(token)
        check_open(state_of(link, open_file(link.assignment.case_id), at))
    except LinkRefused:
        return False
    return CasePhoto.objects.filter(case_id=link.assignment.case_id, photo_id=photo_id).exists()


def case_links(*, case_id: UUID, member: Member, at: datetime) -> CaseLinks:
    """List the links of a case that a member may give or stop, and what was done with them.

    Raises:
        NoSuchCase: no such case, or not for this member.
    """
    file = open_file(case_id)
    if not may_see(file, member):
        raise NoSuchCase("cases.not_found")
    mine = [one for one in file.assignments if may_link(file, one, member)]
    links = HandlerLink.objects.filter(assignment__in=[one.pk for one in mine])
    rows = list(links.select_related("assignment__organisation").order_by("-made_at", "-id"))
    names = list_account_names({row.made_by_id for row in rows if row.made_by_id})
    uses = _uses([row.id for row in rows])
    return CaseLinks(
        linkables=tuple(_linkable(one, at) for one in mine if is_linkable(one)),
        links=tuple(
            _view(row, file, names.get(row.made_by_id or 0, ""), uses.get(row.id, ()), at)
            for row in rows
        ),
    )


def is_linkable(assignment: Assignment) -> bool:
    """Say whether an assignment may get a link at all: open, and given to an organisation."""
    return (
        assignment.state in OPEN_ASSIGNMENTS
        and assignment.organisation_id is not None
        and Duty(assignment.duty) in LINK_ACTIONS
    )


def may_link(file: CaseFile, assignment: Assignment, member: Member) -> bool:
    """Say whether a member may give a link for an assignment: the centre, or that organisation."""
    whole = target_of(file)
    own = (assignment.organisation_id,) if assignment.organisation_id else ()
    target = Target(
        street_code=whole.street_code,
        area_code=whole.area_code,
        organisation_ids=own,
        is_complaint=whole.is_complaint,
        about_organisation_id=whole.about_organisation_id,
    )
    return Duty(assignment.duty) in LINK_ACTIONS and may(member, Right.CASE_LINK, target)


def standing_by_link(file: CaseFile, assignment: Assignment, action: Action) -> Standing:
    """Say how the holder of a link stands to an action: as a handler, never as a checker."""
    listed = action.name in LINK_ACTIONS.get(Duty(assignment.duty), ())
    leads = file.lead is not None and file.lead.pk == assignment.pk
    return Standing(has_right=listed and (action.bond is not Bond.LEAD or leads), is_handler=True)


def _linked(link: HandlerLink, file: CaseFile, at: datetime) -> LinkedCase:
    view, assignment = view_of(file, at), link.assignment
    areas = (view.community, view.grid)
    return LinkedCase(
        case_id=view.id,
        street_code=view.street.code,
        number=view.number,
        version=view.version,
        title=view.title,
        text=view.text,
        category_name=view.category_name,
        closing_condition=view.closing_condition,
        area_names=tuple(area.name for area in areas if area),
        address=view.address,
        place_note=view.place_note,
        lon=view.lon,
        lat=view.lat,
        is_urgent=view.is_urgent,
        step_label=view.step_label,
        organisation_name=name_of(assignment.organisation),
        duty=Duty(assignment.duty),
        brief=mask_numbers(assignment.brief),
        accept_by=assignment.accept_by if assignment.accepted_at is None else None,
        due_at=assignment.due_at or view.handle_due_at,
        expires_at=link.expires_at,
        handler_name=link.handler_name,
        actions=_actions(file, assignment, view, at),
        photos=tuple(photo_view(row) for row in _photos(file)),
        story=tuple(_story(file)),
    )


def _actions(
    file: CaseFile, assignment: Assignment, view: CaseView, at: datetime
) -> tuple[AllowedAction, ...]:
    facts = facts_of(file)
    return tuple(
        allowed_action(ACTIONS[name], facts)
        for name in LINK_ACTIONS.get(Duty(assignment.duty), ())
        if can_act(
            name=name,
            facts=facts,
            standing=standing_by_link(file, assignment, ACTIONS[name]),
            at=at,
            task_no=assignment.task_no,
        )
    )


def _photos(file: CaseFile) -> Iterable[CasePhoto]:
    return CasePhoto.objects.filter(case_id=file.case.id).order_by("id")


def _story(file: CaseFile) -> Iterable[Told]:
    seen = [
        one
        for one in list_occurrences(case_subject(file.case.id))
        if type(one.event) in TOLD and one.actor.kind not in _BY_REPORTER
    ]
    return [
        Told(at=entry.at, who=entry.who, what=entry.what, note=entry.note)
        for entry in told_to_handlers(seen)
    ]


def _linkable(assignment: Assignment, at: datetime) -> Linkable:
    return Linkable(
        assignment_id=assignment.pk,
        duty=Duty(assignment.duty),
        organisation_name=name_of(assignment.organisation),
        expires_at=default_expiry(due_at=assignment.due_at, at=at, days=settings.LINK_DAYS),
    )


def _view(
    row: HandlerLink, file: CaseFile, made_by: str, uses: Sequence[LinkUse], at: datetime
) -> LinkView:
    state = state_of(row, file, at)
    return LinkView(
        id=row.id,
        organisation_name=name_of(row.assignment.organisation),
        made_by=made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        state=state,
        state_label=gettext(LINK_STATE_LABELS[state]),
        handler_name=row.handler_name,
        uses=tuple(_use(use) for use in uses),
    )


def _use(row: LinkUse) -> LinkUseView:
    labels = {action.name.value: action.label for action in ACTIONS.values()}
    what = gettext("打开") if row.action == OPENED else gettext(labels.get(row.action, ""))
    return LinkUseView(at=row.at, what=what, device=gettext(DEVICE_LABELS[Device(row.device)]))


def _uses(link_ids: Sequence[UUID]) -> dict[UUID, list[LinkUse]]:
    found: dict[UUID, list[LinkUse]] = {}
    for use in LinkUse.objects.filter(link_id__in=link_ids).order_by("-at", "-id"):
        found.setdefault(use.link_id, []).append(use)
    return found
