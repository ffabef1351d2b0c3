"""Reading areas out of GeoJSON and CSV; what can't be read is said row by row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import shapely

from linli.ground.territory.errors import UnableToImportAreas
from linli.ground.territory.terms import (
    KIND_LABELS,
    PREFIX_DIGITS,
    AreaKind,
    CoordinateSystem,
    Fault,
    GeoJsonFields,
    NewArea,
    prefix_of,
)

from . import polygons
from .faults import fault

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "编号", "编码", "代码", "区划代码"),
    "name": ("name", "名称"),
    "kind": ("kind", "level", "级别", "类型"),
    "parent": ("parent", "parent_code", "上级", "上级编号"),
    "name_en": ("name_en", "英文名", "英文名称"),
    "address": ("address", "地址"),
    "alias": ("alias", "别名", "俗称"),
    "lon": ("lon", "lng", "longitude", "经度"),
    "lat": ("lat", "latitude", "纬度"),
    "wkt": ("wkt", "geometry", "图形"),
}
NEEDED = ("code", "name", "kind")
KINDS = {kind.value: kind for kind in AreaKind} | {KIND_LABELS[k]: k for k in AreaKind}
KINDS |= {"区": AreaKind.DISTRICT, "县": AreaKind.DISTRICT, "镇": AreaKind.STREET}
KINDS |= {"乡": AreaKind.STREET, "村": AreaKind.COMMUNITY, "楼": AreaKind.BUILDING}


@dataclass(slots=True)
class ReadAreas:
    """What came out of a file; `parents` holds the stated parent code by row."""

    areas: list[NewArea] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    parents: dict[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Count the rows read, good and bad."""
        return len(self.areas) + len({found.row for found in self.faults})


def check_system(system: str | None) -> CoordinateSystem:
    """Take the stated coordinate system.

    Raises:
        UnableToImportAreas: none stated, or one we can't convert.
    """
    if not system:
        raise UnableToImportAreas("territory.system_missing")
    try:
        return CoordinateSystem(system)
    except ValueError:
        raise UnableToImportAreas("territory.system_unknown", system=system) from None


def read_geojson(
    content: bytes, *, system: CoordinateSystem, kind: AreaKind, fields: GeoJsonFields
) -> ReadAreas:
    """Read a feature collection, one area a feature.

    Raises:
        UnableToImportAreas: the file is no feature collection, or has no features.
    """
    read = ReadAreas()
    for row, feature in enumerate(features_of(content), start=1):
        area = _from_feature(row, feature, kind=kind, fields=fields)
        found = _place(area, system)
        if isinstance(found, Fault):
            read.faults.append(found)
        else:
            read.areas.append(found)
    return read


def features_of(content: bytes) -> list[Any]:
    """List the features of a collection as they stand in the file.

    Raises:
        UnableToImportAreas: it is no feature collection, or has no features.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnableToImportAreas("territory.not_geojson", reason=str(error)[:200]) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise UnableToImportAreas("territory.not_geojson", reason="FeatureCollection")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise UnableToImportAreas("territory.file_empty")
    return features


def _from_feature(row: int, feature: Any, *, kind: AreaKind, fields: GeoJsonFields) -> NewArea:
    held = feature if isinstance(feature, dict) else {}
    properties = held.get("properties")
    known = properties if isinstance(properties, dict) else {}

    def text(key: str) -> str:
        value = known.get(key)
        return "" if value is None else str(value).strip()

    return NewArea(
        row=row,
        code=_numbered(fields.under, kind, row) if fields.under else text(fields.code),
        kind=kind,
        name=text(fields.name),
        name_en=text(fields.name_en),
        address=text(fields.address),
        alias=text(fields.alias),
        geometry=held.get("geometry"),
    )


def _numbered(under: str, kind: AreaKind, row: int) -> str:
    prefix = prefix_of(under)
    digits = PREFIX_DIGITS[kind] - len(prefix)
    return f"{prefix}{row:0{max(digits, 0)}d}".ljust(12, "0")


def _place(area: NewArea, system: CoordinateSystem) -> NewArea | Fault:
    """Turn the geometry into WGS-84 and check it by itself."""
    if swapped := _swapped_as_given(area):
        return swapped
    try:
        turned = polygons.to_wgs84(area.geometry or {}, system)
    except (ValueError, TypeError, LookupError, RecursionError):
        turned = dict(area.geometry) if isinstance(area.geometry, Mapping) else {}
    drawn = replace(area, geometry=turned or None)
    shape = polygons.read_shape(drawn)
    return shape if isinstance(shape, Fault) else drawn


def _swapped_as_given(area: NewArea) -> Fault | None:
    """Look before converting: Chinese systems leave a swapped point where it is."""
    shape = polygons.read_shape(area)
    return shape if isinstance(shape, Fault) and shape.code == "territory.axes_swapped" else None


def read_csv(content: bytes, *, system: str | None) -> ReadAreas:
    """Read a table with a heading row, one area a line, in UTF-8 or GB18030.

    Args:
        system: coordinate system of the columns lon, lat and wkt; needed when one is filled.

    Raises:
        UnableToImportAreas: not a table, columns missing, no rows, or the system missing.
    """
    read = ReadAreas()
    for row, values in _lines(content):
        stated = check_system(system) if _has_place(values) else CoordinateSystem.WGS84
        area = _from_line(row, values, stated)
        if isinstance(area, Fault):
            read.faults.append(area)
        else:
            read.areas.append(area)
            read.parents[row] = values.get("parent", "")
    if not read.rows:
        raise UnableToImportAreas("territory.file_empty")
    return read


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnableToImportAreas("territory.not_csv", reason=str(error)[:200]) from error


def _lines(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line that is not blank with its number in the file and its known columns."""
    table = csv.reader(io.StringIO(_decode(content)), strict=True)
    try:
        heading = [_column(title) for title in next(table, [])]
        missing = [name for name in NEEDED if name not in heading]
        if missing:
            raise UnableToImportAreas("territory.columns_missing", columns="、".join(missing))
        for line in table:
            if any(cell.strip() for cell in line):
                yield (
                    table.line_num,
                    dict(zip(heading, (cell.strip() for cell in line), strict=False)),
                )
    except csv.Error as error:
        raise UnableToImportAreas("territory.not_csv", reason=str(error)) from error


def _column(title: str) -> str:
    plain = title.strip().lower()
    return next((name for name, titles in COLUMNS.items() if plain in titles), plain)


def _has_place(values: Mapping[str, str]) -> bool:
    return any(values.get(name) for name in ("lon", "lat", "wkt"))


def _from_line(row: int, values: Mapping[str, str], system: CoordinateSystem) -> NewArea | Fault:
    stated = values.get("kind", "")
    kind = KINDS.get(stated.lower())
    area = NewArea(
        row=row,
        code=values.get("code", ""),
        kind=kind or AreaKind.GRID,
        name=values.get("name", ""),
        name_en=values.get("name_en", ""),
        address=values.get("address", ""),
        alias=values.get("alias", ""),
    )
    if kind is None:
        return fault(area, "territory.kind_unknown", kind=stated)
    placed = _at_point(area, values, system)
    if isinstance(placed, Fault) or not values.get("wkt"):
        return placed
    return _drawn(placed, values["wkt"], system)


def _at_point(
    area: NewArea, values: Mapping[str, str], system: CoordinateSystem
) -> NewArea | Fault:
    texts = [values.get("lon", ""), values.get("lat", "")]
    if not any(texts):
        return area
    if not all(texts):
        return fault(area, "territory.point_incomplete")
    try:
        lon, lat = (float(text) for text in texts)
    except ValueError:
        return fault(area, "territory.number_unreadable", value="、".join(texts))
    return _checked_point(area, lon, lat, system)


def _checked_point(
    area: NewArea, lon: float, lat: float, system: CoordinateSystem
) -> NewArea | Fault:
    if polygons.looks_swapped(lon, lat):
        return fault(area, "territory.axes_swapped", lon=lon, lat=lat)
    if not (0 < abs(lon) <= 180 and 0 < abs(lat) <= 90):
        return fault(area, "territory.point_wrong")
    lon, lat = polygons.TO_WGS84[system](lon, lat)
    return replace(area, lon=lon, lat=lat)


def _drawn(area: NewArea, wkt: str, system: CoordinateSystem) -> NewArea | Fault:
    try:
        geometry = geometry_of_wkt(wkt)
    except ValueError:
        return fault(area, "territory.geometry_unreadable")
    return _place(replace(area, geometry=geometry), system)


def geometry_of_wkt(wkt: str) -> dict[str, Any]:
    """Turn well-known text into GeoJSON.

    Raises:
        ValueError: when it can't be read.
    """
    try:
        shape = shapely.from_wkt(wkt)
    except shapely.errors.ShapelyError as error:
        raise ValueError(wkt[:80]) from error
    if shape is None:
        raise ValueError(wkt[:80])
    read: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return read
