"""Whistles, call-backs, calls in hand and places in teams are handed over too."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0010_phones_proved_by_code"),
    ]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="workhandoverline",
            name="people_workhandoverline_known_kind",
        ),
        migrations.AddConstraint(
            model_name="workhandoverline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "assignment",
                            "task",
                            "check",
                            "instruction",
                            "extension",
                            "shift",
                            "whistle",
                            "callback",
                            "draft",
                            "secondment",
                        ],
                    )
                ),
                name="people_workhandoverline_known_kind",
            ),
        ),
    ]
