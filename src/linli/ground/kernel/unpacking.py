"""Reads one spreadsheet in a process of its own: `python -m linli.ground.kernel.unpacking`.

A hostile workbook can ask for more memory than the machine has, so this process may be killed
and nothing else with it. It gets the file's bytes on standard input and answers in JSON.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 180
MOST_UNPACKED = 600 * 1024**2
MOST_COLUMNS = 200
# Title lines above the heading do not count as rows.
ROWS_ABOVE = 25
_CHUNK = 1024**2
_CLASSIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Refused(Exception):
    """The file is refused under this code."""


def unpack(content: bytes, *, most_rows: int) -> list[list[Any]]:
    """Read the first visible sheet with anything in it; merged cells are filled from their first.

    Raises:
        _Refused: under the code of the refusal.
    """
    if not content.startswith(_CLASSIC):
        _check_unpacked_size(content)
    elif "EncryptedPackage".encode("utf-16-le") in content:
        raise _Refused("tables.password")
    for sheet in _sheets(content):
        rows: list[list[Any]] = sheet.to_python(
            skip_empty_area=False, nrows=most_rows + ROWS_ABOVE + 1
        )
        if any(cell != "" for row in rows for cell in row):
            _fill_merged(rows, sheet.merged_cell_ranges or [])
            return [[_plain(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    raise _Refused("tables.no_rows")


def _sheets(content: bytes) -> Any:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for about in book.sheets_metadata:
            is_seen = about.visible == calamine.SheetVisibleEnum.Visible
            if is_seen and about.typ == calamine.SheetTypeEnum.WorkSheet:
                yield book.get_sheet_by_name(about.name)
    except calamine.PasswordError:
        raise _Refused("tables.password") from None
    except (calamine.CalamineError, OSError):
        raise _Refused("tables.not_a_table") from None


def _check_unpacked_size(content: bytes) -> None:
    """Unpack for real and count: what an archive says of its own size may be a lie."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > 2000:
                raise _Refused("tables.too_heavy")
            for entry in entries:
                unpacked += _true_size(content, entry, most=MOST_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, ValueError):
        raise _Refused("tables.not_a_table") from None


def _true_size(content: bytes, entry: zipfile.ZipInfo, *, most: int) -> int:
    start = entry.header_offset + 30
    names = int.from_bytes(content[start - 4 : start - 2], "little")
    start += names + int.from_bytes(content[start - 2 : start], "little")
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        size = len(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = _inflated(packed, most)
    else:
        raise _Refused("tables.not_a_table")
    if size > most:
        raise _Refused("tables.too_heavy")
    return size


def _inflated(packed: memoryview, most: int) -> int:
    machine, size = zlib.decompressobj(-15), 0
    rest: bytes | memoryview = packed
    while not machine.eof and size <= most:
        out = machine.decompress(rest, _CHUNK)
        rest = machine.unconsumed_tail
        if not out and not rest:
            break
        size += len(out)
    return size


def _fill_merged(rows: list[list[Any]], ranges: list[Any]) -> None:
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            last = min(right, MOST_COLUMNS, len(row) - 1)
            row[left : last + 1] = [value] * (last + 1 - left)


def _plain(cell: Any) -> Any:
    """Write instants so that the reader knows them from words."""
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def main() -> None:
    """Limit this process, read standard input, write the rows or the refusal."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, Any] = {
            "rows": unpack(sys.stdin.buffer.read(), most_rows=int(sys.argv[1]))
        }
    except _Refused as refused:
        answer = {"refused": str(refused)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
