"""Somebody acts in a post while its holder is away."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0006_callback_clerks"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="StandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("reason", models.CharField(max_length=16)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="people.appointment",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "代理",
                "verbose_name_plural": "代理",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("holder", models.F("person")), _negated=True),
                        name="people_standin_not_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gt", models.F("starts_on")),
                            models.Q(
                                ("ended_at__isnull", False), ("ends_on__gte", models.F("starts_on"))
                            ),
                            _connector="OR",
                        ),
                        name="people_standin_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["leave", "training", "duty_elsewhere", "other"])
                        ),
                        name="people_standin_known_reason",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("appointment_id"),
                                    models.F("appointment_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"), models.F("ends_on"), function="daterange"
                                ),
                                "&&",
                            ),
                        ],
                        name="people_standin_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
