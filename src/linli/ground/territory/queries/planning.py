"""A plan worked out on the territory of its day: what it changes, and what forbids it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
import shapely.geometry
from django.db.models import Count
from django.db.models.functions import Substr
from shapely.geometry.base import BaseGeometry

from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.models import Area, GridDuty, RedrawPlan
from linli.ground.territory.plan_terms import (
    PlanPreview,
    PlanState,
    PlanView,
)
from linli.ground.territory.rules.faults import fault
from linli.ground.territory.rules.judging import judge
from linli.ground.territory.rules.outcomes import Outcome, compare
from linli.ground.territory.rules.plans import read_steps
from linli.ground.territory.rules.polygons import DrawnArea
from linli.ground.territory.rules.redrawing import take_steps
from linli.ground.territory.rules.settling import grid_at
from linli.ground.territory.rules.sheets import BuildingOn, GridOn, Sheet
from linli.ground.territory.terms import AreaKind, Fault, NewArea, code_prefix, prefix_of

from .areas import in_force

_NOTHING = Outcome(grids=(), buildings=(), heirs=(), crowded=())


@dataclass(frozen=True, kw_only=True)
class PlannedTerritory:
    """A plan with the grids and buildings before and after it."""

    view: PlanView
    before: Sheet
    after: Sheet
    outcome: Outcome
    preview: PlanPreview

    def grid_at(self, lon: float, lat: float) -> str:
        """Give the code of the grid that will hold a point in degrees, or an empty text."""
        return grid_at(self._shapes, lon, lat)

    @property
    def _shapes(self) -> Mapping[str, BaseGeometry]:
        return {code: one.shape for code, one in self.after.grids.items() if one.shape is not None}

    def as_geojson(self) -> dict[str, Any]:
        """Give the outlines as they will be, in WGS-84; those that change are of another kind."""
        changed = self.outcome.touched
        features = [_feature(one, one.code in changed) for one in self.after.grids.values()]
        return {"type": "FeatureCollection", "features": [one for one in features if one]}


def plan_view(row: RedrawPlan) -> PlanView:
    """Turn a row into what others get."""
    return PlanView(
        id=row.pk,
        title=row.title,
        reason=row.reason,
        within_code=row.within_code,
        effective_on=row.effective_on,
        state=PlanState(row.state),
        revision=row.revision,
        steps=read_steps(row.steps),
        kept_posts=row.kept_posts,
        drafted_by_id=row.drafted_by_id,
        drafted_at=row.drafted_at,
        approved_by_id=row.approved_by_id,
        approved_at=row.approved_at,
        ended_at=row.ended_at,
        stopped_code=row.stopped_code,
    )


def get_plan(plan_id: int) -> PlanView:
    """Get one plan.

    Raises:
        UnableToRedraw: when there is none.
    """
    row = RedrawPlan.objects.filter(id=plan_id).first()
    if row is None:
        raise UnableToRedraw("territory.plan_unknown")
    return plan_view(row)


def list_plans(*, within_code: str = "", limit: int = 100) -> list[PlanView]:
    """List plans inside an area, those still to come first, then the latest."""
    rows = RedrawPlan.objects.filter(within_code__startswith=prefix_of(within_code))
    found = [plan_view(row) for row in rows.order_by("-effective_on", "-id")[:limit]]
    return sorted(found, key=lambda plan: not plan.is_open)


def open_plan(plan_id: int) -> PlannedTerritory:
    """Work out a plan on the territory as it will be on the plan's day.

    Raises:
        UnableToRedraw: when there is none; what is wrong with its steps stands in the preview.
    """
    return work_out(get_plan(plan_id))


def work_out(plan: PlanView) -> PlannedTerritory:
    """Take the steps of a plan and judge the outcome; nothing is written."""
    before = load_sheet(plan.within_code, plan.effective_on)
    try:
        after = take_steps(before, plan.steps)
    except UnableToRedraw as refusal:
        return _stuck(plan, before, refusal)
    outcome = compare(before, after, used=_used_codes(plan.within_code))
    faults, warnings = judge(
        before,
        after,
        outcome,
        around=_around(plan, outcome),
        parents=_communities(plan),
    )
    faults += _too_late(plan, outcome)
    preview = PlanPreview(
        grids=outcome.grids,
        buildings=outcome.buildings,
        heirs=outcome.heirs,
        faults=tuple(faults),
        warnings=tuple(warnings),
        clashes=tuple(one.title for one in clashing(plan, outcome.touched)),
    )
    return PlannedTerritory(view=plan, before=before, after=after, outcome=outcome, preview=preview)


def _stuck(plan: PlanView, before: Sheet, refusal: UnableToRedraw) -> PlannedTerritory:
    found = Fault(
        row=0,
        area=plan.title,
        code=refusal.code,
        message=refusal.message,
        params=refusal.params,
        lon=refusal.lon,
        lat=refusal.lat,
    )
    preview = PlanPreview(grids=(), buildings=(), heirs=(), faults=(found,), warnings=())
    return PlannedTerritory(
        view=plan, before=before, after=before, outcome=_NOTHING, preview=preview
    )


def load_sheet(within_code: str, on: date) -> Sheet:
    """Read the grids and buildings of an area in force on a day."""
    inside = Area.objects.filter(code__startswith=prefix_of(within_code))
    today = in_force(on).filter(code__startswith=prefix_of(within_code))
    grids = today.filter(kind=AreaKind.GRID)
    taken = inside.filter(kind=AreaKind.GRID).values_list("code", flat=True)
    return Sheet(
        grids=dict(_grids(grids.order_by("code"))),
        buildings={one.code: one for one in _buildings(today)},
        taken=frozenset(taken),
        duties=_duties(today),
    )


def _grids(rows: Any) -> Iterator[tuple[str, GridOn]]:
    for code, name, name_en, geometry in rows.values_list("code", "name", "name_en", "geometry"):
        shape = shapely.geometry.shape(geometry) if geometry else None
        yield code, GridOn(code=code, name=name, name_en=name_en, shape=shape)


def _buildings(today: Any) -> Iterator[BuildingOn]:
    inside = today.filter(kind=AreaKind.UNIT).annotate(building=Substr("code", 1, 18))
    units = dict(inside.values_list("building").annotate(Count("id")))
    rows = today.filter(kind=AreaKind.BUILDING).order_by("code")
    for code, name, address, lon, lat in rows.values_list("code", "name", "address", "lon", "lat"):
        yield BuildingOn(
            code=code,
            name=name,
            grid=code_prefix(code, AreaKind.GRID),
            lon=lon,
            lat=lat,
            address=address,
            units=units.get(code, 0),
        )


def _duties(today: Any) -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    rows = GridDuty.objects.filter(area__in=today.filter(kind=AreaKind.GRID)).order_by("id")
    for code, *duty in rows.values_list("area__code", "title", "department", "former_grid"):
        found.setdefault(code, []).append((duty[0], duty[1], duty[2]))
    return {code: tuple(duties) for code, duties in found.items()}


def _used_codes(within_code: str) -> frozenset[str]:
    rows = Area.objects.filter(code__startswith=prefix_of(within_code), kind=AreaKind.BUILDING)
    return frozenset(rows.values_list("code", flat=True))


def _around(plan: PlanView, outcome: Outcome) -> list[DrawnArea]:
    """List the drawn grids outside the plan that may border on it: those of the same street."""
    if not outcome.grids:
        return []
    street = code_prefix(plan.within_code, AreaKind.STREET)
    rows = in_force(plan.effective_on).filter(kind=AreaKind.GRID, code__startswith=street)
    rows = rows.exclude(code__startswith=prefix_of(plan.within_code))
    return [_drawn(row) for row in rows if row.geometry]


def _communities(plan: PlanView) -> dict[str, DrawnArea]:
    street = code_prefix(plan.within_code, AreaKind.STREET)
    rows = in_force(plan.effective_on).filter(kind=AreaKind.COMMUNITY, code__startswith=street)
    return {row.code: _drawn(row) for row in rows if row.geometry}


def _drawn(row: Area) -> DrawnArea:
    area = NewArea(code=row.code, kind=AreaKind(row.kind), name=row.name)
    return DrawnArea(area, shapely.geometry.shape(row.geometry))


def _too_late(plan: PlanView, outcome: Outcome) -> list[Fault]:
    """Find grids and buildings that have a version from the plan's day on already."""
    codes = outcome.touched | {move.code for move in outcome.buildings}
    codes |= {move.new_code for move in outcome.buildings}
    rows = Area.objects.filter(code__in=codes, valid_from__gte=plan.effective_on)
    return [
        fault(
            NewArea(code=row.code, kind=AreaKind(row.kind), name=row.name),
            "territory.later_version",
            code=row.code,
            valid_from=row.valid_from.isoformat(),
        )
        for row in rows.defer("geometry").order_by("code")[:5]
    ]


def clashing(plan: PlanView, touched: frozenset[str]) -> list[PlanView]:
    """List the other approved plans that change one of these grids too."""
    rows = RedrawPlan.objects.filter(state=PlanState.APPROVED.value).exclude(id=plan.id)
    return [plan_view(row) for row in rows.order_by("id") if touched & set(row.touched)]


def _feature(grid: GridOn, is_changed: bool) -> dict[str, Any] | None:
    if grid.shape is None:
        return None
    label = grid.shape.representative_point()
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(grid.shape)),
        "properties": {
            "code": grid.code,
            "kind": "changed" if is_changed else AreaKind.GRID.value,
            "name": grid.name,
            "name_en": grid.name_en,
            "lon": label.x,
            "lat": label.y,
        },
    }
