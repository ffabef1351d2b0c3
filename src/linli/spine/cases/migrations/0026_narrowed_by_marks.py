"""Marks beside the words by which lists are narrowed, with the trigger that keeps them true."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

MARKS = (Path(__file__).parent / "marks.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0025_what_couriers_report")]

    operations: ClassVar = [
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="case", name="cases_case_by_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "due_at", "reported_at", "id"],
                condition=models.Q(due_at__isnull=False),
                include=("channel", "level", "community", "category", "grid", "step"),
                name="cases_case_first_due",
            ),
        ),
    ]
