"""Entering, redrawing and closing areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.territory import locator, queries
from linli.ground.territory.errors import UnableToAddArea, UnableToImportAreas, UnknownArea
from linli.ground.territory.events import AreaAdded, AreaClosed, AreasImported
from linli.ground.territory.models import Area, AreaImport, TerritoryVersion
from linli.ground.territory.rules.faults import fault
from linli.ground.territory.rules.polygons import TOLERANCE_M
from linli.ground.territory.terms import (
    AreaView,
    Fault,
    ImportReport,
    NewArea,
    parent_code,
    prefix_of,
)

from . import checking, rows

LOCK_KEY = 0x7E44


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where a list of areas comes from, for the record of the import."""

    file_name: str = ""
    sha256: bytes = b""
    system: str = ""
    source: str = ""


@dataclass(slots=True)
class Changes:
    """What entering a list would change: new rows, rows to end, rows to complete."""

    added: list[NewArea] = field(default_factory=list)
    redrawn: list[tuple[Area, NewArea]] = field(default_factory=list)
    completed: list[tuple[Area, NewArea]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


@transaction.atomic
def add_area(*, area: NewArea, valid_from: date, actor: Actor, at: datetime) -> AreaView:
    """Enter one area.

    Args:
        valid_from: first day it is in force; an earlier version of its code ends there.
        at: aware instant of the act.

    Raises:
        UnableToAddArea: code, name, parent or polygon is wrong; says what and where.
    """
    lock_territory()
    report, changes = examine([area], valid_from=valid_from, parents={})
    if report.faults:
        refusal = UnableToAddArea("territory.area_faulty", area=area.name or area.code)
        refusal.fault = report.faults[0]
        raise refusal
    write(changes, valid_from=valid_from, source=area.source)
    entered = Area.objects.get(code=area.code, valid_from__lte=valid_from, valid_to=None)
    record_event(
        AreaAdded(area_id=entered.id, area_code=entered.code, valid_from=valid_from),
        subject=subject(entered.id),
        actor=actor,
        at=at,
    )
    announce_change(at=at)
    return queries.view(entered)


@transaction.atomic
def add_areas(
    *,
    areas: Sequence[NewArea],
    valid_from: date,
    actor: Actor,
    at: datetime,
    origin: Origin | None = None,
    parents: Mapping[int, str] | None = None,
    tolerance_m: float = TOLERANCE_M,
) -> ImportReport:
    """Enter a list of areas as a whole, or none of them.

    Args:
        valid_from: first day they are in force; earlier versions of their codes end there.
        at: aware instant of the act.
        parents: parent code by row where a file states it; must agree with the codes.
        tolerance_m: widest overlap of two areas of one kind that is taken over with a warning.

    Raises:
        UnableToImportAreas: some row is wrong; `faults` says which, why and where.
    """
    lock_territory()
    report, changes = examine(
        areas, valid_from=valid_from, parents=parents or {}, tolerance_m=tolerance_m
    )
    if report.faults:
        count = len({found.row for found in report.faults})
        raise UnableToImportAreas("territory.rows_faulty", faults=report.faults, count=count)
    origin = origin or Origin()
    write(changes, valid_from=valid_from, source=origin.source)
    record = _record_import(report, origin, actor, at)
    announce_change(at=at)
    return replace(report, import_id=record.id)


def examine(
    areas: Sequence[NewArea],
    *,
    valid_from: date,
    parents: Mapping[int, str],
    tolerance_m: float = TOLERANCE_M,
) -> tuple[ImportReport, Changes]:
    """Check a list of areas against itself and what is there, changing nothing."""
    changes = _compare(areas, valid_from)
    faults, warnings = checking.check_areas(
        areas, valid_from=valid_from, parents=parents, tolerance_m=tolerance_m
    )
    report = ImportReport(
        rows=len(areas),
        added=len(changes.added),
        redrawn=len(changes.redrawn) + len(changes.completed),
        unchanged=changes.unchanged,
        faults=(*faults, *changes.faults),
        warnings=tuple(warnings),
    )
    return report, changes


def _compare(areas: Iterable[NewArea], valid_from: date) -> Changes:
    """Sort the areas by what they do to the versions of their codes."""
    wanted = list(areas)
    lasting = Q(valid_to=None) | Q(valid_to__gt=valid_from)
    found = Area.objects.filter(lasting, code__in=[area.code for area in wanted])
    there = {row.code: row for row in found.order_by("-valid_from")}
    changes = Changes()
    for area in wanted:
        _sort(area, there.get(area.code), valid_from, changes)
    return changes


def _sort(area: NewArea, there: Area | None, valid_from: date, changes: Changes) -> None:
    if there is None:
        changes.added.append(area)
    elif rows.is_same(there, area):
        changes.unchanged += 1
    elif there.valid_from > valid_from or there.valid_to is not None:
        after = there.valid_to or there.valid_from
        changes.faults.append(
            fault(area, "territory.later_version", code=area.code, valid_from=str(after))
        )
    elif there.valid_from < valid_from:
        changes.redrawn.append((there, area))
    elif rows.only_completes(there, area):
        changes.completed.append((there, area))
    else:
        changes.faults.append(fault(area, "territory.version_exists", code=area.code))


def write(changes: Changes, *, valid_from: date, source: str) -> None:
    """Write the changes; parents come before parts."""
    for there, _area in changes.redrawn:
        there.valid_to = valid_from
    Area.objects.bulk_update([there for there, _area in changes.redrawn], ["valid_to"])
    for there, area in changes.completed:
        rows.complete(there, area)
        there.save()
    new = [rows.new_row(area, valid_from, source) for area in changes.added]
    new += [rows.successor(there, area, valid_from, source) for there, area in changes.redrawn]
    new.sort(key=lambda row: (len(prefix_of(row.code)), row.code))
    Area.objects.bulk_create(new, batch_size=500)
    link_parents(new, valid_from)


def link_parents(new: list[Area], valid_from: date) -> None:
    """Tie new rows to the versions one level up in force on their first day."""
    above = {row.code: parent_code(row.code) for row in new}
    found = queries.in_force(valid_from).filter(code__in=[c for c in above.values() if c])
    ids = dict(found.values_list("code", "id"))
    for row in new:
        row.parent_id = ids.get(above[row.code] or "")
    Area.objects.bulk_update(new, ["parent_id"], batch_size=500)


@transaction.atomic
def close_area(*, area_id: int, valid_to: date, actor: Actor, at: datetime) -> AreaView:
    """End an area; it stays readable for the time it was in force.

    Args:
        valid_to: first day it is no longer in force.
        at: aware instant of the act.

    Raises:
        UnknownArea: no such area.
        UnableToAddArea: ended already, ended before it began, or parts of it go on.
    """
    area = Area.objects.select_for_update().filter(id=area_id).first()
    if area is None:
        raise UnknownArea("territory.unknown_area", key=area_id)
    _check_closing(area, valid_to)
    area.valid_to = valid_to
    area.save(update_fields=["valid_to"])
    record_event(
        AreaClosed(area_id=area.id, area_code=area.code, valid_to=valid_to),
        subject=subject(area.id),
        actor=actor,
        at=at,
    )
    announce_change(at=at)
    return queries.view(area)


def _check_closing(area: Area, valid_to: date) -> None:
    if area.valid_to is not None:
        raise UnableToAddArea(
            "territory.already_closed", area=area.name, valid_to=str(area.valid_to)
        )
    if valid_to <= area.valid_from:
        raise UnableToAddArea("territory.closed_before_opened", valid_from=str(area.valid_from))
    parts = queries.in_force(valid_to).filter(code__startswith=prefix_of(area.code))
    count = parts.exclude(code=area.code).count()
    if count:
        raise UnableToAddArea("territory.has_parts", area=area.name, count=count)


def announce_change(*, at: datetime) -> None:
    """Give the territory a new version, so that every process rebuilds its locator."""
    TerritoryVersion.objects.update_or_create(id=1, defaults={"token": new_id(), "changed_at": at})
    locator.announce_territory()


def lock_territory() -> None:
    """Let one change of the territory run at a time; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_KEY])


def subject(area_id: int) -> Subject:
    """Name an area as the subject of an event."""
    return Subject(kind="territory.Area", id=str(area_id))


def _record_import(report: ImportReport, origin: Origin, actor: Actor, at: datetime) -> AreaImport:
    record = AreaImport.objects.create(
        file_name=origin.file_name[:200],
        sha256=origin.sha256,
        coordinate_system=origin.system,
        rows=report.rows,
        added=report.added,
        redrawn=report.redrawn,
        warnings=[_as_json(found) for found in report.warnings],
        imported_by_id=actor.account_id,
        imported_at=at,
    )
    record_event(
        AreasImported(import_id=record.id, added=report.added, redrawn=report.redrawn),
        subject=Subject(kind="territory.AreaImport", id=str(record.id)),
        actor=actor,
        at=at,
    )
    return record


def _as_json(found: Fault) -> dict[str, object]:
    return {
        "row": found.row,
        "area": found.area,
        "code": found.code,
        "params": dict(found.params),
        "lon": found.lon,
        "lat": found.lat,
    }
