"""Where this checkout keeps what it makes, and the lock that lets one instance run at a time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from linli.config.refusals import UnableToStart

ROOT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """Name the folder for everything made at run time."""
    return Path(os.environ.get("LINLI_VAR") or ROOT / "var")


def own_secret() -> str:
    """Read this checkout's own secret, made on the first use; for the demonstration only."""
    place = var() / "demonstration.secret"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(60), encoding="ascii")
    return place.read_text(encoding="ascii")


@contextlib.contextmanager
def only_instance() -> Iterator[None]:
    """Hold the checkout's lock; the kernel frees it however this process ends.

    Raises:
        UnableToStart: when another instance of the checkout runs.
    """
    var().mkdir(parents=True, exist_ok=True)
    with (var() / "instance.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            lock.seek(0)
            running = lock.read().strip()
            raise UnableToStart(
                f"这份代码已有实例在运行（{running}）；请先停止它。",
                f"an instance of this checkout already runs ({running}); stop it first.",
            ) from fault
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}")
        lock.flush()
        yield


def instance_runs() -> bool:
    """Tell whether an instance of this checkout holds the lock."""
    with contextlib.suppress(FileNotFoundError), (var() / "instance.lock").open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def set_phase(folder: Path, *, ready: bool, words: str = "", share: float = 0.0) -> None:
    """Tell the front door, through a file, how far the preparation is (`share` of 1)."""
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f"phase.{os.getpid()}"
    half.write_text(json.dumps({"ready": ready, "words": words, "share": share}), encoding="utf-8")
    half.replace(folder / "phase")


def read_phase(folder: Path) -> dict[str, object]:
    """Read what `set_phase` told; not ready when nobody told anything."""
    try:
        told: dict[str, object] = json.loads((folder / "phase").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"ready": False, "words": "", "share": 0.0}
    return told
