"""One more sheet in an .xlsx file that was sent: plain rows, behind all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import category
from xml.sax.saxutils import escape, quoteattr

from .cells import name_cell
from .package import BOOK, read_leads
from .sheet_parts import Attributes, feed, local, make_parser

TYPES, LEADS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STRICT = "http://purl.oclc.org/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
# What no XML may hold.
_UNWRITTEN, _SPACES = {"Cc", "Cs", "Cn"}, {"\t", "\n"}

Value = str | Decimal | None


@dataclass(frozen=True, kw_only=True)
class AddedSheet:
    """A sheet of words and numbers; `widths` of its columns are counted in characters."""

    name: str
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int] = ()


def add_sheet(parts: Mapping[str, bytes], sheet: AddedSheet) -> dict[str, bytes]:
    """Give the parts of a file with one more sheet behind all others.

    A sheet of that name is left as it is: the new one is numbered.
    """
    listed = _read_sheets(parts[BOOK])
    kind = next(
        kind for kind, _path in read_leads(parts[LEADS]).values() if kind.endswith("/worksheet")
    )
    path = _free("xl/worksheets/added{}.xml", parts)
    identity = _free("rIdAdded{}", parts[LEADS].decode())
    name = _free(sheet.name + "{}", {one.casefold() for one in listed.names})
    room = kind.removesuffix("/worksheet")
    lead = f"Id={quoteattr(identity)} Type={quoteattr(kind)} Target={quoteattr(path[3:])}"
    entry = (
        f"xmlns:{listed.prefix}={quoteattr(room)} name={quoteattr(name)}"
        f' sheetId="{listed.last + 1}" {listed.prefix}:id={quoteattr(identity)}'
    )
    override = f"PartName={quoteattr('/' + path)} ContentType={quoteattr(_SHEET_TYPE)}"
    main = _STRICT_MAIN if kind.startswith(_STRICT) else _MAIN
    return {
        **parts,
        TYPES: _put_last(parts[TYPES], "Types", "Override", override),
        LEADS: _put_last(parts[LEADS], "Relationships", "Relationship", lead),
        BOOK: _put_last(parts[BOOK], "sheets", "sheet", entry),
        path: _write(sheet, main),
    }


@dataclass(frozen=True, kw_only=True)
class _Listed:
    """The sheets a book lists: names, the greatest number, the prefix of what leads to them."""

    names: tuple[str, ...]
    last: int
    prefix: str


def _read_sheets(book: bytes) -> _Listed:
    names: list[str] = []
    numbers: list[int] = []
    prefixes: list[str] = []

    def begin(tag: str, given: Attributes) -> None:
        if local(tag) == "sheet":
            names.append(given["name"])
            numbers.append(int(given["sheetId"]))
            prefixes.extend(one.partition(":")[0] for one in given if one.endswith(":id"))

    parser = make_parser(book)
    parser.StartElementHandler = begin
    feed(parser, book)
    return _Listed(names=tuple(names), last=max(numbers), prefix=prefixes[0])


def _free(pattern: str, taken: Mapping[str, bytes] | set[str] | str) -> str:
    """Give the first name of a pattern that is not taken."""
    number, name = 1, pattern.format("")
    while name.casefold() in taken or name in taken:
        number += 1
        name = pattern.format(number)
    return name


def _put_last(content: bytes, around: str, tag: str, said: str) -> bytes:
    """Put an element without content behind the others of the one around it."""
    found: list[tuple[int, str]] = []

    def end(closed: str) -> None:
        if local(closed) == around:
            found.append((parser.CurrentByteIndex, closed[: -len(around)]))

    parser = make_parser(content)
    parser.EndElementHandler = end
    feed(parser, content)
    at, prefix = found[-1]
    return content[:at] + f"<{prefix}{tag} {said}/>".encode() + content[at:]


def _write(sheet: AddedSheet, main: str) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(sheet.widths, start=1)
    )
    rows = "".join(
        f'<row r="{at}">{_cells(at, row)}</row>' for at, row in enumerate(sheet.rows, start=1)
    )
    widths = f"<cols>{columns}</cols>" if columns else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{main}">{widths}<sheetData>{rows}</sheetData>'
        '<pageSetup paperSize="9" orientation="landscape"/></worksheet>'
    ).encode()


def _cells(row: int, values: Sequence[Value]) -> str:
    return "".join(_cell(name_cell(row, at), one) for at, one in enumerate(values, start=1))


def _cell(name: str, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return f'<c r="{name}"><v>{value:f}</v></c>'
    said = "".join(sign for sign in value if category(sign) not in _UNWRITTEN or sign in _SPACES)
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(said)}</t></is></c>'
