"""Tasks, merges, parents, reminders, precedents, levels; new ends and channels."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_upper_orders"),
        ("people", "0002_duty_roster"),
        ("territory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("held", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "并案",
                "verbose_name_plural": "并案",
            },
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.UUIDField(unique=True)),
                ("ruled_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "裁定先例",
                "verbose_name_plural": "裁定先例",
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=12)),
                ("reminded_at", models.DateTimeField()),
                ("event_id", models.UUIDField(unique=True)),
            ],
            options={
                "verbose_name": "催办",
                "verbose_name_plural": "催办",
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="cases_assignment_one_open_lead",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="cases_assignment_duty_known",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="cases_assignment_ended_has_instant",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_step_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_channel_known",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_ended_has_instant_and_no_clock",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_filed_has_category",
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="cases_case_dispatched_has_promise",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_work",
        ),
        migrations.RemoveIndex(
            model_name="case",
            name="cases_case_sweep",
        ),
        migrations.AddField(
            model_name="assignment",
            name="brief",
            field=models.CharField(blank=True, db_default="", max_length=500),
        ),
        migrations.AddField(
            model_name="assignment",
            name="overdue_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="replaces_no",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="rework_count",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="assignment",
            name="task_no",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="reroute_lead",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="split_from",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="casephoto",
            name="task_no",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(
                    ("duty", "task"), ("state__in", ["offered", "accepted", "reported"])
                ),
                fields=["due_at"],
                name="cases_assignment_open_tasks",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "verifying",
                            "filing",
                            "dispatching",
                            "accepting",
                            "handling",
                            "in_grid",
                            "in_community",
                            "forwarded",
                            "checking",
                            "closing",
                        ],
                    )
                ),
                fields=["street", "step", "due_at"],
                name="cases_case_work",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("is_overdue", False),
                    (
                        "step__in",
                        [
                            "verifying",
                            "filing",
                            "dispatching",
                            "accepting",
                            "handling",
                            "in_grid",
                            "in_community",
                            "forwarded",
                            "checking",
                            "closing",
                        ],
                    ),
                ),
                fields=["due_at"],
                name="cases_case_sweep",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="cases_case_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)),
                fields=["parent"],
                name="cases_case_children",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("split_from__isnull", False)),
                fields=["split_from"],
                name="cases_case_split",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("original_number", ""), _negated=True),
                fields=["original_number"],
                name="cases_case_original",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("duty", "lead"), ("state__in", ["offered", "accepted", "reported"])
                ),
                fields=("case",),
                name="cases_assignment_one_open_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duty__in", ["lead", "helper", "verifier", "supervisor", "task"])
                ),
                name="cases_assignment_duty_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at", None), ("state__in", ["offered", "accepted", "reported"])
                    ),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("state__in", ["returned", "done", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="cases_assignment_ended_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("task_no__isnull", False)),
                fields=("case", "task_no"),
                name="cases_assignment_task_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("duty", "task"),
                        ("organisation__isnull", False),
                        ("task_no__isnull", False),
                    ),
                    models.Q(models.Q(("duty", "task"), _negated=True), ("task_no", None)),
                    _connector="OR",
                ),
                name="cases_assignment_task_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "reported"), _negated=True),
                    ("duty", "task"),
                    _connector="OR",
                ),
                name="cases_assignment_only_tasks_wait_for_check",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "verifying",
                            "filing",
                            "dispatching",
                            "accepting",
                            "handling",
                            "in_grid",
                            "in_community",
                            "forwarded",
                            "checking",
                            "closing",
                            "closed",
                            "declined",
                            "void",
                            "settled",
                            "merged",
                        ],
                    )
                ),
                name="cases_case_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web",
                            "api",
                            "phone",
                            "hotline",
                            "counter",
                            "media",
                            "wechat",
                            "courier",
                            "patrol",
                            "replay",
                        ],
                    )
                ),
                name="cases_case_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("due_at", None),
                        ("step__in", ["closed", "declined", "void", "settled", "merged"]),
                    ),
                    models.Q(
                        ("closed_at", None),
                        (
                            "step__in",
                            [
                                "verifying",
                                "filing",
                                "dispatching",
                                "accepting",
                                "handling",
                                "in_grid",
                                "in_community",
                                "forwarded",
                                "checking",
                                "closing",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="cases_case_ended_has_instant_and_no_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("step__in", ["verifying", "filing", "declined", "void", "settled", "merged"]),
                    models.Q(("category__isnull", False), ("filed_at__isnull", False)),
                    _connector="OR",
                ),
                name="cases_case_filed_has_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "verifying",
                            "filing",
                            "declined",
                            "void",
                            "settled",
                            "merged",
                            "dispatching",
                        ],
                    ),
                    models.Q(
                        ("dispatched_at__isnull", False),
                        ("handle_due_at__isnull", False),
                        ("promised_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="cases_case_dispatched_has_promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into__isnull", False), ("step", "merged")),
                    models.Q(models.Q(("step", "merged"), _negated=True), ("merged_into", None)),
                    _connector="OR",
                ),
                name="cases_case_merged_says_into_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None),
                    models.Q(("parent", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="cases_case_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["grid", "community", "street", "district"])),
                name="cases_case_level_known",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="against",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.area"
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.category"
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="precedent",
            name="street",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.area",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="cases.case",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)),
                fields=("source",),
                name="cases_merge_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", models.F("target")), _negated=True),
                name="cases_merge_of_two_cases",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("undone_at", None), ("undone_at__gte", models.F("merged_at")), _connector="OR"
                ),
                name="cases_merge_undone_after",
            ),
        ),
        migrations.AddIndex(
            model_name="precedent",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["street", "category"],
                name="cases_precedent_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="precedent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None),
                    ("withdrawn_at__gte", models.F("ruled_at")),
                    _connector="OR",
                ),
                name="cases_precedent_withdrawn_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "web",
                            "api",
                            "phone",
                            "hotline",
                            "counter",
                            "media",
                            "wechat",
                            "courier",
                            "patrol",
                            "replay",
                        ],
                    )
                ),
                name="cases_reminder_channel_known",
            ),
        ),
    ]
