"""What the words beside and above a cell say: its labels, and the figure they seem to ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linli.programmes.returns.terms import Proposal, Span, Target

from .cells import read_cell
from .figures import FIGURES, Figure
from .workbook import FormCell, FormSheet, Workbook

MOST_LABELS = 3
MOST_LABEL = 80
JOINT = " / "
_SIGNS = re.compile(r"[（(]单位[^）)]*[）)]|[\s（）()：:、，,。/／%％]|其中")
_SPANS: tuple[tuple[Span, tuple[str, ...]], ...] = (
    (Span.CHANGE, ("同比", "增减", "增幅")),
    (Span.LAST_YEAR, ("去年同期", "上年同期", "去年同月")),
    (Span.YEAR, ("累计", "年初至今", "全年")),
    (Span.PREVIOUS, ("上期", "上月", "上周", "上季")),
)
_PARTS = re.compile(r"[\s（）()：:、，,。/／]|其中")
Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Known:
    """Names a form may use, with what they stand for: areas, categories, channels, levels."""

    areas: Words = field(default_factory=dict)
    categories: Words = field(default_factory=dict)
    majors: Words = field(default_factory=dict)
    channels: Words = field(default_factory=dict)
    levels: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The words of a cell's row and of its column, the nearest last."""

    row: str
    column: str


def read_labels(sheet: FormSheet, row: int, column: int) -> Labels:
    """Read the words to the left of a cell, and those above it that stand in rows of headings.

    A title across the whole sheet belongs to no cell.
    """
    beside = _words(_standing(sheet, row, at) for at in range(column - 1, 0, -1))
    above = _words(
        _standing(sheet, at, column) for at in range(row - 1, 0, -1) if _is_heading(sheet, at)
    )
    own_row = set(beside)
    return Labels(
        row=JOINT.join(reversed(beside))[:MOST_LABEL],
        column=JOINT.join(one for one in reversed(above) if one not in own_row)[:MOST_LABEL],
    )


def _is_heading(sheet: FormSheet, row: int) -> bool:
    """Say whether a row has words in more columns than it leaves free."""
    named = sum(_has_words(sheet, row, column) for column in range(1, sheet.columns + 1))
    return named * 2 > sheet.columns


def _has_words(sheet: FormSheet, row: int, column: int) -> bool:
    found = _at(sheet, row, column)
    return found is not None and found.is_label


def _at(sheet: FormSheet, row: int, column: int) -> FormCell | None:
    """Find what stands at a place, merged cells by the one that stands for them."""
    if (row, column) in sheet.covered:
        return sheet.cells.get(read_cell(sheet.covered[row, column]))
    return sheet.cells.get((row, column))


def _standing(sheet: FormSheet, row: int, column: int) -> FormCell | None:
    found = _at(sheet, row, column)
    if found is None or (found.columns >= sheet.columns and sheet.columns > 1):
        return None
    return found


def _words(cells: Iterable[FormCell | None]) -> list[str]:
    """Collect different words, the nearest first."""
    found: dict[str, None] = {}
    for one in cells:
        if one is not None and one.is_label:
            found.setdefault(one.text)
        if len(found) == MOST_LABELS:
            break
    return list(found)


def propose(book: Workbook, known: Known) -> list[Proposal]:
    """Propose what empty cells stand for, as far as their words say it clearly."""
    found = (
        _propose(sheet, cell, known)
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if not cell.text and not cell.is_formula
    )
    return [one for one in found if one is not None]


def _propose(sheet: FormSheet, cell: FormCell, known: Known) -> Proposal | None:
    labels = read_labels(sheet, cell.row, cell.column)
    if not labels.row or not labels.column:
        return None
    said = [*labels.row.split(JOINT), *labels.column.split(JOINT)]
    target = read_target(said, known)
    if target is None:
        return None
    return Proposal(
        sheet=sheet.name,
        cell=cell.name,
        target=target,
        row_label=labels.row,
        column_label=labels.column,
    )


def read_target(said: Iterable[str], known: Known) -> Target | None:
    """Read what some words ask for: the longest name of a figure, a span, and what narrows it.

    None when no figure is named, or when a word narrows what can't be narrowed so.
    """
    words = [word for one in said for word in _pieces(one)]
    figure = _find_figure(words)
    if figure is None:
        return None
    found = {
        "area_code": _find(words, known.areas),
        "category_key": _find(words, known.categories),
        "major_code": _find(words, known.majors),
        "channel": _find(words, known.channels),
        "level": _find(words, known.levels),
    }
    if found["category_key"]:
        found["major_code"] = ""
    target = Target(figure=figure.key, span=_find_span(words), **found)
    is_fit = all(one in figure.narrowings for one in target.narrowed_by())
    return target if is_fit else None


def plain(text: str) -> str:
    """Leave out signs and units of a word of a form."""
    return _SIGNS.sub("", text)


def _pieces(text: str) -> list[str]:
    """Give a label as one word, and the words its signs part it into."""
    return [plain(text), *(word for word in (plain(one) for one in _PARTS.split(text)) if word)]


def _find_figure(words: list[str]) -> Figure | None:
    """Find the figure whose name is the longest of those that occur."""
    best: tuple[int, Figure | None] = (0, None)
    for figure in FIGURES.values():
        for name in (figure.label, *figure.words):
            if len(name) > best[0] and any(name in one for one in words):
                best = (len(name), figure)
    return best[1]


def _find_span(words: list[str]) -> Span:
    for span, names in _SPANS:
        if any(name in one for name in names for one in words):
            return span
    return Span.THIS


def _find(words: list[str], names: Words) -> str:
    """Find what one of the words is the whole name of."""
    return next((names[one] for one in words if one in names), "")
