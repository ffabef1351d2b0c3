"""Tables of days that differ from the week's rule: which columns there are, what one row says."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell, Column, Fault
from linli.ground.kernel.tables.values import instant_of
from linli.programmes.keeping.rules.calendar import MOST_NOTE
from linli.programmes.keeping.rules.importing import (
    ReadRow,
    fault,
    read_cells,
    read_ends,
    squeeze,
)
from linli.programmes.keeping.terms import FIELD_LABELS, Value

_UTC = ZoneInfo("UTC")
DAY_COLUMNS = (
    Column(
        name="day",
        label=N_("日期"),
        titles=("日子", "day", "date"),
        is_needed=True,
        hint=N_("一天一行；周末照常休息、平日照常上班的不用写。"),
        example="2027-02-12",
    ),
    Column(
        name="work",
        label=FIELD_LABELS["work"],
        titles=("放假上班", "安排", "work"),
        hint=N_("填“放假”或“上班”。"),
        example=N_("放假"),
    ),
    Column(
        name="note",
        label=FIELD_LABELS["note"],
        titles=("备注", "名称", "note"),
        hint=N_("节日名称，或为什么。"),
        example=N_("春节"),
    ),
    Column(
        name="ends",
        label=N_("取消"),
        titles=("ends",),
        hint=N_("要取消特别安排的填“是”，那一天又照星期算。"),
    ),
)
OF_A_NEW_DAY = ("work",)


def read_date(cell: Cell) -> str:
    """Read the day of a row as 2027-02-12; empty when it is none."""
    try:
        found = instant_of(cell, zone=_UTC)
    except ValueError:
        return ""
    return found.date().isoformat() if found is not None else ""


def read_day_row(
    cells: Mapping[str, Cell], *, works: Mapping[str, str], offered: str
) -> tuple[ReadRow, tuple[Fault, ...]]:
    """Read one row of a table of days; an empty cell leaves the value as it is.

    Args:
        works: what words for resting and working stand for.
        offered: the words to choose from, as they are said.
    """
    given, faults = read_cells(cells, DAY_COLUMNS)
    day = read_date(cells.get("day"))
    if not day:
        faults.append(fault("day", "keeping.import_no_day", value=given["day"][:40]))
    fields: dict[str, Value] = {}
    if given["note"]:
        fields["note"] = given["note"]
    if len(given["note"]) > MOST_NOTE:
        faults.append(fault("note", "keeping.import_too_long", most=MOST_NOTE))
    said = squeeze(given["work"])
    if said in works:
        fields["work"] = works[said]
    elif said:
        asked = {"value": given["work"][:40], "allowed": offered}
        faults.append(fault("work", "keeping.import_not_listed", **asked))
    return ReadRow(key=day, fields=fields, ends=read_ends(given, faults)), tuple(faults)
