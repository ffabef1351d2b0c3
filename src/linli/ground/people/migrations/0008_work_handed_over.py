"""Work of somebody who leaves is handed over on record."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0007_stand_ins"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="WorkHandover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_handovers",
                        to="people.appointment",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作交接",
                "verbose_name_plural": "工作交接",
            },
        ),
        migrations.CreateModel(
            name="WorkHandoverLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("room", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=16)),
                ("ref", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=60)),
                ("to_unit", models.BooleanField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="people.workhandover",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作交接事项",
                "verbose_name_plural": "工作交接事项",
            },
        ),
        migrations.AddConstraint(
            model_name="workhandover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taker", None),
                    models.Q(("taker", models.F("giver")), _negated=True),
                    _connector="OR",
                ),
                name="people_workhandover_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="workhandover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at", None), ("taken_by", None)),
                    models.Q(
                        ("taken_at__isnull", False),
                        ("taken_by__isnull", False),
                        models.Q(("taken_by", models.F("giver")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_workhandover_taken_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="workhandoverline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["assignment", "task", "check", "instruction", "extension", "shift"],
                    )
                ),
                name="people_workhandoverline_known_kind",
            ),
        ),
    ]
