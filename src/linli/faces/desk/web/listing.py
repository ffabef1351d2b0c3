"""The list of cases with its filters in the address, as a table or on the map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

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
from linli.ground.territory.errors import InvalidWindow
from linli.ground.territory.rules.windows import read_window
from linli.spine.cases.queries.lists import MOST_COUNTED, list_cases
from linli.spine.cases.terms import CasePage

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
        # The map asks for its points itself.
        **({"page_size": 1} if on_map else {}),
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
    """Give the filtered cases in the window of the map as points with their shape and a link.

    Without a window, the first of the list; more than `POINTS_ON_MAP` are never given, but told.
    """
    asked = request.GET.get("window", "")
    try:
        window = read_window(asked) if asked else None
    except InvalidWindow as refusal:
        return JsonResponse({"told": refusal.words(gettext)}, status=400)
    now = timezone.now()
    filters = _form(request, member).read(
        order=request.GET.get("order", ""), page="1", page_size=POINTS_ON_MAP
    )
    filters = replace(filters, window=window)
    found = list_cases(
        member=member, filters=filters, at=now, most_counted=POINTS_ON_MAP, is_brief=True
    )
    points = _points([make_line(row, now=now) for row in found.rows])
    told = _told(found, len(points["features"]), in_window=window is not None)
    return JsonResponse({**points, "told": told})


def _told(found: CasePage, drawn: int, *, in_window: bool) -> str:
    """Say how many cases the map shows, and how to see those it does not."""
    if found.is_more:
        return gettext("这里超过 %(n)s 件，地图画出排在最前的 %(n)s 件，放大地图可看到更多。") % {
            "n": found.total
        }
    if not drawn and in_window:
        return gettext("这个范围内没有符合筛选的案件，移动或缩小地图再看。")
    if not drawn:
        return gettext("找到的案件都没有地图位置，请看列表。")
    said = ngettext("这里有 %(n)s 件。", "这里有 %(n)s 件。", drawn) % {"n": drawn}
    unplaced = found.total - drawn
    if not unplaced:
        return said
    beside = ngettext(
        "%(here)s另有 %(n)s 件没有地图位置。", "%(here)s另有 %(n)s 件没有地图位置。", unplaced
    )
    return beside % {"here": said, "n": unplaced}


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
