"""The account's merger: 19 kinds of departmental grids, 213 of them, into 44 with 34 duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from linli.ground.territory import queries
from linli.ground.territory.models import Area
from linli.ground.territory.plan_terms import DepartmentalGrid, DrawnGrid, DrawStep, MergeStep
from linli.ground.territory.services import apply_due_plans
from linli.ground.territory.terms import AreaKind

from .factories import SOUTH, STEP_LAT, STEP_LON, STREET_CODE, WEST, AreaFactory, Street, box
from .plan_places import TODAY, approved, drafted

COLUMNS, ROWS = 11, 4
DEPARTMENTS = (
    "综治", "公安", "城管", "环卫", "消防", "应急", "民政", "人社", "卫健", "计生",
    "住建", "物业", "市场监管", "生态环境", "司法", "信访", "党建", "统计", "残联",
)  # fmt: skip
# How many columns and rows of the 44 grids one grid of a department covers, department by
# department: large blocks for a few stations, small ones for those with many people.
BLOCKS = (*[(2, 2)] * 9, *[(3, 1)] * 4, (1, 4), (2, 4), *[(3, 2)] * 2, *[(3, 4)] * 2)
KINDS, GRIDS, DUTIES = 19, 213, 34


def blocks(columns: int, rows: int) -> Iterator[tuple[int, int, int, int]]:
    """Cut the ground into blocks of so many columns and rows; those at the edge are smaller."""
    for left in range(0, COLUMNS, columns):
        for bottom in range(0, ROWS, rows):
            yield left, bottom, min(left + columns, COLUMNS), min(bottom + rows, ROWS)


def ground(left: int, bottom: int, right: int, top: int) -> dict[str, Any]:
    return box(
        WEST + left * STEP_LON,
        SOUTH + bottom * STEP_LAT,
        WEST + right * STEP_LON,
        SOUTH + top * STEP_LAT,
    )


def duties_of(number: int) -> tuple[str, ...]:
    """Give a department its duties: two to each but the last four, 34 in all."""
    name = DEPARTMENTS[number]
    both = (f"{name}巡查", f"{name}服务")
    return both if number < DUTIES - KINDS else both[:1]


def departmental() -> tuple[DepartmentalGrid, ...]:
    """Draw 213 grids of 19 departments, each covering the whole ground in its own way."""
    rows = [(number, place) for number, size in enumerate(BLOCKS) for place in blocks(*size)]
    return tuple(
        DepartmentalGrid(
            department=DEPARTMENTS[number],
            name=f"{DEPARTMENTS[number]}第{row}片",
            duties=duties_of(number),
            geometry=ground(*place),
            row=row,
        )
        for row, (number, place) in enumerate(rows, start=1)
    )


@pytest.fixture
def street(at: datetime) -> Street:
    """Give a sub-district of four communities that has no grids of its own yet."""
    made = AreaFactory(code=STREET_CODE, name="示例街道")
    communities: list[Area] = [
        AreaFactory(community=True, code=f"{STREET_CODE[:9]}{row + 1:03d}", parent=made)
        for row in range(ROWS)
    ]
    return Street(made, communities, [])


def merger() -> DrawStep:
    """Draw the 44 grids and merge the departments' into them."""
    grids = tuple(
        DrawnGrid(
            code=f"{STREET_CODE[:9]}{row + 1:03d}{column + 1:03d}",
            name=f"第{row * COLUMNS + column + 1}网格",
            geometry=ground(column, row, column + 1, row + 1),
        )
        for row in range(ROWS)
        for column in range(COLUMNS)
    )
    return DrawStep(within=STREET_CODE, grids=grids, departmental=departmental())


def test_the_fixture_has_the_figures_of_the_account() -> None:
    rows = departmental()
    assert len(rows) == GRIDS
    assert len({row.department for row in rows}) == KINDS
    assert len({duty for row in rows for duty in row.duties}) == DUTIES


def test_departments_grids_become_44_that_carry_34_duties(street: Street, at: datetime) -> None:
    plan = drafted(merger(), at=at, within=STREET_CODE)
    preview = queries.open_plan(plan.id).preview
    assert preview.faults == ()
    assert len(preview.grids) == 44
    assert {duty for one in preview.grids for duty in one.duties} == {
        duty for number in range(KINDS) for duty in duties_of(number)
    }
    # Every department covers the whole ground, so every grid answers for all of it.
    assert {len(one.duties) for one in preview.grids} == {DUTIES}


def test_after_its_day_each_grid_says_what_it_took_over_from_whom(
    street: Street, at: datetime
) -> None:
    approved(merger(), at=at, within=STREET_CODE)
    assert apply_due_plans(at=at) == 1
    grids = queries.list_areas(kind=AreaKind.GRID, within_code=STREET_CODE, on=TODAY)
    assert len(grids) == 44
    duties = queries.list_grid_duties(grids[0].id)
    assert len({duty.department for duty in duties}) == KINDS
    assert len({duty.title for duty in duties}) == DUTIES
    assert {duty.since for duty in duties} == {TODAY}


def test_duties_follow_when_grids_are_merged_later(street: Street, at: datetime) -> None:
    codes = (f"{STREET_CODE[:9]}001001", f"{STREET_CODE[:9]}001002")
    plan = drafted(merger(), MergeStep(codes=codes, into=codes[0]), at=at, within=STREET_CODE)
    planned = queries.open_plan(plan.id)
    assert planned.preview.faults == ()
    (merged,) = [one for one in planned.preview.grids if one.code == codes[0]]
    assert len(merged.duties) == DUTIES
