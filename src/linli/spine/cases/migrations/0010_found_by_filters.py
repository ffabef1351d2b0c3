"""Indexes for what the filters of the list name."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

OPEN = [
    *("verifying", "filing", "dispatching", "accepting", "handling"),
    *("in_grid", "in_community", "forwarded", "checking", "closing"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0009_who_has_it_open"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "due_at", "id"],
                condition=models.Q(step__in=OPEN),
                name="cases_case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["street", "channel"], name="cases_case_by_channel"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "step", "-reported_at"],
                condition=models.Q(step__in=["declined", "void", "settled", "merged"]),
                name="cases_case_by_end",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "level", "-reported_at"],
                condition=models.Q(level__in=["grid", "community", "district"]),
                name="cases_case_by_level",
            ),
        ),
    ]
