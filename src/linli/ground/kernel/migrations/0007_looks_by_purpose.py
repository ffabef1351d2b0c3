"""Looks are found by their purpose."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0006_acts_of_stand_ins")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE INDEX kernel_look_purpose ON kernel_look (purpose, recorded_at, id)",
            "DROP INDEX kernel_look_purpose",
        ),
    ]
