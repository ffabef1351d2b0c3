"""Drafts of the standards, and what approves them, at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("keeping", "0001_initial"),
        ("keeping", "0002_working_calendar"),
        ("keeping", "0003_asked_to_approve"),
    ]

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="ParentVersion",
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
                        ("version", models.CharField(max_length=20, unique=True)),
                        ("source", models.CharField(blank=True, max_length=100)),
                        ("effective_from", models.DateField()),
                        ("uploaded_by_id", models.BigIntegerField(null=True)),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "上级清单版本",
                        "verbose_name_plural": "上级清单版本",
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                        ("matter", models.CharField(max_length=12)),
                        ("street_code", models.CharField(max_length=24)),
                        ("title", models.CharField(max_length=100)),
                        ("version", models.CharField(blank=True, max_length=20)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("effective_on", models.DateField()),
                        ("state", models.CharField(default="draft", max_length=12)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("drafted_by_id", models.BigIntegerField()),
                        ("drafted_at", models.DateTimeField()),
                        ("approved_by_id", models.BigIntegerField(null=True)),
                        ("approved_role", models.CharField(blank=True, max_length=32)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("ended_by_id", models.BigIntegerField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("stopped_message", models.CharField(blank=True, max_length=500)),
                        ("stopped_params", models.JSONField(default=dict)),
                        ("asked_revision", models.PositiveIntegerField(db_default=0, default=0)),
                    ],
                    options={
                        "verbose_name": "修订草案",
                        "verbose_name_plural": "修订草案",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "approved")),
                                fields=["effective_on"],
                                name="keeping_draft_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["draft", "approved", "applied", "withdrawn", "stopped"],
                                    )
                                ),
                                name="keeping_draft_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="keeping_draft_has_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by_id", None),
                                    models.Q(
                                        ("approved_by_id", models.F("drafted_by_id")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="keeping_draft_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "applied"]), _negated=True),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by_id__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="keeping_draft_approved_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None), ("state__in", ["draft", "approved"])
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state__in", ["applied", "withdrawn", "stopped"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="keeping_draft_ended_has_instant",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("matter__in", ["catalogue", "list", "calendar"])
                                ),
                                name="keeping_draft_matter_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftChange",
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
                        ("key", models.CharField(max_length=96)),
                        ("op", models.CharField(max_length=8)),
                        ("fields", models.JSONField(default=dict)),
                        ("base", models.JSONField(default=dict)),
                        ("successor", models.CharField(blank=True, max_length=96)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("changed_by_id", models.BigIntegerField()),
                        ("changed_at", models.DateTimeField()),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="keeping.draft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "草案里的改动",
                        "verbose_name_plural": "草案里的改动",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draft", "key"), name="keeping_draftchange_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("op__in", ["revise", "add", "end"])),
                                name="keeping_draftchange_op_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParentStance",
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
                        ("street_code", models.CharField(max_length=24)),
                        ("parent_no", models.CharField(max_length=20)),
                        ("decision", models.CharField(max_length=8)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("decided_by_id", models.BigIntegerField()),
                        ("decided_at", models.DateTimeField()),
                        (
                            "draft",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="keeping.draft",
                            ),
                        ),
                        (
                            "listed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="keeping.parentversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对上级改动的处理",
                        "verbose_name_plural": "对上级改动的处理",
                        "indexes": [
                            models.Index(
                                fields=["street_code", "parent_no"], name="keeping_stance_of_item"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["adopted", "kept"])),
                                name="keeping_parentstance_decision_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "kept"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="keeping_parentstance_kept_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParentItem",
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
                        ("parent_no", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=120)),
                        ("kind", models.CharField(blank=True, max_length=12)),
                        ("lead", models.CharField(blank=True, max_length=120)),
                        ("helpers", models.CharField(blank=True, max_length=300)),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        (
                            "listed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="keeping.parentversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上级清单条目",
                        "verbose_name_plural": "上级清单条目",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("listed", "parent_no"), name="keeping_parentitem_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
