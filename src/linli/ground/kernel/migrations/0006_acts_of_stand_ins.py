"""An act done for somebody who is away is signed as such."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0005_looks_by_who_looked")]

    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE kernel_event ADD COLUMN actor_for_id bigint",
            "ALTER TABLE kernel_event DROP COLUMN actor_for_id",
            state_operations=[
                migrations.AddField(
                    model_name="event",
                    name="actor_for_id",
                    field=models.BigIntegerField(db_default=None, null=True),
                )
            ],
        ),
    ]
