"""Open cases by time, cases by channel, and what waits to be dispatched each lie in an index."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

OPEN = [
    *("verifying", "filing", "dispatching", "accepting", "handling", "pending", "in_grid"),
    *("in_community", "forwarded", "checking", "closing"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0023_reported_for_another"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "-reported_at", "-id"],
                condition=models.Q(step__in=OPEN),
                include=["channel", "level", "community", "due_at", "category", "grid", "step"],
                name="cases_case_open_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "channel", "-reported_at", "-id"],
                include=["level", "community", "due_at", "category", "grid", "step"],
                name="cases_case_of_channel",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "-is_urgent", "due_at", "reported_at", "id"],
                condition=models.Q(step="dispatching"),
                name="cases_case_to_dispatch",
            ),
        ),
    ]
