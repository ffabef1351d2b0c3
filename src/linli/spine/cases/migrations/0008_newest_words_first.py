"""The newest cases are read first when words are looked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0007_words_to_find_by"),
    ]

    operations: ClassVar = [
        migrations.RemoveIndex(
            model_name="casewords",
            name="cases_casewords_period",
        ),
        migrations.AddIndex(
            model_name="casewords",
            index=models.Index(fields=["reported_at"], name="cases_casewords_newest"),
        ),
    ]
