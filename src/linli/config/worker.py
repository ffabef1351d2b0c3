"""Runs the jobs: `python -m linli.config.worker`."""

from __future__ import annotations

import asyncio
import os

import django

CONCURRENCY = 2
GRACE_SECONDS = 15


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
    """Set Django up and work."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    asyncio.run(work())


if __name__ == "__main__":
    main()
