"""An .xlsx file as a form: its sheets as tables, and the same file again with numbers in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .added_sheet import AddedSheet, add_sheet
from .cells import name_cell, read_cell
from .package import (
    BOOK,
    count_on_opening,
    open_package,
    pack,
    read_leads,
    read_percents,
    read_sheet_names,
    read_strings,
)
from .refusals import UnableToReturn
from .sheet_parts import CellPart, SheetPart, read_sheet, write_cells

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 300, 60
_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9,]*(\.[0-9]+)?([eE][-+]?[0-9]+)?\s*%?\s*")


@dataclass(frozen=True, kw_only=True)
class FormCell:
    """One cell of a form that is shown: merged ones once, with what they span."""

    name: str
    row: int
    column: int
    text: str
    is_formula: bool = False
    is_percent: bool = False
    rows: int = 1
    columns: int = 1

    @property
    def is_label(self) -> bool:
        """Whether words stand in it."""
        return bool(self.text) and not self.is_formula and not is_number(self.text)


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """One sheet as a table; `covered` leads from a merged-in cell to the one that stands for it."""

    name: str
    rows: int
    columns: int
    cells: Mapping[tuple[int, int], FormCell]
    covered: Mapping[tuple[int, int], str]

    def check_target(self, cell: str) -> FormCell:
        """Give the cell a number may be written into.

        Raises:
            UnableToReturn: no such cell, a formula, merged into another, or words stand in it.
        """
        try:
            row, column = read_cell(cell)
        except ValueError:
            raise UnableToReturn("returns.cell_unknown", field="cell", cell=cell[:20]) from None
        name = name_cell(row, column)
        if (row, column) in self.covered:
            first = self.covered[row, column]
            raise UnableToReturn("returns.cell_merged", field="cell", cell=name, first=first)
        found = self.cells.get((row, column))
        if found is None:
            raise UnableToReturn("returns.cell_unknown", field="cell", cell=name)
        if found.is_formula:
            raise UnableToReturn("returns.cell_formula", field="cell", cell=name)
        if found.is_label:
            raise UnableToReturn(
                "returns.cell_label", field="cell", cell=name, text=found.text[:40]
            )
        return found


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """The visible sheets of a form, in their order."""

    sheets: tuple[FormSheet, ...]

    def sheet(self, name: str) -> FormSheet | None:
        """Find a sheet by its name."""
        return next((one for one in self.sheets if one.name == name), None)


def is_number(text: str) -> bool:
    """Say whether a cell holds a number rather than words."""
    return _NUMBER.fullmatch(text) is not None


def read_workbook(content: bytes) -> Workbook:
    """Read a form.

    Raises:
        UnableToReturn: too large, an old format, with macros, damaged, or with nothing to fill in.
    """
    return _File(content).read()


def fill_workbook(
    content: bytes,
    values: Mapping[str, Mapping[str, Decimal | None]],
    *,
    added: AddedSheet | None = None,
) -> bytes:
    """Give the same file with numbers in its cells; what has none is left as it is.

    Args:
        values: by sheet and cell; for cells shown as percentages in hundredths of them.
        added: one more sheet, behind all others.

    Raises:
        UnableToReturn: as in `read_workbook`.
    """
    return _File(content).fill(values, added)


class _File:
    """One file and what is found in it."""

    def __init__(self, content: bytes) -> None:
        self.archive, self.parts = open_package(content)
        try:
            self._find()
        except (KeyError, ValueError, IndexError, StopIteration) as fault:
            raise UnableToReturn("returns.not_xlsx", field="file") from fault

    def _find(self) -> None:
        leads = read_leads(self.parts["xl/_rels/workbook.xml.rels"])
        self.paths = {
            name: leads[identity][1]
            for name, identity, is_seen in read_sheet_names(self.parts[BOOK])
            if is_seen and leads[identity][0].endswith("/worksheet")
        }
        if len(self.paths) > MOST_SHEETS:
            raise UnableToReturn("returns.too_many_sheets", field="file", most=MOST_SHEETS)
        paths = {kind.rpartition("/")[2]: path for kind, path in leads.values()}
        texts = self.parts.get(paths.get("sharedStrings", ""), b"")
        looks = self.parts.get(paths.get("styles", ""), b"")
        strings = read_strings(texts) if texts else []
        self.percents = read_percents(looks) if looks else frozenset()
        self.sheets = {
            name: read_sheet(self.parts[path], strings) for name, path in self.paths.items()
        }

    def read(self) -> Workbook:
        tables = (_table(name, part, self.percents) for name, part in self.sheets.items())
        sheets = tuple(one for one in tables if one.cells)
        if not sheets:
            raise UnableToReturn("returns.no_sheet", field="file")
        return Workbook(sheets=sheets)

    def fill(
        self, values: Mapping[str, Mapping[str, Decimal | None]], added: AddedSheet | None
    ) -> bytes:
        parts = {**self.parts, BOOK: count_on_opening(self.parts[BOOK])}
        for name, part in self.sheets.items():
            numbers = {
                read_cell(cell): self._write(part, cell, value)
                for cell, value in values.get(name, {}).items()
                if value is not None
            }
            parts[self.paths[name]] = write_cells(self.parts[self.paths[name]], part, numbers)
        return pack(self.archive, add_sheet(parts, added) if added else parts)

    def _write(self, part: SheetPart, cell: str, value: Decimal) -> str:
        there = part.cells.get(read_cell(cell))
        is_percent = there is not None and there.style in self.percents
        return format((value / 100 if is_percent else value).normalize(), "f")


def _table(name: str, part: SheetPart, percents: frozenset[str]) -> FormSheet:
    """Lay a sheet out as a table, as far as words, numbers or formulas stand in it."""
    rows, columns = _extent(part)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise UnableToReturn(
            "returns.too_wide", field="file", sheet=name, rows=MOST_ROWS, columns=MOST_COLUMNS
        )
    covered: dict[tuple[int, int], str] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in part.merges:
        inside = [
            (row, column)
            for row in range(top, min(bottom, rows) + 1)
            for column in range(left, min(right, columns) + 1)
        ]
        covered |= dict.fromkeys(inside[1:], name_cell(top, left))
        spans[top, left] = (min(bottom, rows) - top + 1, min(right, columns) - left + 1)
    cells = {
        (row, column): _cell_of(part, row, column, spans.get((row, column), (1, 1)), percents)
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
        if (row, column) not in covered
    }
    return FormSheet(name=name, rows=rows, columns=columns, cells=cells, covered=covered)


def _extent(part: SheetPart) -> tuple[int, int]:
    """Say how far a sheet goes; what is only coloured counts where something merged ends."""
    used = [at for at, one in part.cells.items() if one.text.strip() or one.is_formula]
    ends = [(b, r) for t, le, b, r in part.merges if (t, le) in set(used)]
    return (
        max((row for row, _ in [*used, *ends]), default=0),
        max((column for _, column in [*used, *ends]), default=0),
    )


def _cell_of(
    part: SheetPart, row: int, column: int, span: tuple[int, int], percents: frozenset[str]
) -> FormCell:
    there = part.cells.get((row, column))
    in_array = any(
        top <= row <= bottom and left <= column <= right for top, left, bottom, right in part.arrays
    )
    return FormCell(
        name=name_cell(row, column),
        row=row,
        column=column,
        text=_words(there),
        is_formula=in_array or (there is not None and there.is_formula),
        is_percent=there is not None and there.style in percents,
        rows=span[0],
        columns=span[1],
    )


def _words(there: CellPart | None) -> str:
    return " ".join(there.text.split()) if there else ""
