"""Areas by id, code and kind, their outlines for maps, and whether a point makes sense."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.ground.territory import locator
from linli.ground.territory.errors import InvalidPoint, UnknownArea
from linli.ground.territory.models import Area
from linli.ground.territory.terms import (
    AreaKind,
    AreaView,
    CoordinateSystem,
    code_prefix,
    prefix_of,
)


def in_force(on: date | None = None) -> QuerySet[Area]:
    """List the versions in force on a day (today when absent); lazy, for this room only."""
    day = timezone.localdate() if on is None else on
    return Area.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def get_area(area_id: int) -> AreaView:
    """Get one version of an area by its id.

    Raises:
        UnknownArea: when there is none.
    """
    area = Area.objects.defer("geometry").filter(id=area_id).first()
    if area is None:
        raise UnknownArea("territory.unknown_area", key=area_id)
    return view(area)


def find_area(code: str, on: date | None = None) -> AreaView | None:
    """Find the version of an area in force on a day (today when absent), or None."""
    area = in_force(on).defer("geometry").filter(code=code).first()
    return view(area) if area else None


def list_areas(
    *, kind: AreaKind | None = None, within_code: str = "", on: date | None = None
) -> list[AreaView]:
    """List areas in force on a day, by code.

    Args:
        kind: only this level.
        within_code: only the area with this code and what lies in it.
    """
    found = in_force(on).defer("geometry").filter(code__startswith=prefix_of(within_code))
    if kind is not None:
        found = found.filter(kind=kind)
    return [view(area) for area in found.order_by("code")]


def list_ancestors(area_id: int) -> list[AreaView]:
    """List the areas an area lies in, the province first, as they were when it was last in force.

    Raises:
        UnknownArea: when there is no such area.
    """
    area = get_area(area_id)
    today = timezone.localdate()
    day = max(area.valid_from, min(today, area.valid_to or today))
    found = in_force(day).defer("geometry").filter(code__in=_ancestor_codes(area))
    return [view(ancestor) for ancestor in sorted(found, key=lambda row: prefix_of(row.code))]


def _ancestor_codes(area: AreaView) -> list[str]:
    above = list(AreaKind)[: list(AreaKind).index(area.kind)]
    return [code_prefix(area.code, kind).ljust(12, "0") for kind in above]


def areas_geojson(kind: AreaKind, within_code: str = "", on: date | None = None) -> dict[str, Any]:
    """Give the polygons of one level as a GeoJSON feature collection in WGS-84, for maps."""
    found = in_force(on).filter(kind=kind, code__startswith=prefix_of(within_code))
    drawn = found.exclude(geometry=None).order_by("code")
    return {
        "type": "FeatureCollection",
        "coordinate_system": CoordinateSystem.WGS84.value,
        "features": [feature(area) for area in drawn],
    }


def feature(area: Area) -> dict[str, Any]:
    """Turn a drawn row into a GeoJSON feature; for this room only."""
    return {
        "type": "Feature",
        "id": area.id,
        "geometry": area.geometry,
        "properties": {
            "id": area.id,
            "code": area.code,
            "kind": area.kind,
            "name": area.name,
            "name_en": area.name_en,
            "lon": area.lon,
            "lat": area.lat,
        },
    }


def check_point(lon: float, lat: float) -> None:
    """Refuse a point that can't be meant; a point merely outside our areas passes.

    Args:
        lon, lat: degrees WGS-84.

    Raises:
        InvalidPoint: not a number, 0/0, out of range, or swapped.
    """
    if not (isfinite(lon) and isfinite(lat)):
        raise InvalidPoint("territory.point_not_a_number", field="lon")
    if abs(lon) < 1e-6 and abs(lat) < 1e-6:
        raise InvalidPoint("territory.point_zero", field="lon")
    if _swapped(lon, lat):
        raise InvalidPoint("territory.point_swapped", field="lon", lon=lon, lat=lat)
    if abs(lon) > 180 or abs(lat) > 90:
        raise InvalidPoint("territory.point_out_of_range", field="lon")


def _swapped(lon: float, lat: float) -> bool:
    index = locator.index_now()
    if index.within_bounds(lon, lat):
        return False
    return index.within_bounds(lat, lon) or (90 < abs(lat) <= 180 and abs(lon) <= 90)


def view(area: Area) -> AreaView:
    """Turn a row into what other rooms get."""
    return AreaView(
        id=area.id,
        code=area.code,
        kind=AreaKind(area.kind),
        name=area.name,
        name_en=area.name_en,
        parent_id=area.parent_id,
        lon=area.lon,
        lat=area.lat,
        area_m2=area.area_m2,
        address=area.address,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
    )
