"""Background work of the kernel."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from . import photos, queries, rates, reactions


@app.task(name="kernel.run_reaction", queue="reactions", retry=8)
def run_reaction(*, name: str, event_id: str, recorded_at: str) -> None:
    """Run one queued reaction to one event."""
    occurrence = queries.get_occurrence(
        event_id=UUID(event_id), recorded_at=datetime.fromisoformat(recorded_at)
    )
    reaction = reactions.find_after(type(occurrence.event), name)
    if reaction is not None:
        reaction(occurrence)


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.remove_orphan_photos", queue="upkeep")
def remove_orphan_photos(timestamp: int) -> None:
    """Delete photos that no report has named within 24 hours."""
    photos.remove_orphans(at=timezone.now())


@app.periodic(cron="47 * * * *")
@app.task(name="kernel.forget_old_rates", queue="upkeep")
def forget_old_rates(timestamp: int) -> None:
    """Delete counts of use that no limit asks for any more."""
    rates.forget_old(at=timezone.now())
