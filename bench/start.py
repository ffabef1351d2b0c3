"""How long `./linli demo` takes in a fresh clone with empty caches, and how much memory it keeps.

`first_start_s`: from the command to a first page that is of use; `second_start_s`: the same again
with the network closed; `idle_mb`: the proportional memory of all its processes together.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from linli.config.checkout import ROOT

DEFAULTS: Mapping[str, int] = {"patience_s": 600, "idle_s": 15}
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
# What a machine behind a mirror or a proxy of its own needs to reach the package index.
KEPT = ("PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "PIP_INDEX_URL")


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Clone, start twice, and measure.

    Args:
        settings: `patience_s` for a start, `idle_s` before memory is read.
    """
    with tempfile.TemporaryDirectory(prefix="linli-start-") as name:
        folder = Path(name)
        clone = folder / "clone"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        environment = {key: os.environ[key] for key in KEPT if key in os.environ}
        environment["HOME"] = str(folder / "home")
        (folder / "home").mkdir()
        try:
            first = measure(clone, environment, settings)
            second = measure(clone, environment | NO_NETWORK, settings)
        finally:
            remove_cluster(clone)
    return {
        "first_start_s": first["start_s"],
        "second_start_s": second["start_s"],
        "stop_s": second["stop_s"],
        "idle_mb": second["idle_mb"],
    }


def measure(
    clone: Path, environment: Mapping[str, str], settings: Mapping[str, Any]
) -> dict[str, float]:
    """Start the demonstration once; tell how long it took and what it weighs."""
    port = free_port()
    began = time.monotonic()
    with demonstration(clone, environment, port) as process:
        wait_for(f"http://127.0.0.1:{port}/", process, settings["patience_s"])
        start_s = time.monotonic() - began
        time.sleep(settings["idle_s"])
        idle_mb = sum(proportional_kb(pid) for pid in tree(process.pid)) / 1024
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(60)
    stop_s = time.monotonic() - began
    return {
        "start_s": round(start_s, 1),
        "stop_s": round(stop_s, 1),
        "idle_mb": round(idle_mb, 1),
    }


@contextlib.contextmanager
def demonstration(
    clone: Path, environment: Mapping[str, str], port: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `./linli demo` and make sure that it ends."""
    process = subprocess.Popen(
        [sys.executable, str(clone / "linli"), "demo", "--port", str(port)],
        cwd=clone,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def wait_for(address: str, process: subprocess.Popen[bytes], patience_s: float) -> None:
    """Wait until the first page is there and `/healthz` agrees.

    Raises:
        RuntimeError: when the demonstration ends or takes too long.
    """
    until = time.monotonic() + patience_s
    while time.monotonic() < until and process.poll() is None:
        if all(answers(address + path) for path in ("healthz", "")):
            return
        time.sleep(0.1)
    raise RuntimeError(f"not ready: exit status {process.poll()}")


def answers(address: str) -> bool:
    """Tell whether an address answers 200."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def tree(pid: int) -> list[int]:
    """List a process and all its descendants."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            parents.setdefault(int(words[1]), []).append(int(status.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def proportional_kb(pid: int) -> int:
    """Read the memory of one process, shared pages divided by those who share them."""
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return 0


def free_port() -> int:
    """Find a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def remove_cluster(clone: Path) -> None:
    """Remove what the clone left outside itself."""
    from linli.config import cluster

    shutil.rmtree(cluster.installation(var=clone / "var").folder)
