"""The demonstration's ground: four communities, 48 grids that tile 1.97 km², their buildings.

Outlines are invented: a lattice of streets, slightly bent and turned, around the real centre of
the sub-district. Names and codes of the sub-district and its communities are the national ones.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pyproj import Geod

Point = tuple[float, float]

CENTRE: Point = (125.307, 43.878)
AREA_M2 = 1_970_000.0
STREET_CODE = "220104004000"
COLUMNS, ROWS = 8, 6
TURN_DEGREES = -7.0
METRES_PER_DEGREE = 111_320.0
SEED = 220104004

COMMUNITIES = (
    ("220104004001", "义和社区", "Yihe Community"),
    ("220104004003", "惠民社区", "Huimin Community"),
    ("220104004005", "杏花村社区", "Xinghuacun Community"),
    ("220104004006", "牡丹园社区", "Mudanyuan Community"),
)
COMPOUNDS = (
    (
        ("义和小区", "Yihe Court"),
        ("永安花园", "Yong'an Garden"),
        ("同德里", "Tongde Lane"),
        ("义和路宿舍", "Yihe Road Quarters"),
    ),
    (
        ("惠民小区", "Huimin Court"),
        ("惠民新村", "Huimin New Village"),
        ("西桥家属院", "Xiqiao Quarters"),
        ("锦江苑", "Jinjiang Court"),
    ),
    (
        ("杏花苑", "Xinghua Court"),
        ("杏花村小区", "Xinghuacun Estate"),
        ("光学所宿舍", "Optics Quarters"),
        ("杏林里", "Xinglin Lane"),
    ),
    (
        ("牡丹苑", "Mudan Court"),
        ("牡丹园小区", "Mudanyuan Estate"),
        ("文化里", "Wenhua Lane"),
        ("桂林苑", "Guilin Court"),
    ),
)
STREETS = ("义和路", "永昌路", "惠民路", "杏花路", "牡丹街", "同志街", "桂林路", "锦水路")
BUILDINGS, UNITS = 493, 924


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One area to be made: its code, name and outline ring (WGS-84, closed) or its point."""

    code: str
    parent_code: str
    kind: str
    name: str
    name_en: str
    point: Point
    ring: tuple[Point, ...] = ()
    address: str = ""


@cache
def lattice() -> tuple[tuple[Point, ...], ...]:
    """Give the crossings of the streets, (ROWS + 1) rows of (COLUMNS + 1) WGS-84 points.

    The lattice is scaled so that its outline holds `AREA_M2` on the WGS-84 ellipsoid.
    """
    chance = random.Random(SEED)
    crossings = [
        [_crossing(column, row, chance) for column in range(COLUMNS + 1)] for row in range(ROWS + 1)
    ]
    side_m = math.sqrt(AREA_M2 / (COLUMNS * ROWS))
    for _ in range(4):
        side_m *= math.sqrt(AREA_M2 / _ring_area_m2(_outline(_placed(crossings, side_m))))
    return _placed(crossings, side_m)


def _crossing(column: int, row: int, chance: random.Random) -> Point:
    bend = 0.10 * math.sin(row * 1.1) + 0.07 * math.sin(column * 0.9)
    return (
        column - COLUMNS / 2 + bend + chance.uniform(-0.11, 0.11),
        row - ROWS / 2 + 0.08 * math.sin(column * 0.8) + chance.uniform(-0.11, 0.11),
    )


def _placed(crossings: list[list[Point]], side_m: float) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple(_to_wgs84(x * side_m, y * side_m) for x, y in row) for row in crossings)


def _to_wgs84(x_m: float, y_m: float) -> Point:
    turn = math.radians(TURN_DEGREES)
    east = x_m * math.cos(turn) - y_m * math.sin(turn)
    north = x_m * math.sin(turn) + y_m * math.cos(turn)
    lon = CENTRE[0] + east / (METRES_PER_DEGREE * math.cos(math.radians(CENTRE[1])))
    return (round(lon, 7), round(CENTRE[1] + north / METRES_PER_DEGREE, 7))


def inside_lattice(column: float, row: float) -> Point:
    """Give the WGS-84 point at a place between the streets, counted in blocks from the south-west.

    Args:
        column, row: from 0 to COLUMNS and ROWS; whole numbers are crossings.
    """
    left, bottom = min(int(column), COLUMNS - 1), min(int(row), ROWS - 1)
    cell = block_ring(lattice(), left, left + 1, bottom, bottom + 1)
    return _inside(cell, column - left, row - bottom)


def _outline(points: tuple[tuple[Point, ...], ...]) -> tuple[Point, ...]:
    return block_ring(points, 0, COLUMNS, 0, ROWS)


def block_ring(
    points: tuple[tuple[Point, ...], ...], left: int, right: int, bottom: int, top: int
) -> tuple[Point, ...]:
    """Walk around a block of lattice cells, anticlockwise and closed, through every crossing."""
    south = [points[bottom][column] for column in range(left, right)]
    east = [points[row][right] for row in range(bottom, top)]
    north = [points[top][column] for column in range(right, left, -1)]
    west = [points[row][left] for row in range(top, bottom, -1)]
    ring = [*south, *east, *north, *west]
    return (*ring, ring[0])


def _ring_area_m2(ring: tuple[Point, ...]) -> float:
    lons, lats = zip(*ring, strict=True)
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter(lons, lats)
    return abs(float(area))


def street() -> Plot:
    """Give the sub-district with its outline."""
    return Plot(
        code=STREET_CODE,
        parent_code="220104000000",
        kind="street",
        name="永昌街道",
        name_en="Yongchang Sub-district",
        point=CENTRE,
        ring=_outline(lattice()),
    )


def communities() -> Iterator[Plot]:
    """Give the four communities, each a quarter of the lattice."""
    for index, (code, name, name_en) in enumerate(COMMUNITIES):
        left, bottom = _corner(index)
        ring = block_ring(lattice(), left, left + COLUMNS // 2, bottom, bottom + ROWS // 2)
        yield Plot(
            code=code,
            parent_code=STREET_CODE,
            kind="community",
            name=name,
            name_en=name_en,
            point=_middle(ring),
            ring=ring,
        )


def _corner(community: int) -> tuple[int, int]:
    return ((community % 2) * (COLUMNS // 2), (1 - community // 2) * (ROWS // 2))


def _middle(ring: tuple[Point, ...]) -> Point:
    corners = ring[:-1]
    return (
        round(sum(lon for lon, _ in corners) / len(corners), 7),
        round(sum(lat for _, lat in corners) / len(corners), 7),
    )


def grids() -> Iterator[Plot]:
    """Give the 48 grids, twelve in each community, numbered from its north-west."""
    for index, (community, name, name_en) in enumerate(COMMUNITIES):
        left, bottom = _corner(index)
        cells = [
            (left + column, bottom + ROWS // 2 - 1 - row)
            for row in range(ROWS // 2)
            for column in range(COLUMNS // 2)
        ]
        for number, (column, row) in enumerate(cells, start=1):
            ring = block_ring(lattice(), column, column + 1, row, row + 1)
            yield Plot(
                code=f"{community}{number:03d}",
                parent_code=community,
                kind="grid",
                name=f"{name.removesuffix('社区')}第{number}网格",
                name_en=f"{name_en.removesuffix(' Community')} Grid {number}",
                point=_middle(ring),
                ring=ring,
            )


def buildings() -> Iterator[Plot]:
    """Give 493 buildings in rows as compounds have them, each inside its grid."""
    all_grids = list(grids())
    counts = [BUILDINGS // len(all_grids)] * len(all_grids)
    for extra in range(BUILDINGS - sum(counts)):
        counts[extra * 4 % len(all_grids)] += 1
    numbers: dict[str, int] = {}
    for index, (grid, count) in enumerate(zip(all_grids, counts, strict=True)):
        compound, compound_en = COMPOUNDS[index // 12][index % 12 // 3]
        road = STREETS[(index // 12) * 2 + index % 2]
        for place in range(count):
            number = numbers[compound] = numbers.get(compound, 0) + 1
            ring = _footprint(grid.ring, place)
            yield Plot(
                code=f"{grid.code}{place + 1:03d}",
                parent_code=grid.code,
                kind="building",
                name=f"{compound}{number}号楼",
                name_en=f"{compound_en} Building {number}",
                point=_middle(ring),
                ring=ring,
                address=f"{road}{100 + index * 4 + place // 4}号{compound}{number}号楼",
            )


def _footprint(grid: tuple[Point, ...], place: int) -> tuple[Point, ...]:
    """Lay a building of about 60 by 14 metres into its place of two columns and six rows."""
    across, up = place % 2, place // 2
    west, south = 0.12 + across * 0.44, 0.09 + up * 0.145
    corners = [
        (west, south),
        (west + 0.31, south),
        (west + 0.31, south + 0.07),
        (west, south + 0.07),
    ]
    ring = [_inside(grid, u, v) for u, v in corners]
    return (*ring, ring[0])


def _inside(quad: tuple[Point, ...], u: float, v: float) -> Point:
    south_west, south_east, north_east, north_west = quad[:4]
    lon, lat = (
        (1 - v) * ((1 - u) * south_west[axis] + u * south_east[axis])
        + v * ((1 - u) * north_west[axis] + u * north_east[axis])
        for axis in (0, 1)
    )
    return (round(lon, 7), round(lat, 7))


def units() -> Iterator[Plot]:
    """Give 924 units, one to three in a building."""
    all_buildings = list(buildings())
    counts = _unit_counts(len(all_buildings))
    for building, count in zip(all_buildings, counts, strict=True):
        for number in range(1, count + 1):
            yield Plot(
                code=f"{building.code}{number:02d}",
                parent_code=building.code,
                kind="unit",
                name=f"{building.name}{number}单元",
                name_en=f"{building.name_en} Unit {number}",
                point=building.point,
                address=f"{building.address}{number}单元",
            )


def _unit_counts(buildings_count: int) -> list[int]:
    counts = [
        3 if place % 11 == 0 else 1 if place % 6 == 1 else 2 for place in range(buildings_count)
    ]
    place = 0
    while (excess := sum(counts) - UNITS) != 0:
        step = -1 if excess > 0 else 1
        if 1 <= counts[place] + step <= 3 and counts[place] == 2:
            counts[place] += step
        place += 1
    return counts
