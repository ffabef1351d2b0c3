"""What time brings about across rooms."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .urgent import call_out


@app.periodic(cron="* * * * *")
@app.task(name="reactions.call_out", queue="clocks", queueing_lock="reactions.call_out")
def call_out_urgent(timestamp: int) -> None:
    """Call somebody out for urgent cases that wait."""
    call_out(at=timezone.now())
