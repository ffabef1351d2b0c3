"""What runs by itself: every minute, reports of couriers that nobody answered in time."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.reports import mark_late


@app.periodic(cron="* * * * *")
@app.task(
    name="couriers.mark_late",
    queue="clocks",
    queueing_lock="couriers.mark_late",
    pass_context=False,
)
def mark_late_answers(timestamp: int) -> None:
    """Mark the reports of couriers nobody accepted or passed on in time."""
    mark_late(at=timezone.now())
