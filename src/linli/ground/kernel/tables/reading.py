"""Reading a table somebody sent: what it is by its bytes, its heading wherever that stands."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from linli.ground.kernel.unpacking import MOST_COLUMNS, ROWS_ABOVE

from .terms import Cell, Column, TableRefused
from .values import text_of

MOST_BYTES = 20 * 1024**2
MOST_ROWS = 100_000
HEADING_WITHIN = 20
PATIENCE_SECONDS = 240
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
# Bytes no table begins with: PDF, pictures, programs, other archives.
_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc",
)
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_IN_BRACKETS = re.compile(r"[（(\[【].*?[)）\]】]")
_KINDS: dict[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One row under the heading: its number in the file, its cells by name and as they stand."""

    number: int
    cells: dict[str, Cell]
    raw: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A read table: the heading as written, where each known column stands, and the rows."""

    heading: tuple[str, ...]
    places: dict[str, int]
    rows: tuple[TableRow, ...]


def read_table(content: bytes, *, columns: Sequence[Column]) -> Table:
    """Read a sent file whose columns may stand in any order.

    Args:
        content: the bytes as sent; what kind of file it is is judged by them, not by its name.
        columns: what is looked for in the heading.

    Raises:
        TableRefused: too large, no table, no heading, columns missing, no rows or too many.
    """
    if not content.strip():
        raise TableRefused("tables.empty_file", field="file")
    if len(content) > MOST_BYTES:
        raise TableRefused("tables.too_large", field="file", most=MOST_BYTES // 1024**2)
    lines = _unpacked(content) if content.startswith(_PACKED) else _from_text(content)
    head, places = find_heading(lines[: HEADING_WITHIN + 1], columns)
    rows = tuple(_rows(lines, head, places))
    if not rows:
        raise TableRefused("tables.no_rows", field="file")
    if len(rows) > MOST_ROWS:
        raise TableRefused("tables.too_many_rows", field="file", most=MOST_ROWS)
    return Table(heading=tuple(text_of(cell) for cell in lines[head]), places=places, rows=rows)


def find_heading(
    lines: Sequence[Sequence[Cell]], columns: Sequence[Column]
) -> tuple[int, dict[str, int]]:
    """Find the line that is the heading, and where each column stands in it.

    Raises:
        TableRefused: none found, needed columns missing, or one column twice.
    """
    known = {_plain(title): column.name for column in columns for title in _titles(column)}
    found = [_places(line, known) for line in lines]
    head = max(range(len(found)), key=lambda at: len({name for name, _ in found[at]}), default=0)
    places: dict[str, int] = {}
    labels = {column.name: column.label for column in columns}
    for name, position in found[head] if found else ():
        if name in places:
            raise TableRefused("tables.column_twice", field="file", column=labels[name])
        places[name] = position
    missing = [c.label for c in columns if c.is_needed and c.name not in places]
    if missing:
        code = "tables.columns_missing" if len(places) > 1 else "tables.no_heading"
        raise TableRefused(code, field="file", columns="、".join(missing))
    return head, places


def _titles(column: Column) -> tuple[str, ...]:
    return (column.name, column.label, *column.titles)


def _places(line: Sequence[Cell], known: dict[str, str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    seen = ""
    for position, cell in enumerate(line):
        title = text_of(cell)
        name = known.get(_plain(title)) or known.get(_plain(_IN_BRACKETS.sub("", title)))
        # A heading merged over two cells is one heading.
        if name and not (found and found[-1] == (name, position - 1) and title == seen):
            found.append((name, position))
        seen = title
    return found


def _plain(title: str) -> str:
    squeezed = "".join(unicodedata.normalize("NFKC", title).split())
    return squeezed.strip("*:：.、＊").casefold()


def _rows(lines: Sequence[Sequence[Cell]], head: int, places: dict[str, int]) -> Iterator[TableRow]:
    for number, line in enumerate(lines[head + 1 :], start=head + 2):
        if any(text_of(cell) for cell in line):
            cells = {
                name: line[position] if position < len(line) else None
                for name, position in places.items()
            }
            yield TableRow(number=number, cells=cells, raw=line)


def _unpacked(content: bytes) -> list[list[Cell]]:
    """Let a process of its own read the workbook; if that dies, the file was too heavy."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "linli.ground.kernel.unpacking", str(MOST_ROWS)],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise TableRefused("tables.too_heavy", field="file") from error
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise TableRefused(answer["refused"], field="file")
    return [[_cell(cell) for cell in row] for row in answer["rows"]]


def _cell(cell: Any) -> Cell:
    if isinstance(cell, list):
        kind, written = cell
        return _KINDS[kind](written)
    found: Cell = cell if cell != "" else None
    return found


def _from_text(content: bytes) -> list[list[Cell]]:
    text = _decoded(content)
    sample = text[:20_000]
    if not sample or _control_share(sample) > 0.02:
        raise TableRefused("tables.not_a_table", field="file")
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",\t;|，", key=first.count)
    most = MOST_ROWS + ROWS_ABOVE
    lines: list[list[Cell]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            lines.append([cell or None for cell in line[:MOST_COLUMNS]])
            if len(lines) > most:
                break
    except csv.Error as error:
        raise TableRefused("tables.not_a_table", field="file") from error
    return lines


def _control_share(text: str) -> float:
    odd = sum(1 for character in text if character < " " and character not in "\t\r\n\x00")
    return (odd + max(0, text.count("\x00") - 20)) / len(text)


def _decoded(content: bytes) -> str:
    if content.startswith(_OTHER_KINDS):
        raise TableRefused("tables.not_a_table", field="file")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _try(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _try(content, "gb18030")


def _try(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableRefused("tables.not_a_table", field="file") from error
