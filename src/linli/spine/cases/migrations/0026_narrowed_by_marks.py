"""Marks beside the words by which lists are narrowed, with the trigger that keeps them true."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

# Open cases are counted in their index alone as long as the database knows which of its pages all
# may see; what changes of a million cases in a day would else not be looked at for months.
TIDY = "ALTER TABLE cases_case SET (autovacuum_vacuum_scale_factor = 0.005)"
UNTIDY = "ALTER TABLE cases_case RESET (autovacuum_vacuum_scale_factor)"
MARKS, OF_KEPT = (
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("marks.sql", "marks_of_kept.sql")
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0025_what_couriers_report")]

    operations: ClassVar = [
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(TIDY, UNTIDY),
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
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["id"],
                condition=models.Q(reroute_lead__isnull=False),
                name="cases_case_rerouted",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="cases_case_near"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "h3", "-reported_at"],
                include=(
                    *("id", "channel", "level", "community", "due_at"),
                    *("category", "grid", "step", "lon", "lat"),
                ),
                name="cases_case_around",
            ),
        ),
    ]
