"""Places for the desk's maps and for entering a report by telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.finding import street_of
from linli.ground.people.terms import Action, Member
from linli.ground.territory.queries import areas_geojson, find_places
from linli.ground.territory.terms import AreaKind, FoundPlace

MOST_PLACES = 8
A_QUARTER_S = 900


@staff_page(Action.CASE_LIST)
def give_grids(request: HttpRequest, member: Member) -> HttpResponse:
    """Give the outlines of the grids within one area, for the map."""
    within = request.GET.get("within", "")[:24]
    answer = JsonResponse(areas_geojson(AreaKind.GRID, within))
    answer["Cache-Control"] = f"private, max-age={A_QUARTER_S}"
    return answer


@staff_page(Action.LOOK_UP)
def search_places(request: HttpRequest, member: Member) -> HttpResponse:
    """List the places that what was typed may mean, to choose one from."""
    text = _typed(request)
    words = {
        "places": _found(member, text),
        "text": text,
        "may_name": holds_post_for(member, Action.PLACE_NAME),
    }
    return render(request, "desk/places.html", words)


@staff_page(Action.LOOK_UP)
def give_places(request: HttpRequest, member: Member) -> JsonResponse:
    """Give the places that what was typed may mean, for scripts, with kind, grid and point."""
    places = [
        {
            "name": place.name,
            "kind": gettext(place.kind_label),
            "address": place.address,
            "grid": place.grid,
            "within": place.within,
            "area": place.area.code,
            "lon": place.lon,
            "lat": place.lat,
        }
        for place in _found(member, _typed(request))
    ]
    return JsonResponse({"places": places})


def _typed(request: HttpRequest) -> str:
    return (request.GET.get("q") or request.GET.get("place") or "").strip()[:60]


def _found(member: Member, text: str) -> list[FoundPlace]:
    return find_places(text, street_of(member), MOST_PLACES) if text else []
