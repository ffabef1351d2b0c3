"""When a sub-district leaves those in peace who chose nothing: a setting."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("notices", "0002_ways_out_and_alerts"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="StreetQuiet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("street_code", models.CharField(max_length=24, unique=True)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
            ],
            options={
                "verbose_name": "街道免打扰时间",
                "verbose_name_plural": "街道免打扰时间",
            },
        ),
    ]
