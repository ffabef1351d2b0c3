"""Reads of the territory: areas, places by name, maps, and whether a point makes sense."""

from __future__ import annotations

from .areas import (
    areas_geojson,
    check_point,
    find_area,
    get_area,
    in_force,
    list_ancestors,
    list_areas,
    view,
)
from .mentions import find_mentioned
from .places import FOUND_KINDS, find_places, get_place_name, list_place_names, name_view

__all__ = [
    "FOUND_KINDS",
    "areas_geojson",
    "check_point",
    "find_area",
    "find_mentioned",
    "find_places",
    "get_area",
    "get_place_name",
    "in_force",
    "list_ancestors",
    "list_areas",
    "list_place_names",
    "name_view",
    "view",
]
