"""Made-up areas for tests of any room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import factory

from linli.ground.territory.models import Area
from linli.ground.territory.services import announce_change
from linli.ground.territory.terms import AreaKind

OPENED = date(2020, 1, 1)
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
STREET_CODE = "220104004000"
WEST, SOUTH = 125.30, 43.87
STEP_LON, STEP_LAT = 0.0025, 0.0018


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Draw a rectangle as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def cell(column: int, row: int) -> dict[str, Any]:
    """Draw one grid of the tiling, some 200 m wide, counted from the south-west corner."""
    west, south = WEST + column * STEP_LON, SOUTH + row * STEP_LAT
    return box(west, south, west + STEP_LON, south + STEP_LAT)


def middle(column: int, row: int) -> tuple[float, float]:
    """Give the point in the middle of one grid of the tiling."""
    return WEST + (column + 0.5) * STEP_LON, SOUTH + (row + 0.5) * STEP_LAT


class AreaFactory(factory.django.DjangoModelFactory[Area]):
    """One version of an area; a street unless a trait says otherwise."""

    class Meta:
        model = Area
        skip_postgeneration_save = True

    code = factory.Sequence(lambda number: f"220104{number % 900 + 100:03d}000")
    kind = AreaKind.STREET.value
    name = factory.Sequence(lambda number: f"示例街道{number}")
    valid_from = OPENED

    class Params:
        community = factory.Trait(
            code=factory.Sequence(lambda number: f"220104004{number % 900 + 100:03d}"),
            kind=AreaKind.COMMUNITY.value,
            name=factory.Sequence(lambda number: f"示例社区{number}"),
        )
        grid = factory.Trait(
            code=factory.Sequence(lambda number: f"220104004001{number % 900 + 100:03d}"),
            kind=AreaKind.GRID.value,
            name=factory.Sequence(lambda number: f"示例网格{number}"),
            geometry=factory.LazyFunction(lambda: cell(0, 0)),
        )

    @factory.post_generation
    def announced(self, create: bool, extracted: object, **kwargs: object) -> None:
        """Let the locator see it, unless whoever makes it says so once for many."""
        if create and extracted is not False:
            announce_change(at=MADE_AT)


@dataclass(frozen=True)
class Street:
    """A small street with its communities and grids."""

    street: Area
    communities: list[Area]
    grids: list[Area]


def make_street(*, columns: int = 3, rows: int = 2, code: str = STREET_CODE) -> Street:
    """Make a street whose communities are rows of grids, all tiling one rectangle."""
    street = AreaFactory(code=code, name="示例街道", announced=False)
    communities: list[Area] = []
    grids: list[Area] = []
    for row in range(rows):
        community = AreaFactory(
            community=True,
            code=f"{code[:9]}{row + 1:03d}",
            name=f"示例社区{row + 1}",
            parent=street,
            announced=False,
        )
        communities.append(community)
        grids += [_grid(community, column, row) for column in range(columns)]
    announce_change(at=MADE_AT)
    return Street(street, communities, grids)


def _grid(community: Area, column: int, row: int) -> Area:
    lon, lat = middle(column, row)
    return AreaFactory(
        grid=True,
        code=f"{community.code}{column + 1:03d}",
        name=f"第{row + 1}-{column + 1}网格",
        parent=community,
        geometry=cell(column, row),
        lon=lon,
        lat=lat,
        announced=False,
    )
