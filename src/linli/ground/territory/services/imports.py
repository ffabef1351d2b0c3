"""Taking over areas from files: a trial run first, the whole on confirmation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from linli.ground.kernel.terms import Actor
from linli.ground.territory.errors import UnableToImportAreas
from linli.ground.territory.rules.files import ReadAreas, check_system, read_csv, read_geojson
from linli.ground.territory.rules.polygons import TOLERANCE_M
from linli.ground.territory.terms import AreaKind, GeoJsonFields, ImportReport

from .areas import Origin, add_areas, examine


def import_geojson(
    *,
    content: bytes,
    system: str | None,
    kind: AreaKind,
    fields: GeoJsonFields | None = None,
    valid_from: date,
    actor: Actor,
    at: datetime,
    file_name: str = "",
    confirm: bool = False,
    tolerance_m: float = TOLERANCE_M,
) -> ImportReport:
    """Take over a GeoJSON feature collection, or try it without changing anything.

    Args:
        content: the file as it came.
        system: WGS-84, CGCS2000, GCJ-02 or BD-09; a file without a stated system is refused.
        kind: level of all features.
        fields: which properties hold name and code.
        valid_from: first day the areas are in force.
        at: aware instant of the act.
        confirm: write; otherwise only report.
        tolerance_m: widest overlap taken over with a warning.

    Raises:
        UnableToImportAreas: unreadable, system not stated, or rows faulty on confirmation.
    """
    stated = check_system(system)
    read = read_geojson(content, system=stated, kind=kind, fields=fields or GeoJsonFields())
    origin = Origin(file_name=file_name, sha256=sha256(content).digest(), system=stated)
    return _take_over(read, origin, valid_from, actor, at, confirm, tolerance_m)


def import_csv(
    *,
    content: bytes,
    system: str | None,
    valid_from: date,
    actor: Actor,
    at: datetime,
    file_name: str = "",
    confirm: bool = False,
    tolerance_m: float = TOLERANCE_M,
) -> ImportReport:
    """Take over a table of areas in UTF-8 or GB18030, or try it without changing anything.

    Args:
        content: the file as it came; columns code, name, kind and at will parent, name_en,
            address, alias, lon, lat, wkt, in any order, also under their Chinese headings.
        system: coordinate system of lon, lat and wkt; needed when a row has them.
        valid_from: first day the areas are in force.
        at: aware instant of the act.
        confirm: write; otherwise only report.
        tolerance_m: widest overlap taken over with a warning.

    Raises:
        UnableToImportAreas: unreadable, columns missing, or rows faulty on confirmation.
    """
    read = read_csv(content, system=system)
    origin = Origin(file_name=file_name, sha256=sha256(content).digest(), system=system or "")
    return _take_over(read, origin, valid_from, actor, at, confirm, tolerance_m)


def _take_over(
    read: ReadAreas,
    origin: Origin,
    valid_from: date,
    actor: Actor,
    at: datetime,
    confirm: bool,
    tolerance_m: float,
) -> ImportReport:
    if confirm and not read.faults:
        return add_areas(
            areas=read.areas,
            valid_from=valid_from,
            actor=actor,
            at=at,
            origin=origin,
            parents=read.parents,
            tolerance_m=tolerance_m,
        )
    report, _changes = examine(
        read.areas, valid_from=valid_from, parents=read.parents, tolerance_m=tolerance_m
    )
    faults = tuple(sorted((*read.faults, *report.faults), key=lambda found: found.row))
    if confirm:
        count = len({found.row for found in faults})
        raise UnableToImportAreas("territory.rows_faulty", faults=faults, count=count)
    return replace(report, rows=read.rows, faults=faults)
