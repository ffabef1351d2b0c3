"""Background work of the desk: large lists written as files."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from .paper.exporting import write_queued


@app.task(name="desk.write_list", queue="exports", retry=2)
def write_list(*, export_id: str) -> None:
    """Write a list somebody asked for."""
    write_queued(export_id=UUID(export_id), at=timezone.now())
