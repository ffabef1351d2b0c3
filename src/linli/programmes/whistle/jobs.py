"""What runs by itself: who is silent or late is noted every minute, traces go every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.links import forget_link_names
from .services.sweeping import erase_traces, mark_late


@app.periodic(cron="* * * * *")
@app.task(name="whistle.mark_late", queue="clocks", queueing_lock="whistle.mark_late")
def mark_late_calls(timestamp: int) -> None:
    """Note who has not answered and who is not there in time."""
    mark_late(at=timezone.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="whistle.erase_traces", queue="clocks", queueing_lock="whistle.erase_traces")
def erase_old_traces(timestamp: int) -> None:
    """Erase positions and names whose term is over."""
    now = timezone.now()
    erase_traces(at=now)
    forget_link_names(at=now)
