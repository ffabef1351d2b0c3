"""Cutting and joining the ground of grids; shapes in WGS-84 degrees, widths in metres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import hypot

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from .polygons import SMALLEST_M2, TOLERANCE_M, in_degrees, in_metres

# A millimetre: borders cut by different steps meet again on one lattice of points.
FINEST_DEGREES = 1e-8
REACH_M = 30.0
BESIDE_M = 1.0


def join(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """Make one shape of several."""
    return _ground_of(shapely.union_all(list(shapes), grid_size=FINEST_DEGREES))


def take_away(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Give what is left of a shape without another."""
    return _ground_of(shapely.difference(shape, other, grid_size=FINEST_DEGREES))


def shared(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Give the ground two shapes share."""
    return _ground_of(shapely.intersection(shape, other, grid_size=FINEST_DEGREES))


def _ground_of(shape: BaseGeometry) -> BaseGeometry:
    """Leave out the lines, points and specks an overlay may give."""
    pieces = [one for one in parts(shape) if in_metres(one, one).area >= SMALLEST_M2 / 100]
    return shapely.union_all(pieces) if len(pieces) != 1 else pieces[0]


def parts(shape: BaseGeometry) -> list[shapely.Polygon]:
    """List the polygons of a shape."""
    found = shapely.get_parts(shapely.get_parts(shape))
    return [one for one in found if isinstance(one, shapely.Polygon) and not one.is_empty]


def is_sliver(shape: BaseGeometry, *, tolerance_m: float = TOLERANCE_M) -> bool:
    """Say whether a shape is nowhere wider than the tolerance."""
    return shape.is_empty or bool(in_metres(shape, shape).buffer(-tolerance_m / 2).is_empty)


def widest_spot(shape: BaseGeometry, *, tolerance_m: float = TOLERANCE_M) -> shapely.Point:
    """Give a point in the wide part of a shape, in degrees."""
    flat = in_metres(shape, shape)
    core = flat.buffer(-tolerance_m / 2)
    return in_degrees((flat if core.is_empty else core).representative_point(), shape)


def cut_by_line(shape: BaseGeometry, line: shapely.LineString) -> list[BaseGeometry]:
    """Cut a shape by a line: the larger piece first, then all the rest as one; one if it misses."""
    reaching = _reach(line, shape)
    pieces: list[shapely.Polygon] = []
    for part in parts(shape):
        pieces += [one for one in split(part, reaching).geoms if isinstance(one, shapely.Polygon)]
    if len(pieces) == len(parts(shape)):
        return [shape]
    pieces.sort(key=lambda one: one.area, reverse=True)
    return [pieces[0], join(pieces[1:])]


def _reach(line: shapely.LineString, around: BaseGeometry) -> shapely.LineString:
    """Draw both ends of a line out by 30 m."""
    at = shapely.get_coordinates(in_metres(line, around))
    ends = (_beyond(at[1], at[0]), *at.tolist(), _beyond(at[-2], at[-1]))
    return in_degrees(shapely.LineString(ends), around)


def _beyond(start: Sequence[float], end: Sequence[float]) -> tuple[float, float]:
    east, north = float(end[0] - start[0]), float(end[1] - start[1])
    length = hypot(east, north) or 1.0
    return float(end[0]) + east / length * REACH_M, float(end[1]) + north / length * REACH_M


def nearest_ground(
    shape: BaseGeometry, points: Mapping[str, shapely.Point], chosen: frozenset[str]
) -> BaseGeometry:
    """Give the part of a shape that is nearer to the chosen points than to the others."""
    codes = list(points)
    flat = shapely.MultiPoint([in_metres(points[code], shape) for code in codes])
    cells = shapely.get_parts(shapely.voronoi_polygons(flat, extend_to=in_metres(shape, shape)))
    tree = shapely.STRtree(cells)
    owner, cell = tree.query(np.array(flat.geoms, object), predicate="intersects")
    mine = {int(c) for o, c in zip(owner, cell, strict=True) if codes[o] in chosen}
    ground = shapely.union_all([cells[one] for one in sorted(mine)])
    return shared(in_degrees(ground, shape), shape)


def longest_neighbour(piece: BaseGeometry, beside: Mapping[str, BaseGeometry]) -> str | None:
    """Find which shape a piece of ground has the longest border with, or None."""
    flat = in_metres(piece, piece).buffer(BESIDE_M)
    lengths = {
        code: flat.intersection(in_metres(shape, piece).boundary).length
        for code, shape in beside.items()
    }
    best = max(lengths, key=lambda code: (lengths[code], code), default=None)
    return best if best is not None and lengths[best] > 2 * BESIDE_M else None
