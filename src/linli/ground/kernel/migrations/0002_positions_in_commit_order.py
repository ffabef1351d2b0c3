"""Events are numbered in commit order by the relay, in a table of their own."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

STREAM = (Path(__file__).parent / "stream.sql").read_text(encoding="utf-8")
DROP = """
DROP TABLE kernel_stream, kernel_relay;
ALTER TABLE kernel_event DROP COLUMN tx;
ALTER TABLE kernel_event ADD COLUMN position bigint;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("kernel", "0001_initial")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(
            STREAM,
            DROP,
            state_operations=[migrations.RemoveField(model_name="event", name="position")],
        ),
    ]
