"""How a change reaches what every process keeps in memory: NOTIFY, and one listener a process.

PostgreSQL delivers a notice when its transaction commits, and not at all when it is undone.
"""

from __future__ import annotations

import threading
import time

import structlog
from django.db import connection

from . import fresh

CHANNEL = "linli_changes"
NAME = "linli changes"
LOOK_EVERY_S = 20.0
PAUSES_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
log = structlog.get_logger(__name__)


def announce(name: str) -> None:
    """Tell every process, once the transaction commits, that what is kept by this name changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, name])
    fresh.forget(name)


def begin_listening() -> None:
    """Listen for as long as the process lives, on a connection and in a thread of its own."""
    threading.Thread(target=Listener().run, name="changes", daemon=True).start()


class Listener:
    """Hears of changes and looks again at what changed, so that no request has to."""

    def __init__(self) -> None:
        self.faults = 0

    def run(self) -> None:
        """Listen; connect again when that fails, later each time it fails again."""
        while True:
            try:
                self.listen()
            except Exception as fault:  # noqa: BLE001 - whatever it was, the next try may do
                log.warning("changes_unheard", fault=str(fault))
            time.sleep(PAUSES_S[min(self.faults, len(PAUSES_S)) - 1])

    def listen(self) -> None:
        """Listen until that fails.

        Raises:
            psycopg.Error, django.db.Error: the connection broke or something can't be read.
        """
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('application_name', %s, false)", [NAME])
                cursor.execute(f"LISTEN {CHANNEL}")
            # What was told before is told to nobody: look at everything.
            fresh.begin_to_hear()
            self.faults = 0
            while True:
                self.hear()
        finally:
            self.faults += 1
            fresh.stop_hearing()
            connection.close()

    def hear(self) -> None:
        """Wait for the next changes, and look at them; after a while of silence at everything."""
        heard = {
            notice.payload
            for notice in connection.connection.notifies(timeout=LOOK_EVERY_S, stop_after=1)
        }
        if heard:
            fresh.renew(heard)
        else:
            fresh.renew_everything()
