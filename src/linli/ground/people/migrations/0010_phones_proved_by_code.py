"""Somebody signs in by phone and code."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0009_sessions_seen"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="account",
            name="phone_proved_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="account",
            name="called",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.CreateModel(
            name="PhoneCode",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("phone", models.CharField(max_length=20)),
                ("purpose", models.CharField(max_length=12)),
                ("digest", models.BinaryField(max_length=32)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "短信验证码",
                "verbose_name_plural": "短信验证码",
                "indexes": [models.Index(fields=["expires_at"], name="people_phone_code_old")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["sign_in", "change"])),
                        name="people_phone_code_known_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)), name="people_phone_code_few_tries"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                        name="people_phone_code_lasts",
                    ),
                ],
            },
        ),
    ]
