"""Extensions asked for and decided, and how long they may be."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0013_work_in_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="casesettings",
            name="extension_days",
            field=models.PositiveSmallIntegerField(db_default=5, default=5),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="leader_extension_days",
            field=models.PositiveSmallIntegerField(db_default=20, default=20),
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("cause", models.CharField(max_length=12)),
                ("until", models.DateTimeField()),
                ("former_due_at", models.DateTimeField()),
                ("needs_leader", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("is_granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
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
                        related_name="extensions",
                        to="cases.case",
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.clock",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "verbose_name_plural": "延期",
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at", None)),
                        fields=["case"],
                        name="cases_extension_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "no"), name="cases_extension_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("clock",),
                        name="cases_extension_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["weather", "works", "supplies", "others", "scope"])
                        ),
                        name="cases_extension_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("former_due_at__gte", models.F("asked_at")),
                            ("until__gt", models.F("former_due_at")),
                        ),
                        name="cases_extension_in_time_and_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("is_granted", None)
                            ),
                            models.Q(
                                ("decided_at__gte", models.F("asked_at")),
                                ("is_granted__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cases_extension_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="cases_extension_by_another",
                    ),
                ],
            },
        ),
    ]
