"""Checks of new areas that need to know what is there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import shapely
import shapely.geometry
from django.db.models import Q
from shapely.geometry.base import BaseGeometry

from linli.ground.territory.locator import index_now
from linli.ground.territory.models import Area
from linli.ground.territory.rules.faults import fault
from linli.ground.territory.rules.polygons import (
    DrawnArea,
    find_outside_parent,
    find_overlaps,
    read_shape,
)
from linli.ground.territory.rules.rows import find_row_faults
from linli.ground.territory.terms import AreaKind, Fault, NewArea, parent_code


def check_areas(
    areas: Sequence[NewArea],
    *,
    valid_from: date,
    parents: Mapping[int, str],
    tolerance_m: float,
) -> tuple[list[Fault], list[Fault]]:
    """Find what refuses these areas, and what is only worth a warning."""
    lasting = Area.objects.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from))
    above = {code for area in areas if (code := _parent(area))}
    known = set(lasting.filter(code__in=above).values_list("code", flat=True))
    faults = list(find_row_faults(areas, stated_parents=parents, known_codes=known))
    drawn, broken = _drawn(areas)
    slivers: list[Fault] = []
    for kind in {one.area.kind for one in drawn}:
        same = [one for one in drawn if one.area.kind == kind]
        there = _there(lasting.filter(kind=kind).exclude(code__in=[a.code for a in areas]))
        for found, is_sliver in find_overlaps(same, there, tolerance_m=tolerance_m):
            (slivers if is_sliver else faults).append(found)
    around = [*drawn, *_there(lasting.filter(code__in=above))]
    return [*faults, *broken], [*slivers, *_outside(drawn, around, tolerance_m)]


def _parent(area: NewArea) -> str | None:
    try:
        return parent_code(area.code)
    except ValueError:
        return None


def _drawn(areas: Iterable[NewArea]) -> tuple[list[DrawnArea], list[Fault]]:
    drawn: list[DrawnArea] = []
    broken: list[Fault] = []
    for area in areas:
        if area.geometry is None:
            continue
        shape = read_shape(area)
        if not isinstance(shape, Fault):
            shape = _swapped_into_place(area, shape) or shape
        if isinstance(shape, Fault):
            broken.append(shape)
        else:
            drawn.append(DrawnArea(area, shape))
    return drawn, broken


def _swapped_into_place(area: NewArea, shape: BaseGeometry) -> Fault | None:
    """Find axes swapped by what is there: far from all of it, but close once exchanged."""
    index = index_now()
    lon, lat = (float(value) for value in shapely.get_coordinates(shape)[0])
    if index.within_bounds(lon, lat) or not index.within_bounds(lat, lon):
        return None
    return fault(area, "territory.axes_swapped", lon=lon, lat=lat)


def _there(rows: Iterable[Area]) -> list[DrawnArea]:
    return [
        DrawnArea(
            NewArea(code=row.code, kind=AreaKind(row.kind), name=row.name),
            shapely.geometry.shape(row.geometry),
        )
        for row in rows
        if row.geometry is not None
    ]


def _outside(
    drawn: Iterable[DrawnArea], around: Iterable[DrawnArea], tolerance_m: float
) -> list[Fault]:
    shapes = {one.area.code: one for one in around}
    found = []
    for child in drawn:
        parent = shapes.get(_parent(child.area) or "")
        if parent and (rest := find_outside_parent(child, parent, tolerance_m=tolerance_m)):
            found.append(rest)
    return found
