"""A category that ends names its successor; an item names the parent item it is derived from."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0016_how_near_is_likely_the_same"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="category",
            name="successor_key",
            field=models.CharField(blank=True, max_length=96),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="parent_no",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
