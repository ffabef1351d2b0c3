"""A plan takes effect: areas end and begin, and what they passed on is written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import shapely
from django.db import transaction

from linli.ground.kernel.terms import SYSTEM, Actor, ActorKind
from linli.ground.territory import events, queries
from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.models import Area, AreaHeir, GridDuty, PlaceName, RedrawPlan
from linli.ground.territory.plan_terms import Change, PlanState
from linli.ground.territory.queries.planning import PlannedTerritory, plan_view, work_out
from linli.ground.territory.rules.outcomes import Outcome
from linli.ground.territory.rules.polygons import size_m2
from linli.ground.territory.rules.sheets import GridOn
from linli.ground.territory.terms import AreaKind

from .areas import announce_change, link_parents, lock_territory
from .plans import check_possible, lock_plan, record, today_in
from .rows import initials

_ONE_DAY = timedelta(days=1)


def apply_due_plans(*, at: datetime) -> int:
    """Let every approved plan whose day has come take effect; return how many did.

    Each is one transaction of its own; one that can't be done is stopped with its reason.
    """
    due = RedrawPlan.objects.filter(
        state=PlanState.APPROVED.value, effective_on__lte=at.date() + _ONE_DAY
    ).order_by("effective_on", "id")
    return sum(apply_plan(plan_id=row.pk, at=at) for row in due)


def apply_plan(*, plan_id: int, at: datetime) -> bool:
    """Let an approved plan take effect if its day has come; doing so twice changes nothing more.

    Returns:
        whether it took effect by this call.
    """
    try:
        return _apply(plan_id, at)
    except UnableToRedraw as refusal:
        _stop(plan_id, refusal, at)
        return False


@transaction.atomic
def _apply(plan_id: int, at: datetime) -> bool:
    lock_territory()
    row = lock_plan(plan_id)
    is_due = row.effective_on <= today_in(row.within_code, at)
    if row.state != PlanState.APPROVED.value or not is_due:
        return False
    planned = work_out(plan_view(row))
    check_possible(planned.preview)
    _write(row, planned, at)
    row.state, row.ended_at = PlanState.APPLIED.value, at
    row.save(update_fields=["state", "ended_at"])
    announce_change(at=at)
    record(row, _redrawn(row, planned), approver_of(row), at)
    return True


@transaction.atomic
def _stop(plan_id: int, refusal: UnableToRedraw, at: datetime) -> None:
    row = lock_plan(plan_id)
    if row.state != PlanState.APPROVED.value:
        return
    code = refusal.fault.code if refusal.fault else refusal.code
    row.state, row.ended_at, row.stopped_code = PlanState.STOPPED.value, at, code
    row.save(update_fields=["state", "ended_at", "stopped_code"])
    record(row, events.PlanStopped(plan_id=row.pk, reason_code=code), SYSTEM, at)


def approver_of(row: RedrawPlan) -> Actor:
    """Name who answers for what a plan does on its day."""
    return Actor(kind=ActorKind.STAFF, account_id=row.approved_by_id, role=row.approved_role)


def _redrawn(row: RedrawPlan, planned: PlannedTerritory) -> events.TerritoryRedrawn:
    preview = planned.preview
    return events.TerritoryRedrawn(
        plan_id=row.pk,
        within_code=row.within_code,
        effective_on=row.effective_on,
        begun=preview.count(Change.BEGINS),
        ended=preview.count(Change.ENDS),
        redrawn=preview.count(Change.REDRAWN),
        buildings=len(preview.buildings),
    )


def _write(row: RedrawPlan, planned: PlannedTerritory, at: datetime) -> None:
    on, outcome = row.effective_on, planned.outcome
    units = _units_of({move.code: move.new_code for move in outcome.buildings}, on)
    moved = {move.code: move.new_code for move in outcome.buildings} | units
    ending = [one.code for one in outcome.grids if one.change is not Change.BEGINS]
    former = _end([*ending, *moved], on)
    changed = [one.code for one in outcome.grids if one.change is not Change.ENDS]
    new = [_grid_row(planned.after.grids[code], former.get(code), row) for code in changed]
    new += [_moved_row(former[code], new_code, row) for code, new_code in moved.items()]
    new.sort(key=lambda one: (len(one.code), one.code))
    Area.objects.bulk_create(new, batch_size=500)
    link_parents(new, on)
    begun = {one.code: one for one in new}
    _write_heirs(row, outcome, units, former, begun)
    _write_duties(planned, begun)
    _rename_aliases(moved, begun, at)


def _units_of(buildings: Mapping[str, str], on: date) -> dict[str, str]:
    """Give the new codes of the units of moved buildings."""
    rows = queries.in_force(on).filter(kind=AreaKind.UNIT).values_list("code", flat=True)
    codes = [code for code in rows.order_by("code") if code[:18] in buildings] if buildings else []
    return {code: buildings[code[:18]] + code[18:] for code in codes}


def _end(codes: Iterable[str], on: date) -> dict[str, Area]:
    rows = list(queries.in_force(on).filter(code__in=list(codes)).select_for_update())
    for one in rows:
        one.valid_to = on
    Area.objects.bulk_update(rows, ["valid_to"], batch_size=500)
    return {one.code: one for one in rows}


def _grid_row(grid: GridOn, former: Area | None, plan: RedrawPlan) -> Area:
    """Make the next version of a grid, or a new one."""
    row = Area(
        code=grid.code,
        kind=AreaKind.GRID.value,
        name=grid.name,
        name_en=grid.name_en,
        valid_from=plan.effective_on,
        source=plan.title[:100],
        address=former.address if former else "",
        alias=former.alias if former else "",
    )
    row.pinyin = initials(row.name, row.alias)
    if grid.shape is not None:
        label = grid.shape.representative_point()
        row.geometry = json.loads(shapely.to_geojson(grid.shape))
        row.lon, row.lat = label.x, label.y
        row.area_m2 = round(size_m2(grid.shape), 1)
    elif former is not None:
        row.lon, row.lat = former.lon, former.lat
    return row


def _moved_row(former: Area, code: str, plan: RedrawPlan) -> Area:
    """Make the row of a building or unit under its new code; all else stays as it was."""
    kept = ("kind", "name", "name_en", "geometry", "lon", "lat", "area_m2", "address", "alias")
    row = Area(code=code, valid_from=plan.effective_on, source=former.source)
    for name in (*kept, "pinyin"):
        setattr(row, name, getattr(former, name))
    return row


def _write_heirs(
    plan: RedrawPlan,
    outcome: Outcome,
    units: Mapping[str, str],
    former: Mapping[str, Area],
    begun: Mapping[str, Area],
) -> None:
    pairs = [(one.former_code, one.code, one.share) for one in outcome.heirs]
    pairs += [(code, new_code, 1.0) for code, new_code in units.items()]
    AreaHeir.objects.bulk_create(
        (
            AreaHeir(plan=plan, former=former[old], area=begun[new], share=min(share, 1.0))
            for old, new, share in pairs
            if share > 0
        ),
        batch_size=500,
    )


def _write_duties(planned: PlannedTerritory, begun: Mapping[str, Area]) -> None:
    GridDuty.objects.bulk_create(
        (
            GridDuty(
                area=begun[code],
                title=title[:100],
                department=department[:100],
                former_grid=former_grid[:100],
            )
            for code, duties in planned.after.duties.items()
            if code in begun
            for title, department, former_grid in duties
        ),
        batch_size=500,
    )


def _rename_aliases(moved: Mapping[str, str], begun: Mapping[str, Area], at: datetime) -> None:
    """Close the names people use for what has another code now, and enter them for it."""
    rows = list(PlaceName.objects.filter(area_code__in=list(moved), closed_at=None))
    for row in rows:
        row.closed_at = max(at, row.added_at)
    PlaceName.objects.bulk_update(rows, ["closed_at"])
    PlaceName.objects.bulk_create(
        PlaceName(
            kind=row.kind,
            name=row.name,
            area_code=moved[row.area_code],
            within_code=moved[row.area_code],
            address=row.address,
            pinyin=row.pinyin,
            source=row.source,
            added_by_id=row.added_by_id,
            added_at=at,
        )
        for row in rows
    )
