"""The cells around a point hold everything within reach of it."""

from __future__ import annotations

from math import cos, radians, sin

import h3.api.basic_int as h3
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.territory.terms import Window
from linli.spine.cases.rules.cells import (
    FIRST_RING_M,
    METRES_PER_DEGREE,
    MOST_CELLS,
    MOST_REACH_M,
    cell_of,
    cells_around,
    cells_of_window,
)


@given(
    lon=st.floats(73, 135),
    lat=st.floats(18, 54),
    way=st.floats(0, 360),
    reach=st.sampled_from([10, FIRST_RING_M, FIRST_RING_M + 1, MOST_REACH_M]),
    share=st.floats(0, 1),
)
def test_whatever_is_within_reach_lies_in_one_of_them(
    lon: float, lat: float, way: float, reach: int, share: float
) -> None:
    metres = share * reach
    north = lat + metres * cos(radians(way)) / METRES_PER_DEGREE
    east = lon + metres * sin(radians(way)) / METRES_PER_DEGREE / cos(radians(lat))
    assert cell_of(east, north) in cells_around(lon, lat, reach)


@given(lon=st.floats(73, 135), lat=st.floats(18, 54))
def test_they_are_the_own_cell_and_some_of_its_neighbours(lon: float, lat: float) -> None:
    own, *others = cells_around(lon, lat)
    assert own == cell_of(lon, lat)
    assert set(others) <= set(h3.grid_disk(own, 1)) - {own}
    further = cells_around(lon, lat, MOST_REACH_M)
    assert further[0] == own
    assert set(others) < set(further) <= set(h3.grid_disk(own, 2))
    assert len(set(further)) == len(further)


def test_in_the_middle_of_a_cell_its_neighbours_are_out_of_reach() -> None:
    lat, lon = h3.cell_to_latlng(cell_of(125.3, 43.88))
    assert cells_around(lon, lat) == [cell_of(lon, lat)]


@given(
    west=st.floats(73, 135),
    south=st.floats(18, 54),
    size=st.tuples(st.floats(1e-6, 0.012), st.floats(1e-6, 0.012)),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_whatever_lies_in_a_window_lies_in_one_of_its_cells(
    west: float, south: float, size: tuple[float, float], at: tuple[float, float]
) -> None:
    window = Window(west, south, west + size[0], south + size[1])
    cells = cells_of_window(window)
    lon, lat = west + at[0] * size[0], south + at[1] * size[1]
    assert cell_of(lon, lat) in cells
    assert len(cells) < 2 * MOST_CELLS


def test_a_window_of_too_many_cells_names_none() -> None:
    assert cells_of_window(Window(125.29, 43.86, 125.31, 43.88)) == []
    assert cells_of_window(Window(-180, -90, 180, 90)) == []
