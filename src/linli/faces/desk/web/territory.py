"""The territory at the desk: grids as of a day, what became of each, and the plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.errors import UnknownArea
from linli.ground.territory.queries import (
    count_buildings,
    get_area,
    list_areas,
    list_ended_grids,
    list_formers,
    list_grid_duties,
    list_heirs,
    list_plans,
    list_versions,
    outline_of,
)
from linli.ground.territory.terms import AreaKind, AreaView, code_prefix


def target_of(area_code: str) -> Target:
    """Describe an area to the rules of access."""
    return Target(street_code=area_code, area_code=area_code, is_complaint=False)


@require_GET
@staff_page(Action.TERRITORY_READ)
def show_territory(request: HttpRequest, member: Member) -> HttpResponse:
    """Show communities and grids as of a day, today unless another is asked for, and the plans."""
    today = timezone.localdate()
    on = _day(request.GET.get("on", ""), today)
    street = street_of(member)
    plans = list_plans(within_code=street)
    words = {
        "page_kind": "desk",
        "on": on,
        "is_today": on == today,
        "communities": _communities(street, on),
        "ended": list_ended_grids(within_code=street, on=on),
        "plans": plans,
        "drafters": list_account_names({one.drafted_by_id for one in plans}),
        "may_plan": holds_post_for(member, Action.TERRITORY_PLAN),
        "now": timezone.now(),
    }
    return render(request, "desk/territory/overview.html", words)


def _day(typed: str, today: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return today


def _communities(street: str, on: date) -> list[dict[str, Any]]:
    grids = list_areas(kind=AreaKind.GRID, within_code=street, on=on)
    buildings = count_buildings(within_code=street, on=on)
    communities = list_areas(kind=AreaKind.COMMUNITY, within_code=street, on=on)
    return [
        {
            "area": community,
            "grids": [
                {"area": one, "buildings": buildings.get(one.code, 0)}
                for one in grids
                if code_prefix(one.code, AreaKind.COMMUNITY) == community.code
            ],
        }
        for community in communities
    ]


@require_GET
@staff_page(Action.TERRITORY_READ)
def show_area(request: HttpRequest, member: Member, code: str) -> HttpResponse:
    """Show every version of an area: when, where from, where to, its duties and its outline.

    Raises:
        Http404: no area has ever had this code.
    """
    versions = list_versions(code[:24]) if "\0" not in code else []
    if not versions:
        raise Http404
    if not may(member, Action.TERRITORY_READ, target_of(code)):
        return refuse_by_action(request, Action.TERRITORY_READ)
    shown = _chosen(versions, request.GET.get("version", ""))
    ids = [one.id for one in versions]
    formers, heirs = list_formers(ids), list_heirs(ids)
    words = {
        "page_kind": "desk",
        "shown": shown,
        "versions": [
            {"area": one, "formers": formers.get(one.id, []), "heirs": heirs.get(one.id, [])}
            for one in reversed(versions)
        ],
        "duties": list_grid_duties(shown.id),
        "today": timezone.localdate(),
    }
    return render(request, "desk/territory/area.html", words)


def _chosen(versions: list[AreaView], typed: str) -> AreaView:
    wanted = int(typed) if typed.isdecimal() and len(typed) < 19 else 0
    return next((one for one in versions if one.id == wanted), versions[-1])


@require_GET
@staff_page(Action.TERRITORY_READ)
def give_outline(request: HttpRequest, member: Member, area_id: int) -> HttpResponse:
    """Give the outline of one version of an area, for its map.

    Raises:
        Http404: no such area.
    """
    try:
        area = get_area(area_id)
    except UnknownArea as unknown:
        raise Http404 from unknown
    if not may(member, Action.TERRITORY_READ, target_of(area.code)):
        return refuse_by_action(request, Action.TERRITORY_READ)
    return JsonResponse(outline_of(area_id))
