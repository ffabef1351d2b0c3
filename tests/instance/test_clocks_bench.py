"""The measurement of the ladder, small: assignments are planned and swept by two at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

BENCH = [sys.executable, "-m", "linli.config.command", "bench", "clocks", "--json"]
SMALL = ["--open", "400", "--due", "100", "--notices", "5", "--deadlines", "500"]

pytestmark = pytest.mark.xdist_group("instance")


def test_two_sweepers_reach_every_rung_that_is_due_and_none_twice() -> None:
    done = subprocess.run(
        [*BENCH, *SMALL],
        env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)["figures"]
    assert (figures["twice"], figures["missed"]) == (0, 0)
    # A hundred cases and their ten tasks, each reminded of and given a yellow card.
    assert figures["acts"] == 220
    for name in ("deadlines_per_s", "plans_per_s", "acts_per_s", "notices_per_s", "longest_ms"):
        assert figures[name] > 0
