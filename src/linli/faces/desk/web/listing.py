"""The list of cases with its filters in the address, as a table or on the map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.agenda import Line, make_line
from linli.faces.desk.filters import POINTS_ON_MAP, FilterForm
from linli.faces.desk.offers import (
    address_of_grids,
    offer_areas,
    offer_categories,
    offer_organisations,
)
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.lists import MOST_COUNTED, list_cases

MAP = "map"


@staff_page(Action.CASE_LIST)
def list_found(request: HttpRequest, member: Member) -> HttpResponse:
    """List the cases in my reach that fit the filters; htmx gets the results alone."""
    now = timezone.now()
    form = _form(request, member)
    on_map = request.GET.get("view") == MAP
    filters = form.read(
        order=request.GET.get("order", ""),
        page=request.GET.get("page", ""),
        **({"page_size": POINTS_ON_MAP} if on_map else {}),
    )
    found = list_cases(member=member, filters=filters, at=now, most_counted=MOST_COUNTED)
    words: dict[str, Any] = {
        "page_kind": "desk",
        "form": form,
        "found": found,
        "lines": [make_line(row, now=now) for row in found.rows],
        "now": now,
        "order": filters.order,
        "view": MAP if on_map else "list",
        "may_enter": holds_post_for(member, Action.CASE_INTAKE),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
        "may_import": holds_post_for(member, Action.CASE_IMPORT),
        "may_supervise": holds_post_for(member, Action.SUPERVISION_READ),
        "may_blow": on_map and holds_post_for(member, Action.WHISTLE_BLOW),
        "chosen_area": filters.area_code,
        "points_url": f"/desk/cases/points.json?{request.GET.urlencode()}",
        "areas_url": _areas_url(member),
    }
    partly = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    template = "desk/cases_found.html" if partly else "desk/cases.html"
    answer = render(request, template, words)
    answer["Vary"] = "HX-Request"
    return answer


@staff_page(Action.CASE_LIST)
def give_points(request: HttpRequest, member: Member) -> HttpResponse:
    """Give the filtered cases as points for the map, with their shape and a link."""
    now = timezone.now()
    filters = _form(request, member).read(
        order=request.GET.get("order", ""), page="1", page_size=POINTS_ON_MAP
    )
    found = list_cases(member=member, filters=filters, at=now, most_counted=POINTS_ON_MAP)
    return JsonResponse(_points([make_line(row, now=now) for row in found.rows]))


def _points(lines: list[Line]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [line.row.lon, line.row.lat]},
                "properties": {
                    "status": line.status.value,
                    "title": f"{line.row.title} · {gettext(line.row.step_label)}",
                    "url": f"/desk/cases/{line.row.number}/",
                },
            }
            for line in lines
            if line.row.lon is not None
        ],
    }


def _form(request: HttpRequest, member: Member) -> FilterForm:
    now = timezone.now()
    return FilterForm(
        request.GET,
        areas=offer_areas(member),
        categories=offer_categories(on=now, with_majors=True),
        organisations=offer_organisations(),
    )


def _areas_url(member: Member) -> str:
    street = next((post.street_code for post in member.appointments if post.street_code), "")
    return address_of_grids(street)
