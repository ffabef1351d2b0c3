"""Who handled a case and passed it on when they left still counts as who handled it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# Work handed over before this was kept is told by its events.
FROM_EVENTS = """
UPDATE cases_assignment SET earlier_account_ids = told.ids
FROM (
    SELECT (facts ->> 'assignment_id')::bigint AS assignment_id,
           jsonb_agg(DISTINCT facts -> 'from_account_id') AS ids
    FROM kernel_event
    WHERE name = 'cases.work_taken_over'
      AND jsonb_typeof(facts -> 'from_account_id') = 'number'
    GROUP BY 1
) AS told
WHERE cases_assignment.id = told.assignment_id
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0019_checks"),
        ("kernel", "0005_looks_by_who_looked"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="assignment",
            name="earlier_account_ids",
            field=models.JSONField(blank=True, db_default=[], default=list),
        ),
        migrations.RunSQL(FROM_EVENTS, migrations.RunSQL.noop),
    ]
