"""Which area holds a point, counted by ray casting: no shapely, no index, nothing of the locator.

It exists to disagree: where it and the locator differ, one of them is wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .reading import Point

Ring = list[Point]
OUTSIDE = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """One area as the file draws it: rings of all its parts, holes included."""

    name: str
    rings: list[Ring]

    def holds(self, point: Point) -> bool:
        """Say whether a ray eastward from the point crosses the rings an odd number of times."""
        crossings = sum(_crosses(point, *edge) for ring in self.rings for edge in _edges(ring))
        return crossings % 2 == 1


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _crosses(point: Point, start: Point, end: Point) -> bool:
    lon, lat = point
    if (start[1] > lat) == (end[1] > lat):
        return False
    share = (lat - start[1]) / (end[1] - start[1])
    return lon < start[0] + share * (end[0] - start[0])


def read_outlines(areas: bytes, *, name: str) -> list[Outline]:
    """Read the areas straight from their file, in WGS-84.

    Args:
        name: property with the name of an area.
    """
    outlines = []
    for feature in json.loads(areas.decode("utf-8-sig"))["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
        rings = [[(at[0], at[1]) for at in ring] for polygon in polygons for ring in polygon]
        outlines.append(Outline(str(feature["properties"][name]).strip(), rings))
    return outlines


def recount(points: Iterable[Point], outlines: list[Outline]) -> Counter[str]:
    """Count points by the first area that holds them, those that none does as OUTSIDE."""
    counted: Counter[str] = Counter()
    for point in points:
        holder = next((one.name for one in outlines if one.holds(point)), OUTSIDE)
        counted[holder] += 1
    return counted
