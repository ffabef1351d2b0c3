"""Who asked the search for what."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("kernel", "0003_records_of_tables"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchMade",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("searched_at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField()),
                ("actor_role", models.CharField(max_length=40)),
                ("street_code", models.CharField(blank=True, max_length=24)),
                ("kinds", models.JSONField(default=list)),
                ("words", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-searched_at"], name="kernel_searchmade_newest"),
                    models.Index(
                        fields=["actor_id", "-searched_at"], name="kernel_searchmade_actor"
                    ),
                ],
            },
        ),
    ]
