"""Commands of the territory."""

from .areas import add_area, add_areas, announce_change, close_area
from .imports import import_csv, import_geojson
from .national import load_national_codes

__all__ = [
    "add_area",
    "add_areas",
    "announce_change",
    "close_area",
    "import_csv",
    "import_geojson",
    "load_national_codes",
]
