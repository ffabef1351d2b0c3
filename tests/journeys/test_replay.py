"""A file of reports nobody made goes through a whole instance, and every one is accounted for.

Ten reports in the west: closed in time but one; one east; one outside; one at 0/0 and one with
swapped axes, both refused; one without a promise, one still open; twenty at a default point.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linli.replay.tests.made_up import areas, line, write_file, write_mapping

DEFAULT_POINT = {"x": "10.012", "y": "50.002"}


def lines() -> Iterator[dict[str, str]]:
    """Write the file described above."""
    for number in range(9):
        yield line(number, x=f"{10.001 + number / 1000:.3f}", address=f"{number} West St")
    yield line(9, closed="2012-03-08 10:00", in_time="N", x="10.0055")
    yield line(10, x="10.015", sort="Noise", office="Order")
    yield line(11, x="11.5", y="50.5")
    yield line(12, x="0", y="0")
    yield line(13, x="50.005", y="10.005")
    yield line(14, target="", closed="2012-05-01 09:00", x="10.0065")
    yield line(15, closed="", in_time="N", x="10.0075")
    for number in range(20, 40):
        yield line(number, **DEFAULT_POINT)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Replay the file once and give what the command printed."""
    folder = tmp_path_factory.mktemp("replay")
    file = write_file(folder / "reports.csv", lines())
    (folder / "areas.geojson").write_bytes(areas())
    command = [sys.executable, "-m", "linli.config.command", "replay", "csv", str(file)]
    command += ["--mapping", str(write_mapping(folder)), "--json"]
    command += ["--areas", str(folder / "areas.geojson")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_every_report_is_accepted_or_refused_for_a_reason(told: dict[str, Any]) -> None:
    assert (told["sent"], told["accepted"]) == (36, 34)
    assert told["refused"] == {"territory.point_swapped": 1, "territory.point_zero": 1}


def test_what_was_accepted_is_in_the_database_exactly_once(told: dict[str, Any]) -> None:
    assert (told["in_database"], told["doubled"], told["unknown_in_database"]) == (34, 0, 0)


def test_places_agree_with_an_independent_count(told: dict[str, Any]) -> None:
    assert told["placed"] == {"East": 1, "West": 12}
    assert told["placed_differences"] == {}
    assert told["unplaced"] == 1


def test_a_default_point_is_not_trusted(told: dict[str, Any]) -> None:
    assert told["suspicious"] == 20
    assert told["default_points"] == [[10.012, 50.002]]


def test_cases_close_when_the_file_says(told: dict[str, Any]) -> None:
    assert (told["closed"], told["closed_in_file"]) == (33, 35)
    assert told["actions_refused"] == {}


def test_what_was_in_time_agrees_but_for_named_causes(told: dict[str, Any]) -> None:
    assert (told["on_time"], told["on_time_in_file"]) == (31, 34)
    assert told["on_time_differences"] == {
        "no_target_in_file": {"only_in_file": 1},
        "not_accepted": {"only_in_file": 2},
    }


def test_a_missing_file_is_named_and_nothing_is_started(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "linli.config.command", "replay", "boston311"]
    command += [str(tmp_path / "absent.csv"), "--areas", str(tmp_path / "absent.geojson")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert "absent.csv" in done.stderr
