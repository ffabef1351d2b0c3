"""Somebody is asked to approve a draft as it stands."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("keeping", "0002_working_calendar")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="draft",
            name="asked_revision",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
