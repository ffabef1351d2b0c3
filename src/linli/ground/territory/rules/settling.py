"""In which grid a building lies once borders have moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from .sheets import BuildingOn, Sheet


def settle(sheet: Sheet, *, among: Iterable[str]) -> Sheet:
    """Give each building of these grids the one its point lies in; without a point it stays."""
    codes = [code for code in among if code in sheet.grids]
    shapes = {code: shape for code in codes if (shape := sheet.grids[code].shape) is not None}
    for one in [one for one in sheet.buildings.values() if one.grid in codes]:
        found = grid_of(one, shapes)
        if found != one.grid:
            sheet = sheet.with_buildings_in([one.code], found)
    return sheet


def grid_of(building: BuildingOn, shapes: Mapping[str, BaseGeometry]) -> str:
    """Find the grid a building's point lies in; on a border, or in none, it keeps its own."""
    point = building.point
    if point is None:
        return building.grid
    holding = [code for code, shape in shapes.items() if shape.intersects(point)]
    if building.grid in holding or not holding:
        return building.grid
    return min(holding)


def grid_at(shapes: Mapping[str, BaseGeometry], lon: float, lat: float) -> str:
    """Give the first grid by code that holds a point in degrees, or an empty text."""
    for code in sorted(shapes):
        if shapely.intersects_xy(shapes[code], lon, lat):
            return code
    return ""
