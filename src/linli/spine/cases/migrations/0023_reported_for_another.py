"""Somebody reports for another."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0022_others_met_it")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Beneficiary",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=30)),
            ],
            options={"verbose_name": "代报的对象", "verbose_name_plural": "代报的对象"},
        ),
    ]
