"""Calls, drafts and recordings at once."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("hotline", "0001_initial"),
        ("hotline", "0002_recordings_made_playable"),
        ("hotline", "0003_recordings_from_phones"),
    ]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0003_kinds_and_callers"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Answer",
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
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "答案",
                        "verbose_name_plural": "答案",
                    },
                ),
                migrations.CreateModel(
                    name="AnswerVersion",
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
                        ("question", models.CharField(max_length=120)),
                        ("text", models.TextField()),
                        ("keywords", models.CharField(blank=True, max_length=200)),
                        ("pinyin", models.CharField(blank=True, max_length=400)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(null=True)),
                        ("review_on", models.DateField(null=True)),
                        ("written_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField(null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="hotline.answer",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答案版本",
                        "verbose_name_plural": "答案版本",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("answer", "version"), name="hotline_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at", None)),
                                fields=("answer",),
                                name="hotline_one_current_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="hotline_version_valid_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("question", ""), _negated=True),
                                    models.Q(("text", ""), _negated=True),
                                ),
                                name="hotline_version_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("street_code", models.CharField(max_length=24)),
                        ("kind", models.CharField(max_length=12)),
                        ("channel", models.CharField(max_length=12)),
                        ("outcome", models.CharField(max_length=12)),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField()),
                        (
                            "answer_version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="hotline.answerversion",
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
                            "clerk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来电记录",
                        "verbose_name_plural": "来电记录",
                        "indexes": [
                            models.Index(
                                fields=["street_code", "-ended_at"], name="hotline_call_newest"
                            ),
                            models.Index(
                                fields=["clerk", "-ended_at"], name="hotline_call_of_clerk"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        ["answered", "case", "reminder", "wanted", "abandoned"],
                                    )
                                ),
                                name="hotline_call_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer_version__isnull", False),
                                        ("case", None),
                                        ("outcome", "answered"),
                                    ),
                                    models.Q(
                                        ("answer_version", None),
                                        ("case__isnull", False),
                                        ("outcome__in", ["case", "reminder"]),
                                    ),
                                    models.Q(
                                        ("answer_version", None),
                                        ("case", None),
                                        ("outcome__in", ["wanted", "abandoned"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="hotline_call_came_to_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gte", models.F("started_at"))),
                                name="hotline_call_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                        ("street_code", models.CharField(max_length=24)),
                        ("words", models.JSONField(default=dict)),
                        ("photos", models.JSONField(default=list)),
                        ("editor", models.CharField(blank=True, max_length=40)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("opened_at", models.DateTimeField()),
                        ("saved_at", models.DateTimeField()),
                        ("dropped_at", models.DateTimeField(null=True)),
                        (
                            "clerk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来电草稿",
                        "verbose_name_plural": "来电草稿",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("saved_at__gte", models.F("opened_at"))),
                                name="hotline_draft_saved_after_opened",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recording",
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
                        ("street_code", models.CharField(max_length=24)),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                        ("media_type", models.CharField(max_length=40)),
                        ("size_bytes", models.PositiveIntegerField()),
                        ("sha256", models.BinaryField(max_length=32)),
                        ("uploaded_at", models.DateTimeField()),
                        ("delete_at", models.DateTimeField()),
                        ("deleted_at", models.DateTimeField(null=True)),
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
                            "draft",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="recordings",
                                to="hotline.draft",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "played",
                            models.FileField(
                                blank=True, db_default="", max_length=200, upload_to=""
                            ),
                        ),
                        ("played_bytes", models.PositiveIntegerField(db_default=0, default=0)),
                    ],
                    options={
                        "verbose_name": "录音",
                        "verbose_name_plural": "录音",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("deleted_at", None)),
                                fields=["delete_at"],
                                name="hotline_recording_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deleted_at", None),
                                    models.Q(("file", ""), ("played", "")),
                                    _connector="OR",
                                ),
                                name="hotline_deleted_recording_has_none",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TellBack",
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
                        ("how", models.CharField(max_length=8)),
                        ("where", models.CharField(blank=True, max_length=60)),
                        ("is_on_behalf", models.BooleanField(default=False)),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "told_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "当面回告",
                        "verbose_name_plural": "当面回告",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("how__in", ["door", "post", "point", "counter"])
                                ),
                                name="hotline_tell_how_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("told_at", None), ("told_by", None)),
                                    models.Q(
                                        ("told_at__isnull", False), ("told_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="hotline_told_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WantedAnswer",
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
                        ("question", models.CharField(max_length=200)),
                        ("times", models.PositiveIntegerField(default=1)),
                        ("asked_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "answer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="hotline.answer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "待补答案",
                        "verbose_name_plural": "待补答案",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at", None)),
                                fields=("street_code", "question"),
                                name="hotline_wanted_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
