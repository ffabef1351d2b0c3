"""Whistles, who comes and how they are told at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("whistle", "0001_initial"),
        ("whistle", "0002_links_and_arrival_code"),
        ("whistle", "0003_who_follows_it_up"),
    ]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0006_one_stream"),
        ("people", "0002_duty_roster"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("territory", "0002_names_people_use"),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Whistle",
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
                        ("number", models.CharField(max_length=24, unique=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("kind", models.CharField(max_length=16)),
                        ("step", models.CharField(max_length=12)),
                        ("title", models.CharField(max_length=120)),
                        ("wanted", models.TextField()),
                        ("reason", models.TextField(blank=True)),
                        ("address", models.CharField(max_length=200)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("blown_at", models.DateTimeField()),
                        ("arrive_by", models.DateTimeField()),
                        ("due_at", models.DateTimeField(null=True)),
                        ("reply_by", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("outcome", models.TextField(blank=True)),
                        ("is_fed_back", models.BooleanField(default=False)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "caller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "caller_area",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "caller_organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.responsibility",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "keeper",
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
                        "verbose_name": "吹哨",
                        "verbose_name_plural": "吹哨",
                        "indexes": [
                            models.Index(
                                fields=["street", "-blown_at"], name="whistle_whistle_newest"
                            ),
                            models.Index(
                                condition=models.Q(("step__in", ["called", "on_spot"])),
                                fields=["arrive_by"],
                                name="whistle_whistle_running",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at", None), ("keeper__isnull", False)),
                                fields=["keeper"],
                                name="whistle_whistle_kept",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["emergency", "comprehensive", "inspection"])
                                ),
                                name="whistle_whistle_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("step__in", ["finished", "cancelled"]),
                                    ),
                                    models.Q(
                                        ("ended_at", None),
                                        ("step__in", ["called", "on_spot", "judging"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_whistle_ended_has_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("item__isnull", False),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="whistle_whistle_has_item_or_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("arrive_by__gt", models.F("blown_at"))),
                                name="whistle_whistle_leaves_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_fed_back", False), ("case__isnull", False), _connector="OR"
                                ),
                                name="whistle_whistle_fed_back_has_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("step", "finished"), _negated=True),
                                    models.Q(
                                        ("judged_by__isnull", False), ("reply_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_whistle_finished_is_judged",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
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
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "whistle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="whistle.whistle",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "后续案件",
                        "verbose_name_plural": "后续案件",
                    },
                ),
                migrations.CreateModel(
                    name="Call",
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
                        ("is_lead", models.BooleanField(default=False)),
                        ("is_timed", models.BooleanField()),
                        ("answer_by", models.DateTimeField()),
                        ("arrive_by", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, max_length=8)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("answer_note", models.TextField(blank=True)),
                        ("sends", models.CharField(blank=True, max_length=40)),
                        ("is_silent", models.BooleanField(default=False)),
                        ("is_late", models.BooleanField(null=True)),
                        ("deed", models.TextField(blank=True)),
                        ("reply", models.TextField(blank=True)),
                        ("replied_at", models.DateTimeField(null=True)),
                        ("disputes", models.BooleanField(default=False)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "whistle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="whistle.whistle",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "被召集单位",
                        "verbose_name_plural": "被召集单位",
                        "indexes": [
                            models.Index(
                                fields=["organisation", "whistle"], name="whistle_call_of_one"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("whistle", "organisation"), name="whistle_call_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_lead", True)),
                                fields=("whistle",),
                                name="whistle_call_one_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    models.Q(
                                        ("answer__in", ["comes", "cannot"]),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_call_answer_has_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_timed", True), ("is_late", None), _connector="OR"
                                ),
                                name="whistle_call_untimed_never_late",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("disputes", False), ("replied_at", None), ("reply", "")
                                    ),
                                    ("replied_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="whistle_call_disputes_in_a_reply",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WhistleSettings",
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
                        ("limits", models.JSONField(default=dict)),
                        ("judge_days", models.PositiveSmallIntegerField()),
                        ("reply_days", models.PositiveSmallIntegerField()),
                        ("near_m", models.PositiveIntegerField()),
                        ("position_days", models.PositiveSmallIntegerField()),
                        (
                            "street",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "吹哨设置",
                        "verbose_name_plural": "吹哨设置",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("judge_days__gte", 1),
                                    ("near_m__gte", 20),
                                    ("reply_days__gte", 1),
                                ),
                                name="whistle_whistlesettings_sensible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position_days__lte", 30)),
                                name="whistle_whistlesettings_positions_go_in_30_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Judgement",
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
                        ("responded", models.BooleanField()),
                        ("in_time", models.BooleanField(null=True)),
                        ("did_part", models.BooleanField()),
                        ("why", models.TextField(blank=True)),
                        ("final_responded", models.BooleanField()),
                        ("final_in_time", models.BooleanField(null=True)),
                        ("final_did_part", models.BooleanField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("settled_why", models.TextField(blank=True)),
                        (
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="judgement",
                                to="whistle.call",
                            ),
                        ),
                        (
                            "settled_by",
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
                        "verbose_name": "评价",
                        "verbose_name_plural": "评价",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_at", None),
                                        ("settled_by", None),
                                        ("settled_why", ""),
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                        models.Q(("settled_why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_judgement_settled_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_at__isnull", False),
                                    models.Q(
                                        ("final_did_part", models.F("did_part")),
                                        ("final_responded", models.F("responded")),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_judgement_stands_until_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
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
                        ("arrived_at", models.DateTimeField()),
                        ("proof", models.CharField(max_length=8)),
                        ("distance_m", models.PositiveIntegerField(null=True)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("position_until", models.DateTimeField(null=True)),
                        ("signed_at", models.DateTimeField()),
                        (
                            "call",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_in",
                                to="whistle.call",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签到",
                        "verbose_name_plural": "签到",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("position_until__isnull", False)),
                                fields=["position_until"],
                                name="whistle_signin_with_position",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lat", None), ("lon", None), ("position_until", None)
                                    ),
                                    models.Q(
                                        ("lat__isnull", False),
                                        ("lon__isnull", False),
                                        ("position_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_signin_position_has_a_term",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("arrived_at__lte", models.F("signed_at"))),
                                name="whistle_signin_not_in_the_future",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proof__in", ["position", "code", "caller", "none"])
                                ),
                                name="whistle_signin_proof_known",
                            ),
                        ],
                    },
                ),
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
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="whistle.call",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报到链接",
                        "verbose_name_plural": "报到链接",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("handler_name", ""), _negated=True),
                                fields=["expires_at"],
                                name="whistle_calllink_named",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="whistle_calllink_ends_after_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at", None),
                                    ("revoked_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="whistle_calllink_revoked_after_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallLinkUse",
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
                        ("at", models.DateTimeField()),
                        ("action", models.CharField(max_length=20)),
                        ("device", models.CharField(max_length=12)),
                        ("event_id", models.UUIDField(null=True)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="whistle.calllink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报到链接使用记录",
                        "verbose_name_plural": "报到链接使用记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "device__in",
                                        ["wechat", "dingtalk", "phone", "computer", "unknown"],
                                    )
                                ),
                                name="whistle_calllinkuse_device_known",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL("CREATE SEQUENCE whistle_number", "DROP SEQUENCE whistle_number"),
    ]
