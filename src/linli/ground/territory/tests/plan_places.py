"""Made-up buildings and plans for tests of a territory re-drawn, of any room."""

from __future__ import annotations

from datetime import date, datetime

from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.territory.models import Area
from linli.ground.territory.plan_terms import PlanStep, PlanView
from linli.ground.territory.services import add_step, approve_plan, draft_plan

from .factories import SOUTH, STEP_LAT, STEP_LON, WEST, AreaFactory

COMMUNITY = "220104004001"
DRAFTER = Actor(kind=ActorKind.STAFF, account_id=7001, role="keeper")
APPROVER = Actor(kind=ActorKind.STAFF, account_id=7002, role="street_leader")
TODAY = date(2026, 11, 22)


def put_buildings(grid: Area, *, column: int, row: int, units: int = 1) -> list[Area]:
    """Put four buildings with units into a grid of the tiling, one in each quarter."""
    return [
        _building(grid, number, column + east, row + north, units)
        for number, (east, north) in enumerate(
            ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)), start=1
        )
    ]


def _building(grid: Area, number: int, east: float, north: float, units: int) -> Area:
    building = AreaFactory(
        code=f"{grid.code}{number:03d}",
        kind="building",
        name=f"{grid.name}{number}号楼",
        address=f"示例路{grid.code[-3:]}号{number}栋",
        parent=grid,
        lon=WEST + east * STEP_LON,
        lat=SOUTH + north * STEP_LAT,
    )
    for unit in range(1, units + 1):
        AreaFactory(
            code=f"{building.code}{unit:02d}",
            kind="unit",
            name=f"{building.name}{unit}单元",
            parent=building,
        )
    return building


def drafted(*steps: PlanStep, at: datetime, on: date = TODAY, within: str = COMMUNITY) -> PlanView:
    """Draft a plan of these steps."""
    plan = draft_plan(title="示例调整", within_code=within, effective_on=on, actor=DRAFTER, at=at)
    for step in steps:
        plan = add_step(plan_id=plan.id, step=step, actor=DRAFTER, at=at)
    return plan


def approved(*steps: PlanStep, at: datetime, on: date = TODAY, within: str = COMMUNITY) -> PlanView:
    """Draft a plan of these steps and have it approved by another."""
    plan = drafted(*steps, at=at, on=on, within=within)
    return approve_plan(plan_id=plan.id, seen_revision=plan.revision, actor=APPROVER, at=at)
