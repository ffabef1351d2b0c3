"""The grids and buildings of a community or sub-district as a plan is worked out on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from linli.ground.territory.terms import AreaKind, code_prefix

MOST_OF_A_KIND = 999


@dataclass(frozen=True, kw_only=True, slots=True)
class GridOn:
    """One grid; `shape` in WGS-84 degrees, None while it was never drawn."""

    code: str
    name: str
    name_en: str = ""
    shape: BaseGeometry | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildingOn:
    """One building by its code before the plan, its label point and the grid it belongs to."""

    code: str
    name: str
    grid: str
    lon: float | None = None
    lat: float | None = None
    address: str = ""
    units: int = 0

    @property
    def point(self) -> shapely.Point | None:
        """The label point, if it has one."""
        if self.lon is None or self.lat is None:
            return None
        return shapely.Point(self.lon, self.lat)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Everything a plan may change, before it or after some of its steps.

    Args:
        taken: codes of grids ever used, none of which is given to a new one.
        duties: titles by grid code, with the department and its grid they came from.
    """

    grids: Mapping[str, GridOn]
    buildings: Mapping[str, BuildingOn]
    taken: frozenset[str] = frozenset()
    duties: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)

    def with_grids(self, *grids: GridOn) -> Sheet:
        """Put these grids in the place of those with their codes."""
        return replace(
            self,
            grids={**self.grids, **{one.code: one for one in grids}},
            taken=self.taken | {one.code for one in grids},
        )

    def without(self, codes: Iterable[str]) -> Sheet:
        """Leave out the grids with these codes; their buildings wait for another."""
        gone = set(codes)
        return replace(self, grids={c: one for c, one in self.grids.items() if c not in gone})

    def with_buildings_in(self, codes: Iterable[str], grid: str) -> Sheet:
        """Give these buildings to a grid."""
        moved = {code: replace(self.buildings[code], grid=grid) for code in codes}
        return replace(self, buildings={**self.buildings, **moved})

    def buildings_in(self, grid: str) -> list[BuildingOn]:
        """List the buildings of a grid by code."""
        found = (one for one in self.buildings.values() if one.grid == grid)
        return sorted(found, key=lambda one: one.code)

    def beside(self, code: str) -> list[GridOn]:
        """List the other grids of a grid's community."""
        community = code_prefix(code, AreaKind.COMMUNITY)
        return [
            one
            for one in self.grids.values()
            if one.code != code and one.code.startswith(community)
        ]

    def next_code(self, community: str) -> str | None:
        """Give the next code no grid of a community has had, or None when all are used up."""
        prefix = code_prefix(community, AreaKind.COMMUNITY)
        used = [int(code[12:15]) for code in (*self.taken, *self.grids) if code.startswith(prefix)]
        number = max(used, default=0) + 1
        return f"{prefix}{number:03d}" if number <= MOST_OF_A_KIND else None
