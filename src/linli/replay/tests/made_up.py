"""A small file of reports nobody ever made, and two square areas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from linli.replay.mapping import FileMapping, load_mapping

MAPPING = """
zone = "America/New_York"
source = "Made-up town"
language = "en"
times = "%Y-%m-%d %H:%M"

[columns]
id = "number"
opened = "opened"
target = "target"
closed = "closed"
on_time = "in_time"
category = "sort"
department = "office"
text = ["sort", "words"]
address = "address"
lon = "x"
lat = "y"

[on_time]
yes = "Y"
no = "N"

[areas]
system = "WGS-84"
name = ["title", "name"]
"""
COLUMNS = (
    "number,opened,target,closed,in_time,sort,office,words,address,x,y".split(",")  # noqa: SIM905
)


def line(number: int, **changes: str) -> dict[str, str]:
    """Make one line: a pothole in the west, closed in time unless said otherwise."""
    return {
        "number": f"M-{number}",
        "opened": "2012-03-01 09:00",
        "target": "2012-03-05 09:00",
        "closed": "2012-03-02 15:30",
        "in_time": "Y",
        "sort": "Pothole",
        "office": "Works",
        "words": "A hole in the road",
        "address": f"{number} West St",
        "x": "10.005",
        "y": "50.005",
        **changes,
    }


def write_file(path: Path, lines: Iterable[dict[str, str]]) -> Path:
    """Write lines as a file to be replayed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(lines)
    return path


def mapping_in(folder: Path) -> FileMapping:
    """Write and read the mapping of the made-up file."""
    return load_mapping(write_mapping(folder))


def write_mapping(folder: Path) -> Path:
    """Write the mapping of the made-up file."""
    path = folder / "made_up.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def areas() -> bytes:
    """Draw two squares that share a border, one of them with a hole."""
    hole = [[10.018, 50.008], [10.019, 50.008], [10.019, 50.009], [10.018, 50.009]]
    features = [
        _feature("West", [_square(10.0)]),
        _feature("East", [_square(10.01), [*hole, hole[0]]]),
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _square(west: float) -> list[list[float]]:
    ring = [[west, 50.0], [west + 0.01, 50.0], [west + 0.01, 50.01], [west, 50.01]]
    return [*ring, ring[0]]


def _feature(title: str, rings: list[list[list[float]]]) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"title": title},
        "geometry": {"type": "Polygon", "coordinates": rings},
    }
