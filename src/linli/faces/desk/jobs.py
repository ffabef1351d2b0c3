"""Background work of the desk: large lists written as files."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from .paper.doors import write_notices
from .paper.exporting import write_queued


@app.task(name="desk.write_list", queue="exports", retry=2)
def write_list(*, export_id: str) -> None:
    """Write a list somebody asked for."""
    write_queued(export_id=UUID(export_id), at=timezone.now())


@app.task(name="desk.print_doors", queue="exports", retry=2)
def print_doors(*, export_id: str) -> None:
    """Print the notices for doors somebody asked for."""
    write_notices(export_id=UUID(export_id), at=timezone.now())
