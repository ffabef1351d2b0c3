"""What each organisation has in hand is counted within an index."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0012_ladder"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["organisation"],
                include=["due_at"],
                condition=models.Q(
                    duty__in=["lead", "task"], state__in=["offered", "accepted", "reported"]
                ),
                name="cases_assignment_in_hand",
            ),
        ),
    ]
