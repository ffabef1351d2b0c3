"""Sheets of a form as tables of the page: what stands in each cell, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from linli.programmes.returns.rules.cells import name_column
from linli.programmes.returns.rules.figures import FIGURES, is_per_cent
from linli.programmes.returns.rules.labels import read_labels
from linli.programmes.returns.rules.workbook import FormCell, FormSheet, Workbook
from linli.programmes.returns.terms import FigureView, MappingView, Proposal


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One cell on the page: its look, its words, where it leads, and how it is read out."""

    cell: FormCell
    look: str
    text: str
    address: str = ""
    spoken: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownSheet:
    """One sheet on the page, row by row; `columns` are A, B, …"""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Shown, ...]], ...]


Show = Callable[[FormSheet, FormCell], Shown]


def lay_out(sheet: FormSheet, show: Show) -> ShownSheet:
    """Lay a sheet out row by row; merged cells stand once."""
    return ShownSheet(
        name=sheet.name,
        columns=tuple(name_column(at) for at in range(1, sheet.columns + 1)),
        rows=tuple(
            (
                row,
                tuple(
                    show(sheet, sheet.cells[row, column])
                    for column in range(1, sheet.columns + 1)
                    if (row, column) in sheet.cells
                ),
            )
            for row in range(1, sheet.rows + 1)
        ),
    )


def find_sheet(book: Workbook, name: str) -> FormSheet:
    """Find the sheet asked for, or the first."""
    return book.sheet(name) or book.sheets[0]


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """Shows what cells stand for, and what they are proposed to."""

    mappings: Mapping[tuple[str, str], MappingView]
    proposals: Mapping[tuple[str, str], Proposal]
    chosen: str
    address: Callable[[str], str]

    def show(self, sheet: FormSheet, cell: FormCell) -> Shown:
        """Show one cell: words, formula, mapped, proposed or empty."""
        if cell.is_formula:
            return Shown(cell=cell, look="is-formula", text=gettext("公式"))
        if cell.is_label:
            return Shown(cell=cell, look="is-label", text=cell.text)
        look, text = self._look(sheet.name, cell)
        labels = read_labels(sheet, cell.row, cell.column)
        where = gettext("，").join(one for one in (cell.name, labels.row, labels.column) if one)
        if cell.name == self.chosen:
            look = f"{look} is-chosen"
        return Shown(cell=cell, look=look, text=text, address=self.address(cell.name), spoken=where)

    def _look(self, sheet: str, cell: FormCell) -> tuple[str, str]:
        mapped = self.mappings.get((sheet, cell.name))
        if mapped is not None:
            return "is-mapped", mapped.words
        if (sheet, cell.name) in self.proposals:
            return "is-proposed", self.proposals[sheet, cell.name].words
        return "is-empty", cell.text


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Shows the numbers of a return in their cells."""

    figures: Mapping[tuple[str, str], FigureView]
    address: Callable[[FigureView], str]

    def show(self, sheet: FormSheet, cell: FormCell) -> Shown:
        """Show one cell: words, formula, or a number that opens what it counts."""
        figure = self.figures.get((sheet.name, cell.name))
        if figure is not None:
            look = "is-number is-corrected" if figure.is_corrected else "is-number"
            return Shown(
                cell=cell,
                look=look,
                text=say_number(figure.written, figure),
                address=self.address(figure),
                spoken=f"{cell.name} {figure.words}",
            )
        if cell.is_formula:
            return Shown(cell=cell, look="is-formula", text=gettext("公式"))
        return Shown(cell=cell, look="is-label" if cell.is_label else "is-left", text=cell.text)


def say_number(amount: Decimal | None, figure: FigureView) -> str:
    """Write a number as a page shows it: counts whole, shares with one decimal and their sign."""
    if amount is None:
        return "—"
    registered = FIGURES.get(figure.target.figure)
    if registered is not None and is_per_cent(registered, figure.target.span):
        return f"{amount:.1f}%"
    return f"{amount:.1f}".removesuffix(".0")


def by_cell(figures: Iterable[FigureView]) -> dict[tuple[str, str], FigureView]:
    """Arrange numbers by sheet and cell."""
    return {(one.sheet, one.cell): one for one in figures}
