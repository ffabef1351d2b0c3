"""Couriers and what they are asked to look at, at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [("couriers", "0001_initial")]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0025_what_couriers_report"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Courier",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("company", models.CharField(max_length=16)),
                        ("company_name", models.CharField(blank=True, max_length=40)),
                        ("street_code", models.CharField(max_length=24)),
                        ("area_code", models.CharField(max_length=24)),
                        ("state", models.CharField(max_length=12)),
                        ("applied_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "小哥登记",
                        "verbose_name_plural": "小哥登记",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["applied", "confirmed", "refused", "left"]),
                                    (
                                        "company__in",
                                        [
                                            "meituan",
                                            "eleme",
                                            "sf",
                                            "jd",
                                            "zto",
                                            "yto",
                                            "sto",
                                            "yunda",
                                            "jt",
                                            "ems",
                                            "shansong",
                                            "other",
                                        ],
                                    ),
                                ),
                                name="couriers_courier_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="couriers_courier_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("account")), _negated=True),
                                    _connector="OR",
                                ),
                                name="couriers_courier_decided_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Asked",
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
                        ("asked_of", models.CharField(max_length=8)),
                        ("asked_at", models.DateTimeField()),
                        ("answer_by", models.DateTimeField()),
                        ("late_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("passed_to", models.CharField(blank=True, max_length=12)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "courier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="reports",
                                to="couriers.courier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "小哥上报的答复",
                        "verbose_name_plural": "小哥上报的答复",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at", None), ("late_at", None)),
                                fields=["answer_by"],
                                name="couriers_asked_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("asked_of__in", ["grid", "duty"]),
                                    ("passed_to__in", ["", "community", "centre"]),
                                ),
                                name="couriers_asked_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at", None),
                                        ("answered_by", None),
                                        ("passed_to", ""),
                                    ),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="couriers_asked_answered_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RestPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("name_en", models.CharField(blank=True, max_length=60)),
                        ("street_code", models.CharField(max_length=24)),
                        ("area_code", models.CharField(max_length=24)),
                        ("address", models.CharField(max_length=120)),
                        ("lon", models.FloatField()),
                        ("lat", models.FloatField()),
                        ("weekdays", models.CharField(max_length=7)),
                        ("spans", models.JSONField()),
                        ("on_holidays", models.BooleanField(default=False)),
                        ("comforts", models.JSONField(blank=True, default=list)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "歇脚点",
                        "verbose_name_plural": "歇脚点",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("address", ""), _negated=True),
                                ),
                                name="couriers_restplace_can_be_found",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
