"""Where areas came from and went to: versions of one code, predecessors, successors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import Substr

from linli.ground.territory.models import Area, AreaHeir, GridDuty
from linli.ground.territory.plan_terms import BuildingMove, GridDutyView, Heir, Passed, Relative
from linli.ground.territory.terms import AreaKind, AreaRef, AreaView, code_prefix, prefix_of

from .areas import feature, in_force, view


def list_versions(code: str) -> list[AreaView]:
    """List all versions of an area, the first to be in force first."""
    rows = Area.objects.defer("geometry").filter(code=code).order_by("valid_from")
    return [view(row) for row in rows]


def list_formers(area_ids: Iterable[int]) -> dict[int, list[Relative]]:
    """List what each of these versions came from, largest share first."""
    found: dict[int, list[Relative]] = {}
    rows = AreaHeir.objects.filter(area_id__in=list(area_ids)).select_related("former")
    for row in rows.defer("former__geometry").order_by("-share", "id"):
        found.setdefault(row.area_id, []).append(_relative(row.former, row.share))
    return found


def list_heirs(area_ids: Iterable[int]) -> dict[int, list[Relative]]:
    """List what each of these versions went to, largest share first."""
    found: dict[int, list[Relative]] = {}
    rows = AreaHeir.objects.filter(former_id__in=list(area_ids)).select_related("area")
    for row in rows.defer("area__geometry").order_by("-share", "id"):
        found.setdefault(row.former_id, []).append(_relative(row.area, row.share))
    return found


def heirs_of_plan(plan_id: int) -> list[Heir]:
    """List who took over from whom when a plan took effect, by code."""
    rows = AreaHeir.objects.filter(plan_id=plan_id).order_by("id")
    columns = ("area__kind", "former__code", "area__code", "share")
    return [
        Heir(kind=AreaKind(kind), former_code=former, code=code, share=share)
        for kind, former, code, share in rows.values_list(*columns)
    ]


def find_heirs_now(area_id: int, on: date) -> list[AreaRef]:
    """Find what has the ground of a version on a day, following it through every plan.

    Args:
        on: the day asked about; a version in force then stands for itself.

    Returns:
        the versions in force, largest share first; empty when it ended without heirs.
    """
    shares, found = {area_id: 1.0}, dict[int, float]()
    while shares:
        rows = {row.pk: row for row in Area.objects.defer("geometry").filter(id__in=shares)}
        standing = {one for one, row in rows.items() if row.valid_to is None or row.valid_to > on}
        for one in standing:
            found[one] = found.get(one, 0.0) + shares[one]
        shares = _pass_on({one: share for one, share in shares.items() if one not in standing})
    rows = {row.pk: row for row in Area.objects.defer("geometry").filter(id__in=found)}
    order = sorted(found, key=lambda one: (-found[one], rows[one].code))
    return [view(rows[one]).ref for one in order]


def _pass_on(shares: dict[int, float]) -> dict[int, float]:
    passed: dict[int, float] = {}
    rows = AreaHeir.objects.filter(former_id__in=shares)
    for former, area, share in rows.values_list("former_id", "area_id", "share"):
        passed[area] = passed.get(area, 0.0) + shares[former] * share
    return passed


def list_grid_shares(*, within_code: str, since: date, on: date) -> list[tuple[int, int, float]]:
    """List how counts of former grids are carried over to the grids of a day.

    Statistics over time add what was counted in each version to its heirs by share.

    Args:
        since: versions that ended before this day are left out.
        on: the day whose grids are asked about.

    Returns:
        id of a version, id of the version in force on the day, share of the former's ground.
    """
    rows = Area.objects.filter(kind=AreaKind.GRID, code__startswith=within_code, valid_from__lte=on)
    ids = list(rows.exclude(valid_to__lte=since).order_by("id").values_list("id", flat=True))
    standing = set(in_force(on).filter(id__in=ids).values_list("id", flat=True))
    passed: dict[int, list[tuple[int, float]]] = {}
    heirs = AreaHeir.objects.filter(former_id__in=ids).order_by("id")
    for former, area, share in heirs.values_list("former_id", "area_id", "share"):
        passed.setdefault(former, []).append((area, share))
    return [
        (one, heir, share)
        for one in ids
        for heir, share in sorted(_carry(one, standing, passed).items())
    ]


def _carry(
    start: int, standing: set[int], passed: dict[int, list[tuple[int, float]]]
) -> dict[int, float]:
    waiting, found = [(start, 1.0)], dict[int, float]()
    while waiting:
        one, share = waiting.pop()
        if one in standing:
            found[one] = round(found.get(one, 0.0) + share, 6)
        else:
            waiting += [(heir, share * part) for heir, part in passed.get(one, ())]
    return found


def list_grid_duties(area_id: int) -> list[GridDutyView]:
    """List the duties a version of a grid took over from departments' grids."""
    rows = GridDuty.objects.filter(area_id=area_id).select_related("area")
    return [
        GridDutyView(
            title=row.title,
            department=row.department,
            former_grid=row.former_grid,
            since=row.area.valid_from,
        )
        for row in rows.defer("area__geometry").order_by("department", "title", "id")
    ]


def _relative(row: Area, share: float) -> Relative:
    return Relative(
        area_id=row.pk,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        share=share,
    )


def find_ids(codes: Iterable[str], on: date) -> dict[str, int]:
    """Give the ids of the versions in force on a day, by code."""
    rows = in_force(on).filter(code__in=list(codes))
    return dict(rows.values_list("code", "id"))


def grids_passed(plan_id: int) -> list[Passed]:
    """List which grid's ground went to which when a plan took effect, by code."""
    rows = AreaHeir.objects.filter(plan_id=plan_id, area__kind=AreaKind.GRID)
    rows = rows.select_related("former", "area").defer("former__geometry", "area__geometry")
    return [
        Passed(former=_relative(row.former, row.share), heir=_relative(row.area, row.share))
        for row in rows.order_by("former__code", "-share", "id")
    ]


def moves_of_plan(plan_id: int) -> list[BuildingMove]:
    """List the buildings that got another grid when a plan took effect."""
    rows = AreaHeir.objects.filter(plan_id=plan_id, area__kind=AreaKind.BUILDING).order_by("id")
    columns = ("former__code", "former__name", "former__address", "area__code")
    return [
        BuildingMove(
            code=former,
            name=name,
            address=address,
            from_grid=code_prefix(former, AreaKind.GRID),
            to_grid=code_prefix(code, AreaKind.GRID),
            new_code=code,
        )
        for former, name, address, code in rows.values_list(*columns)
    ]


def list_ended_grids(*, within_code: str, on: date) -> list[AreaView]:
    """List the last versions of grids that are no longer in force on a day, the latest first."""
    rows = Area.objects.defer("geometry").filter(
        kind=AreaKind.GRID, code__startswith=prefix_of(within_code), valid_to__lte=on
    )
    standing = in_force(on).filter(kind=AreaKind.GRID).values("code")
    last = rows.exclude(code__in=standing).order_by("code", "-valid_to").distinct("code")
    return sorted(
        (view(row) for row in last), key=lambda one: (one.valid_to, one.code), reverse=True
    )


def count_buildings(*, within_code: str, on: date) -> dict[str, int]:
    """Count the buildings of each grid in force on a day, by the grid's code."""
    rows = in_force(on).filter(kind=AreaKind.BUILDING, code__startswith=prefix_of(within_code))
    counted = rows.annotate(grid=Substr("code", 1, 15)).values_list("grid").annotate(Count("id"))
    return dict(counted.order_by())


def outline_of(area_id: int) -> dict[str, Any]:
    """Give one version of an area as a GeoJSON feature collection, empty when never drawn."""
    row = Area.objects.filter(id=area_id).exclude(geometry=None).first()
    return {"type": "FeatureCollection", "features": [feature(row)] if row else []}
