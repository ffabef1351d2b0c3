"""Runs the jobs: `python -m linli.config.worker`."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import django

from linli.config.checkout import read_phase
from linli.config.garbage import keep_what_is_loaded

CONCURRENCY = 2
GRACE_SECONDS = 15
LOOK_SECONDS = 0.05
# Whoever waits for a page or an answer comes before whatever can wait.
NICENESS = 10


async def work() -> None:
    """Work on jobs until SIGINT or SIGTERM; a job under way may finish."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as jobs:
        async with jobs.open_async():
            await jobs.run_worker_async(
                concurrency=CONCURRENCY,
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE_SECONDS,
            )


def main() -> None:
    """Set Django up, wait until the database is prepared, and work."""
    os.nice(NICENESS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    from linli.ground.kernel.changes import begin_listening

    begin_listening()
    folder = Path(os.environ["LINLI_RUN"])
    while not read_phase(folder)["ready"]:
        time.sleep(LOOK_SECONDS)
    keep_what_is_loaded()
    asyncio.run(work())


if __name__ == "__main__":
    main()
