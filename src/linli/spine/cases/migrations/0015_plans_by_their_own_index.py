"""What has no plan is found by its index, which asks no column that is never empty."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

PLANNED_OTHERWISE = (
    models.Q(ladder_for=None)
    | models.Q(ladder_for__lt=models.F("due_at"))
    | models.Q(ladder_for__gt=models.F("due_at"))
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0014_putting_off"),
    ]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="clock", name="cases_clock_unplanned"),
        migrations.RemoveIndex(model_name="instruction", name="cases_instruction_unplanned"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["due_at"],
                condition=models.Q(stopped_at=None) & PLANNED_OTHERWISE,
                name="cases_clock_unplanned",
            ),
        ),
        migrations.AddIndex(
            model_name="instruction",
            index=models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at=None, withdrawn_at=None) & PLANNED_OTHERWISE,
                name="cases_instruction_unplanned",
            ),
        ),
    ]
