"""Lists are narrowed within the indexes: what they are narrowed by is written there too."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

FILTERED = ["channel", "level", "community", "due_at"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0010_found_by_filters"),
    ]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "-reported_at", "-id"],
                include=[*FILTERED, "category", "grid", "step"],
                name="cases_case_by_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "grid", "-reported_at"],
                include=["id", *FILTERED, "category", "step"],
                name="cases_case_of_grid",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "category", "-reported_at"],
                include=["id", *FILTERED, "grid", "step"],
                name="cases_case_of_category",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["street", "step", "-reported_at"],
                condition=models.Q(step__in=["declined", "void", "settled", "merged"]),
                include=["id", *FILTERED, "category", "grid"],
                name="cases_case_of_end",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["street", "due_at", "id"], name="cases_case_by_due"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["organisation", "case"],
                include=["state", "duty"],
                condition=models.Q(organisation__isnull=False),
                name="cases_assignment_by_unit",
            ),
        ),
        *(
            migrations.RemoveIndex(model_name=model, name=name)
            for model, name in (
                ("case", "cases_case_newest"),
                ("case", "cases_case_by_grid"),
                ("case", "cases_case_by_category"),
                ("case", "cases_case_by_channel"),
                ("case", "cases_case_by_end"),
                ("case", "cases_case_due"),
                ("assignment", "cases_assignment_organisation"),
            )
        ),
    ]
