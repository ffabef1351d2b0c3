"""Any plan keeps the ground whole: no gap, no overlap, every building in exactly one grid."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest
import shapely
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ground.territory.errors import UnableToRedraw
from linli.ground.territory.plan_terms import (
    Change,
    DepartmentalGrid,
    DrawnGrid,
    DrawStep,
    MergeStep,
    MoveStep,
    PlanStep,
    RedrawStep,
    SplitStep,
)
from linli.ground.territory.rules.judging import judge
from linli.ground.territory.rules.outcomes import compare
from linli.ground.territory.rules.plans import read_step, write_step
from linli.ground.territory.rules.polygons import in_metres
from linli.ground.territory.rules.redrawing import take_step, take_steps
from linli.ground.territory.rules.sheets import BuildingOn, GridOn, Sheet

from .factories import SOUTH, STEP_LAT, STEP_LON, WEST, box, cell

COMMUNITY = "220104004001"
COLUMNS, ROWS = 3, 2


def code(number: int) -> str:
    return f"{COMMUNITY}{number:03d}"


def tiling() -> Sheet:
    """Six grids that tile a rectangle, four buildings in each."""
    grids, buildings = {}, {}
    for number in range(1, COLUMNS * ROWS + 1):
        column, row = (number - 1) % COLUMNS, (number - 1) // COLUMNS
        shape = shapely.geometry.shape(cell(column, row))
        grids[code(number)] = GridOn(code=code(number), name=f"第{number}网格", shape=shape)
        for at, (east, north) in enumerate(((0.2, 0.3), (0.8, 0.25), (0.3, 0.8), (0.7, 0.7))):
            one = f"{code(number)}{at + 1:03d}"
            buildings[one] = BuildingOn(
                code=one,
                name=f"{number}-{at + 1}号楼",
                grid=code(number),
                lon=WEST + (column + east) * STEP_LON,
                lat=SOUTH + (row + north) * STEP_LAT,
                units=2,
            )
    return Sheet(grids=grids, buildings=buildings, taken=frozenset(grids))


def line(*points: tuple[float, float]) -> dict[str, Any]:
    """Draw a line in columns and rows of the tiling."""
    at = [[WEST + x * STEP_LON, SOUTH + y * STEP_LAT] for x, y in points]
    return {"type": "LineString", "coordinates": at}


def drawn(*points: tuple[float, float]) -> dict[str, Any]:
    """Draw a polygon in columns and rows of the tiling."""
    ring = line(*points, points[0])["coordinates"]
    return {"type": "Polygon", "coordinates": [ring]}


def assert_whole(before: Sheet, after: Sheet) -> None:
    """Assert that the ground is the same, shared out without gap or overlap, buildings inside."""
    shapes = {one.code: one.shape for one in after.grids.values() if one.shape is not None}
    ground = shapely.union_all([one.shape for one in before.grids.values()])
    left = in_metres(ground.symmetric_difference(shapely.union_all(list(shapes.values()))), ground)
    assert left.area < 1
    for one, other in combinations(shapes.values(), 2):
        assert in_metres(one.intersection(other), ground).area < 1
    assert set(after.buildings) == set(before.buildings)
    for building in after.buildings.values():
        assert building.point is not None
        near = [c for c, shape in shapes.items() if shape.distance(building.point) < 1e-8]
        assert building.grid in near
        deep = [c for c, shape in shapes.items() if shape.buffer(-1e-7).intersects(building.point)]
        assert deep in ([], [building.grid])


def numbers() -> st.SearchStrategy[int]:
    return st.integers(1, COLUMNS * ROWS)


def places() -> st.SearchStrategy[tuple[float, float]]:
    return st.tuples(st.floats(0, COLUMNS), st.floats(0, ROWS))


def steps() -> st.SearchStrategy[PlanStep]:
    merges = st.lists(numbers(), min_size=2, max_size=3, unique=True).map(
        lambda found: MergeStep(codes=tuple(map(code, found)), into=code(found[0]))
    )
    buildings = st.lists(
        st.tuples(numbers(), st.integers(1, 4)), min_size=1, max_size=4, unique=True
    ).map(lambda found: tuple(f"{code(n)}{b:03d}" for n, b in found))
    moves = st.builds(
        lambda moved, to: MoveStep(buildings=moved, to=code(to)), buildings, numbers()
    )
    news = buildings.map(lambda moved: MoveStep(buildings=moved, name="新网格"))
    splits = st.builds(
        lambda number, a, b: SplitStep(code=code(number), line=line(a, b), name="拆出网格"),
        numbers(),
        places(),
        places(),
    )
    outlines = st.builds(
        lambda number, a, b, c: RedrawStep(code=code(number), geometry=drawn(a, b, c)),
        numbers(),
        places(),
        places(),
        places(),
    )
    return st.one_of(merges, moves, news, splits, outlines)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps(), min_size=1, max_size=5))
def test_after_any_plan_the_ground_is_whole(wanted: list[PlanStep]) -> None:
    before = after = tiling()
    for step in wanted:
        try:
            after = take_step(after, step)
        except UnableToRedraw:
            continue
    outcome = compare(before, after)
    faults, _warnings = judge(before, after, outcome)
    told = {found.code for found in faults} - {"territory.grid_name_twice"}
    if not told:
        assert_whole(before, after)
    else:
        assert told == {"territory.gap"}


@settings(max_examples=60, deadline=None)
@given(steps())
def test_a_step_is_the_same_once_written_down_and_read(step: PlanStep) -> None:
    assert read_step(json.loads(json.dumps(write_step(step)))) == step


def test_merged_grids_keep_one_code_and_give_their_buildings_new_ones() -> None:
    before = tiling()
    after = take_step(before, MergeStep(codes=(code(1), code(2)), into=code(1), name="大网格"))
    assert_whole(before, after)
    outcome = compare(before, after)
    assert {(one.code, one.change) for one in outcome.grids} == {
        (code(1), Change.REDRAWN),
        (code(2), Change.ENDS),
    }
    assert [(move.code, move.new_code) for move in outcome.buildings] == [
        (f"{code(2)}00{number}", f"{code(1)}00{number + 4}") for number in range(1, 5)
    ]
    assert [(heir.former_code, heir.code, heir.share) for heir in outcome.heirs[:2]] == [
        (code(1), code(1), 1.0),
        (code(2), code(1), 1.0),
    ]


def test_a_building_moves_with_the_ground_around_it() -> None:
    before = tiling()
    after = take_step(before, MoveStep(buildings=(f"{code(1)}002",), to=code(2)))
    assert_whole(before, after)
    assert after.buildings[f"{code(1)}002"].grid == code(2)
    shares = {heir.code: heir.share for heir in compare(before, after).heirs[:2]}
    assert shares[code(1)] + shares[code(2)] == pytest.approx(1, abs=1e-4)
    assert 0.15 < shares[code(2)] < 0.4


def test_a_new_grid_gets_a_code_none_has_had() -> None:
    before = tiling()
    after = take_steps(
        before,
        [
            MergeStep(codes=(code(5), code(6)), into=code(5)),
            MoveStep(buildings=(f"{code(1)}001", f"{code(1)}003"), name="西网格"),
        ],
    )
    assert after.grids[code(7)].name == "西网格"
    assert_whole(before, after)


def test_a_line_splits_a_grid_and_the_larger_part_keeps_the_code() -> None:
    before = tiling()
    step = SplitStep(code=code(1), line=line((0.4, 0.02), (0.4, 0.98)), name="西半")
    after = take_step(before, step)
    assert_whole(before, after)
    assert [one.code for one in after.buildings_in(code(7))] == [
        f"{code(1)}001",
        f"{code(1)}003",
    ]


def test_a_new_outline_takes_from_one_neighbour_and_leaves_to_another() -> None:
    before = tiling()
    outline = drawn((0.5, 0), (1.5, 0), (1.5, 1), (0.5, 1))
    after = take_step(before, RedrawStep(code=code(1), geometry=outline))
    faults, _warnings = judge(before, after, compare(before, after))
    # The western half it leaves borders on the grid above it alone.
    assert faults == []
    assert_whole(before, after)
    assert after.buildings[f"{code(1)}003"].grid == code(4)
    assert after.buildings[f"{code(2)}001"].grid == code(1)


def test_ground_that_nobody_takes_is_shown_with_its_place() -> None:
    alone = GridOn(code=code(1), name="独", shape=shapely.geometry.shape(cell(0, 0)))
    before = Sheet(grids={code(1): alone}, buildings={})
    west_half = drawn((0, 0), (0.5, 0), (0.5, 1), (0, 1))
    after = take_step(before, RedrawStep(code=code(1), geometry=west_half))
    faults, _warnings = judge(before, after, compare(before, after))
    (gap,) = faults
    assert gap.code == "territory.gap"
    assert gap.lon == pytest.approx(WEST + 0.75 * STEP_LON, abs=0.001)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (MergeStep(codes=(code(1),), into=code(1)), "territory.step_grids_few"),
        (MergeStep(codes=(code(1), code(99)), into=code(1)), "territory.step_grid_unknown"),
        (MoveStep(buildings=(), to=code(2)), "territory.step_no_buildings"),
        (MoveStep(buildings=("x",), to=code(2)), "territory.step_building_unknown"),
        (MoveStep(buildings=(f"{code(2)}001",), to=code(2)), "territory.step_building_there"),
        (MoveStep(buildings=(f"{code(2)}001",)), "territory.step_name_missing"),
        (
            MoveStep(buildings=tuple(f"{code(1)}00{n}" for n in range(1, 5)), to=code(2)),
            "territory.step_grid_emptied",
        ),
        (
            SplitStep(code=code(1), line=line((2.2, 0.2), (2.8, 0.8)), name="外"),
            "territory.step_line_misses",
        ),
        (SplitStep(code=code(1), line={"type": "Point"}, name="外"), "territory.step_line_wrong"),
        (
            RedrawStep(code=code(1), geometry=drawn((0, 0), (2.01, 0), (2.01, 1), (0, 1))),
            "territory.step_swallows",
        ),
        (
            RedrawStep(code=code(1), geometry=drawn((-1, 0), (1, 0), (1, 1), (-1, 1))),
            "territory.step_leaves_ground",
        ),
        (
            RedrawStep(code=code(1), geometry=drawn((0, 0), (1, 1), (1, 0), (0, 1))),
            "territory.step_shape_wrong",
        ),
        (DrawStep(within=COMMUNITY), "territory.step_no_grids"),
        (
            DrawStep(
                within=COMMUNITY,
                grids=(DrawnGrid(name="外", geometry=cell(0, 0), code="220104004009001"),),
            ),
            "territory.step_outside",
        ),
        (
            DrawStep(
                within=COMMUNITY,
                departmental=(
                    DepartmentalGrid(
                        department="环卫", name="远", duties=("保洁",), geometry=cell(50, 50)
                    ),
                ),
            ),
            "territory.step_outside",
        ),
    ],
)
def test_a_step_that_cant_be_taken_says_why(step: PlanStep, reason: str) -> None:
    with pytest.raises(UnableToRedraw) as refused:
        take_step(tiling(), step)
    assert refused.value.code == reason


def test_buildings_on_one_point_are_not_torn_apart() -> None:
    before = tiling()
    first, second = (before.buildings[f"{code(1)}00{n}"] for n in (1, 2))
    twin = BuildingOn(code=second.code, name="孪生", grid=code(1), lon=first.lon, lat=first.lat)
    sheet = Sheet(grids=before.grids, buildings={**before.buildings, twin.code: twin})
    with pytest.raises(UnableToRedraw) as refused:
        take_step(sheet, MoveStep(buildings=(first.code,), to=code(2)))
    assert refused.value.code == "territory.step_same_point"
    assert refused.value.lon == first.lon


def test_a_file_replaces_all_grids_of_the_community() -> None:
    before = tiling()
    halves = (
        DrawnGrid(
            name="西片", geometry=box(WEST, SOUTH, WEST + 1.5 * STEP_LON, SOUTH + 2 * STEP_LAT)
        ),
        DrawnGrid(
            name="东片",
            geometry=box(WEST + 1.5 * STEP_LON, SOUTH, WEST + 3 * STEP_LON, SOUTH + 2 * STEP_LAT),
        ),
    )
    after = take_step(before, DrawStep(within=COMMUNITY, grids=halves))
    assert set(after.grids) == {code(7), code(8)}
    assert_whole(before, after)
    outcome = compare(before, after)
    assert sum(one.change is Change.ENDS for one in outcome.grids) == 6
    halved = {heir.code: heir.share for heir in outcome.heirs if heir.former_code == code(2)}
    assert halved == pytest.approx({code(7): 0.5, code(8): 0.5}, abs=1e-4)


def test_overlapping_rows_of_a_file_are_refused_with_the_place() -> None:
    before = tiling()
    wide = box(WEST, SOUTH, WEST + 2 * STEP_LON, SOUTH + 2 * STEP_LAT)
    rest = box(WEST + STEP_LON, SOUTH, WEST + 3 * STEP_LON, SOUTH + 2 * STEP_LAT)
    grids = (DrawnGrid(name="甲", geometry=wide), DrawnGrid(name="乙", geometry=rest))
    after = take_step(before, DrawStep(within=COMMUNITY, grids=grids))
    faults, _warnings = judge(before, after, compare(before, after))
    assert [found.code for found in faults] == ["territory.overlaps"]
    assert faults[0].lon is not None


def test_two_grids_of_one_name_are_refused() -> None:
    before = tiling()
    after = take_step(before, MergeStep(codes=(code(1), code(2)), into=code(1), name="第3网格"))
    faults, _warnings = judge(before, after, compare(before, after))
    assert [found.code for found in faults] == ["territory.grid_name_twice"]


def test_grids_far_apart_may_be_merged_with_a_warning() -> None:
    before = tiling()
    after = take_step(before, MergeStep(codes=(code(1), code(3)), into=code(1)))
    faults, warnings = judge(before, after, compare(before, after))
    assert faults == []
    assert [found.code for found in warnings] == ["territory.in_pieces"]
