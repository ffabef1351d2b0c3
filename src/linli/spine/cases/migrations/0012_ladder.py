"""Clocks, tasks and instructions climb a ladder; who was reminded stands on its first rung."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REMINDED = """
INSERT INTO cases_rungmark (case_id, clock_id, rung, at, is_by_hand)
SELECT case_id, id, 'remind', reminded_at, false FROM cases_clock WHERE reminded_at IS NOT NULL;
UPDATE cases_clock SET rung = 'remind' WHERE reminded_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0011_filtered_in_the_index"),
        ("people", "0003_persons_found_by_name_and_phone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rung", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("ladder_at", models.DateTimeField(null=True)),
                ("ladder_for", models.DateTimeField(null=True)),
                ("suspended_at", models.DateTimeField(null=True)),
                ("no", models.PositiveSmallIntegerField()),
                ("instructed_by", models.CharField(max_length=60)),
                ("way", models.CharField(max_length=12)),
                ("words", models.CharField(max_length=500)),
                ("given_at", models.DateTimeField()),
                ("limit_amount", models.PositiveIntegerField()),
                ("limit_unit", models.CharField(max_length=16)),
                ("promised_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "领导批示",
                "verbose_name_plural": "领导批示",
            },
        ),
        migrations.CreateModel(
            name="RungMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rung", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("is_by_hand", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "督办记录",
                "verbose_name_plural": "督办记录",
            },
        ),
        migrations.RemoveIndex(
            model_name="clock",
            name="cases_clock_to_remind",
        ),
        migrations.AddField(
            model_name="assignment",
            name="ladder_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ladder_for",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="limit_unit",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AddField(
            model_name="assignment",
            name="rung",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="assignment",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="ladder",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="casesettings",
            name="silent_days",
            field=models.PositiveSmallIntegerField(db_default=3, default=3),
        ),
        migrations.AddField(
            model_name="clock",
            name="ladder_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="ladder_for",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="clock",
            name="rung",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="clock",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(
                    ("duty", "task"),
                    ("state__in", ["offered", "accepted"]),
                    ("ladder_at__isnull", False),
                    ("suspended_at", None),
                ),
                fields=["ladder_at"],
                name="cases_assignment_climbs",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(
                    ("duty", "task"),
                    ("state__in", ["offered", "accepted"]),
                    ("due_at__isnull", False),
                    models.Q(
                        ("ladder_for", None),
                        ("ladder_for__lt", models.F("due_at")),
                        ("ladder_for__gt", models.F("due_at")),
                        _connector="OR",
                    ),
                ),
                fields=["due_at"],
                name="cases_assignment_unplanned",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(
                    ("stopped_at", None), ("ladder_at__isnull", False), ("suspended_at", None)
                ),
                fields=["ladder_at"],
                name="cases_clock_climbs",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(
                    ("stopped_at", None),
                    ("due_at__isnull", False),
                    models.Q(
                        ("ladder_for", None),
                        ("ladder_for__lt", models.F("due_at")),
                        ("ladder_for__gt", models.F("due_at")),
                        _connector="OR",
                    ),
                ),
                fields=["due_at"],
                name="cases_clock_unplanned",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="answered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="instructions",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="rungmark",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rung_marks",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="rungmark",
            name="clock",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.clock",
            ),
        ),
        migrations.AddField(
            model_name="rungmark",
            name="instruction",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.instruction",
            ),
        ),
        migrations.AddField(
            model_name="rungmark",
            name="task",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.assignment",
            ),
        ),
        migrations.AddIndex(
            model_name="instruction",
            index=models.Index(
                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                fields=["due_at"],
                name="cases_instruction_open",
            ),
        ),
        migrations.AddIndex(
            model_name="instruction",
            index=models.Index(
                condition=models.Q(
                    ("answered_at", None),
                    ("withdrawn_at", None),
                    ("ladder_at__isnull", False),
                    ("suspended_at", None),
                ),
                fields=["ladder_at"],
                name="cases_instruction_climbs",
            ),
        ),
        migrations.AddIndex(
            model_name="instruction",
            index=models.Index(
                condition=models.Q(
                    ("answered_at", None),
                    ("withdrawn_at", None),
                    ("due_at__isnull", False),
                    models.Q(
                        ("ladder_for", None),
                        ("ladder_for__lt", models.F("due_at")),
                        ("ladder_for__gt", models.F("due_at")),
                        _connector="OR",
                    ),
                ),
                fields=["due_at"],
                name="cases_instruction_unplanned",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.UniqueConstraint(
                fields=("case", "no"), name="cases_instruction_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way__in", ["voice", "phone", "note", "message", "meeting", "spot"])
                ),
                name="cases_instruction_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("promised_at__gte", models.F("given_at")),
                    ("due_at__gte", models.F("promised_at")),
                ),
                name="cases_instruction_never_backward",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    ("answered_at__gte", models.F("given_at")),
                    _connector="OR",
                ),
                name="cases_instruction_answered_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_at", None), ("withdrawn_at", None), _connector="OR"),
                name="cases_instruction_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rungmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("clock__isnull", False)),
                fields=("clock", "rung"),
                name="cases_rungmark_clock_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rungmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("task__isnull", False)),
                fields=("task", "rung"),
                name="cases_rungmark_task_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rungmark",
            constraint=models.UniqueConstraint(
                condition=models.Q(("instruction__isnull", False)),
                fields=("instruction", "rung"),
                name="cases_rungmark_instruction_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rungmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("rung__in", ["remind", "yellow", "red", "up"])),
                name="cases_rungmark_rung_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rungmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clock__isnull", False), ("instruction", None), ("task", None)),
                    models.Q(("clock", None), ("instruction", None), ("task__isnull", False)),
                    models.Q(("clock", None), ("instruction__isnull", False), ("task", None)),
                    _connector="OR",
                ),
                name="cases_rungmark_of_one_thing",
            ),
        ),
        migrations.RunSQL(REMINDED, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="clock",
            name="reminded_at",
        ),
    ]
