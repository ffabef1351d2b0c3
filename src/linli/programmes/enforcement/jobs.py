"""What runs by itself: parties are erased when their term is over, every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.parties import erase_parties


@app.periodic(cron="20 3 * * *")
@app.task(name="enforcement.erase_parties", queue="clocks", queueing_lock="enforcement.erase")
def erase_old_parties(timestamp: int) -> None:
    """Erase who the parties of old operations were."""
    erase_parties(at=timezone.now())
