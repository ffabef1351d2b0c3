"""H3 cells of points, and which of them hold everything within reach of a point.

A cell of resolution 10 has edges of 76 m, so a reach of 50 m never goes beyond its neighbours, and
mostly reaches only two or three of the six. One of 100 m never goes beyond the neighbours of those.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, hypot, radians

import h3.api.basic_int as h3

from linli.ground.territory.terms import Window
from linli.spine.cases.terms import NEARBY_M

RESOLUTION = 10
METRES_PER_DEGREE = 111_195.0
# An edge is a little off straight once laid flat.
MARGIN_M = 1.0
# How far the neighbours of a cell hold everything, and how far theirs do.
FIRST_RING_M, MOST_REACH_M = 50, 100
# In a window with more cells (more than some 2 km²) so much lies that cases are looked at in the
# order of the list until there are enough: that finds them sooner.
MOST_CELLS, CELL_M2 = 150, 15_000

# A neighbour, and the edge to it as a line in metres: `x * ax + y * ay + offset` is the distance.
_Side = tuple[int, float, float, float]
# A cell, its middle in metres east and north of the first cell's, and its furthest corner from it.
_Disc = tuple[int, float, float, float]


def cell_of(lon: float, lat: float) -> int:
    """Give the H3 cell of a point (degrees WGS-84) as a number."""
    return int(h3.latlng_to_cell(lat, lon, RESOLUTION))


def cells_around(lon: float, lat: float, radius_m: float = NEARBY_M) -> list[int]:
    """Give the cell of a point (degrees WGS-84), and the cells around it that are within reach.

    Args:
        radius_m: the reach in metres, at most `MOST_REACH_M`.
    """
    cell = cell_of(lon, lat)
    middle_lon, middle_lat, narrow, sides = _sides(cell)
    x = (lon - middle_lon) * narrow * METRES_PER_DEGREE
    y = (lat - middle_lat) * METRES_PER_DEGREE
    reach = radius_m + MARGIN_M
    near = [other for other, ax, ay, offset in sides if abs(x * ax + y * ay + offset) <= reach]
    far = _second_ring(cell) if radius_m > FIRST_RING_M else ()
    return [
        cell,
        *near,
        *(other for other, to_x, to_y, size in far if hypot(to_x - x, to_y - y) <= reach + size),
    ]


def cells_of_window(window: Window) -> list[int]:
    """Give the cells that hold every point of a window; none for a window of too many cells."""
    west, south, east, north = window.west, window.south, window.east, window.north
    width_m = (east - west) * cos(radians((south + north) / 2)) * METRES_PER_DEGREE
    if width_m * (north - south) * METRES_PER_DEGREE > MOST_CELLS * CELL_M2:
        return []
    corners = h3.LatLngPoly([(south, west), (south, east), (north, east), (north, west)])
    # The edges of cells are a little off straight: their boxes leave no point of a side out.
    found = h3.h3shape_to_cells_experimental(corners, RESOLUTION, contain="bbox_overlap")
    return [int(cell) for cell in found]


def field_of(cell: int) -> int:
    """Give the cell of 0.1 km² a cell lies in, for the marks of the index."""
    return int(h3.cell_to_parent(cell, RESOLUTION - 1))


@lru_cache(maxsize=100_000)
def _sides(cell: int) -> tuple[float, float, float, tuple[_Side, ...]]:
    lat, lon = h3.cell_to_latlng(cell)
    narrow = cos(radians(lat))
    neighbours = (other for other in h3.grid_disk(cell, 1) if other != cell)
    sides = tuple(_side(cell, other, lon, lat, narrow) for other in neighbours)
    return lon, lat, narrow, sides


def _side(cell: int, other: int, lon: float, lat: float, narrow: float) -> _Side:
    corners = h3.directed_edge_to_boundary(h3.cells_to_directed_edge(cell, other))
    (x1, y1), (x2, y2) = (
        ((at_lon - lon) * narrow * METRES_PER_DEGREE, (at_lat - lat) * METRES_PER_DEGREE)
        for at_lat, at_lon in (corners[0], corners[-1])
    )
    length = hypot(x2 - x1, y2 - y1)
    ax, ay = (y2 - y1) / length, (x1 - x2) / length
    return int(other), ax, ay, -(ax * x1 + ay * y1)


@lru_cache(maxsize=100_000)
def _second_ring(cell: int) -> tuple[_Disc, ...]:
    lat, lon = h3.cell_to_latlng(cell)
    narrow = cos(radians(lat))
    return tuple(_disc(int(other), lon, lat, narrow) for other in h3.grid_ring(cell, 2))


def _disc(cell: int, lon: float, lat: float, narrow: float) -> _Disc:
    middle_lat, middle_lon = h3.cell_to_latlng(cell)
    x, y = (middle_lon - lon) * narrow, middle_lat - lat
    corners = h3.cell_to_boundary(cell)
    size = max(hypot((at_lon - lon) * narrow - x, at_lat - lat - y) for at_lat, at_lon in corners)
    return cell, x * METRES_PER_DEGREE, y * METRES_PER_DEGREE, size * METRES_PER_DEGREE
