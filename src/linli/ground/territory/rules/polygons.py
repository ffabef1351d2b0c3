"""What a polygon must be to stand in the territory.

Tolerances, in metres:
- An overlap of two areas of one kind is a sliver, reported and taken over, as long as it is
  nowhere wider than `TOLERANCE_M`: inside 5 m of a border the locator names both areas anyway.
  A wider one is refused, with the place where it is widest.
- A polygon below `SMALLEST_M2` is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any, TypeVar

import numpy as np
import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from linli.ground.territory import gcj02
from linli.ground.territory.terms import CoordinateSystem, Fault, Geometry, NewArea

from .faults import fault

TOLERANCE_M = 5.0
SMALLEST_M2 = 1.0
METRES_PER_DEGREE = 111_195.0
NORTHERNMOST, SOUTHERNMOST = 72.0, -60.0

Laid = TypeVar("Laid", bound=BaseGeometry)
Convert = Callable[[Any, Any], tuple[Any, Any]]

TO_WGS84: Mapping[CoordinateSystem, Convert] = {
    CoordinateSystem.WGS84: lambda lon, lat: (lon, lat),
    CoordinateSystem.CGCS2000: lambda lon, lat: (lon, lat),
    CoordinateSystem.GCJ02: gcj02.to_wgs84,
    CoordinateSystem.BD09: gcj02.bd09_to_wgs84,
}


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area with its shape in WGS-84 degrees, new or already there."""

    area: NewArea
    shape: BaseGeometry


def read_shape(area: NewArea) -> BaseGeometry | Fault:
    """Turn the GeoJSON of an area into a shape, or say why that can't be."""
    geometry = area.geometry
    if not isinstance(geometry, Mapping):
        return fault(area, "territory.geometry_missing")
    if geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return fault(area, "territory.geometry_kind", type=str(geometry.get("type"))[:40])
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError):
        return fault(area, "territory.geometry_unreadable")
    return check_shape(area, shape) or shape


def check_shape(area: NewArea, shape: BaseGeometry) -> Fault | None:
    """Find what is wrong with one shape in degrees, and where; None when it is sound."""
    if shape.is_empty:
        return fault(area, "territory.polygon_empty")
    at = shapely.get_coordinates(shape)
    if not np.isfinite(at).all():
        return fault(area, "territory.geometry_unreadable")
    lon, lat = (float(value) for value in at[0])
    if looks_swapped(lon, lat):
        return fault(area, "territory.axes_swapped", lon=lon, lat=lat)
    if (np.abs(at) > (180, 90)).any():
        return fault(area, "territory.polygon_off_earth", lon=lon, lat=lat)
    return _check_rings(area, shape, lon, lat)


def _check_rings(area: NewArea, shape: BaseGeometry, lon: float, lat: float) -> Fault | None:
    if not shape.is_valid:
        return _invalid(area, shapely.is_valid_reason(shape))
    if size_m2(shape) < SMALLEST_M2:
        return fault(area, "territory.polygon_empty", lon=lon, lat=lat)
    return None


def _invalid(area: NewArea, reason: str) -> Fault:
    """Read the place out of the library's words, such as `Self-intersection[125.3 43.8]`."""
    found = re.fullmatch(r"(.*)\[(\S+) (\S+)\]", reason)
    what, lon, lat = (found[1], float(found[2]), float(found[3])) if found else (reason, None, None)
    if "elf-intersection" in what:
        return fault(area, "territory.polygon_crosses_itself", lon=lon, lat=lat)
    return fault(area, "territory.polygon_rings_wrong", lon=lon, lat=lat, reason=what)


def looks_swapped(lon: float, lat: float) -> bool:
    """Guess from one vertex whether longitude and latitude were exchanged.

    No municipality lies beyond these latitudes; swapped Chinese points (latitude 73 to 135) and
    swapped American ones (latitude below -60) all do.
    """
    return (lat > NORTHERNMOST or lat < SOUTHERNMOST) and abs(lon) < NORTHERNMOST


def to_wgs84(geometry: Geometry, system: CoordinateSystem) -> dict[str, Any]:
    """Turn the coordinates of a GeoJSON geometry into WGS-84; dimensions past two are dropped."""

    def turn(node: Any) -> Any:
        if node and isinstance(node[0], int | float):
            return list(TO_WGS84[system](float(node[0]), float(node[1])))
        return [turn(part) for part in node]

    return {"type": geometry["type"], "coordinates": turn(geometry["coordinates"])}


def size_m2(shape: BaseGeometry) -> float:
    """Give the area in square metres on the local plane; good to 0.5 % for a city."""
    return float(in_metres(shape, shape).area)


def find_overlaps(
    new: Sequence[DrawnArea], there: Sequence[DrawnArea], *, tolerance_m: float = TOLERANCE_M
) -> Iterator[tuple[Fault, bool]]:
    """Find overlaps of new areas of one kind with each other and with those there.

    Args:
        tolerance_m: widest overlap taken over as a sliver.

    Yields:
        the finding, and whether it is only a sliver.
    """
    everyone = [*new, *there]
    shapes = np.array([drawn.shape for drawn in everyone], object)
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes[: len(new)], predicate="intersects")
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a < b and (found := _overlap(everyone[a], everyone[b], tolerance_m)):
            yield found


def _overlap(a: DrawnArea, b: DrawnArea, tolerance_m: float) -> tuple[Fault, bool] | None:
    shared = a.shape.intersection(b.shape)
    metres = in_metres(shared, shared)
    if metres.area < SMALLEST_M2:
        return None
    core = metres.buffer(-tolerance_m / 2)
    spot = in_degrees((metres if core.is_empty else core).representative_point(), shared)
    code = "territory.sliver" if core.is_empty else "territory.overlaps"
    found = fault(
        a.area,
        code,
        lon=spot.x,
        lat=spot.y,
        other=b.area.name,
        size_m2=round(metres.area),
        tolerance_m=f"{tolerance_m:g}",
    )
    return found, core.is_empty


def find_outside_parent(
    child: DrawnArea, parent: DrawnArea, *, tolerance_m: float = TOLERANCE_M
) -> Fault | None:
    """Find the part of an area that sticks out of its parent by more than the tolerance."""
    rest = child.shape.difference(parent.shape)
    metres = in_metres(rest, child.shape)
    core = metres.buffer(-tolerance_m / 2)
    if core.is_empty:
        return None
    spot = in_degrees(core.representative_point(), child.shape)
    return fault(
        child.area,
        "territory.leaves_parent",
        lon=spot.x,
        lat=spot.y,
        other=parent.area.name,
        size_m2=round(metres.area),
    )


def _scale(around: BaseGeometry) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    if around.is_empty:
        return np.zeros(2), np.ones(2)
    west, south, east, north = around.bounds
    middle = np.array([(west + east) / 2, (south + north) / 2])
    return middle, np.array([cos(radians(middle[1])), 1.0]) * METRES_PER_DEGREE


def in_metres(shape: BaseGeometry, around: BaseGeometry) -> BaseGeometry:
    """Lay a shape in degrees on the local plane of another, in metres from its middle."""
    middle, scale = _scale(around)
    return shapely.transform(shape, lambda at: (at - middle) * scale)


def in_degrees(shape: Laid, around: BaseGeometry) -> Laid:
    """Bring a shape from the local plane of another back into degrees."""
    middle, scale = _scale(around)
    turned: Laid = shapely.transform(shape, lambda at: at / scale + middle)
    return turned
