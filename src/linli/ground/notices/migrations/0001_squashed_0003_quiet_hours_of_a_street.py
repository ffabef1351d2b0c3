"""Notices, their ways out and alerts at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("notices", "0001_initial"),
        ("notices", "0002_ways_out_and_alerts"),
        ("notices", "0003_quiet_hours_of_a_street"),
    ]

    initial = True

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Notice",
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
                        ("kind", models.CharField(max_length=60)),
                        ("params", models.JSONField(db_default={}, default=dict)),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject_id", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=120)),
                        ("created_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="notices.alert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知",
                        "verbose_name_plural": "通知",
                        "indexes": [
                            models.Index(
                                fields=["account", "-created_at"], name="notices_notice_of_account"
                            ),
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["account"],
                                name="notices_notice_unread",
                            ),
                            models.Index(fields=["key"], name="notices_notice_by_key"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "key"), name="notices_notice_told_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("read_at", None),
                                    ("read_at__gte", models.F("created_at")),
                                    _connector="OR",
                                ),
                                name="notices_notice_read_after_told",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertCall",
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
                        ("level", models.CharField(max_length=12)),
                        ("round", models.PositiveSmallIntegerField()),
                        ("called_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calls",
                                to="notices.alert",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "急报呼叫",
                        "verbose_name_plural": "急报呼叫",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("alert", "round", "level", "account"),
                                name="notices_alertcall_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=linli.ground.kernel.ids.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("recipient", models.CharField(max_length=24)),
                        ("channel", models.CharField(max_length=8)),
                        ("key", models.CharField(max_length=160)),
                        ("topic", models.CharField(max_length=12)),
                        ("state", models.CharField(max_length=12)),
                        ("round", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("is_urgent", models.BooleanField(db_default=False, default=False)),
                        ("in_digest", models.BooleanField(db_default=False, default=False)),
                        ("send_after", models.DateTimeField(blank=True, null=True)),
                        ("tries", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("begun_at", models.DateTimeField(blank=True, null=True)),
                        ("fault", models.CharField(blank=True, db_default="", max_length=60)),
                        ("fault_params", models.JSONField(db_default={}, default=dict)),
                        ("created_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "digest",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="parts",
                                to="notices.delivery",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="notices.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发送记录",
                        "verbose_name_plural": "发送记录",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "held")),
                                fields=["send_after"],
                                name="notices_delivery_held",
                            ),
                            models.Index(fields=["key"], name="notices_delivery_by_key"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recipient", "channel", "key"), name="notices_delivery_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["email", "sms", "robot"])),
                                name="notices_delivery_known_channel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "held", "sent", "failed", "needless"])
                                ),
                                name="notices_delivery_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("send_after__isnull", False), ("state", "held")),
                                    models.Q(("state", "held"), _negated=True),
                                    _connector="OR",
                                ),
                                name="notices_delivery_held_until",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True),
                                        ("sent_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="notices_delivery_sent_has_instant",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
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
                        ("topic", models.CharField(max_length=12)),
                        ("channel", models.CharField(max_length=8)),
                        ("way", models.CharField(max_length=8)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notice_preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知方式",
                        "verbose_name_plural": "通知方式",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "topic", "channel"),
                                name="notices_preference_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "topic__in",
                                        ["urgent", "work", "clocks", "centre", "own", "other"],
                                    )
                                ),
                                name="notices_preference_known_topic",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["email", "sms", "robot"])),
                                name="notices_preference_known_channel",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["at_once", "digest", "off"])),
                                name="notices_preference_known_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuietHours",
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
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quiet_hours",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "免打扰时间",
                        "verbose_name_plural": "免打扰时间",
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
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
                        ("kind", models.CharField(max_length=60)),
                        ("params", models.JSONField(db_default={}, default=dict)),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject_id", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=120, unique=True)),
                        ("street_code", models.CharField(max_length=24)),
                        ("level", models.CharField(max_length=12)),
                        ("round", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        (
                            "calls_at_level",
                            models.PositiveSmallIntegerField(db_default=0, default=0),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("next_at", models.DateTimeField(blank=True, null=True)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "急报",
                        "verbose_name_plural": "急报",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_at__isnull", False)),
                                fields=["next_at"],
                                name="notices_alert_due",
                            ),
                            models.Index(
                                condition=models.Q(("acknowledged_at", None), ("settled_at", None)),
                                fields=["street_code"],
                                name="notices_alert_open",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["on_duty", "stand_in", "above"])),
                                name="notices_alert_known_level",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_at", None),
                                    models.Q(("acknowledged_at", None), ("settled_at", None)),
                                    _connector="OR",
                                ),
                                name="notices_alert_ended_calls_nobody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StreetQuiet",
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
                        ("street_code", models.CharField(max_length=24, unique=True)),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                    ],
                    options={
                        "verbose_name": "街道免打扰时间",
                        "verbose_name_plural": "街道免打扰时间",
                    },
                ),
            ],
        ),
    ]
