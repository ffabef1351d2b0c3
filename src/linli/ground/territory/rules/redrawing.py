"""Taking the steps of a plan, one after the other, on a sheet; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.plan_terms import (
    MergeStep,
    MoveStep,
    PlanStep,
    RedrawStep,
    SplitStep,
)
from linli.ground.territory.terms import AreaKind, Fault, NewArea, code_prefix

from . import dividing
from .covering import draw
from .polygons import in_metres, read_shape
from .settling import settle
from .sheets import BuildingOn, GridOn, Sheet


def take_steps(sheet: Sheet, steps: Iterable[PlanStep]) -> Sheet:
    """Take the steps in their order.

    Raises:
        UnableToRedraw: a step can't be taken; says which reason and, where it can, the place.
    """
    for step in steps:
        sheet = take_step(sheet, step)
    return sheet


def take_step(sheet: Sheet, step: PlanStep) -> Sheet:
    """Take one step.

    Raises:
        UnableToRedraw: it can't be taken.
    """
    match step:
        case MergeStep():
            return _merge(sheet, step)
        case MoveStep():
            return _move(sheet, step)
        case SplitStep():
            return _split(sheet, step)
        case RedrawStep():
            return _redraw(sheet, step)
        case _:
            return draw(sheet, step)


def _merge(sheet: Sheet, step: MergeStep) -> Sheet:
    grids = [_grid(sheet, code) for code in dict.fromkeys((step.into, *step.codes))]
    if len(grids) < 2 or len({_community(one.code) for one in grids}) > 1:
        raise UnableToRedraw("territory.step_grids_few", field="codes")
    into, gone = grids[0], [one.code for one in grids[1:]]
    shapes = [one.shape for one in grids if one.shape is not None]
    merged = replace(
        into,
        name=step.name.strip() or into.name,
        name_en="" if step.name.strip() else into.name_en,
        shape=dividing.join(shapes) if shapes else None,
    )
    moved = [one.code for code in gone for one in sheet.buildings_in(code)]
    duties = dict.fromkeys(duty for one in grids for duty in sheet.duties.get(one.code, ()))
    kept = {code: held for code, held in sheet.duties.items() if code not in gone}
    sheet = replace(sheet, duties={**kept, into.code: tuple(duties)})
    return sheet.without(gone).with_grids(merged).with_buildings_in(moved, into.code)


def _move(sheet: Sheet, step: MoveStep) -> Sheet:
    moved = [_building(sheet, code) for code in dict.fromkeys(step.buildings)]
    if not moved:
        raise UnableToRedraw("territory.step_no_buildings", field="buildings")
    sheet, to = _target(sheet, step, moved)
    for source in dict.fromkeys(one.grid for one in moved):
        sheet = _move_out(sheet, source, to, {one.code for one in moved if one.grid == source})
    return sheet


def _target(sheet: Sheet, step: MoveStep, moved: Sequence[BuildingOn]) -> tuple[Sheet, str]:
    communities = {_community(one.grid) for one in moved}
    if step.to:
        target = _grid(sheet, step.to)
        communities.add(_community(step.to))
        if there := next((one for one in moved if one.grid == target.code), None):
            raise UnableToRedraw("territory.step_building_there", field="to", building=there.name)
    if len(communities) > 1:
        raise UnableToRedraw("territory.step_elsewhere", field="to")
    if step.to:
        return sheet, step.to
    new = new_grid(sheet, communities.pop(), step.name, None)
    of_former = dict.fromkeys(d for one in moved for d in sheet.duties.get(one.grid, ()))
    sheet = replace(sheet, duties={**sheet.duties, new.code: tuple(of_former)})
    return sheet.with_grids(new), new.code


def _move_out(sheet: Sheet, source: str, to: str, codes: set[str]) -> Sheet:
    grid, target = _grid(sheet, source), sheet.grids[to]
    stay = [one for one in sheet.buildings_in(source) if one.code not in codes]
    if not stay:
        raise UnableToRedraw("territory.step_grid_emptied", field="buildings", grid=grid.name)
    if grid.shape is not None:
        taken = _ground_of(grid.shape, sheet.buildings_in(source), codes)
        if not taken.is_empty:
            given = [taken] if target.shape is None else [target.shape, taken]
            rest = dividing.take_away(grid.shape, taken)
            sheet = sheet.with_grids(
                replace(grid, shape=rest), replace(target, shape=dividing.join(given))
            )
    return sheet.with_buildings_in(codes, to)


def _ground_of(
    shape: BaseGeometry, buildings: Iterable[BuildingOn], codes: set[str]
) -> BaseGeometry:
    """Give the ground of a grid nearest to some of its buildings."""
    points = {
        one.code: point
        for one in buildings
        if (point := one.point) is not None and shape.intersects(point)
    }
    chosen = frozenset(codes & set(points))
    if not chosen or chosen == set(points):
        return shapely.Polygon()
    for one in buildings:
        if one.code in chosen and _stands_on(one, points, chosen):
            raise UnableToRedraw(
                "territory.step_same_point",
                field="buildings",
                lon=one.lon,
                lat=one.lat,
                building=one.name,
            )
    return dividing.nearest_ground(shape, points, chosen)


def _stands_on(
    building: BuildingOn, points: Mapping[str, shapely.Point], chosen: frozenset[str]
) -> bool:
    here = points[building.code]
    return any(here.equals(point) for code, point in points.items() if code not in chosen)


def _split(sheet: Sheet, step: SplitStep) -> Sheet:
    grid = _grid(sheet, step.code)
    shape = _shape(grid)
    pieces = dividing.cut_by_line(shape, _line(step.line))
    if len(pieces) < 2:
        at = shape.representative_point()
        raise UnableToRedraw("territory.step_line_misses", field="line", lon=at.x, lat=at.y)
    new = new_grid(sheet, _community(grid.code), step.name, pieces[1])
    duties = {**sheet.duties, new.code: sheet.duties.get(grid.code, ())}
    sheet = replace(sheet, duties=duties).with_grids(replace(grid, shape=pieces[0]), new)
    return settle(sheet, among=(grid.code, new.code))


def _redraw(sheet: Sheet, step: RedrawStep) -> Sheet:
    grid = _grid(sheet, step.code)
    old, wanted = _shape(grid), _drawn(grid, step.geometry)
    beside = {one.code: one for one in sheet.beside(grid.code) if one.shape is not None}
    ground = dividing.join([old, *(_shape(one) for one in beside.values())])
    wanted = _within_ground(grid, wanted, ground)
    changed: dict[str, GridOn] = {}
    for one in beside.values():
        if wanted.intersects(_shape(one)) and not _only_touch(wanted, _shape(one)):
            changed[one.code] = _yield_to(one, wanted)
    left = {code: _shape(one) for code, one in (beside | changed).items()}
    shapes = _hand_out(dividing.parts(dividing.take_away(old, wanted)), left, wanted)
    shapes = {code: shape for code, shape in shapes.items() if shape is not left.get(code)}
    changed |= {code: replace(beside[code], shape=shapes[code]) for code in shapes if code}
    changed[grid.code] = replace(grid, shape=shapes.get("", wanted))
    return settle(sheet.with_grids(*changed.values()), among=changed)


def _only_touch(one: BaseGeometry, other: BaseGeometry) -> bool:
    return bool(dividing.shared(one, other).is_empty)


def _yield_to(grid: GridOn, wanted: BaseGeometry) -> GridOn:
    rest = dividing.take_away(_shape(grid), wanted)
    if dividing.is_sliver(rest):
        at = _shape(grid).representative_point()
        raise UnableToRedraw(
            "territory.step_swallows", field="geometry", lon=at.x, lat=at.y, other=grid.name
        )
    return replace(grid, shape=rest)


def _within_ground(grid: GridOn, wanted: BaseGeometry, ground: BaseGeometry) -> BaseGeometry:
    beyond = dividing.take_away(wanted, ground)
    if not dividing.is_sliver(beyond):
        at = dividing.widest_spot(beyond)
        size = round(in_metres(beyond, beyond).area)
        raise UnableToRedraw(
            "territory.step_leaves_ground", field="geometry", lon=at.x, lat=at.y, size_m2=size
        )
    return wanted if beyond.is_empty else dividing.shared(wanted, ground)


def _hand_out(
    released: Iterable[shapely.Polygon], beside: Mapping[str, BaseGeometry], own: BaseGeometry
) -> dict[str, BaseGeometry]:
    """Give each piece a grid has left to the neighbour it borders longest; the rest stays.

    The grid's own shape has the key "".
    """
    shapes = dict(beside)
    for piece in released:
        heir = dividing.longest_neighbour(piece, beside)
        if heir is not None:
            shapes[heir] = dividing.join([shapes[heir], piece])
        elif dividing.is_sliver(piece):
            own = dividing.join([own, piece])
    return {**shapes, "": own}


def new_grid(sheet: Sheet, community: str, name: str, shape: BaseGeometry | None) -> GridOn:
    """Make a grid with the next code of a community.

    Raises:
        UnableToRedraw: without a name, or when the codes are used up.
    """
    if not name.strip():
        raise UnableToRedraw("territory.step_name_missing", field="name")
    code = sheet.next_code(community)
    if code is None:
        raise UnableToRedraw("territory.step_codes_used_up")
    return GridOn(code=code, name=name.strip()[:100], shape=shape)


def _grid(sheet: Sheet, code: str) -> GridOn:
    found = sheet.grids.get(code)
    if found is None:
        raise UnableToRedraw("territory.step_grid_unknown", field="codes", grid=code[:24])
    return found


def _building(sheet: Sheet, code: str) -> BuildingOn:
    found = sheet.buildings.get(code)
    if found is None:
        raise UnableToRedraw(
            "territory.step_building_unknown", field="buildings", building=code[:24]
        )
    return found


def _shape(grid: GridOn) -> BaseGeometry:
    if grid.shape is None:
        raise UnableToRedraw("territory.step_grid_undrawn", field="code", grid=grid.name)
    return grid.shape


def _drawn(grid: GridOn, geometry: Mapping[str, Any]) -> BaseGeometry:
    area = NewArea(code=grid.code, kind=AreaKind.GRID, name=grid.name, geometry=geometry)
    shape = read_shape(area)
    if isinstance(shape, Fault):
        raise UnableToRedraw(
            "territory.step_shape_wrong",
            field="geometry",
            lon=shape.lon,
            lat=shape.lat,
            fault=shape,
        )
    return shape


def _line(line: Mapping[str, Any]) -> shapely.LineString:
    try:
        drawn = shapely.force_2d(shapely.geometry.shape(line))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError):
        drawn = shapely.Point()
    if not isinstance(drawn, shapely.LineString) or drawn.length == 0:
        raise UnableToRedraw("territory.step_line_wrong", field="line")
    return drawn


def _community(code: str) -> str:
    return code_prefix(code, AreaKind.COMMUNITY)
