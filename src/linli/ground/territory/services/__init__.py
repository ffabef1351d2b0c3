"""Commands of the territory."""

from .areas import add_area, add_areas, announce_change, close_area
from .imports import import_csv, import_geojson
from .names import add_place_name, add_place_names, close_place_name
from .national import load_national_codes

__all__ = [
    "add_area",
    "add_areas",
    "add_place_name",
    "add_place_names",
    "announce_change",
    "close_area",
    "close_place_name",
    "import_csv",
    "import_geojson",
    "load_national_codes",
]
