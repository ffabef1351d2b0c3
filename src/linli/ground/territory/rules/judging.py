"""Why the outcome of a plan can't stand: overlaps, gaps, buildings left between, names twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from linli.ground.territory.plan_terms import Change
from linli.ground.territory.terms import AreaKind, Fault, NewArea, code_prefix

from . import dividing
from .faults import fault
from .outcomes import Outcome
from .polygons import (
    TOLERANCE_M,
    DrawnArea,
    check_shape,
    find_outside_parent,
    find_overlaps,
    in_metres,
)
from .sheets import MOST_OF_A_KIND, GridOn, Sheet

MOST_TOLD = 20


def judge(
    before: Sheet,
    after: Sheet,
    outcome: Outcome,
    *,
    around: Sequence[DrawnArea] = (),
    parents: Mapping[str, DrawnArea] | None = None,
) -> tuple[list[Fault], list[Fault]]:
    """Find what forbids an outcome, and what is only worth a warning; each with its place.

    Args:
        around: grids outside the plan, which it must not overlap.
        parents: drawn communities by code.
    """
    changed = [after.grids[one.code] for one in outcome.grids if one.change is not Change.ENDS]
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for found, is_sliver in _overlaps(after, changed, around):
        (warnings if is_sliver else faults).append(found)
    faults += _unsound(changed)
    faults += _gaps(before, after, parents or {})
    faults += _misplaced(after, outcome)
    faults += _named_twice(after, changed)
    faults += [
        fault(_area(after.grids[code]), "territory.codes_used_up", most=MOST_OF_A_KIND)
        for code in outcome.crowded
    ]
    warnings += _outside(changed, parents or {})
    warnings += _in_pieces(before, changed)
    return faults[:MOST_TOLD], warnings[:MOST_TOLD]


def _overlaps(
    after: Sheet, changed: Sequence[GridOn], around: Sequence[DrawnArea]
) -> Iterator[tuple[Fault, bool]]:
    codes = {one.code for one in changed}
    quiet = [_drawn(one) for one in after.grids.values() if one.code not in codes]
    new = [drawn for one in changed if (drawn := _drawn(one))]
    return find_overlaps(new, [*(one for one in quiet if one), *around])


def _unsound(changed: Sequence[GridOn]) -> Iterator[Fault]:
    for one in changed:
        if one.shape is not None and (found := check_shape(_area(one), one.shape)):
            yield found


def _gaps(before: Sheet, after: Sheet, parents: Mapping[str, DrawnArea]) -> Iterator[Fault]:
    """Find ground that belonged to a grid, or to the community, and belongs to none now."""
    communities = {code_prefix(code, AreaKind.COMMUNITY) for code in after.grids}
    for community in sorted(communities):
        old, new = (_ground(sheet, community) for sheet in (before, after))
        parent = parents.get(community)
        if not old and parent is not None:
            old = [parent.shape]
        if not old or not new:
            continue
        name = parent.area.name if parent else community
        area = NewArea(code=community, kind=AreaKind.COMMUNITY, name=name)
        for piece in dividing.parts(dividing.take_away(dividing.join(old), dividing.join(new))):
            if not dividing.is_sliver(piece):
                at = dividing.widest_spot(piece)
                size = round(in_metres(piece, piece).area)
                yield fault(area, "territory.gap", lon=at.x, lat=at.y, size_m2=size)


def _ground(sheet: Sheet, community: str) -> list[BaseGeometry]:
    return [
        one.shape
        for code, one in sheet.grids.items()
        if code.startswith(community) and one.shape is not None
    ]


def _misplaced(after: Sheet, outcome: Outcome) -> Iterator[Fault]:
    """Find buildings that do not lie in the grid they belong to, give or take the tolerance."""
    shapes = {code: one.shape for code, one in after.grids.items() if one.shape is not None}
    moved = {move.code for move in outcome.buildings}
    for one in after.buildings.values():
        if one.grid not in after.grids:
            at = NewArea(code=one.code, kind=AreaKind.BUILDING, name=one.name)
            yield fault(at, "territory.building_homeless", building=one.name)
            continue
        shape, point = shapes.get(one.grid), one.point
        if one.code not in moved or shape is None or point is None:
            continue
        if in_metres(point, shape).distance(in_metres(shape, shape)) > TOLERANCE_M:
            area = _area(after.grids[one.grid])
            yield fault(
                area, "territory.building_outside", lon=one.lon, lat=one.lat, building=one.name
            )


def _named_twice(after: Sheet, changed: Sequence[GridOn]) -> Iterator[Fault]:
    for one in changed:
        if any(other.name == one.name for other in after.beside(one.code)):
            yield fault(_area(one), "territory.grid_name_twice")


def _outside(changed: Sequence[GridOn], parents: Mapping[str, DrawnArea]) -> Iterator[Fault]:
    for one in changed:
        parent = parents.get(code_prefix(one.code, AreaKind.COMMUNITY))
        drawn = _drawn(one)
        if parent and drawn and (found := find_outside_parent(drawn, parent)):
            yield found


def _in_pieces(before: Sheet, changed: Sequence[GridOn]) -> Iterator[Fault]:
    for one in changed:
        if one.shape is None:
            yield fault(_area(one), "territory.grid_undrawn")
            continue
        pieces = dividing.parts(one.shape)
        old = before.grids.get(one.code)
        if len(pieces) > max(1, len(dividing.parts(old.shape)) if old and old.shape else 1):
            at = min(pieces, key=lambda piece: piece.area).representative_point()
            yield fault(_area(one), "territory.in_pieces", lon=at.x, lat=at.y, count=len(pieces))


def _drawn(grid: GridOn) -> DrawnArea | None:
    return DrawnArea(_area(grid), grid.shape) if grid.shape is not None else None


def _area(grid: GridOn) -> NewArea:
    return NewArea(code=grid.code, kind=AreaKind.GRID, name=grid.name)
