"""Checks, what reporters answered, days that were sampled; and their settings."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0018_pending_register"),
        ("people", "0004_persons_found_by_part_of_name"),
        ("territory", "0003_plans_to_redraw"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("way", models.CharField(max_length=12)),
                ("chosen", models.CharField(max_length=10)),
                ("given_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(null=True)),
                ("unanswered_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("passed", models.BooleanField(null=True)),
            ],
            options={
                "verbose_name": "核查",
                "verbose_name_plural": "核查",
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("solved", models.BooleanField()),
                ("answered_at", models.DateTimeField()),
                ("event_id", models.UUIDField()),
            ],
            options={
                "verbose_name": "反映人的回答",
                "verbose_name_plural": "反映人的回答",
            },
        ),
        migrations.CreateModel(
            name="SampleDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("share", models.PositiveSmallIntegerField()),
                ("settled_count", models.PositiveIntegerField()),
                ("drawn_count", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "抽样",
                "verbose_name_plural": "抽样",
            },
        ),
        migrations.AddField(
            model_name="casesettings",
            name="asking_days",
            field=models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="sample_days",
            field=models.PositiveSmallIntegerField(db_default=3, default=3),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="sample_share",
            field=models.PositiveSmallIntegerField(db_default=10, default=10),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("rework_count__gt", 0)),
                fields=["street", "-reported_at"],
                name="cases_case_reworked",
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="done_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="verifier",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="checkanswer",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="checkanswer",
            name="check_asked",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="cases.check",
            ),
        ),
        migrations.AddField(
            model_name="sampledraw",
            name="street",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.area",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["verifier", "due_at"],
                name="cases_check_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(
                    ("answer_by__isnull", False), ("done_at", None), ("unanswered_at", None)
                ),
                fields=["answer_by"],
                name="cases_check_asking",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("passed__isnull", False)),
                fields=["done_at"],
                name="cases_check_decided",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=["settled_at"],
                name="cases_check_of_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("case", "no"), name="cases_check_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at", None)), fields=("case",), name="cases_check_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chosen__in", ["grid", "stand_in", "street", "nobody"]),
                    ("kind__in", ["result", "sample"]),
                    ("way__in", ["spot", "reporter"]),
                ),
                name="cases_check_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_by", None), ("passed", None)),
                    models.Q(
                        ("done_at__isnull", False),
                        ("done_by__isnull", False),
                        ("passed__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cases_check_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at", None), ("done_at__gte", models.F("given_at")), _connector="OR"
                ),
                name="cases_check_done_after_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer_by", None), ("kind", "sample"), ("settled_at__isnull", False)
                    ),
                    models.Q(("kind", "result"), ("settled_at", None)),
                    _connector="OR",
                ),
                name="cases_check_sample_of_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=models.UniqueConstraint(
                fields=("check_asked", "case"), name="cases_checkanswer_one_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledraw",
            constraint=models.UniqueConstraint(
                fields=("street", "day"), name="cases_sampledraw_day_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampledraw",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__lte", 100)), name="cases_sampledraw_per_cent"
            ),
        ),
    ]
