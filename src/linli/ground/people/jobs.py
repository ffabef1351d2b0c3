"""What runs by itself: work of ended terms goes back to the unit, old codes are forgotten."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.leaving import release_ended
from .services.phone_codes import forget_codes


@app.periodic(cron="11 * * * *")
@app.task(name="people.release_ended", queue="clocks", queueing_lock="people.release_ended")
def release(timestamp: int) -> None:
    """Let nothing hang on somebody whose term is over."""
    release_ended(at=timezone.now())


@app.periodic(cron="23 * * * *")
@app.task(name="people.forget_codes", queue="clocks", queueing_lock="people.forget_codes")
def forget(timestamp: int) -> None:
    """Delete the codes of yesterday."""
    forget_codes(at=timezone.now())
