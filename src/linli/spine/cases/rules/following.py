"""Into which grid an open case goes when its own is re-drawn. Plain words and points, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from linli.ground.kernel.marking import N_

FindGrid = Callable[[float, float], str]


class FollowedBy(StrEnum):
    """By what a case found its new grid."""

    POINT = "point"
    BUILDING = "building"
    SHARE = "share"

    @property
    def label(self) -> str:
        """The Chinese name of the rule, a message id."""
        return FOLLOWED_BY_LABELS[self]


FOLLOWED_BY_LABELS: Mapping[FollowedBy, str] = {
    FollowedBy.POINT: N_("按位置"),
    FollowedBy.BUILDING: N_("按楼栋"),
    FollowedBy.SHARE: N_("随大部分"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedBuilding:
    """A building that got another grid, by how reports name it."""

    name: str
    address: str
    from_grid: str
    to_grid: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the rule needs of the territory re-drawn.

    Args:
        main_heirs: code of the grid with most of the ground, by code of the former grid.
        find_grid: code of the grid that holds a point in degrees, or an empty text.
    """

    main_heirs: Mapping[str, str]
    buildings: tuple[MovedBuilding, ...]
    find_grid: FindGrid


def goes_to(
    ground: Ground, *, grid: str, lon: float | None, lat: float | None, address: str
) -> tuple[str, FollowedBy]:
    """Say into which grid a case goes: by its point, else its building, else the larger share.

    Args:
        grid: code of the grid it had.
    """
    if lon is not None and lat is not None and (found := ground.find_grid(lon, lat)):
        return found, FollowedBy.POINT
    if named := _named(ground.buildings, grid, address):
        return named, FollowedBy.BUILDING
    return ground.main_heirs.get(grid, grid), FollowedBy.SHARE


def _named(buildings: Iterable[MovedBuilding], grid: str, address: str) -> str:
    """Find the building of this grid that an address names, the longest name first."""
    said = "".join(address.split())
    found = [
        (len(words), one.to_grid)
        for one in buildings
        if one.from_grid == grid
        for words in (one.address, one.name)
        if words and "".join(words.split()) in said
    ]
    return max(found, default=(0, ""))[1]
