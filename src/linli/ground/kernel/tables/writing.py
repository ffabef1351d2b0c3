"""Writing Excel row by row; no cell ever starts a formula, instants are real dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter

from .guarding import guard
from .terms import Cell, Mark

LONGEST_CELL = 32_000
LONGEST_NAME = 31
MOST_NOTES_BESIDE_CELLS = 2_000
_UNFIT_IN_NAME = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column as written: its heading and its width in characters."""

    title: str
    width: int = 14


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: `notes` are sentences above the heading, rows are taken one by one."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Mark]
    notes: Sequence[str] = field(default=())


def write_table(*, target: IO[bytes], sheets: Sequence[Sheet], zone: ZoneInfo) -> None:
    """Write a workbook in little memory.

    Args:
        target: where the bytes go; it stays open.
        zone: aware instants are written as the clock there shows them.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(target, options)
    try:
        pen = _Pen(book, zone)
        for sheet in sheets:
            _write_sheet(book, sheet, pen)
    finally:
        book.close()


class _Pen:
    """The few looks of a workbook, and how each kind of cell is written."""

    def __init__(self, book: Any, zone: ZoneInfo) -> None:
        self.zone = zone
        edge = {"border": 1, "border_color": "#DFE4E2"}
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E3EFED", "text_wrap": True, "valign": "vcenter", **edge}
        )
        self.note = book.add_format({"font_color": "#B45309", "bold": True})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        wrong = {"bg_color": "#FBE3E0", "font_color": "#C2362B", "valign": "top"}
        self.wrong: Mapping[Any, Any] = {
            self.words: book.add_format({"text_wrap": True, **wrong}),
            self.instant: book.add_format({"num_format": "yyyy-mm-dd hh:mm", **wrong}),
            self.day: book.add_format({"num_format": "yyyy-mm-dd", **wrong}),
        }

    def write(self, page: Any, row: int, column: int, cell: Cell, *, is_wrong: bool) -> None:
        """Write one cell by its kind; whatever is no number or date is words."""
        value, look = self._shown(cell)
        look = self.wrong[look] if is_wrong else look
        if value is None or value == "":
            page.write_blank(row, column, None, look)
        elif isinstance(value, str):
            page.write_string(row, column, value, look)
        elif isinstance(value, datetime | date):
            page.write_datetime(row, column, value, look)
        else:
            page.write_number(row, column, value, look)

    def _shown(self, cell: Cell) -> tuple[Any, Any]:
        if isinstance(cell, datetime) and cell.year >= 1900:
            local = cell.astimezone(self.zone) if cell.tzinfo else cell
            return local.replace(tzinfo=None), self.instant
        if isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1900:
            return cell, self.day
        if isinstance(cell, bool | time | datetime | date):
            return str(cell), self.words
        if isinstance(cell, str):
            return guard(cell)[:LONGEST_CELL], self.words
        return cell, self.words


def _write_sheet(book: Any, sheet: Sheet, pen: _Pen) -> None:
    page = book.add_worksheet(_UNFIT_IN_NAME.sub(" ", sheet.name)[:LONGEST_NAME])
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width)
    for row, note in enumerate(sheet.notes):
        page.write_string(row, 0, guard(note), pen.note)
    head = len(sheet.notes)
    for position, column in enumerate(sheet.columns):
        page.write_string(head, position, guard(column.title), pen.head)
    page.freeze_panes(head + 1, 0)
    last = _write_rows(page, sheet.rows, start=head + 1, pen=pen)
    if sheet.columns:
        page.autofilter(head, 0, max(last, head + 1) - 1, len(sheet.columns) - 1)


def _write_rows(page: Any, rows: Iterable[Mark], *, start: int, pen: _Pen) -> int:
    row, beside = start, 0
    for marked in rows:
        for position, cell in enumerate(marked.cells):
            pen.write(page, row, position, cell, is_wrong=position in marked.reasons)
        for position, reason in marked.reasons.items():
            if beside < MOST_NOTES_BESIDE_CELLS:
                page.write_comment(row, position, reason, {"x_scale": 2})
                beside += 1
        row += 1
    return row
