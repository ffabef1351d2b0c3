"""Files for a plan: grids to be drawn, departments' grids, or a list of buildings that move."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.reading import read_table
from linli.ground.kernel.tables.terms import Column
from linli.ground.kernel.tables.values import text_of
from linli.ground.territory.errors import UnableToImportAreas, UnableToRedraw
from linli.ground.territory.plan_terms import (
    DepartmentalGrid,
    DrawnGrid,
    DrawStep,
    MoveStep,
    PlanStep,
)
from linli.ground.territory.rules import polygons
from linli.ground.territory.rules.files import check_system, features_of, geometry_of_wkt
from linli.ground.territory.terms import CoordinateSystem

COLUMNS = (
    Column(name="code", label=N_("网格编号"), titles=("code", "编号", "编码")),
    Column(name="name", label=N_("网格名称"), titles=("name", "名称")),
    Column(name="name_en", label=N_("英文名称"), titles=("英文名",)),
    Column(name="department", label=N_("部门"), titles=("单位",)),
    Column(name="duties", label=N_("职责"), titles=("duty",)),
    Column(name="wkt", label=N_("图形"), titles=("geometry", "wkt")),
    Column(name="building", label=N_("楼栋编号"), titles=("楼栋", "楼号")),
    Column(name="to", label=N_("划入网格"), titles=("新网格", "新网格编号", "grid")),
)
SEVERAL = re.compile(r"[、，,；;\n]+")


def read_plan_file(
    *, content: bytes, system: str | None, within_code: str, file_name: str = ""
) -> tuple[PlanStep, ...]:
    """Read a file as steps of a plan; nothing is written.

    A GeoJSON collection or a table (Excel, CSV) with a column of WKT draws grids; rows with a
    department are that department's own grids, whose duties are taken over. A table of building
    codes and grids moves buildings.

    Args:
        content: the bytes as sent.
        system: coordinate system of the shapes; not needed for a list of buildings.
        within_code: the community or sub-district of the plan.

    Raises:
        UnableToImportAreas: no collection, nothing in it, or no coordinate system.
        TableRefused: no table, or one without the columns.
        UnableToRedraw: rows without what they need.
    """
    if content.lstrip()[:1] in (b"{", b"["):
        stated = check_system(system)
        rows = [_of_feature(one, stated) for one in features_of(content)]
    else:
        table = read_table(content, columns=COLUMNS)
        rows = [{name: text_of(cell) for name, cell in one.cells.items()} for one in table.rows]
        if "building" in table.places:
            return tuple(_moves(rows))
        rows = [_of_line(one, check_system(system)) for one in rows]
    return (_drawing(rows, within_code, file_name),)


def _of_feature(feature: Any, system: CoordinateSystem) -> dict[str, Any]:
    held = feature if isinstance(feature, dict) else {}
    known = held.get("properties")
    row = {name: _text(value) for name, value in (known or {}).items()}
    return {**row, "geometry": _turned(held.get("geometry"), system)}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value).strip()


def _of_line(row: Mapping[str, str], system: CoordinateSystem) -> dict[str, Any]:
    try:
        drawn = geometry_of_wkt(row.get("wkt", ""))
    except ValueError:
        drawn = None
    return {**row, "geometry": _turned(drawn, system)}


def _turned(geometry: Any, system: CoordinateSystem) -> Mapping[str, Any]:
    """Turn a geometry into WGS-84; what can't be turned is refused when the step is taken."""
    try:
        return polygons.to_wgs84(geometry, system)
    except (ValueError, TypeError, LookupError, RecursionError):
        return geometry if isinstance(geometry, Mapping) else {}


def _drawing(rows: list[dict[str, Any]], within_code: str, file_name: str) -> DrawStep:
    grids, departmental = [], []
    for number, row in enumerate(rows, start=1):
        name = row.get("name", "")[:100]
        if not name:
            raise UnableToRedraw("territory.step_row_nameless", field="file", row=number)
        if department := row.get("department", ""):
            departmental.append(
                DepartmentalGrid(
                    department=department[:100],
                    name=name,
                    duties=tuple(_duties(row.get("duties", ""))),
                    geometry=row["geometry"],
                    row=number,
                )
            )
        else:
            grids.append(
                DrawnGrid(
                    code=row.get("code", ""),
                    name=name,
                    name_en=row.get("name_en", "")[:100],
                    geometry=row["geometry"],
                    row=number,
                )
            )
    return DrawStep(
        within=within_code,
        grids=tuple(grids),
        departmental=tuple(departmental),
        file_name=file_name[:200],
    )


def _duties(said: str) -> Iterator[str]:
    for one in SEVERAL.split(said):
        if one.strip():
            yield one.strip()[:100]


def _moves(rows: list[dict[str, str]]) -> Iterator[MoveStep]:
    """Make one step for each grid named, in the order of the file; a name that is no code is new.

    A new grid gets its buildings in one step.
    """
    by_grid: dict[str, list[str]] = {}
    for row in rows:
        if not row.get("to"):
            raise UnableToImportAreas("territory.columns_missing", columns=str(COLUMNS[-1].label))
        by_grid.setdefault(row["to"], []).append(row.get("building", ""))
    for to, buildings in by_grid.items():
        if to.isascii() and to.isdigit():
            yield MoveStep(buildings=tuple(buildings), to=to)
        else:
            yield MoveStep(buildings=tuple(buildings), name=to)
