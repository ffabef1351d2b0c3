"""A whole instance: front door, job worker and database, and what happens when one dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from bench import crash

from linli.config.instance import Instance

BENCH = [sys.executable, "-m", "linli.config.command", "bench"]

pytestmark = pytest.mark.xdist_group("instance")


def get(running: Instance, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(running.address + path, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, fault.read()


def health(running: Instance) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(running, "healthz")[1])
    return found


def wait_until(running: Instance, condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 180
    while not condition():
        assert time.monotonic() < until, "it never came to that"
        running.supervisor.tend()
        time.sleep(0.05)


def kill(running: Instance, name: str) -> None:
    child = crash.find(running, name)
    assert child.process is not None
    os.kill(child.process.pid, signal.SIGKILL)
    before = child.restarts
    wait_until(running, lambda: child.restarts > before)


def test_it_says_what_works(running: Instance) -> None:
    status, body = get(running, "healthz")
    assert status == 200
    told = json.loads(body)
    assert told["database"].startswith("PostgreSQL ")
    assert told["jobs"]["worker"] == "alive"
    assert told["jobs"]["waiting"] >= 0
    assert told["events"]["relay"] == "alive"
    assert told["events"]["waiting"] >= 0


def test_pages_and_static_files_come_from_the_same_port(running: Instance) -> None:
    assert get(running, "report")[0] == 200
    assert get(running, "static/admin/css/base.css")[0] == 200
    assert get(running, "no/such/page")[0] == 404


@pytest.mark.parametrize("name", ["web-0", "postgresql", "worker", "relay"])
def test_a_killed_part_comes_back(running: Instance, name: str) -> None:
    kill(running, name)
    wait_until(running, lambda: bool(health(running).get("ready")))
    assert get(running, "report")[0] == 200


def test_nothing_acknowledged_is_lost_when_parts_are_killed_under_load() -> None:
    done = subprocess.run(
        [*BENCH, "crash", "--json", "--kills", "1", "--clients", "2", "--gap-s", "0.3"],
        env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
        stdout=subprocess.PIPE,
        check=True,
    )
    report = json.loads(done.stdout)
    assert report["name"] == "crash"
    assert report["settings"]["fsync"] == "on"
    figures = report["figures"]
    for part in ("web", "worker", "relay", "postgresql"):
        assert figures[f"kills_{part}"] == 1, part
    assert figures["acknowledged"] > 0
    faults = ("lost", "wrong_number", "doubled", "incomplete", "jobs_undone", "misnumbered")
    for fault in faults:
        assert figures[fault] == 0, fault
