"""Talk points on the desk: which are mine, what hangs there; keeping a point and its hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.talk import HostForm, PointForm
from linli.faces.desk.offers import address_of_grids, in_english
from linli.faces.desk.typed import take_typed
from linli.ground.kernel.errors import Refusal
from linli.ground.people.errors import NotPermitted
from linli.ground.people.queries.in_area import list_holders_in
from linli.ground.people.rules import may, reach
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.locator import list_refs
from linli.ground.territory.queries import find_area
from linli.ground.territory.terms import AreaKind
from linli.programmes.talk.queries import boards, points
from linli.programmes.talk.rules.refusals import NoSuchPoint
from linli.programmes.talk.services import points as commands
from linli.programmes.talk.terms import PointView

RIGHTS = (Action.TALK_HOST, Action.TALK_KEEP)


@require_safe
@staff_page(*RIGHTS)
def list_talk_points(request: HttpRequest, member: Member) -> HttpResponse:
    """List the points a member keeps or receives people at, and the answers they owe."""
    now = timezone.now()
    mine = points.list_my_points(member=member, at=now)
    owed = boards.count_owed(point_ids=[one.id for one in mine])
    words = {
        "page_kind": "desk",
        "rows": [(one, owed.get(one.id, 0)) for one in mine],
        "communities": name_communities(mine),
        "now": now,
        "may_keep": holds_post_for(member, Action.TALK_KEEP),
    }
    return render(request, "desk/talk/list.html", words)


@require_safe
@staff_page(*RIGHTS)
def show_talk_point(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Show one point: answers owed first, what is open, what hangs, who receives people."""
    return render_point(request, member, point_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.TALK_KEEP)
def new_talk_point(request: HttpRequest, member: Member) -> HttpResponse:
    """Set up a point."""
    given = request.POST if request.method == "POST" else take_typed(request, path=request.path)
    form = PointForm(given, communities=_communities(member), point=None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.open_point(point=form.read(), member=member, at=timezone.now())
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, gettext("说事点已经设好，公开页上看得到了。"))
            return _to_point(made)
    return _form_page(request, member, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.TALK_KEEP)
def change_talk_point(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Write a point anew."""
    point = find_point(point_id, member)
    if not points.may_keep_point(point_id=point_id, member=member):
        return refuse_by_action(request, Action.TALK_KEEP)
    given = request.POST if request.method == "POST" else take_typed(request, path=request.path)
    form = PointForm(given, communities=[], point=point)
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_point(
                point_id=point_id,
                point=form.read(),
                seen_version=form.cleaned_data["version"] or 0,
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, gettext("改好了。"))
            return _to_point(point_id)
    return _form_page(request, member, form, point)


@require_POST
@staff_page(Action.TALK_KEEP)
def close_talk_point(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Give a point up."""

    def close() -> None:
        commands.close_point(point_id=point_id, member=member, at=timezone.now())

    done = gettext("说事点已停用，贴过的答复还查得到。")
    return _try(request, close, done) or HttpResponseRedirect(reverse("desk:talk"))


@require_POST
@staff_page(Action.TALK_KEEP)
def name_talk_host(request: HttpRequest, member: Member, point_id: int) -> HttpResponse:
    """Name somebody who receives people."""
    point = find_point(point_id, member)
    form = HostForm(request.POST, people=list_people(point))
    if form.is_valid():
        try:
            commands.name_host(
                point_id=point_id, member=member, at=timezone.now(), **form.cleaned_data
            )
        except NotPermitted:
            return refuse_by_action(request, Action.TALK_KEEP)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            messages.success(request, gettext("接待人已经记下。"))
            return _to_point(point_id)
    return render_point(request, member, point_id, host_form=form, status=422)


@require_POST
@staff_page(Action.TALK_KEEP)
def end_talk_host(
    request: HttpRequest, member: Member, point_id: int, host_id: int
) -> HttpResponse:
    """Let somebody no longer receive people."""

    def end() -> None:
        commands.end_host(point_id=point_id, host_id=host_id, member=member, at=timezone.now())

    return _try(request, end, gettext("已经记下，今后不再接待。")) or _to_point(point_id)


def find_point(point_id: int, member: Member) -> PointView:
    """Find a point of the member.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    try:
        return points.get_my_point(point_id=point_id, member=member, at=timezone.now())
    except NoSuchPoint as refusal:
        raise Http404 from refusal


def render_point(
    request: HttpRequest, member: Member, point_id: int, *, status: int = 200, **given: Any
) -> HttpResponse:
    """Show the page of a point; `host_form`, `answered` and `refused` are what was just typed."""
    now = timezone.now()
    point = find_point(point_id, member)
    may_keep = points.may_keep_point(point_id=point_id, member=member) and not point.closed_at
    changes = 0
    if point.printed_at:
        changes = boards.count_changes(point_id=point_id, since=point.printed_at)
    words = {
        "page_kind": "desk",
        "point": point,
        "community": name_communities([point]).get(point.area_code, ""),
        "board": boards.show_own_board(point_id=point_id, at=now),
        "changes": changes,
        "may_keep": may_keep,
        "may_receive": points.may_receive_at(point_id=point_id, member=member),
        "host_form": HostForm(people=list_people(point)) if may_keep else None,
        "now": now,
        **given,
    }
    return render(request, "desk/talk/point.html", words, status=status)


def name_communities(listed: list[PointView]) -> dict[str, str]:
    """Name the communities of points in the language of the page."""
    areas = (find_area(code) for code in {one.area_code for one in listed})
    return {
        area.code: (area.name_en if in_english() else "") or area.name for area in areas if area
    }


def list_people(point: PointView) -> list[tuple[str, str]]:
    """Offer the leaders of the community who could receive people."""
    holders = list_holders_in(within_code=point.area_code, roles=commands.HOSTS, at=timezone.now())
    named: dict[str, str] = {}
    for one in holders:
        area = (one.area_name_en if in_english() else "") or one.area_name
        named.setdefault(str(one.person_id), f"{one.name} · {area} {gettext(one.role.label)}")
    return list(named.items())


def _communities(member: Member) -> list[tuple[str, str]]:
    """Offer the communities in which a member keeps points."""
    scope = reach(member, Action.TALK_KEEP)
    streets = [""] if scope.all else [code[:9] for code in member.street_codes]
    refs = [ref for street in streets for ref in list_refs(AreaKind.COMMUNITY, street)]
    return [
        (ref.code, (ref.name_en if in_english() else "") or ref.name)
        for ref in refs
        if may(member, Action.TALK_KEEP, Target(area_code=ref.code, is_complaint=False))
    ]


def _form_page(
    request: HttpRequest, member: Member, form: PointForm, point: PointView | None
) -> HttpResponse:
    words = {
        "page_kind": "desk",
        "form": form,
        "point": point,
        "areas_url": address_of_grids(street_of(member)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/talk/form.html", words, status=status)


def _try(request: HttpRequest, act: Callable[[], None], done: str) -> HttpResponse | None:
    """Act and say how it went; the page to show instead when the member may not."""
    try:
        act()
    except NoSuchPoint as refusal:
        raise Http404 from refusal
    except NotPermitted:
        return refuse_by_action(request, Action.TALK_KEEP)
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, done)
    return None


def _to_point(point_id: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:talk_point", args=[point_id]))
