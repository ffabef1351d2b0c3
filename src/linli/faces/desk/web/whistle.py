"""Whistles at the desk: all of them, one of them, an act on one, photos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.filters import Choices
from linli.faces.desk.forms.whistle import ActionForm
from linli.faces.desk.forms.whistle_fields import Offered
from linli.faces.desk.offers import address_of_grids, offer_organisations
from linli.faces.desk.whistle_filters import name_organisation_of, read_filters
from linli.faces.frame.photos import send_photo
from linli.faces.frame.terms import Status
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.programmes.whistle.queries.history import timeline
from linli.programmes.whistle.queries.lists import list_whistles
from linli.programmes.whistle.queries.whistles import (
    allowed_actions,
    find_whistle_id,
    get_whistle,
    list_choices,
    may_see_photo,
)
from linli.programmes.whistle.rules.refusals import NoSuchWhistle
from linli.programmes.whistle.services.acting import act
from linli.programmes.whistle.services.positions import open_position
from linli.programmes.whistle.terms import (
    CALLABLE,
    ENDS,
    KIND_LABELS,
    RUNNING,
    SHOWN_LABELS,
    STEP_LABELS,
    ActionName,
    AllowedAction,
    Kind,
    OpenedPosition,
    Step,
    WhistleView,
)


@require_GET
@staff_page(Action.WHISTLE_READ)
def list_all(request: HttpRequest, member: Member) -> HttpResponse:
    """List the whistles in the member's reach, newest first; figures of the year lead here."""
    filters = read_filters(request.GET)
    words = {
        "page_kind": "desk",
        "found": list_whistles(member=member, filters=filters),
        "now": timezone.now(),
        "filters": filters,
        "steps": [(one, STEP_LABELS[one]) for one in Step],
        "kinds": [(one, KIND_LABELS[one]) for one in Kind],
        "shown_label": SHOWN_LABELS[filters.shown] if filters.shown else "",
        "organisation": name_organisation_of(filters),
        "may_blow": holds_post_for(member, Action.WHISTLE_BLOW),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/whistle/list.html", words)


@require_GET
@staff_page(Action.WHISTLE_READ)
def show_whistle(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show one whistle with what this member may do now."""
    view = _read(member, number)
    return _not_yours(request) if view is None else _render(request, member, view)


@require_POST
@staff_page(Action.WHISTLE_READ)
def act_on_whistle(request: HttpRequest, member: Member, number: str, action: str) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    view = _read(member, number)
    if view is None or action not in set(ActionName):
        return _not_yours(request)
    now = timezone.now()
    acts = allowed_actions(whistle_id=view.id, member=member, at=now)
    allowed = next((one for one in acts if one.name.value == action), None)
    if allowed is None:
        told = gettext("这一步现在不能办：这次哨已经是“%(step)s”。") % {"step": view.step_label}
        return _render(request, member, view, notice=told, status=409)
    form = ActionForm(
        allowed, offered=_offered(member, view, acts), typed=request.POST, files=request.FILES
    )
    if not form.store_photos(uploaded_by_id=member.account_id, at=now):
        return _render(request, member, view, held=form, status=422)
    return _act(request, member, view, form)


def _act(request: HttpRequest, member: Member, view: WhistleView, form: ActionForm) -> HttpResponse:
    try:
        act(
            whistle_id=view.id,
            action=form.act.name,
            member=member,
            at=timezone.now(),
            form=form.read(),
            seen_version=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        if refusal.code in OVERTAKEN:
            fresh = _read(member, view.number) or view
            return _render(request, member, fresh, notice=refusal.words(gettext), status=409)
        form.blame(refusal)
        return _render(request, member, view, held=form, status=422)
    messages.success(request, gettext("已办好：%(act)s。") % {"act": form.act.label})
    return HttpResponseRedirect(reverse("desk:whistle", args=[view.number]))


# At every step but the cancelled one the caller's side is offered one of these, and nobody else.
ONLY_CALLERS = frozenset({ActionName.CALL_MORE, ActionName.OPEN_CASE})
OVERTAKEN = frozenset({"whistle.already_done", "whistle.signed_in_already", "whistle.answered_so"})


@require_POST
@staff_page(Action.WHISTLE_SETTLE)
def look_at_position(
    request: HttpRequest, member: Member, number: str, organisation_id: int
) -> HttpResponse:
    """Show where an organisation signed in, after a reason is given and logged."""
    view = _read(member, number)
    if view is None:
        return _not_yours(request)
    try:
        opened = open_position(
            whistle_id=view.id,
            organisation_id=organisation_id,
            member=member,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        )
    except Refusal as refusal:
        return _render(request, member, view, notice=refusal.words(gettext), status=422)
    answer = _render(request, member, view, opened=opened)
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@staff_page(Action.WHISTLE_READ)
def show_photo(request: HttpRequest, member: Member, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo of a whistle to those who may read it.

    Raises:
        Http404: no such photo, size, or right.
    """
    if not may_see_photo(photo_id=photo_id, member=member):
        raise Http404
    return send_photo(photo_id, size)


def _read(member: Member, number: str) -> WhistleView | None:
    whistle_id = None if "\x00" in number else find_whistle_id(number=number)
    if whistle_id is None:
        raise Http404
    try:
        return get_whistle(whistle_id=whistle_id, member=member)
    except NoSuchWhistle:
        return None


def _not_yours(request: HttpRequest) -> HttpResponse:
    why = gettext("这次哨不在您岗位的范围内。")
    return refuse_by_action(request, Action.WHISTLE_READ, why=why)


def _offered(member: Member, view: WhistleView, acts: list[AllowedAction]) -> Offered:
    calls_more = any(one.name is ActionName.CALL_MORE for one in acts)
    return Offered(
        view=view,
        about=list_choices(whistle_id=view.id, member=member) if acts else {},
        callable=_not_called_yet(view) if calls_more else [],
        now=timezone.now(),
    )


def _not_called_yet(view: WhistleView) -> Choices:
    known = {str(one.organisation_id) for one in view.calls}
    found: list[tuple[str, Any]] = []
    for group, options in offer_organisations(CALLABLE):
        if isinstance(options, list):
            left = [(value, name) for value, name in options if value not in known]
            found += [(group, left)] if left else []
    return found


def _render(
    request: HttpRequest,
    member: Member,
    view: WhistleView,
    *,
    held: ActionForm | None = None,
    opened: OpenedPosition | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    acts = allowed_actions(whistle_id=view.id, member=member, at=now)
    offered = _offered(member, view, acts)
    forms = [
        held if held is not None and held.act.name is one.name else ActionForm(one, offered=offered)
        for one in acts
    ]
    arrival = next((one for one in forms if one.act.name is ActionName.SIGN_IN), None)
    words: dict[str, Any] = {
        "page_kind": "desk",
        "view": view,
        "now": now,
        "arrival": arrival,
        "forms": [one for one in forms if one is not arrival],
        "own_ids": set(offered.about.get(ActionName.SIGN_IN, ())),
        "status": _status(view),
        "is_ended": view.step in ENDS,
        "is_caller": any(one.name in ONLY_CALLERS for one in acts),
        "is_running": view.step in RUNNING,
        "story": timeline(whistle_id=view.id)[::-1],
        "opened": opened,
        "may_settle": holds_post_for(member, Action.WHISTLE_SETTLE),
        "may_read_cases": holds_post_for(member, Action.CASE_READ),
        "areas_url": address_of_grids(view.street_code),
        "notice": notice,
    }
    return render(request, "desk/whistle/whistle.html", words, status=status)


def _status(view: WhistleView) -> Status:
    if view.step is Step.FINISHED:
        return Status.DONE
    return Status.ENDED if view.step is Step.CANCELLED else Status.IN_HAND
