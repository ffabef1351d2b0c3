"""Plans to re-draw grids, who has the ground of whom, and duties taken over from departments."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("territory", "0002_names_people_use"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RedrawPlan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=100)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("within_code", models.CharField(max_length=24)),
                ("effective_on", models.DateField()),
                ("state", models.CharField(default="draft", max_length=12)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("steps", models.JSONField(default=list)),
                ("kept_posts", models.JSONField(default=dict)),
                ("touched", models.JSONField(default=list)),
                ("drafted_by_id", models.BigIntegerField()),
                ("drafted_at", models.DateTimeField()),
                ("approved_by_id", models.BigIntegerField(null=True)),
                ("approved_role", models.CharField(blank=True, max_length=32)),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_by_id", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stopped_code", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "网格调整方案",
                "verbose_name_plural": "网格调整方案",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["effective_on"],
                        name="territory_plan_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "approved", "applied", "withdrawn", "stopped"])
                        ),
                        name="territory_plan_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="territory_plan_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by_id", None),
                            models.Q(("approved_by_id", models.F("drafted_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="territory_plan_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "applied"]), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by_id__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="territory_plan_approved_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["draft", "approved"])),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["applied", "withdrawn", "stopped"]),
                            ),
                            _connector="OR",
                        ),
                        name="territory_plan_ended_has_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GridDuty",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=100)),
                ("department", models.CharField(max_length=100)),
                ("former_grid", models.CharField(max_length=100)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="territory.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "网格职责",
                "verbose_name_plural": "网格职责",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "title", "department", "former_grid"),
                        name="territory_duty_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="territory_duty_has_title",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaHeir",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("share", models.FloatField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="formers",
                        to="territory.area",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heirs",
                        to="territory.area",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heirs",
                        to="territory.redrawplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "区域沿革",
                "verbose_name_plural": "区域沿革",
                "constraints": [
                    models.UniqueConstraint(fields=("former", "area"), name="territory_heir_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                        name="territory_heir_share_is_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("former", models.F("area")), _negated=True),
                        name="territory_heir_is_another_version",
                    ),
                ],
            },
        ),
    ]
