"""Catalogue, list of responsibilities and calendar as tables that can be taken in again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.finding import street_of
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell, Column
from linli.ground.people.terms import Action
from linli.programmes.keeping.queries.drafts import list_entries
from linli.programmes.keeping.rules.importing import CATEGORY_COLUMNS, ITEM_COLUMNS
from linli.programmes.keeping.rules.importing_days import DAY_COLUMNS
from linli.programmes.keeping.terms import HOURS_KEY, WORK_LABELS, Matter
from linli.spine.cases.catalogue_terms import (
    CHECKED_BY_LABELS,
    LIMIT_UNIT_LABELS,
    RESPONSIBILITY_LABELS,
)

from .exportable import Asked, ExportableList, ListColumn

_SAID: dict[str, Any] = {
    "kind": RESPONSIBILITY_LABELS,
    "limit_unit": LIMIT_UNIT_LABELS,
    "checked_by": CHECKED_BY_LABELS,
    "work": WORK_LABELS,
}
_WIDE = ("filing_condition", "closing_condition", "categories", "title", "basis", "helpers")


def _rows(matter: Matter, asked: Asked) -> list[dict[str, Any]]:
    held = list_entries(
        matter=matter, street_code=street_of(asked.member), on=timezone.localdate(asked.at)
    )
    return [
        {"key": key, "item_no": key, "day": key, **values}
        for key, (_name, values) in held.items()
        if key != HOURS_KEY
    ]


def _catalogue(asked: Asked) -> list[dict[str, Any]]:
    return _rows(Matter.CATALOGUE, asked)


def _list(asked: Asked) -> list[dict[str, Any]]:
    return _rows(Matter.LIST, asked)


def _days(asked: Asked) -> list[dict[str, Any]]:
    return _rows(Matter.CALENDAR, asked)


def _cell(name: str, row: dict[str, Any]) -> Cell:
    value = row.get(name)
    if name in _SAID:
        return gettext(_SAID[name][value])
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, tuple):
        return " ".join(value)
    return int(value) if name == "item_no" and value else value


def _column(one: Column) -> ListColumn:
    return ListColumn(
        label=one.label,
        width=40 if one.name in _WIDE else 16,
        value=lambda row, _asked: _cell(one.name, row),
    )


KEPT_LISTS = (
    ExportableList(
        name="catalogue_table",
        title=N_("事项目录（可改好再导入）"),
        rights=(Action.KEEPING_READ,),
        columns=[_column(one) for one in CATEGORY_COLUMNS],
        rows=_catalogue,
        count=lambda asked: len(_catalogue(asked)),
    ),
    ExportableList(
        name="responsibility_table",
        title=N_("职责清单（可改好再导入）"),
        rights=(Action.KEEPING_READ,),
        columns=[_column(one) for one in ITEM_COLUMNS],
        rows=_list,
        count=lambda asked: len(_list(asked)),
    ),
    ExportableList(
        name="calendar_table",
        title=N_("工作日历（可改好再导入）"),
        rights=(Action.KEEPING_READ,),
        columns=[_column(one) for one in DAY_COLUMNS],
        rows=_days,
        count=lambda asked: len(_days(asked)),
    ),
)
