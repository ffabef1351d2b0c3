"""The files that go with an import: the template, and the rows left out with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from linli.ground.kernel.marking import N_

from . import imports
from .errors import Refusal
from .tables.reading import Table, TableRow, read_table
from .tables.terms import Column, Fault, Mark
from .tables.values import text_of
from .tables.writing import Sheet, SheetColumn, write_table

WHY, ROW_NUMBER = N_("为什么没有导入"), N_("原行号")
_OWN = (Column(name="why", label=WHY), Column(name="row", label=ROW_NUMBER, is_needed=True))


def write_template(
    *,
    columns: Sequence[Column],
    allowed: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    target: IO[bytes],
) -> None:
    """Write the empty table to be filled in, with sheets that explain every column.

    Args:
        allowed: allowed values by name of the column.
        notes: sentences above the heading.
    """
    headings = [
        SheetColumn(title=_title(column), width=max(12, 2 * len(gettext(column.label)) + 4))
        for column in columns
    ]
    example = Mark(cells=[gettext(column.example) for column in columns])
    told = [
        SheetColumn(title=gettext(title), width=width)
        for title, width in ((N_("列"), 18), (N_("要不要填"), 10), (N_("怎么填"), 60))
    ]
    values = [SheetColumn(title=gettext(title), width=30) for title in (N_("列"), N_("可以填的值"))]
    write_table(
        target=target,
        zone=timezone.get_default_timezone(),
        sheets=[
            Sheet(name=gettext("导入表"), columns=headings, rows=[], notes=notes),
            Sheet(name=gettext("填写说明"), columns=told, rows=_explained(columns)),
            Sheet(name=gettext("可以填的值"), columns=values, rows=_allowed(columns, allowed)),
            Sheet(name=gettext("示例"), columns=headings, rows=[example]),
        ],
    )


def _title(column: Column) -> str:
    return f"{gettext(column.label)}*" if column.is_needed else gettext(column.label)


def _explained(columns: Sequence[Column]) -> Iterator[Mark]:
    for column in columns:
        need = gettext("必填") if column.is_needed else gettext("可不填")
        yield Mark(cells=[gettext(column.label), need, gettext(column.hint)])


def _allowed(columns: Sequence[Column], allowed: Mapping[str, Sequence[str]]) -> Iterator[Mark]:
    for column in columns:
        for value in allowed.get(column.name, ()):
            yield Mark(cells=[gettext(column.label), value])


def known_in_both(column: Column) -> Column:
    """Know the heading in both languages."""
    titles = {column.label}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            titles.add(gettext(column.label))
    return Column(
        name=column.name,
        label=gettext(column.label),
        titles=(*column.titles, *sorted(titles)),
        is_needed=column.is_needed,
    )


def write_rest(
    target: IO[bytes], table: Table, rows: Iterator[tuple[TableRow, Sequence[Fault]]]
) -> None:
    """Write rows left out as they stood, the reason first and beside each wrong cell."""
    kept = [at for at, title in enumerate(table.heading) if title not in _own_titles()]
    places = {name: kept.index(at) + 2 for name, at in table.places.items() if at in kept}
    columns = [
        SheetColumn(title=gettext(WHY), width=44),
        SheetColumn(title=gettext(ROW_NUMBER), width=8),
        *(SheetColumn(title=table.heading[at], width=18) for at in kept),
    ]
    marked = (_marked(row, faults, kept, places) for row, faults in rows)
    sheet = Sheet(name=gettext("没有导入的行"), columns=columns, rows=marked)
    write_table(target=target, sheets=[sheet], zone=timezone.get_default_timezone())
    target.seek(0)


def _own_titles() -> set[str]:
    return {WHY, ROW_NUMBER, gettext(WHY), gettext(ROW_NUMBER)}


def _marked(
    row: TableRow, faults: Sequence[Fault], kept: Sequence[int], places: Mapping[str, int]
) -> Mark:
    reasons: dict[int, str] = {}
    for fault in faults:
        position = places.get(fault.column, 0)
        said = fault.reason(gettext)
        reasons[position] = f"{reasons[position]}\n{said}" if position in reasons else said
    why = "\n".join(dict.fromkeys(fault.reason(gettext) for fault in faults))
    cells = [row.raw[at] if at < len(row.raw) else None for at in kept]
    plain = [cell.replace("\x00", "") if isinstance(cell, str) else cell for cell in cells]
    return Mark(cells=[why, row.number, *plain], reasons=reasons)


def read_left_out(import_id: UUID) -> dict[int, str]:
    """Read which rows were left out at the check, and why."""
    with suppress(Refusal):
        with imports.open_rest(import_id=import_id) as file:
            table = read_table(file.read(), columns=[known_in_both(column) for column in _OWN])
        return {int(text_of(row.cells["row"])): text_of(row.cells.get("why")) for row in table.rows}
    return {}
