"""Background work of the kernel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import (
    exports,
    importing,
    imports,
    photos,
    queries,
    rates,
    reactions,
    searches,
    services,
    uploads,
)

AHEAD = timedelta(days=396)  # thirteen months
SILENT_SECONDS = 30


@app.task(name="kernel.run_reaction", queue="reactions", retry=8)
def run_reaction(*, name: str, event_id: str, recorded_at: str) -> None:
    """Run one queued reaction to one event."""
    occurrence = queries.get_occurrence(
        event_id=UUID(event_id), recorded_at=datetime.fromisoformat(recorded_at)
    )
    reaction = reactions.find_after(type(occurrence.event), name)
    if reaction is not None:
        reaction(occurrence)


@app.task(name="kernel.run_reactions", queue="reactions", retry=8)
def run_reactions(*, events: list[tuple[str, str]]) -> None:
    """Run what reacts to many events recorded together, each by its id and its instant."""
    for event_id, recorded_at in events:
        occurrence = queries.get_occurrence(
            event_id=UUID(event_id), recorded_at=datetime.fromisoformat(recorded_at)
        )
        for reaction in reactions.list_after(type(occurrence.event)):
            reaction(occurrence)


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.remove_orphan_photos", queue="upkeep")
def remove_orphan_photos(timestamp: int) -> None:
    """Delete photos that no report has named within 24 hours and nothing holds."""
    photos.remove_orphans(at=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="kernel.forget_uploads", queue="upkeep")
def forget_uploads(timestamp: int) -> None:
    """Delete files in parts whose rest never came, and what is left of those that arrived."""
    uploads.forget_uploads(at=timezone.now())


@app.periodic(cron="47 * * * *")
@app.task(name="kernel.forget_old_rates", queue="upkeep")
def forget_old_rates(timestamp: int) -> None:
    """Delete counts of use that no limit asks for any more."""
    rates.forget_old(at=timezone.now())


# Half an hour in all: a database that restarts, a full disk somebody frees.
UNTIL_BETTER = RetryStrategy(max_attempts=10, linear_wait=40)


@app.task(name="kernel.check_import", queue="imports", retry=UNTIL_BETTER)
def check_import(*, import_id: str) -> None:
    """Judge the rows of a sent file."""
    importing.check_import(import_id=UUID(import_id), at=timezone.now())


@app.task(name="kernel.run_import", queue="imports", retry=UNTIL_BETTER)
def run_import(*, import_id: str) -> None:
    """Take the good rows of a confirmed file."""
    importing.run_import(import_id=UUID(import_id), at=timezone.now(), ended=timezone.now)


@app.periodic(cron="*/30 * * * *")
@app.task(name="kernel.go_on_with_imports", queue="upkeep")
def go_on_with_imports(timestamp: int) -> None:
    """Go on with imports whose job has given up."""
    importing.go_on()


@app.periodic(cron="7 4 * * *")
@app.task(name="kernel.forget_table_files", queue="upkeep")
def forget_table_files(timestamp: int) -> None:
    """Delete files taken out or sent in whose term is over."""
    exports.forget_exports(at=timezone.now())
    imports.forget_imports(at=timezone.now())


@app.periodic(cron="27 3 * * *")
@app.task(name="kernel.make_partitions", queue="upkeep")
def make_partitions(timestamp: int) -> None:
    """Make the monthly tables of events and looks thirteen months ahead."""
    today = date.fromtimestamp(timestamp)  # noqa: DTZ012 - a day more or less does not matter
    services.ensure_partitions(first=today, last=today + AHEAD)


@app.periodic(cron="* * * * *")
@app.task(
    name="kernel.retry_stalled_jobs", queue="upkeep", queueing_lock="kernel.retry_stalled_jobs"
)
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give the jobs of a worker that died to one that lives."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await app.job_manager.retry_job(job)


@app.periodic(cron="37 3 * * *")
@app.task(name="kernel.forget_searches", queue="upkeep")
def forget_searches(timestamp: int) -> None:
    """Empty the words of searches whose term is over."""
    searches.forget_searches(at=timezone.now())
