"""Turning areas as entered into rows of the table."""

from __future__ import annotations

from datetime import date
from typing import Any

import shapely
import shapely.geometry

from linli.ground.territory.models import Area
from linli.ground.territory.rules.names import spellings
from linli.ground.territory.rules.polygons import size_m2
from linli.ground.territory.terms import NewArea

TEXTS = ("name", "name_en", "address", "alias")


def new_row(area: NewArea, valid_from: date, source: str) -> Area:
    """Make the row of an area that was not there before."""
    row = Area(code=area.code, kind=area.kind, valid_from=valid_from)
    complete(row, area)
    row.source = area.source or source
    return row


def successor(there: Area, area: NewArea, valid_from: date, source: str) -> Area:
    """Make the next version: what the new row leaves blank stays as it was."""
    row = Area(code=there.code, kind=there.kind, valid_from=valid_from)
    for name in (*TEXTS, "geometry", "lon", "lat", "area_m2", "source"):
        setattr(row, name, getattr(there, name))
    complete(row, area)
    row.source = area.source or source or row.source
    return row


def complete(row: Area, area: NewArea) -> None:
    """Fill a row with what the area states, its label point and size from the geometry."""
    for name in TEXTS:
        if text := getattr(area, name):
            setattr(row, name, text)
    row.pinyin = initials(row.name, row.alias)
    if area.geometry is not None:
        _draw(row, area.geometry)
    if area.lon is not None and area.lat is not None:
        row.lon, row.lat = area.lon, area.lat
    if area.area_m2 is not None:
        row.area_m2 = area.area_m2


def _draw(row: Area, geometry: Any) -> None:
    shape = shapely.geometry.shape(geometry)
    label = shape.representative_point()
    row.geometry = dict(geometry)
    row.lon, row.lat = label.x, label.y
    row.area_m2 = round(size_m2(shape), 1)


def is_same(row: Area, area: NewArea) -> bool:
    """Say whether an area states nothing that its row does not have."""
    texts = all(getattr(area, name) in {"", getattr(row, name)} for name in TEXTS)
    drawn = area.geometry is None or dict(area.geometry) == row.geometry
    placed = area.lon is None or (area.lon, area.lat) == (row.lon, row.lat)
    return texts and drawn and placed


def only_completes(row: Area, area: NewArea) -> bool:
    """Say whether an area adds to its row without changing what stands there."""
    texts = all(
        "" in {getattr(row, name), getattr(area, name)} or getattr(row, name) == getattr(area, name)
        for name in TEXTS
    )
    drawn = area.geometry is None or row.geometry is None
    placed = area.lon is None or row.lon is None
    return texts and drawn and placed


def initials(*texts: str) -> str:
    """Give the pinyin initials and the full pinyin of names, for the search."""
    return spellings(*texts)[:200]
