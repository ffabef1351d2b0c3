"""Which column of a file holds what: a small TOML file, `mappings/boston311.toml` is one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from .errors import UnableToReplay

BOSTON_311 = Path(__file__).parent / "mappings" / "boston311.toml"


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of columns; an empty one is not in the file. The parts of a text are joined."""

    id: str
    opened: str
    text: list[str]
    target: str = ""
    closed: str = ""
    on_time: str = ""
    category: str = ""
    department: str = ""
    address: str = ""
    lon: str = ""
    lat: str = ""


class OnTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file's own column says for a matter done in time, or late."""

    yes: str = ""
    no: str = ""


class Areas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Coordinate system of the areas, and the properties that may hold their name."""

    system: str = "WGS-84"
    name: list[str] = msgspec.field(default_factory=lambda: ["name"])


class FileMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to read one kind of file.

    Args:
        zone: time zone of the file's times, which carry none.
        source: name of the catalogue made of the file's categories.
        times: form of the times, as `strptime` reads it; ISO 8601 when empty.
        default_points: (lon, lat) that say nothing about the place.
    """

    columns: Columns
    zone: str
    source: str
    times: str = ""
    language: str = "zh-hans"
    delimiter: str = ","
    default_points: list[tuple[float, float]] = []
    on_time: OnTime = OnTime()
    areas: Areas = Areas()


def load_mapping(path: Path) -> FileMapping:
    """Read a mapping file.

    Raises:
        UnableToReplay: when it is absent, no TOML, or says something we don't know.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), FileMapping)
    except OSError as fault:
        raise UnableToReplay(
            f"读不到映射文件 {path}：{fault.strerror}。",
            f"can't read the mapping {path}: {fault.strerror}.",
        ) from fault
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as fault:
        raise UnableToReplay(
            f"映射文件 {path} 有误：{fault}。", f"the mapping {path} is wrong: {fault}."
        ) from fault
