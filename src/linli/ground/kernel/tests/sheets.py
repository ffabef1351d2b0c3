"""Tables made for tests, as offices send them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter


def workbook(*rows: Sequence[Any], above: Sequence[Sequence[Any]] = (), merged: str = "") -> bytes:
    """Make an .xlsx whose rows stand below the lines `above`; `merged` is a range like A2:A3."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Sheet1")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for number, row in enumerate([*above, *rows]):
        for position, cell in enumerate(row):
            if hasattr(cell, "isoformat"):
                page.write_datetime(number, position, cell, moment)
            elif isinstance(cell, tuple):
                page.write_formula(number, position, cell[0], None, cell[1])
            elif cell is not None:
                page.write(number, position, cell)
    if merged:
        page.merge_range(merged, "并在一起")
    book.close()
    return out.getvalue()


def separated(*rows: Sequence[Any], encoding: str = "utf-8", mark: str = ",") -> bytes:
    """Make a .csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode(encoding)


def bomb(size: int) -> bytes:
    """Make an archive that unpacks to `size` bytes and says so nowhere in words."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            for _ in range(size // 1024**2):
                entry.write(b" " * 1024**2)
    return out.getvalue()


def lie_about_size(archive: bytes) -> bytes:
    """Say in the archive's directory that every entry unpacks to one byte."""
    found = bytearray(archive)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 24 : at + 28] = (1).to_bytes(4, "little")
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


def far_cell() -> bytes:
    """Make a small workbook whose two cells lie in opposite corners of an endless sheet."""
    made = io.BytesIO()
    plain = io.BytesIO(workbook(["反映的内容"], ["x"]))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b'r="A2"', b'r="XFD1048576"')
                part = part.replace(b'<row r="2"', b'<row r="1048576"')
            new.writestr(name, part)
    return made.getvalue()


def cells_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """Read a workbook back, plainly."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
