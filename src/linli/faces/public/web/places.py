"""Fragments of the report form: where that is, what is near, which category, which areas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from linli.faces.frame.terms import Status
from linli.faces.frame.words import in_chinese
from linli.ground.kernel.errors import Refusal
from linli.ground.territory import queries as territory
from linli.ground.territory.locator import locate
from linli.ground.territory.terms import AreaKind, AreaRef, FoundPlace, Place
from linli.spine.cases.catalogue_terms import Audience, CategoryView
from linli.spine.cases.queries import catalogue, nearby
from linli.spine.cases.terms import ENDS, STEP_LABELS, Duplicate

SHOWN_PLACES = 6
SHOWN_CATEGORIES = 24


@dataclass(frozen=True, kw_only=True)
class CategoryChoice:
    """One category as a resident reads it."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class CategoryGroup:
    """Categories of one major class."""

    name: str
    categories: tuple[CategoryChoice, ...]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest places for what was typed as an address."""
    found = territory.find_places(request.GET.get("address", "")[:60], limit=SHOWN_PLACES)
    return render(request, "public/places.html", {"places": [suggestion(one) for one in found]})


def suggestion(place: FoundPlace) -> dict[str, str]:
    """Say how a place that was found is called, what is around it, and where it lies."""
    name = place.name if place.name_id else name_of(place.area)
    around = dict.fromkeys(part for part in (place.within, place.address) if part != name)
    return {
        "name": name,
        "around": " · ".join(part for part in around if part),
        "words": place.address or name,
        "lon": "" if place.lon is None else f"{place.lon:.6f}",
        "lat": "" if place.lat is None else f"{place.lat:.6f}",
    }


@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Say in which grid a point lies and which public cases near it may be the same matter."""
    point = point_of(request)
    if point is None:
        return HttpResponse("")
    lon, lat = point
    try:
        territory.check_point(lon, lat)
        found = nearby.find_duplicates(
            category_key=request.GET.get("category", ""),
            lon=lon,
            lat=lat,
            at=timezone.now(),
            public_only=True,
        )
    except Refusal as refusal:
        return render(request, "public/near.html", {"refused": refusal.words(_)})
    context = {
        "place": place_words(locate(lon, lat)),
        "duplicates": [_duplicate(one) for one in found],
        "at": {"lon": f"{lon:.4f}", "lat": f"{lat:.4f}"},
    }
    return render(request, "public/near.html", context)


def point_of(request: HttpRequest) -> tuple[float, float] | None:
    """Read the point asked about, degrees WGS-84; None when there is none."""
    try:
        lon, lat = (float(request.GET[name]) for name in ("lon", "lat"))
    except (KeyError, ValueError):
        return None
    return (lon, lat) if isfinite(lon) and isfinite(lat) else None


def place_words(place: Place) -> dict[str, object]:
    """Say where a point lies: sub-district, community, grid; and what else it may belong to."""
    ids = (place.street_id, place.community_id, place.grid_id)
    names = [name_of(territory.get_area(one).ref) for one in ids if one is not None]
    others = [name_of(area) for area in place.candidates if area.id != place.grid_id]
    return {
        "outside": place.outside,
        "words": " · ".join(names),
        "borders": _("、").join(others),
    }


def name_of(area: AreaRef) -> str:
    """Name an area in the language of the page."""
    return area.name if in_chinese() or not area.name_en else area.name_en


def _duplicate(one: Duplicate) -> dict[str, object]:
    return {
        "photo_id": one.photo_id,
        "category_name": _(one.category_name) if one.category_name else "",
        "status": Status.DONE if one.step in ENDS else Status.IN_HAND,
        "step_label": _(STEP_LABELS[one.step]),
        "distance_m": one.distance_m,
        "reported_at": one.reported_at,
    }


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """List the categories that fit what was typed, in groups; all of them for an empty box."""
    text = request.GET.get("q", "").strip()
    chosen = request.GET.get("category", "")
    context = {
        "category_groups": category_groups(text, chosen=chosen),
        "searched": bool(text),
        "chosen_category": chosen,
    }
    return render(request, "public/categories.html", context)


def category_groups(text: str = "", *, chosen: str = "") -> list[CategoryGroup]:
    """Group the public's categories by major class, best fits first when something was typed.

    Args:
        chosen: key of the one already chosen; it stays in the list whatever is typed.
    """
    if not text:
        everything = catalogue.list_categories(audience=Audience.PUBLIC)
        return _grouped(sorted(everything, key=lambda one: one.major_key))
    found = catalogue.search_categories(text=text, audience=Audience.PUBLIC, limit=SHOWN_CATEGORIES)
    kept = catalogue.find_category(chosen) if chosen else None
    return _grouped([kept, *found] if kept and kept not in found else found)


def _grouped(in_order: list[CategoryView]) -> list[CategoryGroup]:
    return [
        CategoryGroup(name=name, categories=tuple(map(_choice, group)))
        for name, group in groupby(in_order, key=_major_name)
    ]


def _major_name(one: CategoryView) -> str:
    return one.major_name if in_chinese() or not one.major_name_en else one.major_name_en


def _choice(one: CategoryView) -> CategoryChoice:
    label = one.name if in_chinese() or not one.name_en else one.name_en
    return CategoryChoice(key=one.key, label=label)


@require_safe
@cache_control(public=True, max_age=300)
def areas(request: HttpRequest) -> HttpResponse:
    """Send communities and grids in force as GeoJSON (WGS-84) for the maps."""
    features = [
        feature
        for kind in (AreaKind.GRID, AreaKind.COMMUNITY)
        for feature in territory.areas_geojson(kind)["features"]
    ]
    body = {"type": "FeatureCollection", "features": features}
    return JsonResponse(body, content_type="application/geo+json")
