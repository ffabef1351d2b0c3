"""Talk points, their hosts and talks at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [("talk", "0001_initial")]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0021_talk_points_as_a_channel"),
        ("people", "0009_sessions_seen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Point",
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
                        ("phone", models.CharField(max_length=30)),
                        ("weekdays", models.CharField(max_length=7)),
                        ("spans", models.JSONField()),
                        ("on_holidays", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("last_seq", models.PositiveIntegerField(default=0)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_at", models.DateTimeField(blank=True, null=True)),
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
                        "verbose_name": "百姓说事点",
                        "verbose_name_plural": "百姓说事点",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("area_code", "name"),
                                name="talk_point_name_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("address", ""), _negated=True),
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("weekdays", ""), _negated=True),
                                ),
                                name="talk_point_can_be_found",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Matter",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("seq", models.PositiveIntegerField()),
                        ("asked", models.CharField(max_length=120)),
                        ("is_posted", models.BooleanField(default=True)),
                        ("entered_at", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, db_default="", max_length=600)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                            "case",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matters",
                                to="talk.point",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "说事",
                        "verbose_name_plural": "说事",
                        "indexes": [
                            models.Index(
                                fields=["point", "-entered_at"], name="talk_matter_of_point"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("point", "seq"), name="talk_matter_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""), ("answered_at", None), ("answered_by", None)
                                    ),
                                    models.Q(
                                        models.Q(("answer", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="talk_matter_answer_is_dated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("case__isnull", False),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="talk_matter_is_case_or_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("case", None), ("case", models.F("id")), _connector="OR"
                                ),
                                name="talk_matter_has_id_of_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Host",
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
                        ("role", models.CharField(max_length=40)),
                        ("weekdays", models.CharField(max_length=7)),
                        ("shows_name", models.BooleanField(default=False)),
                        ("named_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "point",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hosts",
                                to="talk.point",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "说事点接待人",
                        "verbose_name_plural": "说事点接待人",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("point", "person"),
                                name="talk_host_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None),
                                    ("ended_at__gte", models.F("named_at")),
                                    _connector="OR",
                                ),
                                name="talk_host_in_order",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
