"""Numbers the events in commit order: `python -m linli.config.relay`; knows no Django."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from types import FrameType

from linli.config.checkout import read_phase
from linli.ground.kernel.relay import number_events

LOOK_SECONDS = 0.05


def main() -> None:
    """Wait until the database is prepared, then number events until SIGINT or SIGTERM."""
    stopping = stop_at_signals()
    folder = Path(os.environ["LINLI_RUN"])
    while not read_phase(folder)["ready"]:
        if stopping.wait(LOOK_SECONDS):
            return
    number_events(url=os.environ["DATABASE_URL"], stopping=stopping)


def stop_at_signals() -> threading.Event:
    """Give what is set when we are asked to end."""
    stopping = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, ask)
    return stopping


if __name__ == "__main__":
    main()
