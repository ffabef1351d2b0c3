"""What cases are found by, with the triggers that keep it true."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

TRIGGERS = (Path(__file__).parent / "words.sql").read_text(encoding="utf-8")
DROP = """
DROP TRIGGER cases_words_of_new ON cases_case;
DROP TRIGGER cases_words_of_changed ON cases_case;
DROP TRIGGER cases_words_of_assigned ON cases_assignment;
DROP TRIGGER cases_words_of_reassigned ON cases_assignment;
DROP FUNCTION cases_words_of_new(), cases_words_of_changed(), cases_words_of_assigned(),
    cases_words_of_reassigned();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0006_one_stream"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CaseWordsDue",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("case_id", models.UUIDField()),
            ],
            options={
                "verbose_name": "待建检索词",
                "verbose_name_plural": "待建检索词",
            },
        ),
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("street_id", models.BigIntegerField()),
                ("period", models.IntegerField()),
                ("reported_at", models.DateTimeField()),
                ("original", models.CharField(blank=True, max_length=60)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "案件检索词",
                "verbose_name_plural": "案件检索词",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="cases_casewords_words"
                    ),
                    models.Index(fields=["period"], name="cases_casewords_period"),
                    models.Index(
                        condition=models.Q(("original", ""), _negated=True),
                        fields=["original"],
                        name="cases_casewords_original",
                        opclasses=["varchar_pattern_ops"],
                    ),
                ],
            },
        ),
        migrations.RunSQL(sql=TRIGGERS, reverse_sql=DROP),
    ]
