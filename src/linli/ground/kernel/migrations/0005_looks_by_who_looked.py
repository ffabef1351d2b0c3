"""Looks are found by who looked, so that everybody can see their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0004_log_of_searches")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX kernel_look_actor ON kernel_look (actor_id, recorded_at)",
            "DROP INDEX kernel_look_actor",
        ),
    ]
