"""What runs by itself: work of those whose term ran out goes back to the unit."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.leaving import release_ended


@app.periodic(cron="11 * * * *")
@app.task(name="people.release_ended", queue="clocks", queueing_lock="people.release_ended")
def release(timestamp: int) -> None:
    """Let nothing hang on somebody whose term is over."""
    release_ended(at=timezone.now())
