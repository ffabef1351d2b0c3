"""A new version of a form: which cells keep what they stand for, and where the others went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .labels import Labels, read_labels
from .refusals import UnableToReturn
from .workbook import FormSheet, Workbook


@dataclass(frozen=True, kw_only=True)
class Laid:
    """Where something mapped lay, and the words it lay between."""

    sheet: str
    cell: str
    labels: Labels


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What became of it: kept in its place, or to be placed by somebody, as suggested or not."""

    sheet: str
    cell: str
    is_kept: bool
    suggested: str = ""


def carry(laid: Iterable[Laid], book: Workbook) -> list[Carried]:
    """Say what becomes of each mapped cell; no two end in one place."""
    found = [_carry(one, book) for one in laid]
    kept = {(one.sheet, one.cell) for one in found if one.is_kept}
    return [
        replace(one, suggested="") if (one.sheet, one.suggested) in kept else one for one in found
    ]


def _carry(one: Laid, book: Workbook) -> Carried:
    sheet = book.sheet(one.sheet)
    if sheet is None and len(book.sheets) == 1:
        sheet = book.sheets[0]
    if sheet is None:
        return Carried(sheet=one.sheet, cell=one.cell, is_kept=False)
    is_named = bool(one.labels.row or one.labels.column)
    if is_named and _labels_at(sheet, one.cell) == one.labels:
        return Carried(sheet=sheet.name, cell=one.cell, is_kept=True)
    return Carried(
        sheet=sheet.name,
        cell=one.cell,
        is_kept=False,
        suggested=_elsewhere(sheet, one.labels) if is_named else "",
    )


def _labels_at(sheet: FormSheet, name: str) -> Labels | None:
    try:
        cell = sheet.check_target(name)
    except UnableToReturn:
        return None
    return read_labels(sheet, cell.row, cell.column)


def _elsewhere(sheet: FormSheet, labels: Labels) -> str:
    """Find the only other cell between the same words."""
    found = [
        cell.name
        for cell in sheet.cells.values()
        if not cell.is_formula
        and not cell.is_label
        and read_labels(sheet, cell.row, cell.column) == labels
    ]
    return found[0] if len(found) == 1 else ""
