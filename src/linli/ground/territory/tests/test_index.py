"""The index against plain geometry: which area holds a point, and which borders are near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import cos, radians

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.ground.territory.index import OUTSIDE, Index, IndexedArea
from linli.ground.territory.terms import AreaKind, AreaRef

DAY = date(2026, 11, 22).toordinal()
WEST, SOUTH, STEP = 125.30, 43.87, 0.002
SIDE = 4


def area(
    number: int,
    shape: shapely.Polygon | None,
    *,
    code: str = "",
    valid_from: date = date(2020, 1, 1),
    valid_to: date | None = None,
) -> IndexedArea:
    code = code or f"220104004001{number:03d}"
    kind = AreaKind.GRID if len(code) == 15 else AreaKind.COMMUNITY
    return IndexedArea(AreaRef(number, code, kind, str(number)), valid_from, valid_to, shape)


def square(column: float, row: float, size: float = 1) -> shapely.Polygon:
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return shapely.box(west, south, west + size * STEP, south + size * STEP)


TRIANGLES = st.lists(st.tuples(*[st.floats(0, SIDE)] * 6), min_size=1, max_size=8).map(
    lambda rows: [shape for row in rows if (shape := triangle(row)).area > 1e-9]
)


def triangle(numbers: Sequence[float]) -> shapely.Polygon:
    corners = np.array(numbers).reshape(3, 2) * STEP + (WEST, SOUTH)
    return shapely.Polygon(corners)


POINTS = st.lists(
    st.tuples(
        st.floats(WEST - STEP, WEST + (SIDE + 1) * STEP),
        st.floats(SOUTH - STEP, SOUTH + (SIDE + 1) * STEP),
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(shapes=TRIANGLES, points=POINTS)
def test_the_holder_is_the_one_plain_geometry_finds(
    shapes: list[shapely.Polygon], points: list[tuple[float, float]]
) -> None:
    index = Index(area(number, shape) for number, shape in enumerate(shapes, start=1))
    for lon, lat in points:
        holding = [
            number
            for number, shape in enumerate(shapes, start=1)
            if shape.covers(shapely.Point(lon, lat))
        ]
        edge = min(
            (shape.exterior.distance(shapely.Point(lon, lat)) for shape in shapes), default=1
        )
        if edge > 1e-10:  # below that, squeezing the longitude may round across the line
            assert index.locate(lon, lat, DAY).grid_id == (holding[0] if holding else None)


@settings(deadline=None)
@given(shapes=TRIANGLES, points=POINTS)
def test_candidates_are_those_plain_geometry_finds_within_five_metres(
    shapes: list[shapely.Polygon], points: list[tuple[float, float]]
) -> None:
    index = Index(area(number, shape) for number, shape in enumerate(shapes, start=1))
    for lon, lat in points:
        away = [distance_m(shape, lon, lat) for shape in shapes]
        if any(4.98 < metres < 5.02 for metres in away):
            continue
        near = {number for number, metres in enumerate(away, start=1) if metres < 5}
        doubtful = len(near) > 1 or (len(near) == 1 and min(away) > 0)
        found = index.locate(lon, lat, DAY).candidates
        assert {one.id for one in found} == (near if doubtful else set())


def distance_m(shape: shapely.Polygon, lon: float, lat: float) -> float:
    scale = np.array([cos(radians(lat)), 1.0]) * 111_195
    flat = shapely.transform(shape, lambda at: (at - (lon, lat)) * scale)
    return float(flat.distance(shapely.Point(0, 0)))


@settings(deadline=None)
@given(shapes=TRIANGLES, points=POINTS)
def test_many_points_at_once_get_the_answers_of_one_at_a_time(
    shapes: list[shapely.Polygon], points: list[tuple[float, float]]
) -> None:
    index = Index(area(number, shape) for number, shape in enumerate(shapes, start=1))
    lons, lats = np.array(points).T
    singly = [index.locate(lon, lat, DAY) for lon, lat in points]
    ids = [OUTSIDE if place.grid_id is None else place.grid_id for place in singly]
    assert index.grids(lons, lats, DAY).tolist() == ids
    marked, doubtful = index.grids_marked(lons, lats, DAY)
    assert marked.tolist() == ids
    assert doubtful.tolist() == [bool(place.candidates) for place in singly]


def test_on_a_shared_border_both_are_candidates_and_the_lower_code_holds() -> None:
    index = Index([area(2, square(1, 0)), area(1, square(0, 0))])
    place = index.locate(WEST + STEP, SOUTH + STEP / 2, DAY)
    assert place.grid_id == 1
    assert [one.id for one in place.candidates] == [1, 2]


def test_deep_inside_there_is_nothing_to_choose() -> None:
    index = Index([area(1, square(0, 0)), area(2, square(1, 0))])
    place = index.locate(WEST + STEP / 2, SOUTH + STEP / 2, DAY)
    assert (place.grid_id, place.candidates, place.outside) == (1, (), False)


def test_three_metres_outside_the_edge_is_outside_but_names_the_neighbour() -> None:
    index = Index([area(1, square(0, 0))])
    place = index.locate(WEST + STEP / 2, SOUTH - 3 / 111_195, DAY)
    assert place.outside
    assert place.area is None
    assert [one.id for one in place.candidates] == [1]


def test_far_away_and_nonsense_are_outside() -> None:
    index = Index([area(1, square(0, 0))])
    for lon, lat in ((0.0, 0.0), (float("nan"), 43.0), (125.3, float("inf"))):
        place = index.locate(lon, lat, DAY)
        assert (place.outside, place.candidates) == (True, ())
    assert index.grids(np.array([np.nan]), np.array([43.0]), DAY).tolist() == [OUTSIDE]


def test_no_areas_at_all_is_outside() -> None:
    assert Index([]).locate(125.3, 43.87, DAY).outside
    assert Index([]).grids(np.array([125.3]), np.array([43.87]), DAY).tolist() == [OUTSIDE]


def test_each_day_has_its_own_borders() -> None:
    redrawn = date(2025, 7, 1)
    index = Index(
        [
            area(1, square(0, 0), code="220104004001001", valid_to=redrawn),
            area(2, square(0, 0, 0.5), code="220104004001001", valid_from=redrawn),
            area(3, square(0.5, 0.5, 0.5), code="220104004001002", valid_from=redrawn),
        ]
    )
    lon, lat = WEST + 0.75 * STEP, SOUTH + 0.75 * STEP
    days = [date(2019, 12, 31), date(2025, 6, 30), redrawn]
    assert [index.locate(lon, lat, day.toordinal()).grid_id for day in days] == [None, 1, 3]
    lons, lats = np.array([lon]), np.array([lat])
    assert [index.grids(lons, lats, d.toordinal())[0] for d in days] == [OUTSIDE, 1, 3]


def test_where_no_grid_is_drawn_the_community_answers() -> None:
    community = area(9, square(0, 0, 2), code="220104004001")
    index = Index([community, area(1, square(0, 0))])
    place = index.locate(WEST + 1.5 * STEP, SOUTH + 1.5 * STEP, DAY)
    assert (place.community_id, place.grid_id, place.outside) == (9, None, False)


def test_the_community_of_the_day_is_named() -> None:
    renamed = date(2025, 1, 1)
    index = Index(
        [
            area(8, None, code="220104004001", valid_to=renamed),
            area(9, None, code="220104004001", valid_from=renamed),
            area(1, square(0, 0)),
        ]
    )
    lon, lat = WEST + STEP / 2, SOUTH + STEP / 2
    days = (date(2024, 5, 1), date(2026, 5, 1))
    assert [index.locate(lon, lat, day.toordinal()).community_id for day in days] == [8, 9]


def test_a_polygon_with_a_hole_and_one_in_two_parts_are_understood() -> None:
    ring = square(0, 0, 3).difference(square(1, 1))
    parts = shapely.MultiPolygon([square(4, 0), square(6, 0)])
    index = Index([area(1, ring), area(2, parts)])
    at = [(0.5, 0.5), (1.5, 1.5), (4.5, 0.5), (5.5, 0.5), (6.5, 0.5)]
    found = [index.locate(WEST + x * STEP, SOUTH + y * STEP, DAY).grid_id for x, y in at]
    assert found == [1, None, 2, None, 2]
