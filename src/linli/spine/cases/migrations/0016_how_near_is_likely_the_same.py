"""How near in place and time matters of one kind are likely the same: a setting."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0015_plans_by_their_own_index"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="casesettings",
            name="duplicate_radius_m",
            field=models.PositiveSmallIntegerField(db_default=50, default=50),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="duplicate_hours",
            field=models.PositiveSmallIntegerField(db_default=24, default=24),
        ),
    ]
