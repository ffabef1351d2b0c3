"""Links for called organisations without an account, and sign-ins proved by the caller's code."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("whistle", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CallLink",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("handler_name", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name": "报到链接",
                "verbose_name_plural": "报到链接",
            },
        ),
        migrations.CreateModel(
            name="CallLinkUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=20)),
                ("device", models.CharField(max_length=12)),
                ("event_id", models.UUIDField(null=True)),
            ],
            options={
                "verbose_name": "报到链接使用记录",
                "verbose_name_plural": "报到链接使用记录",
            },
        ),
        migrations.RemoveConstraint(
            model_name="signin",
            name="whistle_signin_proof_known",
        ),
        migrations.AlterField(
            model_name="signin",
            name="signed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="signin",
            constraint=models.CheckConstraint(
                condition=models.Q(("proof__in", ["position", "code", "caller", "none"])),
                name="whistle_signin_proof_known",
            ),
        ),
        migrations.AddField(
            model_name="calllink",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="whistle.call"
            ),
        ),
        migrations.AddField(
            model_name="calllink",
            name="made_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="calllinkuse",
            name="link",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="whistle.calllink",
            ),
        ),
        migrations.AddIndex(
            model_name="calllink",
            index=models.Index(
                condition=models.Q(("handler_name", ""), _negated=True),
                fields=["expires_at"],
                name="whistle_calllink_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="calllink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                name="whistle_calllink_ends_after_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="calllink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at", None), ("revoked_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="whistle_calllink_revoked_after_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="calllinkuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("device__in", ["wechat", "dingtalk", "phone", "computer", "unknown"])
                ),
                name="whistle_calllinkuse_device_known",
            ),
        ),
    ]
