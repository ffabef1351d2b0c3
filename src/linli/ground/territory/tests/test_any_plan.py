"""Any plan that can be done leaves a whole territory behind, and the time before as it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

import shapely.geometry
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from linli.ground.territory import locator, queries
from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.models import Area
from linli.ground.territory.plan_terms import PlanStep
from linli.ground.territory.rules.polygons import size_m2
from linli.ground.territory.services import add_step, apply_plan, approve_plan
from linli.ground.territory.terms import AreaKind

from .factories import AreaFactory, cell, middle
from .plan_places import APPROVER, COMMUNITY, DRAFTER, TODAY, drafted, put_buildings
from .test_redrawing_rules import COLUMNS, ROWS, steps

YESTERDAY = TODAY - timedelta(days=1)


def make_community() -> None:
    """Make one community of six grids with four buildings in each."""
    street = AreaFactory(code="220104004000", name="示例街道")
    community = AreaFactory(community=True, code=COMMUNITY, parent=street)
    for number in range(COLUMNS * ROWS):
        column, row = number % COLUMNS, number // COLUMNS
        lon, lat = middle(column, row)
        grid = AreaFactory(
            grid=True,
            code=f"{COMMUNITY}{number + 1:03d}",
            name=f"第{number + 1}网格",
            parent=community,
            geometry=cell(column, row),
            lon=lon,
            lat=lat,
        )
        put_buildings(grid, column=column, row=row)


def as_it_was() -> list[tuple[int, str, str]]:
    """List what was in force yesterday."""
    found = queries.list_areas(within_code=COMMUNITY, on=YESTERDAY)
    return [(one.id, one.code, one.name) for one in found]


def assert_whole(ground_m2: float) -> None:
    """Assert that grids share out the ground, and each building lies in exactly one of them."""
    rows = queries.in_force(TODAY).filter(kind=AreaKind.GRID, code__startswith=COMMUNITY)
    shapes = {row.code: shapely.geometry.shape(row.geometry) for row in rows}
    ids = {row.code: row.pk for row in rows}
    assert abs(sum(map(size_m2, shapes.values())) - ground_m2) < 5
    assert all(
        one.intersection(other).area < 1e-10 for one, other in combinations(shapes.values(), 2)
    )
    buildings = queries.list_areas(kind=AreaKind.BUILDING, within_code=COMMUNITY, on=TODAY)
    assert len(buildings) == 4 * COLUMNS * ROWS
    for one in buildings:
        assert one.lon is not None
        assert one.lat is not None
        place = locator.locate(one.lon, one.lat, TODAY)
        near = {place.grid_id, *(ref.id for ref in place.candidates)}
        assert ids[one.code[:15]] in near
    units = queries.list_areas(kind=AreaKind.UNIT, within_code=COMMUNITY, on=TODAY)
    assert {one.code[:18] for one in units} == {one.code for one in buildings}


def play(wanted: list[PlanStep], at: datetime) -> bool:
    """Take the steps that can be taken, approve and apply; tell whether that could be done."""
    plan = drafted(at=at)
    for step in wanted:
        try:
            with transaction.atomic():
                plan = add_step(plan_id=plan.id, step=step, actor=DRAFTER, at=at)
        except UnableToRedraw:
            continue
    if not queries.open_plan(plan.id).preview.can_be_done:
        return False
    approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=at)
    return apply_plan(plan_id=plan.id, at=at)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=steps(), second=steps(), third=steps())
def test_after_any_plan_the_stored_territory_is_whole(
    at: datetime, first: PlanStep, second: PlanStep, third: PlanStep
) -> None:
    with transaction.atomic():
        make_community()
        before = as_it_was()
        grids = Area.objects.filter(kind=AreaKind.GRID, code__startswith=COMMUNITY)
        ground_m2 = sum(size_m2(shapely.geometry.shape(row.geometry)) for row in grids)
        play([first, second, third], at)
        assert as_it_was() == before
        assert_whole(ground_m2)
        transaction.set_rollback(True)
