"""Rows of a file as reports to be sent, and what the file as a whole says."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import IO
from uuid import UUID
from zoneinfo import ZoneInfo

from .errors import UnableToReplay
from .mapping import FileMapping

# A point shared by so many rows with so many different addresses is no place.
DEFAULT_POINT_ROWS = 20
DEFAULT_POINT_ADDRESSES = 5
NO_CATEGORY = "(no category)"
NO_DEPARTMENT = "(no department)"
HOUR = timedelta(hours=1)

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One report of the file; times are aware, in the file's zone.

    Args:
        client_id: UUIDv7 made of the time of opening and the file's own id, so that the same row
            always has the same.
        said_on_time: the file's own word, None where it says nothing.
    """

    number: int
    client_id: UUID
    original: str
    text: str
    category: str
    department: str
    address: str
    point: Point | None
    opened: datetime
    target: datetime | None
    closed: datetime | None
    said_on_time: bool | None

    @property
    def limit_hours(self) -> int | None:
        """Give the time the file promises, in whole hours upwards; None without a target."""
        if self.target is None:
            return None
        return max(1, ceil((self.target - self.opened) / HOUR - 1 / 600))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportFile:
    """What is to be sent, and what was seen of the whole file.

    Args:
        rows: the rows asked for, in order of opening.
        default_points: places that say nothing, stated or found.
        limits: usual promise of each category in hours, where the file has one.
        skipped: rows that can't be sent, by reason.
    """

    rows: Sequence[Row]
    default_points: frozenset[Point]
    limits: Mapping[str, int | None]
    skipped: Mapping[str, int]


def read_file(path: Path, mapping: FileMapping, *, limit: int | None) -> ReportFile:
    """Read a file of reports, plain or gzipped.

    Args:
        limit: so many of its first rows; the whole file is looked at for default points.

    Raises:
        UnableToReplay: absent, unreadable, or without the columns of the mapping.
    """
    skipped: Counter[str] = Counter()
    everything = list(_read_rows(path, mapping, skipped, limit))
    if not everything:
        raise UnableToReplay(f"{path} 里没有可发送的行。", f"there are no rows to send in {path}.")
    chosen = [row for row in everything if limit is None or row.number <= limit]
    return ReportFile(
        rows=sorted(chosen, key=lambda row: (row.opened, row.number)),
        default_points=frozenset(_rounded(point) for point in mapping.default_points)
        | find_default_points(everything),
        limits=usual_limits(everything),
        skipped=skipped,
    )


def _read_rows(
    path: Path, mapping: FileMapping, skipped: Counter[str], limit: int | None
) -> Iterator[Row]:
    zone = ZoneInfo(mapping.zone)
    seen: set[str] = set()
    for number, line in enumerate(_lines(path, mapping), start=1):
        try:
            row = _row(number, line, mapping, zone)
        except (ValueError, KeyError):
            if limit is None or number <= limit:
                skipped["unreadable_time"] += 1
            continue
        if row.original in seen:
            if limit is None or number <= limit:
                skipped["repeated_id"] += 1
            continue
        seen.add(row.original)
        yield row


def _lines(path: Path, mapping: FileMapping) -> Iterator[dict[str, str]]:
    try:
        with _open(path) as file:
            table = csv.DictReader(file, delimiter=mapping.delimiter, restval="")
            _check_columns(path, mapping, table.fieldnames or [])
            yield from table
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as fault:
        raise UnableToReplay(f"读不到 {path}：{fault}。", f"can't read {path}: {fault}.") from fault


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _check_columns(path: Path, mapping: FileMapping, present: Iterable[str]) -> None:
    columns = mapping.columns
    named = {getattr(columns, name) for name in columns.__struct_fields__ if name != "text"} | set(
        columns.text
    )
    missing = sorted(named - {""} - set(present))
    if missing:
        raise UnableToReplay(
            f"{path} 缺少列：{'、'.join(missing)}。",
            f"{path} lacks the columns {', '.join(missing)}.",
        )


def _row(number: int, line: Mapping[str, str], mapping: FileMapping, zone: ZoneInfo) -> Row:
    columns = mapping.columns

    def held(column: str) -> str:
        return (line.get(column) or "").strip() if column else ""

    opened = _instant(held(columns.opened), mapping, zone)
    if opened is None:
        raise ValueError("no time of opening")
    original = held(columns.id) or f"row {number}"
    said = {mapping.on_time.yes: True, mapping.on_time.no: False, "": None}
    return Row(
        number=number,
        client_id=client_id(opened, f"{mapping.source}:{original}"),
        original=original[:60],
        text=". ".join(part for name in columns.text if (part := held(name))) or original,
        category=held(columns.category)[:80] or NO_CATEGORY,
        department=held(columns.department)[:100] or NO_DEPARTMENT,
        address=" ".join(held(columns.address).split())[:200],
        point=_point(held(columns.lon), held(columns.lat)),
        opened=opened,
        target=_instant(held(columns.target), mapping, zone),
        closed=_instant(held(columns.closed), mapping, zone),
        said_on_time=said.get(held(columns.on_time)),
    )


def _instant(text: str, mapping: FileMapping, zone: ZoneInfo) -> datetime | None:
    if not text:
        return None
    parsed = (
        datetime.strptime(text, mapping.times)  # noqa: DTZ007 - the zone is the mapping's
        if mapping.times
        else datetime.fromisoformat(text)
    )
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)
    # In UTC, so that differences count the hour a clock change takes or gives.
    return aware.astimezone(UTC)


def _point(lon: str, lat: str) -> Point | None:
    """Read a point as it stands, right or wrong: the instance is to judge it."""
    try:
        return float(lon), float(lat)
    except ValueError:
        return None


def client_id(opened: datetime, key: str) -> UUID:
    """Make a UUIDv7 of an instant and a text (RFC 9562, 5.7): 48 bits of time, the rest hashed."""
    millis = int(opened.timestamp() * 1000) & (2**48 - 1)
    rest = int.from_bytes(hashlib.sha256(key.encode()).digest()[:10])
    value = millis << 80 | rest
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def find_default_points(rows: Iterable[Row]) -> frozenset[Point]:
    """Find points that many rows share though their addresses differ, or are missing."""
    addresses: dict[Point, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.point is not None:
            addresses[_rounded(row.point)][row.address] += 1
    return frozenset(point for point, held in addresses.items() if _says_nothing(held))


def _says_nothing(addresses: Counter[str]) -> bool:
    total = addresses.total()
    several = len(addresses) >= DEFAULT_POINT_ADDRESSES
    return total >= DEFAULT_POINT_ROWS and (several or addresses[""] * 2 > total)


def _rounded(point: Point) -> Point:
    return round(point[0], 6), round(point[1], 6)


def usual_limits(rows: Iterable[Row]) -> dict[str, int | None]:
    """Give the commonest promise of each category in hours, None for one without any."""
    promised: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        counted = promised[row.category]
        if row.limit_hours is not None:
            counted[row.limit_hours] += 1
    return {name: _commonest(counted) for name, counted in promised.items()}


def _commonest(counted: Counter[int]) -> int | None:
    return min(counted, key=lambda hours: (-counted[hours], hours)) if counted else None
