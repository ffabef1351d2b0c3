"""The areas of one version of the territory, arranged in memory to answer where a point lies.

One shapely STRtree per level over all versions of its areas; their periods are compared after
the tree has answered. Longitudes are squeezed by the cosine of the middle latitude, so that a
distance in the tree is the same in all directions: within one city (a degree of latitude) the
5 m of a border are right to a few centimetres.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from math import cos, isfinite, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .terms import AreaKind, AreaRef, Place, code_prefix

BORDER_M = 5.0
METRES_PER_DEGREE = 111_195.0
OUTSIDE = -1
NOWHERE = 1e6
CELL_DEGREES = 0.005
CELL_BITS = 8
CELL_MASK = 2**CELL_BITS - 1
FOREVER = date.max.toordinal()
LOCATED_KINDS = (AreaKind.GRID, AreaKind.COMMUNITY, AreaKind.STREET, AreaKind.DISTRICT)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class IndexedArea:
    """One version of an area as the index keeps it; `shape` is in WGS-84 degrees or None."""

    ref: AreaRef
    valid_from: date
    valid_to: date | None
    shape: BaseGeometry | None


_serials = count(1)


class Index:
    """Answers for every day the given areas know; never changes once built."""

    def __init__(
        self, areas: Iterable[IndexedArea], passed: Iterable[tuple[int, int]] = ()
    ) -> None:
        """Arrange the areas.

        Args:
            passed: which version passed ground to which, former first.
        """
        rows = list(areas)
        self.serial = next(_serials)
        self._heirs: dict[int, list[int]] = defaultdict(list)
        self._formers: dict[int, list[int]] = defaultdict(list)
        for former, heir in passed:
            self._heirs[former].append(heir)
            self._formers[heir].append(former)
        self._versions: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._refs: dict[AreaKind, list[AreaRef]] = defaultdict(list)
        self._by_id = {row.ref.id: row.ref for row in rows}
        for row in rows:
            self._versions[row.ref.code].append((*_period(row), row.ref.id))
            self._refs[row.ref.kind].append(row.ref)
        drawn = [row for row in rows if row.shape is not None and row.ref.kind in LOCATED_KINDS]
        self._bounds = _bounds(drawn)
        self._squeeze = cos(radians((self._bounds[1] + self._bounds[3]) / 2))
        self._known: dict[tuple[int, int], Place] = {}
        self._layers = [
            Layer([row for row in drawn if row.ref.kind == kind], self._squeeze)
            for kind in LOCATED_KINDS
        ]

    def locate(self, lon: float, lat: float, on: int) -> Place:
        """Say where a point lies on a day.

        Args:
            lon, lat: degrees WGS-84.
            on: the day as `date.toordinal()`.
        """
        if not (isfinite(lon) and isfinite(lat)):
            return Place()
        point = shapely.Point(lon * self._squeeze, lat)
        candidates: tuple[AreaRef, ...] = ()
        for layer in self._layers:
            if layer.rows:
                holder, near = layer.find(point, on)
                candidates = candidates or near
                if holder is not None:
                    return self._place(holder, candidates, on)
        return Place(candidates=candidates)

    def grids(self, lons: Floats, lats: Floats, on: int) -> Ints:
        """Give the id of the grid holding each point on a day, OUTSIDE where none does."""
        return self._layers[0].holders(*self._squeezed(lons, lats), on)

    def grids_marked(self, lons: Floats, lats: Floats, on: int) -> tuple[Ints, Bools]:
        """Give the grids as `grids` does, and of each point whether it has candidates."""
        xs, ys = self._squeezed(lons, lats)
        order = _neighbours_together(xs, ys)
        held, doubtful = np.empty(len(xs), np.int64), np.empty(len(xs), np.bool_)
        held[order], doubtful[order] = self._layers[0].marked(xs[order], ys[order], on)
        return held, doubtful

    def _squeezed(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        sound = np.isfinite(lons) & np.isfinite(lats)
        return np.where(sound, lons * self._squeeze, NOWHERE), np.where(sound, lats, NOWHERE)

    def ids_within(self, kind: AreaKind, prefix: str) -> list[int]:
        """List all versions of the areas of one level whose code begins so."""
        return [ref.id for ref in self._refs[kind] if ref.code.startswith(prefix)]

    def formers(self, area_ids: Iterable[int]) -> set[int]:
        """List the versions these came from, through every plan; not themselves."""
        return _follow(area_ids, self._formers)

    def heirs(self, area_id: int) -> set[int]:
        """List the versions that got ground of this one, through every plan; not itself."""
        return _follow((area_id,), self._heirs)

    def find(self, area_id: int) -> AreaRef | None:
        """Find one version of an area by its id."""
        return self._by_id.get(area_id)

    def is_in_force(self, area_id: int, on: int) -> bool:
        """Say whether a version, of those down to the grid, is in force on a day."""
        ref = self._by_id.get(area_id)
        versions = self._versions.get(ref.code, ()) if ref else ()
        return any(one == area_id and starts <= on < ends for starts, ends, one in versions)

    def within_bounds(self, lon: float, lat: float, margin: float = 0.5) -> bool:
        """Say whether a point is in the box around all areas, give or take `margin` degrees."""
        west, south, east, north = self._bounds
        return west - margin <= lon <= east + margin and south - margin <= lat <= north + margin

    def locate_each(self, lons: Floats, lats: Floats, on: int) -> list[Place]:
        """Say where each point lies on a day; candidates only where no grid holds the point."""
        held = self.grids(lons, lats, on).tolist()
        return [
            self.locate(lon, lat, on) if grid == OUTSIDE else self._in_grid(grid, on)
            for grid, lon, lat in zip(held, lons.tolist(), lats.tolist(), strict=True)
        ]

    def _in_grid(self, grid_id: int, on: int) -> Place:
        found = self._known.get((grid_id, on))
        if found is None:
            found = self._place(self._layers[0].area(grid_id), (), on)
            self._known[grid_id, on] = found
        return found

    def _place(self, area: AreaRef, candidates: tuple[AreaRef, ...], on: int) -> Place:
        return Place(
            area,
            self._level(area, AreaKind.STREET, on),
            self._level(area, AreaKind.COMMUNITY, on),
            area.id if area.kind == AreaKind.GRID else None,
            candidates,
            outside=False,
        )

    def _level(self, area: AreaRef, kind: AreaKind, on: int) -> int | None:
        if area.kind == kind:
            return area.id
        code = code_prefix(area.code, kind).ljust(12, "0")
        if kind == AreaKind.COMMUNITY and code.endswith("000"):
            return None
        for starts, ends, area_id in self._versions.get(code, ()):
            if starts <= on < ends:
                return area_id
        return None


class Layer:
    """The polygons of one level."""

    def __init__(self, rows: Sequence[IndexedArea], squeeze: float) -> None:
        self.rows = sorted(rows, key=lambda row: row.ref.code)
        self._refs = [row.ref for row in self.rows]
        self._starts = [_period(row)[0] for row in self.rows]
        self._ends = [_period(row)[1] for row in self.rows]
        self._ids = np.array([ref.id for ref in self._refs], np.int64)
        self._periods = np.array([self._starts, self._ends], np.int64).reshape(2, -1)
        shapes = np.array([row.shape for row in self.rows], object)
        self._shapes = shapely.transform(shapes, lambda at: at * (squeeze, 1.0))
        self._tree = shapely.STRtree(self._shapes)
        self._reach = BORDER_M / METRES_PER_DEGREE
        _prepare(self._shapes)

    def area(self, area_id: int) -> AreaRef:
        """Give the area with an id."""
        return self._refs[int(np.flatnonzero(self._ids == area_id)[0])]

    def find(self, point: shapely.Point, on: int) -> tuple[AreaRef | None, tuple[AreaRef, ...]]:
        """Find the area holding a point, and the candidates when there is a choice."""
        found = self._tree.query(point, predicate="dwithin", distance=self._reach).tolist()
        near = [at for at in found if self._starts[at] <= on < self._ends[at]]
        if not near:
            return None, ()
        if len(near) == 1 and shapely.intersects_xy(self._shapes[near[0]], point.x, point.y):
            return self._refs[near[0]], ()
        return self._choose(point, near)

    def _choose(
        self, point: shapely.Point, near: list[int]
    ) -> tuple[AreaRef | None, tuple[AreaRef, ...]]:
        away = shapely.distance(self._shapes[near], point).tolist()
        order = sorted(zip(away, near, strict=True))
        holder = self._refs[order[0][1]] if order[0][0] == 0 else None
        return holder, tuple(self._refs[at] for _away, at in order)

    def holders(self, xs: Floats, ys: Floats, on: int) -> Ints:
        """Give for each point the id of the area holding it (the first by code), or OUTSIDE."""
        at, row = self._tree.query(shapely.points(xs, ys))
        keep = self._in_force(row, on)
        return self._hold(xs, ys, at[keep], row[keep])

    def marked(self, xs: Floats, ys: Floats, on: int) -> tuple[Ints, Bools]:
        """Give the holders, and of each point whether a border is within reach."""
        points = shapely.points(xs, ys)
        at, row = self._tree.query(points, predicate="dwithin", distance=self._reach)
        keep = self._in_force(row, on)
        at, row = at[keep], row[keep]
        held = self._hold(xs, ys, at, row)
        near = np.bincount(at, minlength=len(xs))
        doubtful: Bools = (near > 1) | ((near == 1) & (held == OUTSIDE))
        return held, doubtful

    def _hold(self, xs: Floats, ys: Floats, at: Places, row: Places) -> Ints:
        """Test pairs of point and polygon; the first polygon by code is written last."""
        answer = np.full(len(xs), OUTSIDE, np.int64)
        # Polygon by polygon, so that each prepared one stays in the processor's cache.
        order = np.argsort(row, kind="stable")[::-1]
        at, row = at[order], row[order]
        holds = shapely.intersects_xy(self._shapes[row], xs[at], ys[at])
        answer[at[holds]] = self._ids[row[holds]]
        return answer

    def _in_force(self, row: Places, on: int) -> Bools:
        keep: Bools = (self._periods[0, row] <= on) & (on < self._periods[1, row])
        return keep


def _neighbours_together(xs: Floats, ys: Floats) -> Places:
    """Order points by cells of some hundred metres: neighbours ask for the same polygons."""
    columns = np.floor(xs / CELL_DEGREES).astype(np.int64)
    rows = np.floor(ys / CELL_DEGREES).astype(np.int64)
    cells = (rows & CELL_MASK) << CELL_BITS | (columns & CELL_MASK)
    return np.argsort(cells.astype(np.uint16), kind="stable")


def _prepare(shapes: NDArray[np.object_]) -> None:
    """Build the point locators of all polygons now, before threads share them."""
    shapely.prepare(shapes)
    if len(shapes):
        shapely.intersects_xy(shapes, *shapely.get_coordinates(shapely.centroid(shapes)).T)


def _period(row: IndexedArea) -> tuple[int, int]:
    ends = FOREVER if row.valid_to is None else row.valid_to.toordinal()
    return row.valid_from.toordinal(), ends


def _bounds(rows: Sequence[IndexedArea]) -> tuple[float, float, float, float]:
    if not rows:
        return (0.0, 0.0, 0.0, 0.0)
    west, south, east, north = shapely.total_bounds([row.shape for row in rows]).tolist()
    return west, south, east, north


def _follow(starts: Iterable[int], ties: Mapping[int, list[int]]) -> set[int]:
    begun = set(starts)
    found: set[int] = set()
    waiting = list(begun)
    while waiting:
        for one in ties.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found - begun
