"""What is under way near by: public cases around a place, and "I met it too"."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.faces.frame.errors import show_error
from linli.faces.frame.terms import Status
from linli.ground.kernel import rates
from linli.ground.kernel.errors import Refusal
from linli.ground.people.middleware import member_of
from linli.ground.territory import queries as territory
from linli.ground.territory.locator import locate
from linli.spine.cases.queries.around import list_around
from linli.spine.cases.queries.met_too import list_met
from linli.spine.cases.services.met_too import say_met_too, take_back_met_too
from linli.spine.cases.terms import STEP_LABELS
from linli.spine.cases.terms.around import AROUND_M, AroundCase

from .places import SHOWN_PLACES, place_words, point_of, suggestion

DEVICE_COOKIE, DEVICE_DAYS = "linli_device", 365
SAID_MOST, LOOKS_MOST, WINDOW_S = 30, 240, 3600


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case of the list, in the words of the page."""

    case: AroundCase
    step_label: str
    is_mine: bool


@require_safe
@never_cache
def near(request: HttpRequest) -> HttpResponse:
    """List and map what is under way around a point, or ask where."""
    words = request.GET.get("q", "").strip()[:60]
    point = point_of(request)
    if point is None:
        found = territory.find_places(words, limit=SHOWN_PLACES) if words else []
        shown = {
            "words": words,
            "places": [one for one in map(suggestion, found) if one["lon"]],
        }
        return render(request, "public/around.html", shown)
    if _count(request, "near") > LOOKS_MOST:
        return show_error(request, status=429)
    lon, lat = point
    try:
        territory.check_point(lon, lat)
    except Refusal as refusal:
        shown_refused = {"words": words, "refused": refusal.words(_)}
        return render(request, "public/around.html", shown_refused, status=422)
    return render(request, "public/around.html", _around(request, lon, lat))


@require_safe
@never_cache
def points(request: HttpRequest) -> HttpResponse:
    """Give the same cases as points for the map; each leads to its line."""
    point = point_of(request)
    if point is None or _count(request, "near") > LOOKS_MOST:
        return JsonResponse({"type": "FeatureCollection", "features": []})
    lon, lat = point
    found = list_around(lon=lon, lat=lat, at=timezone.now())
    features = [_feature(one) for one in found]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_POST
def met(request: HttpRequest) -> HttpResponse:
    """Take somebody's word that they met the same, once for each account or browser."""
    if _count(request, "met-too") > SAID_MOST:
        return show_error(request, status=429)
    member = member_of(request)
    device = _device(request) or secrets.token_urlsafe(24)
    answer = redirect(_back(request))
    try:
        said = say_met_too(
            case_id=UUID(request.POST.get("case", "")),
            account_id=member.account_id if member else None,
            device=device,
            at=timezone.now(),
        )
    except ValueError:
        return show_error(request, status=404)
    except Refusal as refusal:
        messages.warning(request, refusal.words(_))
        return answer
    _thank(request, said.count, is_new=said.is_new, is_told=member is not None)
    answer.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=DEVICE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back that one met the same, from the list around or from one's own."""
    member = member_of(request)
    answer = redirect(_back(request) if request.POST.get("lon") else "my_reports")
    try:
        left = take_back_met_too(
            case_id=UUID(request.POST.get("case", "")),
            account_id=member.account_id if member else None,
            device=_device(request),
            at=timezone.now(),
        )
    except ValueError:
        return show_error(request, status=404)
    except Refusal as refusal:
        messages.warning(request, refusal.words(_))
        return answer
    messages.success(request, _("收回了。%(number)s 的进展不再告诉您。") % {"number": left.number})
    return answer


def _device(request: HttpRequest) -> str:
    return request.COOKIES.get(DEVICE_COOKIE, "")[:64]


def _around(request: HttpRequest, lon: float, lat: float) -> dict[str, object]:
    found = list_around(lon=lon, lat=lat, at=timezone.now())
    member = member_of(request)
    mine = list_met(
        case_ids=[one.case_id for one in found],
        account_id=member.account_id if member else None,
        device=_device(request),
    )
    place = {"lon": f"{lon:.4f}", "lat": f"{lat:.4f}"}
    return {
        "lines": [
            Line(case=one, step_label=_(STEP_LABELS[one.step]), is_mine=one.case_id in mine)
            for one in found
        ],
        "place": place_words(locate(lon, lat)),
        "lon": lon,
        "lat": lat,
        "at": place,
        "within_m": AROUND_M,
        "points_url": f"{reverse('near_points')}?{urlencode(place)}",
        "areas_url": "/areas.geojson",
    }


def _feature(one: AroundCase) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one.lon, one.lat]},
        "properties": {
            "status": Status.IN_HAND.value,
            "title": one.category_name or _("未分类"),
            "url": f"#case-{one.number}",
        },
    }


def _thank(request: HttpRequest, count: int, *, is_new: bool, is_told: bool) -> None:
    if not is_new:
        messages.info(request, _("您已经说过了，不重复计数。"))
        return
    words = ngettext("记下了，一共 %(n)s 人也遇到了。", "记下了，一共 %(n)s 人也遇到了。", count)
    told = _("办好了告诉您。") if is_told else _("登录后再说一声，办好了能告诉您。")
    messages.success(request, f"{words % {'n': count}}{told}")


def _back(request: HttpRequest) -> str:
    place = {name: request.POST.get(name, "") for name in ("lon", "lat")}
    return f"{reverse('near')}?{urlencode(place)}"


def _count(request: HttpRequest, what: str) -> int:
    key = f"{what}:address:{request.META.get('REMOTE_ADDR', '')}"
    return rates.count_use(uses={key: 1}, window_s=WINDOW_S, at=timezone.now())[key]
