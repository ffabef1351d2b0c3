"""The independent count of points, against shapely, which it does not use."""

from __future__ import annotations

import json

import shapely
from hypothesis import given
from hypothesis import strategies as st

from linli.replay.recount import OUTSIDE, Outline, read_outlines, recount

from .made_up import areas

COORDINATES = st.floats(-1, 1).map(lambda value: round(value, 3))
POINTS = st.tuples(COORDINATES, COORDINATES)


def test_areas_with_holes_and_a_shared_border_are_counted() -> None:
    points = [(10.005, 50.005), (10.015, 50.005), (10.0185, 50.0085), (11.0, 50.0)]
    counted = recount(points, read_outlines(areas(), name="title"))
    assert counted == {"West": 1, "East": 1, OUTSIDE: 2}


def test_areas_in_two_parts_are_counted() -> None:
    squares = [shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)]
    feature = {
        "type": "Feature",
        "properties": {"name": "Both"},
        "geometry": json.loads(shapely.to_geojson(shapely.MultiPolygon(squares))),
    }
    document = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    points = [(0.5, 0.5), (1.5, 0.5), (2.5, 0.5)]
    assert recount(points, read_outlines(document, name="name")) == {"Both": 2, OUTSIDE: 1}


@given(corners=st.lists(POINTS, min_size=3, max_size=8, unique=True), point=POINTS)
def test_ray_casting_agrees_with_shapely(
    corners: list[tuple[float, float]], point: tuple[float, float]
) -> None:
    shape = shapely.Polygon(corners)
    if shape.is_valid and shape.exterior.distance(shapely.Point(point)) > 1e-9:
        assert Outline("one", [corners]).holds(point) == shape.contains(shapely.Point(point))
