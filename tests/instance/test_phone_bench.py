"""The measurement of the phone's page, once: what it counts keeps to what was promised."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

BENCH = [sys.executable, "-m", "linli.config.command", "bench", "phone", "--json"]
MOST_KB = 250

pytestmark = pytest.mark.xdist_group("instance")


def test_the_page_is_opened_and_a_photo_is_reported() -> None:
    done = subprocess.run(
        [*BENCH, "--rounds", "1", "--cpu", "1", "--megapixels", "1"],
        env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads(done.stdout)["figures"]
    assert 0 < figures["kb"] <= MOST_KB
    assert figures["usable_ms"] > 0
    assert figures["report_ms"] > 0
    assert figures["report_taps"] == 2
