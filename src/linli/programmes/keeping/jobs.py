"""What runs by itself: drafts take effect on their day, within five minutes of its beginning."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.applying import apply_due_drafts


@app.periodic(cron="*/5 * * * *")
@app.task(name="keeping.apply", queue="clocks", queueing_lock="keeping.apply")
def apply_drafts(timestamp: int) -> None:
    """Let approved drafts whose day has come take effect."""
    apply_due_drafts(at=timezone.now())
