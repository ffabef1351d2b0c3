"""What runs by itself: plans take effect on their day, within five minutes of its beginning."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.redrawing import apply_due_plans


@app.periodic(cron="*/5 * * * *")
@app.task(name="territory.redraw", queue="clocks", queueing_lock="territory.redraw")
def redraw(timestamp: int) -> None:
    """Let approved plans whose day has come take effect."""
    apply_due_plans(at=timezone.now())
