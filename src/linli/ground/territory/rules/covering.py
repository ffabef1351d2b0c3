"""New grids for a whole community or sub-district, from a file; departments' grids merged in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.plan_terms import DepartmentalGrid, DrawnGrid, DrawStep
from linli.ground.territory.terms import (
    AreaKind,
    Fault,
    Geometry,
    NewArea,
    code_prefix,
    kind_of_code,
    prefix_of,
)

from . import dividing
from .polygons import read_shape
from .settling import grid_of
from .sheets import GridOn, Sheet

# A department's grid passes its duties to the grids it covers to a good part, or lies in.
GOOD_PART = 0.1
MOST_OF_GRID = 0.5

Duties = dict[str, tuple[tuple[str, str, str], ...]]


def draw(sheet: Sheet, step: DrawStep) -> Sheet:
    """Replace the grids of a community or sub-district, and take over departmental ones.

    Raises:
        UnableToRedraw: a row can't be read or lies elsewhere; says which.
    """
    if not step.grids and not step.departmental:
        raise UnableToRedraw("territory.step_no_grids", field="file")
    if step.grids:
        sheet = _replace_grids(sheet, step)
    if step.departmental:
        sheet = _take_over(sheet, step)
    return sheet


def _replace_grids(sheet: Sheet, step: DrawStep) -> Sheet:
    former = sheet
    new: dict[str, GridOn] = {}
    for row in step.grids:
        shape = _shape(row.row, row.name, row.geometry)
        code = row.code or _numbered(sheet, step.within, row, shape)
        _check_place(row, code, step.within, new)
        new[code] = GridOn(code=code, name=row.name, name_en=row.name_en, shape=shape)
        sheet = replace(sheet, taken=sheet.taken | {code})
    communities = {code_prefix(code, AreaKind.COMMUNITY) for code in new}
    gone = [code for code in former.grids if code_prefix(code, AreaKind.COMMUNITY) in communities]
    sheet = sheet.without(gone).with_grids(*new.values())
    return _resettle(former, sheet, gone, new)


def _numbered(sheet: Sheet, within: str, row: DrawnGrid, shape: BaseGeometry) -> str:
    community = _community_of(sheet, within, shape)
    code = sheet.next_code(community) if community else None
    if code is None:
        lost = "territory.step_codes_used_up" if community else "territory.step_outside"
        raise UnableToRedraw(lost, field="file", row=row.row, grid=row.name)
    return code


def _community_of(sheet: Sheet, within: str, shape: BaseGeometry) -> str:
    """Find the community a new grid lies in: the one asked for, or whose grids it covers most."""
    if kind_of_code(within) == AreaKind.COMMUNITY:
        return within
    covered: dict[str, float] = {}
    for one in sheet.grids.values():
        if one.shape is not None and one.shape.intersects(shape):
            community = code_prefix(one.code, AreaKind.COMMUNITY)
            ground = one.shape.intersection(shape).area
            covered[community] = covered.get(community, 0.0) + ground
    return max(covered, key=lambda code: covered[code], default="")


def _check_place(row: DrawnGrid, code: str, within: str, new: Mapping[str, GridOn]) -> None:
    sound = len(code) == 15 and code.isascii() and code.isdigit()
    if not sound or not code.startswith(prefix_of(within)) or code in new:
        raise UnableToRedraw("territory.step_outside", field="file", row=row.row, grid=row.name)


def _resettle(former: Sheet, sheet: Sheet, gone: Iterable[str], new: Mapping[str, GridOn]) -> Sheet:
    """Give buildings and duties of the former grids to those that have their ground now."""
    shapes = {code: one.shape for code, one in new.items() if one.shape is not None}
    duties: Duties = {code: held for code, held in sheet.duties.items() if code not in set(gone)}
    for code in gone:
        heirs = heirs_of(former.grids[code].shape, shapes)
        main = max(heirs, key=lambda heir: heirs[heir], default=code)
        for one in former.buildings_in(code):
            found = grid_of(replace(one, grid=""), shapes) or (code if code in new else main)
            sheet = sheet.with_buildings_in([one.code], found)
        for heir in heirs:
            duties[heir] = (*duties.get(heir, ()), *former.duties.get(code, ()))
    return replace(sheet, duties={code: tuple(dict.fromkeys(d)) for code, d in duties.items()})


def heirs_of(shape: BaseGeometry | None, after: Mapping[str, BaseGeometry]) -> dict[str, float]:
    """Say which shapes have the ground of one now, and what share of it, by code."""
    if shape is None or not shape.area:
        return {}
    ground = {
        code: shape.intersection(other)
        for code, other in sorted(after.items())
        if shape.intersects(other)
    }
    return {
        code: round(piece.area / shape.area, 6)
        for code, piece in ground.items()
        if not dividing.is_sliver(piece)
    }


def _take_over(sheet: Sheet, step: DrawStep) -> Sheet:
    prefix = prefix_of(step.within)
    shapes = {
        code: one.shape
        for code, one in sheet.grids.items()
        if one.shape is not None and code.startswith(prefix)
    }
    duties: Duties = dict(sheet.duties)
    for row in step.departmental:
        given = tuple((title, row.department, row.name) for title in row.duties)
        for code in _takers(row, shapes):
            duties[code] = tuple(dict.fromkeys((*duties.get(code, ()), *given)))
    return replace(sheet, duties=duties)


def _takers(row: DepartmentalGrid, shapes: Mapping[str, BaseGeometry]) -> list[str]:
    shape = _shape(row.row, row.name, row.geometry)
    covered = {
        code: shape.intersection(other).area
        for code, other in shapes.items()
        if shape.intersects(other)
    }
    if not any(covered.values()):
        raise UnableToRedraw("territory.step_outside", field="file", row=row.row, grid=row.name)
    good = [
        code
        for code, ground in covered.items()
        if ground >= GOOD_PART * shape.area or ground >= MOST_OF_GRID * shapes[code].area
    ]
    return sorted(good) or [max(covered, key=lambda code: covered[code])]


def _shape(row: int, name: str, geometry: Geometry) -> BaseGeometry:
    shape = read_shape(NewArea(code="", kind=AreaKind.GRID, name=name, geometry=geometry, row=row))
    if isinstance(shape, Fault):
        raise UnableToRedraw(
            "territory.step_shape_wrong", field="file", lon=shape.lon, lat=shape.lat, fault=shape
        )
    return shape
