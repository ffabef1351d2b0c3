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
from .lineage import (
    count_buildings,
    find_heirs_now,
    find_ids,
    grids_passed,
    heirs_of_plan,
    list_ended_grids,
    list_formers,
    list_grid_duties,
    list_grid_shares,
    list_heirs,
    list_versions,
    moves_of_plan,
    outline_of,
)
from .mentions import find_mentioned
from .places import FOUND_KINDS, find_places, get_place_name, list_place_names, name_view
from .planning import PlannedTerritory, get_plan, list_plans, open_plan

__all__ = [
    "FOUND_KINDS",
    "PlannedTerritory",
    "areas_geojson",
    "check_point",
    "count_buildings",
    "find_area",
    "find_heirs_now",
    "find_ids",
    "find_mentioned",
    "find_places",
    "get_area",
    "get_place_name",
    "get_plan",
    "grids_passed",
    "heirs_of_plan",
    "in_force",
    "list_ancestors",
    "list_areas",
    "list_ended_grids",
    "list_formers",
    "list_grid_duties",
    "list_grid_shares",
    "list_heirs",
    "list_place_names",
    "list_plans",
    "list_versions",
    "moves_of_plan",
    "name_view",
    "open_plan",
    "outline_of",
    "view",
]
