"""Posts are kept on screen: the way in, a reason for an end, the name on the door, a setting."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0004_persons_found_by_part_of_name"),
        ("territory", "0003_plans_to_redraw"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PostSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("street_code", models.CharField(max_length=24, unique=True)),
                ("ending_days", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "任职设置",
                "verbose_name_plural": "任职设置",
            },
        ),
        migrations.CreateModel(
            name="WayIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("entitled", models.PositiveIntegerField(blank=True, null=True)),
                ("cast", models.PositiveIntegerField(blank=True, null=True)),
                ("in_favour", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "document",
                    models.CharField(blank=True, db_default="", default="", max_length=80),
                ),
            ],
            options={
                "verbose_name": "产生方式记录",
                "verbose_name_plural": "产生方式记录",
            },
        ),
        migrations.AddField(
            model_name="appointment",
            name="end_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AddField(
            model_name="appointment",
            name="shows_name",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(
                condition=models.Q(("ends_on__isnull", False)),
                fields=["ends_on"],
                name="people_appointment_by_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""),
                    models.Q(
                        (
                            "end_reason__in",
                            ["resigned", "moved", "transferred", "recalled", "health", "other"],
                        ),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="people_appointment_reason_of_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="postsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending_days__gte", 7), ("ending_days__lte", 365)),
                name="people_postsettings_days_in_reason",
            ),
        ),
        migrations.AddField(
            model_name="wayin",
            name="appointment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="way_in",
                to="people.appointment",
            ),
        ),
        migrations.AddConstraint(
            model_name="wayin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("cast", None),
                        ("entitled", None),
                        ("cast__lte", models.F("entitled")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("in_favour", None),
                        ("cast", None),
                        ("in_favour__lte", models.F("cast")),
                        _connector="OR",
                    ),
                ),
                name="people_wayin_counts_fit",
            ),
        ),
    ]
