"""The measurement of the desk, small: cases are lived and copied, every page is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from bench.loads.desk_pages import Held, draw_addresses

BENCH = [sys.executable, "-m", "linli.config.command", "bench", "desk", "--json"]
SMALL = ["--cases", "400", "--few", "300", "--lived", "200", "--requests", "1", "--warming", "1"]
SMALL += ["--settle-s", "0"]
PAGES = {
    *("home", "list", "later_page", "map", "map_points"),
    *("case", "search_hit", "search_miss", "dispatch"),
}

pytestmark = pytest.mark.xdist_group("instance")


def test_every_page_of_the_desk_is_measured_over_few_and_many_cases() -> None:
    done = subprocess.run(
        [*BENCH, *SMALL, "--connections", "2"],
        env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)["figures"]
    assert (figures["errors"], figures["errors_300"]) == (0, 0)
    assert {name.removesuffix("_growth") for name in figures if name.endswith("_growth")} == PAGES
    for page in PAGES:
        for name in (page, f"{page}_cold"):
            assert 0 < figures[f"{name}_p50_ms"] <= figures[f"{name}_p95_ms"]
            assert 0 < figures[f"{name}_p50_ms_300"] <= figures[f"{name}_p95_ms_300"]
    assert figures["growth"] == max(figures[f"{page}_growth"] for page in PAGES)


def test_the_same_seed_asks_for_the_same_pages() -> None:
    held = Held(
        areas=("220104004001",),
        categories=("1", "2"),
        organisations=("3",),
        numbers=("2026-0000001", "2026-0000002"),
        places=("某路 1 号",),
        bounds=(125.29, 43.87, 125.31, 43.88),
    )
    asked = draw_addresses(held, count=20, seed=7)
    assert asked == draw_addresses(held, count=20, seed=7)
    assert asked != draw_addresses(held, count=20, seed=8)
    assert set(asked) == PAGES
    assert all(address.startswith("desk/") for page in asked.values() for address in page)
    windowed = [address for address in asked["map_points"] if "&window=125." in address]
    assert 0 < len(windowed) < 20
