"""What runs by itself: recordings whose term is over go, drafts nobody finishes go."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .services.drafts import forget_drafts
from .services.recordings import delete_recordings


@app.periodic(cron="37 * * * *")
@app.task(name="hotline.forget", queue="upkeep", queueing_lock="hotline.forget")
def forget(timestamp: int) -> None:
    """Delete recordings by their term and drafts nobody finishes."""
    now = timezone.now()
    delete_recordings(at=now)
    forget_drafts(at=now)
