"""Who has a case open now; worthless after a crash, so it is not written to the log."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0008_newest_words_first"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id",
                        "account_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("account_id", models.IntegerField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "正在看案件的人",
                "verbose_name_plural": "正在看案件的人",
                "indexes": [models.Index(fields=["seen_at"], name="cases_presence_gone")],
            },
        ),
        migrations.RunSQL(
            sql="ALTER TABLE cases_presence SET UNLOGGED",
            reverse_sql="ALTER TABLE cases_presence SET LOGGED",
        ),
    ]
