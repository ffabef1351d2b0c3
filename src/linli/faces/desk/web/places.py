"""Places for the desk's maps and for entering a report by telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from linli.faces.desk.access import staff_page
from linli.ground.people.terms import Action, Member
from linli.ground.territory.queries import areas_geojson, find_places
from linli.ground.territory.terms import AreaKind

MOST_PLACES = 8
A_QUARTER_S = 900


@staff_page(Action.CASE_LIST)
def give_grids(request: HttpRequest, member: Member) -> HttpResponse:
    """Give the outlines of the grids within one area, for the map."""
    within = request.GET.get("within", "")[:24]
    answer = JsonResponse(areas_geojson(AreaKind.GRID, within))
    answer["Cache-Control"] = f"private, max-age={A_QUARTER_S}"
    return answer


@staff_page(Action.CASE_INTAKE)
def search_places(request: HttpRequest, member: Member) -> HttpResponse:
    """List the places that what was typed may mean, to choose one from."""
    text = request.GET.get("place", "")[:60]
    within = next((post.street_code for post in member.appointments if post.street_code), "")
    places = find_places(text, within, MOST_PLACES) if text.strip() else []
    return render(request, "desk/places.html", {"places": places, "text": text})
