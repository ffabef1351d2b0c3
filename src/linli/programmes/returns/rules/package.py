"""The parts of an .xlsx file: unpacked within bounds, found by what leads to them, packed again."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping

from .refusals import UnableToReturn
from .sheet_parts import Attributes, end_of_element, end_of_head, feed, local, make_parser

MOST_BYTES = 2 * 1024**2
MOST_UNPACKED = 40 * 1024**2
MOST_PARTS = 500
BOOK = "xl/workbook.xml"
_CLASSIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PERCENT_FORMATS = frozenset({9, 10})


def open_package(content: bytes) -> tuple[zipfile.ZipFile, dict[str, bytes]]:
    """Open a file and unpack its parts.

    Raises:
        UnableToReturn: too large, an old format, with macros, or damaged.
    """
    _check_kind(content)
    archive = _open(content)
    parts = _unpack(archive)
    is_lively = any(name.endswith("vbaProject.bin") for name in parts)
    if is_lively or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise UnableToReturn("returns.macros", field="file")
    return archive, parts


def pack(archive: zipfile.ZipFile, parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts in the order they came in; what is new comes last."""
    target = io.BytesIO()
    entries = archive.infolist()
    new = parts.keys() - {one.filename for one in entries}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in entries:
            packed.writestr(_same(entry), parts[entry.filename])
        for name in sorted(new):
            packed.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _same(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(entry.filename, entry.date_time)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = entry.external_attr
    return made


def _check_kind(content: bytes) -> None:
    if not content:
        raise UnableToReturn("returns.empty", field="file")
    if len(content) > MOST_BYTES:
        raise UnableToReturn("returns.too_large", field="file", most=MOST_BYTES // 1024**2)
    if content.startswith(_CLASSIC):
        raise UnableToReturn("returns.old_format", field="file")


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise UnableToReturn("returns.not_xlsx", field="file") from fault


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Unpack every part, and count what really comes out: what an archive says may be a lie."""
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise UnableToReturn("returns.not_xlsx", field="file")
    for entry in entries:
        if entry.filename in parts or entry.flag_bits & 1:
            raise UnableToReturn("returns.not_xlsx", field="file")
        try:
            with archive.open(entry) as packed:
                parts[entry.filename] = packed.read(left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
            raise UnableToReturn("returns.not_xlsx", field="file") from fault
        left -= len(parts[entry.filename])
        if left < 0:
            raise UnableToReturn("returns.not_xlsx", field="file")
    return parts


def read_leads(content: bytes) -> dict[str, tuple[str, str]]:
    """Read where the book's parts lie: kind and path by identity."""
    found: dict[str, tuple[str, str]] = {}

    def begin(tag: str, given: Attributes) -> None:
        if local(tag) == "Relationship" and given.get("TargetMode") != "External":
            target = given["Target"]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[given["Id"]] = (given["Type"], posixpath.normpath(path))

    parser = make_parser(content)
    parser.StartElementHandler = begin
    feed(parser, content)
    return found


def read_sheet_names(content: bytes) -> list[tuple[str, str, bool]]:
    """Read the name of every sheet, what leads to it, and whether it is seen."""
    found: list[tuple[str, str, bool]] = []

    def begin(tag: str, given: Attributes) -> None:
        if local(tag) == "sheet":
            identity = next(value for name, value in given.items() if local(name) == "id")
            found.append((given["name"], identity, given.get("state", "visible") == "visible"))

    parser = make_parser(content)
    parser.StartElementHandler = begin
    feed(parser, content)
    return found


def read_strings(content: bytes) -> list[str]:
    """Read the texts cells point to, without the pronunciation some carry."""
    found: list[str] = []
    inside: list[str] = []

    def begin(tag: str, _given: Attributes) -> None:
        inside.append(local(tag))
        if inside[-1] == "si":
            found.append("")

    def end(_tag: str) -> None:
        inside.pop()

    def hear(text: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:
            found[-1] += text

    parser = make_parser(content)
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = hear
    feed(parser, content)
    return found


def read_percents(content: bytes) -> frozenset[str]:
    """Read which looks of cells show a number as a percentage."""
    formats: dict[int, str] = {}
    looks: list[int] = []
    inside: list[str] = []

    def begin(tag: str, given: Attributes) -> None:
        inside.append(local(tag))
        if inside[-1] == "numFmt":
            formats[int(given["numFmtId"])] = given.get("formatCode", "")
        elif inside[-1] == "xf" and "cellXfs" in inside:
            looks.append(int(given.get("numFmtId", "0")))

    def end(_tag: str) -> None:
        inside.pop()

    parser = make_parser(content)
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    feed(parser, content)
    return frozenset(
        str(number)
        for number, look in enumerate(looks)
        if look in _PERCENT_FORMATS or "%" in formats.get(look, "")
    )


# What stands before the settings of counting, in the order the format demands.
_BEFORE_COUNTING = ("sheets", "functionGroups", "externalReferences", "definedNames")


def count_on_opening(content: bytes) -> bytes:
    """Ask the program that opens the file to count every formula anew.

    Args:
        content: the part that describes the book.
    """
    heads: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    prefix = ""

    def begin(tag: str, _given: Attributes) -> None:
        nonlocal prefix
        start = parser.CurrentByteIndex
        heads[local(tag)] = end_of_head(content, start)
        if local(tag) == "sheets":
            prefix = tag[: -len("sheets")]
        if local(tag) == "calcPr":
            found["calcPr"] = (start, heads["calcPr"])

    def end(tag: str) -> None:
        if local(tag) in _BEFORE_COUNTING:
            here = parser.CurrentByteIndex
            found["before"] = (here, end_of_element(content, heads[local(tag)], here))

    parser = make_parser(content)
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    feed(parser, content)
    if "calcPr" not in found:
        at = found["before"][1]
        return content[:at] + f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode() + content[at:]
    start, stop = found["calcPr"]
    tag = re.sub(rb"""\sfullCalcOnLoad=("[^"]*"|'[^']*')""", b"", content[start:stop])
    tag = re.sub(rb"\s*(/?>)$", rb' fullCalcOnLoad="1"\1', tag)
    return content[:start] + tag + content[stop:]
