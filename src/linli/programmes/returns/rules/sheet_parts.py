"""One worksheet of an .xlsx file, read with the place of every cell in its bytes.

What is later written changes those bytes and no others: charts, pictures, widths, colours, print
settings stay as the office above sent them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from .cells import name_cell, read_cell, read_range

Attributes = Mapping[str, str]
Merge = tuple[int, int, int, int]


@dataclass(kw_only=True)
class CellPart:
    """One cell as it stands in the bytes: from `start` to `end`; `value` is where `<v>` stands."""

    row: int
    column: int
    tag: str
    kind: str
    style: str
    start: int
    end: int = 0
    text: str = ""
    is_formula: bool = False
    value: tuple[int, int] | None = None


@dataclass(kw_only=True)
class RowPart:
    """One row in the bytes; an empty one is a single tag, where nothing can be put inside."""

    row: int
    tag: str
    start: int
    head_end: int
    is_single: bool
    end: int = 0


@dataclass(kw_only=True)
class SheetPart:
    """What one worksheet holds, and where."""

    cells: dict[tuple[int, int], CellPart] = field(default_factory=dict)
    rows: dict[int, RowPart] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    arrays: list[Merge] = field(default_factory=list)
    body: RowPart | None = None


class Unreadable(ValueError):
    """The bytes are no worksheet."""


def make_parser(content: bytes) -> expat.XMLParserType:
    """Make a parser of one part; what declares a document type is none of Excel's.

    Raises:
        Unreadable: bytes in another encoding than UTF-8, in which places could not be told.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("not UTF-8")
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_args: object) -> None:
        raise Unreadable("declares a document type")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, content: bytes) -> None:
    """Read the whole of a part.

    Raises:
        Unreadable: it is not well formed.
    """
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        raise Unreadable(str(fault)) from fault


def local(tag: str) -> str:
    """Give a tag without the prefix some programs write."""
    return tag.rpartition(":")[2]


def end_of_head(content: bytes, start: int) -> int:
    """Find where the tag that begins here ends; quotes may hold the sign."""
    at, quote = start, 0
    while quote or content[at] != ord(">"):
        sign = content[at]
        if quote:
            quote = 0 if sign == quote else quote
        elif sign in b"\"'":
            quote = sign
        at += 1
    return at + 1


def end_of_element(content: bytes, head_end: int, here: int) -> int:
    """Find where an element ends: with its only tag, or with the closing one that is here."""
    if is_single(content, head_end):
        return head_end
    return content.index(b">", here) + 1


def is_single(content: bytes, head_end: int) -> bool:
    """Say whether a tag is an element without anything in it."""
    return content[head_end - 2] == ord("/")


def read_sheet(content: bytes, strings: list[str]) -> SheetPart:
    """Read a worksheet.

    Args:
        strings: the texts the cells point to.

    Raises:
        Unreadable: when it is none.
    """
    return _Reading(content, strings).read()


class _Reading:
    """Goes through a worksheet once."""

    def __init__(self, content: bytes, strings: list[str]) -> None:
        self.content, self.strings = content, strings
        self.parser = make_parser(content)
        self.found = SheetPart()
        self.cell: CellPart | None = None
        self.row: RowPart | None = None
        self.last_row = self.last_column = 0
        self.value_at = self.value_head = 0
        self.heard: list[str] = []
        self.is_heard = False
        self.begins: Mapping[str, Callable[[str, Attributes], None]] = {
            "sheetData": self._begin_body,
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self._begin_value,
            "t": self._begin_text,
            "f": self._begin_formula,
            "mergeCell": self._merge,
        }
        self.ends: Mapping[str, Callable[[], None]] = {
            "sheetData": self._end_body,
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._end_value,
            "t": self._end_text,
        }

    def read(self) -> SheetPart:
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._hear
        try:
            feed(self.parser, self.content)
        except (IndexError, KeyError, ValueError) as fault:
            raise Unreadable(str(fault)) from fault
        if self.found.body is None:
            raise Unreadable("no rows")
        return self.found

    def _begin(self, tag: str, given: Attributes) -> None:
        begin = self.begins.get(local(tag))
        if begin is not None:
            begin(tag, given)

    def _end(self, tag: str) -> None:
        end = self.ends.get(local(tag))
        if end is not None:
            end()

    def _hear(self, text: str) -> None:
        if self.is_heard:
            self.heard.append(text)

    @property
    def here(self) -> int:
        return self.parser.CurrentByteIndex

    def _begin_body(self, tag: str, _given: Attributes) -> None:
        head_end = end_of_head(self.content, self.here)
        alone = is_single(self.content, head_end)
        self.found.body = RowPart(
            row=0, tag=tag, start=self.here, head_end=head_end, is_single=alone
        )

    def _end_body(self) -> None:
        if self.found.body is not None:
            body = self.found.body
            body.end = body.head_end if body.is_single else self.here

    def _begin_row(self, tag: str, given: Attributes) -> None:
        self.last_row = int(given["r"]) if "r" in given else self.last_row + 1
        self.last_column = 0
        head_end = end_of_head(self.content, self.here)
        alone = is_single(self.content, head_end)
        self.row = RowPart(
            row=self.last_row, tag=tag, start=self.here, head_end=head_end, is_single=alone
        )
        self.found.rows[self.last_row] = self.row

    def _end_row(self) -> None:
        if self.row is not None:
            self.row.end = self.row.head_end if self.row.is_single else self.here
        self.row = None

    def _begin_cell(self, tag: str, given: Attributes) -> None:
        row, column = read_cell(given["r"]) if "r" in given else (0, self.last_column + 1)
        row = row or self.last_row
        self.last_column = column
        self.cell = CellPart(
            row=row,
            column=column,
            tag=tag,
            kind=given.get("t", "n"),
            style=given.get("s", ""),
            start=self.here,
            end=end_of_head(self.content, self.here),
        )
        self.found.cells[row, column] = self.cell

    def _end_cell(self) -> None:
        cell = self.cell
        if cell is not None:
            cell.end = end_of_element(self.content, cell.end, self.here)
            if cell.kind == "s" and cell.text:
                cell.text = self.strings[int(cell.text)]
        self.cell = None

    def _begin_value(self, _tag: str, _given: Attributes) -> None:
        self.value_at, self.heard, self.is_heard = self.here, [], True
        self.value_head = end_of_head(self.content, self.here)

    def _end_value(self) -> None:
        self.is_heard = False
        if self.cell is not None:
            self.cell.text = "".join(self.heard)
            self.cell.value = (
                self.value_at,
                end_of_element(self.content, self.value_head, self.here),
            )

    def _begin_text(self, _tag: str, _given: Attributes) -> None:
        if self.cell is not None:
            self.heard, self.is_heard = [], True

    def _end_text(self) -> None:
        if self.cell is not None and self.is_heard:
            self.cell.text += "".join(self.heard)
            self.is_heard = False

    def _begin_formula(self, _tag: str, given: Attributes) -> None:
        if self.cell is None:
            return
        self.cell.is_formula = True
        if given.get("t") in ("array", "dataTable") and "ref" in given:
            self.found.arrays.append(read_range(given["ref"]))

    def _merge(self, _tag: str, given: Attributes) -> None:
        self.found.merges.append(read_range(given["ref"]))


def write_cells(content: bytes, part: SheetPart, values: Mapping[tuple[int, int], str]) -> bytes:
    """Write numbers into a worksheet and nothing else.

    What formulas gave when the form was sent is taken out, so that nobody takes it for true: the
    program that opens the file counts them again.

    Args:
        part: what was read of these bytes.
        values: written numbers by row and column.
    """
    edits = [(*cell.value, b"") for cell in part.cells.values() if cell.is_formula and cell.value]
    missing: dict[int, dict[int, str]] = {}
    for (row, column), value in values.items():
        cell = part.cells.get((row, column))
        if cell is None:
            missing.setdefault(row, {})[column] = value
        else:
            edits.append((cell.start, cell.end, _cell(cell.tag, row, column, cell.style, value)))
    for row, new in missing.items():
        edits += _put_in(content, part, row, new)
    return _edited(content, edits)


Edit = tuple[int, int, bytes]


def _edited(content: bytes, edits: list[Edit]) -> bytes:
    pieces, at = [], 0
    for start, end, new in sorted(edits, key=lambda one: one[:2]):
        pieces += [content[at:start], new]
        at = end
    return b"".join([*pieces, content[at:]])


def _cell(tag: str, row: int, column: int, style: str, value: str) -> bytes:
    prefix = tag[: -len(local(tag))]
    look = f' s="{style}"' if style else ""
    number = f"<{prefix}v>{value}</{prefix}v>"
    return f'<{tag} r="{name_cell(row, column)}"{look}>{number}</{tag}>'.encode()


def _put_in(content: bytes, part: SheetPart, row: int, new: Mapping[int, str]) -> list[Edit]:
    """Put cells that the file leaves out into their row, which it may leave out, too."""
    there = part.rows.get(row)
    body = part.body
    if body is None:
        return []
    prefix = body.tag[: -len(local(body.tag))]
    if there is not None and not there.is_single:
        return [
            (at, at, _cell(f"{prefix}c", row, column, "", value))
            for column, value in sorted(new.items())
            for at in [_place_of(part, there, column)]
        ]
    cells = b"".join(
        _cell(f"{prefix}c", row, column, "", value) for column, value in sorted(new.items())
    )
    if there is not None:
        head = content[there.start : there.head_end - 2] + b">"
        return [(there.start, there.head_end, head + cells + f"</{there.tag}>".encode())]
    whole = f'<{prefix}row r="{row}">'.encode() + cells + f"</{prefix}row>".encode()
    if body.is_single:
        head = content[body.start : body.head_end - 2] + b">"
        return [(body.start, body.head_end, head + whole + f"</{body.tag}>".encode())]
    later = [one.start for number, one in part.rows.items() if number > row]
    at = min(later, default=body.end)
    return [(at, at, whole)]


def _place_of(part: SheetPart, row: RowPart, column: int) -> int:
    later = [
        one.start
        for (number, other), one in part.cells.items()
        if number == row.row and other > column
    ]
    return min(later, default=row.end)
