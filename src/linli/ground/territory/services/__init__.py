"""Commands of the territory."""

from .areas import add_area, add_areas, announce_change, close_area
from .imports import import_csv, import_geojson
from .names import add_place_name, add_place_names, close_place_name
from .national import load_national_codes
from .plan_files import read_plan_file
from .plans import (
    add_step,
    add_steps,
    approve_plan,
    draft_plan,
    drop_step,
    keep_post,
    set_plan_day,
    withdraw_plan,
)
from .redrawing import apply_due_plans, apply_plan

__all__ = [
    "add_area",
    "add_areas",
    "add_place_name",
    "add_place_names",
    "add_step",
    "add_steps",
    "announce_change",
    "apply_due_plans",
    "apply_plan",
    "approve_plan",
    "close_area",
    "close_place_name",
    "draft_plan",
    "drop_step",
    "import_csv",
    "import_geojson",
    "keep_post",
    "load_national_codes",
    "read_plan_file",
    "set_plan_day",
    "withdraw_plan",
]
