"""What a cell means: offices write numbers as text, dates in two styles, and serials of Excel."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from math import isfinite
from zoneinfo import ZoneInfo

from .guarding import unguard
from .terms import Cell

EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
# Serials between 1954 and 2119; other numbers are no dates.
SERIALS = range(20_000, 80_000)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?)?"
)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\s?(\d{2})(\d{2})(\d{2})?)?")
_YEAR_LAST = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?"
)


class AmbiguousDate(ValueError):
    """A date that may be read in two ways, such as 07/01/2011."""


def text_of(cell: Cell) -> str:
    """Give the words of a cell: a whole number without its `.0`, an instant as it is written."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return unguard(cell).strip(" \t\r\n\u3000\u00a0\ufeff\u200b")
    if isinstance(cell, float) and isfinite(cell) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def has_nul(cell: Cell) -> bool:
    """Tell whether a cell has characters nobody sees and no database keeps."""
    return isinstance(cell, str) and "\x00" in cell


def number_of(cell: Cell) -> float | None:
    """Give the number in a cell, None when it is empty.

    Raises:
        ValueError: when it is no number.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    plain = unicodedata.normalize("NFKC", text_of(cell)).strip().rstrip("°")
    if not plain:
        return None
    found = float(plain)
    if not isfinite(found):
        raise ValueError(plain)
    return found


def instant_of(cell: Cell, *, zone: ZoneInfo) -> datetime | None:
    """Give the instant in a cell, in whichever style it is written; None when it is empty.

    Args:
        zone: zone of the office; an instant with its own offset keeps that.

    Raises:
        AmbiguousDate: when day and month could be either.
        ValueError: when it is no date.
    """
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), tzinfo=zone)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell).replace(tzinfo=zone)
    plain = unicodedata.normalize("NFKC", text_of(cell))
    return _from_text(plain, zone) if plain else None


def _from_number(value: float) -> datetime:
    if isfinite(value) and int(value) in SERIALS:
        serial = EXCEL_EPOCH + timedelta(days=value)
        return (serial + timedelta(milliseconds=500)).replace(microsecond=0)
    return _plain(_DIGITS.fullmatch(text_of(value)))


def _from_text(plain: str, zone: ZoneInfo) -> datetime:
    for form in (_YEAR_FIRST, _DIGITS):
        if found := form.fullmatch(plain):
            return _plain(found).replace(tzinfo=zone)
    if found := _YEAR_LAST.fullmatch(plain):
        return _year_last(found).replace(tzinfo=zone)
    if plain.replace(".", "", 1).isdigit():
        return _from_number(float(plain)).replace(tzinfo=zone)
    given = datetime.fromisoformat(plain)
    return given if given.tzinfo else given.replace(tzinfo=zone)


def _plain(found: re.Match[str] | None) -> datetime:
    if found is None:
        raise ValueError("no date")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller adds it


def _year_last(found: re.Match[str]) -> datetime:
    first, second, year = (int(part) for part in found.groups()[:3])
    if first <= 12 and second <= 12 and first != second and not found[7]:
        raise AmbiguousDate(found[0])
    # Only where people write AM and PM does the month come first.
    month, day = (first, second) if found[7] or second > 12 else (second, first)
    hour, minute, seconds = (int(part or 0) for part in found.groups()[3:6])
    if found[7]:
        hour = hour % 12 + (12 if found[7].lower() == "pm" else 0)
    return datetime(year, month, day, hour, minute, seconds)  # noqa: DTZ001 - the caller adds it
