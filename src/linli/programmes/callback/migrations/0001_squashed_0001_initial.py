"""Call-backs, their tries, what is left out, settings by version, at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [("callback", "0001_initial")]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0015_plans_by_their_own_index"),
        ("people", "0005_posts_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("territory", "0003_plans_to_redraw"),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Callback",
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
                        ("version", models.PositiveIntegerField(default=1)),
                        ("step", models.CharField(default="waiting", max_length=12)),
                        ("policy_version", models.PositiveIntegerField()),
                        ("closed_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("answers_until", models.DateTimeField()),
                        ("held_at", models.DateTimeField(null=True)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("way", models.CharField(blank=True, max_length=12)),
                        ("solved", models.BooleanField(null=True)),
                        ("satisfaction", models.PositiveSmallIntegerField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("redo", models.CharField(blank=True, max_length=12)),
                        ("is_excluded", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回访",
                        "verbose_name_plural": "回访",
                        "indexes": [
                            models.Index(
                                fields=["street", "closed_at"], name="callback_callback_of_month"
                            ),
                            models.Index(
                                condition=models.Q(("step", "waiting")),
                                fields=["street", "due_at"],
                                name="callback_callback_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("redo", "wanted")),
                                fields=["street", "answered_at"],
                                name="callback_callback_to_redo",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "closed_at"),
                                name="callback_callback_once_a_closing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        ["waiting", "answered", "missed", "cancelled", "excluded"],
                                    )
                                ),
                                name="callback_callback_step_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("redo__in", ["", "wanted", "ordered", "waived", "reopened"]),
                                    models.Q(
                                        ("redo", ""),
                                        models.Q(("solved", False), ("step", "answered")),
                                        _connector="OR",
                                    ),
                                ),
                                name="callback_callback_redo_of_unsolved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("step", "waiting")),
                                    models.Q(
                                        models.Q(("step", "waiting"), _negated=True),
                                        ("ended_at__isnull", False),
                                        ("holder", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="callback_callback_ended_has_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("solved__isnull", False),
                                        ("step", "answered"),
                                        ("way__in", ["phone", "message", "link", "reopening"]),
                                    ),
                                    models.Q(
                                        models.Q(("step", "answered"), _negated=True),
                                        ("answered_at", None),
                                        ("satisfaction", None),
                                        ("solved", None),
                                        ("way", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="callback_callback_answered_has_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("satisfaction", None),
                                    models.Q(("satisfaction__gte", 1), ("satisfaction__lte", 3)),
                                    _connector="OR",
                                ),
                                name="callback_callback_satisfaction_one_to_three",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 3)),
                                name="callback_callback_three_tries",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at", None), ("holder", None)),
                                    models.Q(("held_at__isnull", False), ("holder__isnull", False)),
                                    _connector="OR",
                                ),
                                name="callback_callback_held_has_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answers_until__gte", models.F("closed_at")),
                                    ("due_at__gte", models.F("closed_at")),
                                ),
                                name="callback_callback_due_after_closing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("step", "excluded"), _negated=True),
                                    ("is_excluded", True),
                                    _connector="OR",
                                ),
                                name="callback_callback_excluded_is_marked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallbackSettings",
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
                        ("version", models.PositiveIntegerField()),
                        ("set_at", models.DateTimeField()),
                        ("shares", models.JSONField(default=dict)),
                        ("due_days", models.PositiveSmallIntegerField()),
                        ("answer_days", models.PositiveSmallIntegerField()),
                        ("fairly_weight", models.PositiveSmallIntegerField()),
                        ("missed_weight", models.PositiveSmallIntegerField()),
                        ("least", models.PositiveSmallIntegerField()),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回访设置",
                        "verbose_name_plural": "回访设置",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("street", "version"),
                                name="callback_callbacksettings_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer_days__gte", 1),
                                    ("due_days__gte", 1),
                                    ("fairly_weight__lte", 100),
                                    ("least__gte", 1),
                                    ("missed_weight__lte", 100),
                                    ("version__gte", 1),
                                ),
                                name="callback_callbacksettings_sensible",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallbackTry",
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
                        ("no", models.PositiveSmallIntegerField()),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("way", models.CharField(max_length=12)),
                        ("result", models.CharField(max_length=16)),
                        (
                            "callback",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempts",
                                to="callback.callback",
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
                        "verbose_name": "回访记录",
                        "verbose_name_plural": "回访记录",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("callback", "no"), name="callback_callbacktry_number"
                            ),
                            models.UniqueConstraint(
                                fields=("callback", "on"), name="callback_callbacktry_one_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("no__gte", 1), ("no__lte", 3)),
                                name="callback_callbacktry_three_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "result__in",
                                        [
                                            "reached",
                                            "no_answer",
                                            "wrong_number",
                                            "later",
                                            "sent",
                                            "refused",
                                        ],
                                    ),
                                    ("way__in", ["phone", "message"]),
                                ),
                                name="callback_callbacktry_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exclusion",
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
                        ("cause", models.CharField(max_length=12)),
                        ("note", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("is_granted", models.BooleanField(null=True)),
                        ("decided_note", models.TextField(blank=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "callback",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exclusions",
                                to="callback.callback",
                            ),
                        ),
                        (
                            "decided_by",
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
                        "verbose_name": "回访排除",
                        "verbose_name_plural": "回访排除",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cause__in",
                                        ["duplicate", "malicious", "outside", "refused", "other"],
                                    )
                                ),
                                name="callback_exclusion_cause_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("is_granted", None),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("is_granted__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="callback_exclusion_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="callback_exclusion_decided_by_another",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("is_granted", None), ("is_granted", True), _connector="OR"
                                ),
                                fields=("callback",),
                                name="callback_exclusion_one_in_force",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
