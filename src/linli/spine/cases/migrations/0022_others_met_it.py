"""Others say that they met the same."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0010_phones_proved_by_code"),
        ("cases", "0021_talk_points_as_a_channel"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="MetToo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BinaryField(max_length=32)),
                ("said_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="met_too",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "也遇到了",
                "verbose_name_plural": "也遇到了",
                "indexes": [
                    models.Index(
                        condition=models.Q(("account__isnull", False)),
                        fields=["account"],
                        name="cases_met_too_account",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "key"), name="cases_met_too_once")
                ],
            },
        ),
    ]
