"""Large type goes with the account."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0011_more_kinds_of_work"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="account",
            name="large_type",
            field=models.BooleanField(blank=True, editable=False, null=True),
        ),
    ]
