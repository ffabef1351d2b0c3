"""Talk points in public: where and when one can say a matter, and what was answered there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.faces.frame.terms import Status
from linli.faces.frame.words import in_chinese
from linli.ground.territory.queries import find_area
from linli.programmes.talk.queries import boards, points
from linli.programmes.talk.rules.refusals import NoSuchPoint
from linli.programmes.talk.terms import HostView, PointView

from .places import name_of


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A point in the words of the page."""

    point: PointView
    name: str
    community: str
    hosts: str


@require_safe
def list_talk(request: HttpRequest) -> HttpResponse:
    """List the points with their hours, those open now first."""
    now = timezone.now()
    shown = [_show(one) for one in points.list_points(at=now)]
    open_now = sum(one.point.is_open for one in shown)
    return render(request, "public/talk.html", {"points": shown, "open_now": open_now, "now": now})


@require_safe
def give_talk_points(request: HttpRequest) -> JsonResponse:
    """Give the points for the map (GeoJSON, WGS-84)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
            "properties": {
                "status": (Status.DONE if one.is_open else Status.ENDED).value,
                "title": _name(one),
                "url": reverse("talk_point", args=[one.id]),
            },
        }
        for one in points.list_points(at=timezone.now())
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_safe
def show_talk(request: HttpRequest, point_id: int) -> HttpResponse:
    """Show one point and what hangs there; older answers page by page (`?earlier=`).

    Raises:
        Http404: there is no such point.
    """
    now = timezone.now()
    try:
        point = points.get_point(point_id=point_id, at=now)
    except NoSuchPoint as refusal:
        raise Http404 from refusal
    words: dict[str, object] = {"one": _show(point), "now": now}
    page = request.GET.get("earlier", "")
    if page.isdecimal() and len(page) < 6:
        lines, found = boards.list_earlier(point_id=point_id, at=now, page=int(page))
        words |= {"earlier": lines, "found": found}
    else:
        words["board"] = boards.show_board(point_id=point_id, at=now)
    return render(request, "public/talk_point.html", words)


def _show(point: PointView) -> Shown:
    area = find_area(point.area_code)
    return Shown(
        point=point,
        name=_name(point),
        community=name_of(area.ref) if area else "",
        hosts=_("、").join(_host(one) for one in point.on_duty),
    )


def _host(one: HostView) -> str:
    return f"{_(one.role_label)} {one.name}".strip()


def _name(point: PointView) -> str:
    return point.name if in_chinese() or not point.name_en else point.name_en
