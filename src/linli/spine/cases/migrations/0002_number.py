"""The sequence that numbers cases; gaps are harmless, repeats impossible."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE cases_number", reverse_sql="DROP SEQUENCE cases_number"
        )
    ]
