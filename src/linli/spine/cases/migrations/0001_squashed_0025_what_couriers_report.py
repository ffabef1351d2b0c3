"""Cases and all that belongs to them at once."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
import linli.spine.cases.models.responsibility
from linli.ground.kernel.squashing import CreateModels

WORDS = (Path(__file__).parent / "words.sql").read_text(encoding="utf-8")
NO_WORDS = """
DROP TRIGGER cases_words_of_new ON cases_case;
DROP TRIGGER cases_words_of_changed ON cases_case;
DROP TRIGGER cases_words_of_assigned ON cases_assignment;
DROP TRIGGER cases_words_of_reassigned ON cases_assignment;
DROP FUNCTION cases_words_of_new(), cases_words_of_changed(), cases_words_of_assigned(),
    cases_words_of_reassigned();
"""


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("cases", "0001_initial"),
        ("cases", "0002_number"),
        ("cases", "0003_kinds_and_callers"),
        ("cases", "0004_handler_links"),
        ("cases", "0005_upper_orders"),
        ("cases", "0006_one_stream"),
        ("cases", "0007_words_to_find_by"),
        ("cases", "0008_newest_words_first"),
        ("cases", "0009_who_has_it_open"),
        ("cases", "0010_found_by_filters"),
        ("cases", "0011_filtered_in_the_index"),
        ("cases", "0012_ladder"),
        ("cases", "0013_work_in_hand"),
        ("cases", "0014_putting_off"),
        ("cases", "0015_plans_by_their_own_index"),
        ("cases", "0016_how_near_is_likely_the_same"),
        ("cases", "0017_successors_and_parents"),
        ("cases", "0018_pending_register"),
        ("cases", "0019_checks"),
        ("cases", "0020_who_had_it_before"),
        ("cases", "0021_talk_points_as_a_channel"),
        ("cases", "0022_others_met_it"),
        ("cases", "0023_reported_for_another"),
        ("cases", "0024_found_by_channel_and_time"),
        ("cases", "0025_what_couriers_report"),
    ]

    initial = True

    dependencies: ClassVar = [
        ("kernel", "0005_looks_by_who_looked"),
        ("people", "0010_phones_proved_by_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("territory", "0003_plans_to_redraw"),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="CaseSettings",
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
                        ("limits", models.JSONField(blank=True, default=dict)),
                        ("reopen_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("return_limit", models.PositiveSmallIntegerField(default=1)),
                        ("suspicious_points", models.JSONField(blank=True, default=list)),
                        ("suspicious_repeats", models.PositiveSmallIntegerField(default=20)),
                        (
                            "street",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        ("ladder", models.JSONField(blank=True, default=dict)),
                        ("silent_days", models.PositiveSmallIntegerField(db_default=3, default=3)),
                        (
                            "extension_days",
                            models.PositiveSmallIntegerField(db_default=5, default=5),
                        ),
                        (
                            "leader_extension_days",
                            models.PositiveSmallIntegerField(db_default=20, default=20),
                        ),
                        (
                            "duplicate_radius_m",
                            models.PositiveSmallIntegerField(db_default=50, default=50),
                        ),
                        (
                            "duplicate_hours",
                            models.PositiveSmallIntegerField(db_default=24, default=24),
                        ),
                        (
                            "pending_days",
                            models.PositiveSmallIntegerField(db_default=365, default=365),
                        ),
                        ("asking_days", models.PositiveSmallIntegerField(db_default=2, default=2)),
                        ("sample_days", models.PositiveSmallIntegerField(db_default=3, default=3)),
                        (
                            "sample_share",
                            models.PositiveSmallIntegerField(db_default=10, default=10),
                        ),
                    ],
                    options={
                        "verbose_name": "街道设置",
                        "verbose_name_plural": "街道设置",
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueVersion",
                    fields=[
                        (
                            "id",
                            models.PositiveSmallIntegerField(
                                default=1, primary_key=True, serialize=False
                            ),
                        ),
                        ("token", models.UUIDField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "目录版本",
                        "verbose_name_plural": "目录版本",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="cases_catalogueversion_single"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
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
                        ("kind", models.CharField(max_length=12)),
                        ("code", models.CharField(max_length=80)),
                        ("major_code", models.CharField(max_length=16)),
                        ("major_name", models.CharField(max_length=60)),
                        ("major_name_en", models.CharField(blank=True, max_length=80)),
                        ("name", models.CharField(max_length=200)),
                        ("name_en", models.CharField(blank=True, max_length=200)),
                        ("initials", models.CharField(blank=True, max_length=200)),
                        ("aliases", models.CharField(blank=True, max_length=200)),
                        ("is_extension", models.BooleanField(default=False)),
                        ("is_transcribed", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=120)),
                        ("filing_condition", models.TextField(blank=True)),
                        ("filing_condition_en", models.TextField(blank=True)),
                        ("closing_condition", models.TextField(blank=True)),
                        ("closing_condition_en", models.TextField(blank=True)),
                        ("limit_amount", models.PositiveIntegerField()),
                        ("limit_unit", models.CharField(max_length=16)),
                        ("is_default_limit", models.BooleanField(default=False)),
                        ("checked_by", models.CharField(default="spot", max_length=12)),
                        ("is_public", models.BooleanField(default=True)),
                        ("effective_from", models.DateField()),
                        ("effective_to", models.DateField(blank=True, null=True)),
                        ("successor_key", models.CharField(blank=True, max_length=96)),
                        ("for_couriers", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "事项类别",
                        "verbose_name_plural": "事项类别",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "code", "effective_from"),
                                name="cases_category_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("effective_to", None)),
                                fields=("kind", "code"),
                                name="cases_category_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_to__gt", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="cases_category_dates_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["component", "matter", "local"])),
                                name="cases_category_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "limit_unit__in",
                                        [
                                            "urgent_hours",
                                            "hours",
                                            "working_hours",
                                            "working_days",
                                            "calendar_days",
                                        ],
                                    ),
                                    ("limit_amount__gt", 0),
                                ),
                                name="cases_category_limit_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("checked_by__in", ["spot", "reporter"])),
                                name="cases_category_check_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("kind", models.CharField(default="incident", max_length=12)),
                        ("procedure", models.CharField(default="incident", max_length=20)),
                        ("step", models.CharField(max_length=12)),
                        ("title", models.CharField(blank=True, max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("level", models.CharField(default="street", max_length=12)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("h3", models.BigIntegerField(null=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("place_note", models.CharField(blank=True, max_length=200)),
                        ("channel", models.CharField(max_length=12)),
                        ("original_number", models.CharField(blank=True, max_length=60)),
                        ("visibility", models.CharField(default="public", max_length=8)),
                        ("is_urgent", models.BooleanField(default=False)),
                        ("is_suspicious_place", models.BooleanField(default=False)),
                        ("is_overdue", models.BooleanField(default=False)),
                        ("rework_count", models.PositiveIntegerField(default=0)),
                        ("return_count", models.PositiveIntegerField(default=0)),
                        ("reported_at", models.DateTimeField()),
                        ("filed_at", models.DateTimeField(null=True)),
                        ("dispatched_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("promised_at", models.DateTimeField(null=True)),
                        ("handle_due_at", models.DateTimeField(null=True)),
                        ("reopen_until", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField()),
                        (
                            "about_organisation",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
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
                            "finder",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "grid",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
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
                            "reroute_lead",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "split_from",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件",
                        "verbose_name_plural": "案件",
                        "indexes": [
                            models.Index(
                                fields=["street", "h3", "-reported_at"], name="cases_case_near"
                            ),
                            models.Index(
                                condition=models.Q(("original_number", ""), _negated=True),
                                fields=["original_number"],
                                name="cases_case_by_original",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into__isnull", False)),
                                fields=["merged_into"],
                                name="cases_case_merged",
                            ),
                            models.Index(
                                condition=models.Q(("parent__isnull", False)),
                                fields=["parent"],
                                name="cases_case_children",
                            ),
                            models.Index(
                                condition=models.Q(("split_from__isnull", False)),
                                fields=["split_from"],
                                name="cases_case_split",
                            ),
                            models.Index(
                                condition=models.Q(("original_number", ""), _negated=True),
                                fields=["original_number"],
                                name="cases_case_original",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("level__in", ["grid", "community", "district"])
                                ),
                                fields=["street", "level", "-reported_at"],
                                name="cases_case_by_level",
                            ),
                            models.Index(
                                fields=["street", "-reported_at", "-id"],
                                include=(
                                    "channel",
                                    "level",
                                    "community",
                                    "due_at",
                                    "category",
                                    "grid",
                                    "step",
                                ),
                                name="cases_case_by_newest",
                            ),
                            models.Index(
                                fields=["street", "grid", "-reported_at"],
                                include=(
                                    "id",
                                    "channel",
                                    "level",
                                    "community",
                                    "due_at",
                                    "category",
                                    "step",
                                ),
                                name="cases_case_of_grid",
                            ),
                            models.Index(
                                fields=["street", "category", "-reported_at"],
                                include=(
                                    "id",
                                    "channel",
                                    "level",
                                    "community",
                                    "due_at",
                                    "grid",
                                    "step",
                                ),
                                name="cases_case_of_category",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("step__in", ["declined", "void", "settled", "merged"])
                                ),
                                fields=["street", "step", "-reported_at"],
                                include=(
                                    "id",
                                    "channel",
                                    "level",
                                    "community",
                                    "due_at",
                                    "category",
                                    "grid",
                                ),
                                name="cases_case_of_end",
                            ),
                            models.Index(
                                fields=["street", "due_at", "id"], name="cases_case_by_due"
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        [
                                            "verifying",
                                            "filing",
                                            "dispatching",
                                            "accepting",
                                            "handling",
                                            "pending",
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
                            models.Index(
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
                                            "pending",
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
                            models.Index(
                                condition=models.Q(("rework_count__gt", 0)),
                                fields=["street", "-reported_at"],
                                name="cases_case_reworked",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        [
                                            "verifying",
                                            "filing",
                                            "dispatching",
                                            "accepting",
                                            "handling",
                                            "pending",
                                            "in_grid",
                                            "in_community",
                                            "forwarded",
                                            "checking",
                                            "closing",
                                        ],
                                    )
                                ),
                                fields=["street", "-reported_at", "-id"],
                                include=(
                                    "channel",
                                    "level",
                                    "community",
                                    "due_at",
                                    "category",
                                    "grid",
                                    "step",
                                ),
                                name="cases_case_open_newest",
                            ),
                            models.Index(
                                fields=["street", "channel", "-reported_at", "-id"],
                                include=(
                                    "level",
                                    "community",
                                    "due_at",
                                    "category",
                                    "grid",
                                    "step",
                                ),
                                name="cases_case_of_channel",
                            ),
                            models.Index(
                                condition=models.Q(("step", "dispatching")),
                                fields=["street", "-is_urgent", "due_at", "reported_at", "id"],
                                name="cases_case_to_dispatch",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("visibility__in", ["public", "staff"])),
                                name="cases_case_visibility_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("filed_at", None),
                                        ("filed_at__gte", models.F("reported_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("dispatched_at", None),
                                        ("dispatched_at__gte", models.F("filed_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("closed_at", None),
                                        ("closed_at__gte", models.F("reported_at")),
                                        _connector="OR",
                                    ),
                                ),
                                name="cases_case_instants_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lat", None), ("lon", None)),
                                    models.Q(
                                        ("lat__gte", -90),
                                        ("lat__lte", 90),
                                        ("lon__gte", -180),
                                        ("lon__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_case_point_whole_and_on_earth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("grid", None), ("is_suspicious_place", False), _connector="OR"
                                ),
                                name="cases_case_doubtful_place_has_no_grid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_case_not_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "incident",
                                            "question",
                                            "request",
                                            "complaint",
                                            "report",
                                            "praise",
                                            "suggestion",
                                        ],
                                    )
                                ),
                                name="cases_case_kind_known",
                            ),
                            models.CheckConstraint(
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
                                        ],
                                    ),
                                    models.Q(
                                        ("category__isnull", False), ("filed_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_case_filed_has_category",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("step", "merged")),
                                    models.Q(
                                        models.Q(("step", "merged"), _negated=True),
                                        ("merged_into", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_case_merged_says_into_which",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_case_not_its_own_parent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["grid", "community", "street", "district"])
                                ),
                                name="cases_case_level_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "step__in",
                                        [
                                            "verifying",
                                            "filing",
                                            "dispatching",
                                            "accepting",
                                            "handling",
                                            "pending",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("due_at", None),
                                        (
                                            "step__in",
                                            ["closed", "declined", "void", "settled", "merged"],
                                        ),
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
                                                "pending",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("step", "pending"), _negated=True),
                                    models.Q(("due_at", None), ("is_overdue", False)),
                                    _connector="OR",
                                ),
                                name="cases_case_pending_has_nothing_due",
                            ),
                            models.CheckConstraint(
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
                                            "talk_point",
                                            "patrol",
                                            "replay",
                                        ],
                                    )
                                ),
                                name="cases_case_channel_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clock",
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
                        ("name", models.CharField(max_length=12)),
                        ("started_at", models.DateTimeField()),
                        ("limit_amount", models.PositiveIntegerField()),
                        ("limit_unit", models.CharField(max_length=16)),
                        ("promised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("stopped_at", models.DateTimeField(null=True)),
                        ("overdue_at", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clocks",
                                to="cases.case",
                            ),
                        ),
                        ("ladder_at", models.DateTimeField(null=True)),
                        ("ladder_for", models.DateTimeField(null=True)),
                        (
                            "rung",
                            models.CharField(blank=True, db_default="", default="", max_length=8),
                        ),
                        ("suspended_at", models.DateTimeField(null=True)),
                        ("counts_from", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "案件时限",
                        "verbose_name_plural": "案件时限",
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("stopped_at", None),
                                    ("ladder_at__isnull", False),
                                    ("suspended_at", None),
                                ),
                                fields=["ladder_at"],
                                name="cases_clock_climbs",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("stopped_at", None),
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
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stopped_at", None)),
                                fields=("case", "name"),
                                name="cases_clock_one_running",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "name__in",
                                        [
                                            "verify",
                                            "file",
                                            "dispatch",
                                            "accept",
                                            "handle",
                                            "check",
                                            "close",
                                        ],
                                    )
                                ),
                                name="cases_clock_name_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("promised_at__gte", models.F("started_at")),
                                    ("due_at__gte", models.F("promised_at")),
                                ),
                                name="cases_clock_never_backward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stopped_at", None),
                                    ("stopped_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="cases_clock_stops_after_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("counts_from", None),
                                    ("counts_from__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="cases_clock_counts_from_start_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("suspended_at", None), ("name", "handle"), _connector="OR"
                                ),
                                name="cases_clock_only_handling_rests",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                        ("closed_at", models.DateTimeField()),
                        ("solved", models.BooleanField()),
                        ("satisfaction", models.PositiveSmallIntegerField()),
                        ("rated_at", models.DateTimeField()),
                        ("event_id", models.UUIDField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件评价",
                        "verbose_name_plural": "案件评价",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "closed_at"), name="cases_rating_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("satisfaction__gte", 1), ("satisfaction__lte", 3)
                                ),
                                name="cases_rating_from_one_to_three",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                        ("item_no", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=200)),
                        ("kind", models.CharField(max_length=12)),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        ("basis_en", models.CharField(blank=True, max_length=300)),
                        (
                            "majors",
                            models.JSONField(
                                blank=True,
                                default=linli.spine.cases.models.responsibility.no_majors,
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "categories",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="cases.category"
                            ),
                        ),
                        (
                            "helpers",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="people.organisation"
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="cases.responsibilitylist",
                            ),
                        ),
                        ("parent_no", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "verbose_name": "清单条目",
                        "verbose_name_plural": "清单条目",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("list", "item_no"), name="cases_responsibility_item_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["department", "subdistrict", "whistle"])
                                ),
                                name="cases_responsibility_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                        ("duty", models.CharField(max_length=12)),
                        ("reason_code", models.CharField(blank=True, max_length=60)),
                        ("reason_params", models.JSONField(blank=True, default=dict)),
                        ("state", models.CharField(max_length=12)),
                        ("offered_at", models.DateTimeField()),
                        ("accept_by", models.DateTimeField(null=True)),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("promised_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("is_binding", models.BooleanField(default=False)),
                        (
                            "account",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="cases.case",
                            ),
                        ),
                        (
                            "responsibility",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.responsibility",
                            ),
                        ),
                        (
                            "returned_for",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.responsibility",
                            ),
                        ),
                        ("brief", models.CharField(blank=True, db_default="", max_length=500)),
                        ("overdue_at", models.DateTimeField(null=True)),
                        ("replaces_no", models.PositiveSmallIntegerField(null=True)),
                        ("reported_at", models.DateTimeField(null=True)),
                        ("rework_count", models.PositiveSmallIntegerField(db_default=0, default=0)),
                        ("task_no", models.PositiveSmallIntegerField(null=True)),
                        ("ladder_at", models.DateTimeField(null=True)),
                        ("ladder_for", models.DateTimeField(null=True)),
                        (
                            "limit_unit",
                            models.CharField(blank=True, db_default="", default="", max_length=16),
                        ),
                        (
                            "rung",
                            models.CharField(blank=True, db_default="", default="", max_length=8),
                        ),
                        ("suspended_at", models.DateTimeField(null=True)),
                        (
                            "earlier_account_ids",
                            models.JSONField(blank=True, db_default=[], default=list),
                        ),
                    ],
                    options={
                        "verbose_name": "承办",
                        "verbose_name_plural": "承办",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("duty", "lead"), ("state", "offered")),
                                fields=["accept_by"],
                                name="cases_assignment_silent",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("duty", "task"),
                                    ("state__in", ["offered", "accepted", "reported"]),
                                ),
                                fields=["due_at"],
                                name="cases_assignment_open_tasks",
                            ),
                            models.Index(
                                condition=models.Q(("organisation__isnull", False)),
                                fields=["organisation", "case"],
                                include=("state", "duty"),
                                name="cases_assignment_by_unit",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("duty", "task"),
                                    ("state__in", ["offered", "accepted"]),
                                    ("ladder_at__isnull", False),
                                    ("suspended_at", None),
                                ),
                                fields=["ladder_at"],
                                name="cases_assignment_climbs",
                            ),
                            models.Index(
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
                            models.Index(
                                condition=models.Q(
                                    ("duty__in", ["lead", "task"]),
                                    ("state__in", ["offered", "accepted", "reported"]),
                                ),
                                fields=["organisation"],
                                include=("due_at",),
                                name="cases_assignment_in_hand",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organisation__isnull", False),
                                    ("account__isnull", False),
                                    _connector="OR",
                                ),
                                name="cases_assignment_names_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(
                                        ("is_binding", False), ("returned_for__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_assignment_return_cites_responsibility",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at", None),
                                        ("accepted_at__gte", models.F("offered_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("finished_at", None),
                                        ("finished_at__gte", models.F("offered_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("accept_by", None),
                                        ("accept_by__gte", models.F("offered_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("due_at", None),
                                        ("due_at__gte", models.F("promised_at")),
                                        _connector="OR",
                                    ),
                                ),
                                name="cases_assignment_instants_in_order",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("duty", "lead"),
                                    ("state__in", ["offered", "accepted", "reported"]),
                                ),
                                fields=("case",),
                                name="cases_assignment_one_open_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "duty__in",
                                        ["lead", "helper", "verifier", "supervisor", "task"],
                                    )
                                ),
                                name="cases_assignment_duty_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("finished_at", None),
                                        ("state__in", ["offered", "accepted", "reported"]),
                                    ),
                                    models.Q(
                                        ("finished_at__isnull", False),
                                        ("state__in", ["returned", "done", "withdrawn"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_assignment_ended_has_instant",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("task_no__isnull", False)),
                                fields=("case", "task_no"),
                                name="cases_assignment_task_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("duty", "task"),
                                        ("organisation__isnull", False),
                                        ("task_no__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("duty", "task"), _negated=True), ("task_no", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_assignment_task_has_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "reported"), _negated=True),
                                    ("duty", "task"),
                                    _connector="OR",
                                ),
                                name="cases_assignment_only_tasks_wait_for_check",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibilityList",
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
                        ("version", models.CharField(max_length=20)),
                        ("effective_from", models.DateField()),
                        ("effective_to", models.DateField(blank=True, null=True)),
                        ("basis", models.CharField(blank=True, max_length=200)),
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
                        "verbose_name": "职责清单",
                        "verbose_name_plural": "职责清单",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("street", "version"), name="cases_responsibilitylist_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("effective_to", None)),
                                fields=("street",),
                                name="cases_responsibilitylist_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to", None),
                                    ("effective_to__gt", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="cases_responsibilitylist_dates_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reporter",
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
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("door", models.CharField(blank=True, max_length=120)),
                        ("agrees_contact", models.BooleanField(default=False)),
                        ("is_anonymous", models.BooleanField(default=False)),
                        ("tracking_digest", models.BinaryField(max_length=32, unique=True)),
                        ("body_digest", models.BinaryField(max_length=32)),
                        ("photographer_lon", models.FloatField(null=True)),
                        ("photographer_lat", models.FloatField(null=True)),
                        ("language", models.CharField(default="zh-hans", max_length=12)),
                        ("erased_at", models.DateTimeField(null=True)),
                        (
                            "account",
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
                        "verbose_name": "案件反映人",
                        "verbose_name_plural": "案件反映人",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("account__isnull", False)),
                                fields=["account"],
                                name="cases_reporter_account",
                            ),
                            models.Index(
                                models.Func(
                                    models.F("phone"),
                                    models.Value("\\D"),
                                    models.Value(""),
                                    models.Value("g"),
                                    function="regexp_replace",
                                    output_field=models.CharField(),
                                ),
                                condition=models.Q(("phone", ""), _negated=True),
                                name="cases_reporter_by_phone",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_anonymous", False),
                                    models.Q(
                                        ("account", None),
                                        ("agrees_contact", False),
                                        ("door", ""),
                                        ("name", ""),
                                        ("phone", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_reporter_anonymous_is_empty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("photographer_lat", None), ("photographer_lon", None)
                                    ),
                                    models.Q(
                                        ("photographer_lat__isnull", False),
                                        ("photographer_lon__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_reporter_position_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at", None),
                                    models.Q(
                                        ("account", None),
                                        ("door", ""),
                                        ("name", ""),
                                        ("phone", ""),
                                        ("photographer_lon", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_reporter_erased_is_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePhoto",
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
                        ("photo_id", models.UUIDField()),
                        ("stage", models.CharField(max_length=12)),
                        ("event_id", models.UUIDField(null=True)),
                        ("added_at", models.DateTimeField()),
                        ("is_approved", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="cases.case",
                            ),
                        ),
                        ("task_no", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "案件照片",
                        "verbose_name_plural": "案件照片",
                        "indexes": [
                            models.Index(fields=["photo_id"], name="cases_casephoto_photo")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "photo_id"), name="cases_casephoto_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["report", "handling", "check"])),
                                name="cases_casephoto_stage_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandlerLink",
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
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="cases.assignment",
                            ),
                        ),
                        (
                            "made_by",
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
                        "verbose_name": "承办链接",
                        "verbose_name_plural": "承办链接",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("handler_name", ""), _negated=True),
                                fields=["expires_at"],
                                name="cases_handlerlink_named",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="cases_handlerlink_ends_after_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at", None),
                                    ("revoked_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="cases_handlerlink_revoked_after_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkUse",
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
                                to="cases.handlerlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "链接使用记录",
                        "verbose_name_plural": "链接使用记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "device__in",
                                        ["wechat", "dingtalk", "phone", "computer", "unknown"],
                                    )
                                ),
                                name="cases_linkuse_device_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="origin",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("system", models.CharField(blank=True, max_length=60)),
                        ("received_at", models.DateTimeField(null=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("import_id", models.UUIDField(null=True)),
                    ],
                    options={
                        "verbose_name": "上级工单",
                        "verbose_name_plural": "上级工单",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_at", None),
                                    ("due_at", None),
                                    ("due_at__gte", models.F("received_at")),
                                    _connector="OR",
                                ),
                                name="cases_origin_due_not_before_received",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                        ("merged_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(null=True)),
                        ("held", models.JSONField(default=dict)),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "并案",
                        "verbose_name_plural": "并案",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None)),
                                fields=("source",),
                                name="cases_merge_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="cases_merge_of_two_cases",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at", None),
                                    ("undone_at__gte", models.F("merged_at")),
                                    _connector="OR",
                                ),
                                name="cases_merge_undone_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Precedent",
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
                        ("event_id", models.UUIDField(unique=True)),
                        ("ruled_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        (
                            "against",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.category",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
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
                        "verbose_name": "裁定先例",
                        "verbose_name_plural": "裁定先例",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=["street", "category"],
                                name="cases_precedent_in_force",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    ("withdrawn_at__gte", models.F("ruled_at")),
                                    _connector="OR",
                                ),
                                name="cases_precedent_withdrawn_after",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                        ("channel", models.CharField(max_length=12)),
                        ("reminded_at", models.DateTimeField()),
                        ("event_id", models.UUIDField(unique=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催办",
                        "verbose_name_plural": "催办",
                        "constraints": [
                            models.CheckConstraint(
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
                                            "talk_point",
                                            "patrol",
                                            "replay",
                                        ],
                                    )
                                ),
                                name="cases_reminder_channel_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseWordsDue",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("case_id", models.UUIDField()),
                    ],
                    options={
                        "verbose_name": "待建检索词",
                        "verbose_name_plural": "待建检索词",
                    },
                ),
                migrations.CreateModel(
                    name="CaseWords",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("street_id", models.BigIntegerField()),
                        ("period", models.IntegerField()),
                        ("reported_at", models.DateTimeField()),
                        ("original", models.CharField(blank=True, max_length=60)),
                        ("words", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name": "案件检索词",
                        "verbose_name_plural": "案件检索词",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["words"], name="cases_casewords_words"
                            ),
                            models.Index(
                                condition=models.Q(("original", ""), _negated=True),
                                fields=["original"],
                                name="cases_casewords_original",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(fields=["reported_at"], name="cases_casewords_newest"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "case_id",
                                "account_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("case_id", models.UUIDField()),
                        ("account_id", models.IntegerField()),
                        ("seen_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "正在看案件的人",
                        "verbose_name_plural": "正在看案件的人",
                        "indexes": [models.Index(fields=["seen_at"], name="cases_presence_gone")],
                    },
                ),
                migrations.CreateModel(
                    name="Instruction",
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
                            "rung",
                            models.CharField(blank=True, db_default="", default="", max_length=8),
                        ),
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
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instructions",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "领导批示",
                        "verbose_name_plural": "领导批示",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at", None), ("withdrawn_at", None)),
                                fields=["due_at"],
                                name="cases_instruction_open",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("answered_at", None),
                                    ("withdrawn_at", None),
                                    ("ladder_at__isnull", False),
                                    ("suspended_at", None),
                                ),
                                fields=["ladder_at"],
                                name="cases_instruction_climbs",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("answered_at", None),
                                    ("withdrawn_at", None),
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
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "no"), name="cases_instruction_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "way__in",
                                        ["voice", "phone", "note", "message", "meeting", "spot"],
                                    )
                                ),
                                name="cases_instruction_way_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("promised_at__gte", models.F("given_at")),
                                    ("due_at__gte", models.F("promised_at")),
                                ),
                                name="cases_instruction_never_backward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at", None)),
                                    ("answered_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="cases_instruction_answered_after",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at", None), ("withdrawn_at", None), _connector="OR"
                                ),
                                name="cases_instruction_ends_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RungMark",
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
                        ("rung", models.CharField(max_length=8)),
                        ("at", models.DateTimeField()),
                        ("is_by_hand", models.BooleanField(default=False)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rung_marks",
                                to="cases.case",
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.clock",
                            ),
                        ),
                        (
                            "instruction",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.instruction",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "督办记录",
                        "verbose_name_plural": "督办记录",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("clock__isnull", False)),
                                fields=("clock", "rung"),
                                name="cases_rungmark_clock_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("task__isnull", False)),
                                fields=("task", "rung"),
                                name="cases_rungmark_task_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("instruction__isnull", False)),
                                fields=("instruction", "rung"),
                                name="cases_rungmark_instruction_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rung__in", ["remind", "yellow", "red", "up"])),
                                name="cases_rungmark_rung_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clock__isnull", False),
                                        ("instruction", None),
                                        ("task", None),
                                    ),
                                    models.Q(
                                        ("clock", None),
                                        ("instruction", None),
                                        ("task__isnull", False),
                                    ),
                                    models.Q(
                                        ("clock", None),
                                        ("instruction__isnull", False),
                                        ("task", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_rungmark_of_one_thing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
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
                        ("cause", models.CharField(max_length=12)),
                        ("until", models.DateTimeField()),
                        ("former_due_at", models.DateTimeField()),
                        ("needs_leader", models.BooleanField()),
                        ("asked_at", models.DateTimeField()),
                        ("is_granted", models.BooleanField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="cases.case",
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.clock",
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
                        "verbose_name": "延期",
                        "verbose_name_plural": "延期",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decided_at", None)),
                                fields=["case"],
                                name="cases_extension_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "no"), name="cases_extension_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at", None)),
                                fields=("clock",),
                                name="cases_extension_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "cause__in",
                                        ["weather", "works", "supplies", "others", "scope"],
                                    )
                                ),
                                name="cases_extension_cause_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("former_due_at__gte", models.F("asked_at")),
                                    ("until__gt", models.F("former_due_at")),
                                ),
                                name="cases_extension_in_time_and_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("is_granted", None),
                                    ),
                                    models.Q(
                                        ("decided_at__gte", models.F("asked_at")),
                                        ("is_granted__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_extension_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_extension_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pending",
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
                        ("obstacle", models.CharField(max_length=12)),
                        ("measure", models.CharField(max_length=300)),
                        ("post", models.CharField(blank=True, max_length=60)),
                        ("wake_at", models.DateTimeField()),
                        ("is_renewal", models.BooleanField()),
                        ("asked_at", models.DateTimeField()),
                        ("is_granted", models.BooleanField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("since", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("resumed_due_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pendings",
                                to="cases.case",
                            ),
                        ),
                        (
                            "clock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.clock",
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
                        (
                            "owner",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "挂账",
                        "verbose_name_plural": "挂账",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None), ("is_granted", True)),
                                fields=["since", "id"],
                                name="cases_pending_oldest",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at", None), ("is_granted", True)),
                                fields=["wake_at"],
                                name="cases_pending_wakes",
                            ),
                            models.Index(
                                condition=models.Q(("decided_at", None)),
                                fields=["case"],
                                name="cases_pending_open",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "no"), name="cases_pending_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decided_at", None)),
                                fields=("clock",),
                                name="cases_pending_one_open",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None), ("is_granted", True)),
                                fields=("case",),
                                name="cases_pending_once_on_register",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("obstacle__in", ["season", "money", "ownership", "law"])
                                ),
                                name="cases_pending_obstacle_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("measure", ""), _negated=True),
                                    ("wake_at__gt", models.F("asked_at")),
                                ),
                                name="cases_pending_says_what_and_until_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by", None),
                                        ("is_granted", None),
                                    ),
                                    models.Q(
                                        ("decided_at__gte", models.F("asked_at")),
                                        ("is_granted__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_pending_decided_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by", None),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="cases_pending_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("is_granted", True),
                                        ("since__lte", models.F("decided_at")),
                                        ("wake_at__gt", models.F("decided_at")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("is_granted", None),
                                            ("is_granted", False),
                                            _connector="OR",
                                        ),
                                        ("ended_at", None),
                                        ("since", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_pending_granted_rests",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None),
                                        ("ended_at__gte", models.F("decided_at")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("resumed_due_at", None),
                                        ("ended_at__isnull", False),
                                        _connector="OR",
                                    ),
                                ),
                                name="cases_pending_instants_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Check",
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
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="cases.case",
                            ),
                        ),
                        (
                            "done_by",
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
                            "verifier",
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
                        "verbose_name": "核查",
                        "verbose_name_plural": "核查",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at", None)),
                                fields=["verifier", "due_at"],
                                name="cases_check_waiting",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("answer_by__isnull", False),
                                    ("done_at", None),
                                    ("unanswered_at", None),
                                ),
                                fields=["answer_by"],
                                name="cases_check_asking",
                            ),
                            models.Index(
                                condition=models.Q(("passed__isnull", False)),
                                fields=["done_at"],
                                name="cases_check_decided",
                            ),
                            models.Index(
                                condition=models.Q(("settled_at__isnull", False)),
                                fields=["settled_at"],
                                name="cases_check_of_settled",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "no"), name="cases_check_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("done_at", None)),
                                fields=("case",),
                                name="cases_check_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("chosen__in", ["grid", "stand_in", "street", "nobody"]),
                                    ("kind__in", ["result", "sample"]),
                                    ("way__in", ["spot", "reporter"]),
                                ),
                                name="cases_check_words_known",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at", None),
                                    ("done_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="cases_check_done_after_given",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer_by", None),
                                        ("kind", "sample"),
                                        ("settled_at__isnull", False),
                                    ),
                                    models.Q(("kind", "result"), ("settled_at", None)),
                                    _connector="OR",
                                ),
                                name="cases_check_sample_of_settled",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckAnswer",
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
                        ("solved", models.BooleanField()),
                        ("answered_at", models.DateTimeField()),
                        ("event_id", models.UUIDField()),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "check_asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="cases.check",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反映人的回答",
                        "verbose_name_plural": "反映人的回答",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("check_asked", "case"), name="cases_checkanswer_one_each"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SampleDraw",
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
                        ("day", models.DateField()),
                        ("share", models.PositiveSmallIntegerField()),
                        ("settled_count", models.PositiveIntegerField()),
                        ("drawn_count", models.PositiveIntegerField()),
                        ("made_at", models.DateTimeField()),
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
                        "verbose_name": "抽样",
                        "verbose_name_plural": "抽样",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("street", "day"), name="cases_sampledraw_day_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__lte", 100)),
                                name="cases_sampledraw_per_cent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MetToo",
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
                        ("key", models.BinaryField(max_length=32)),
                        ("said_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="met_too",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "也遇到了",
                        "verbose_name_plural": "也遇到了",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("account__isnull", False)),
                                fields=["account"],
                                name="cases_met_too_account",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "key"), name="cases_met_too_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Beneficiary",
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
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                    ],
                    options={
                        "verbose_name": "代报的对象",
                        "verbose_name_plural": "代报的对象",
                    },
                ),
            ],
        ),
        migrations.RunSQL("CREATE SEQUENCE cases_number", "DROP SEQUENCE cases_number"),
        # Who has a case open is worthless after a crash, so it is not written to the log.
        migrations.RunSQL("ALTER TABLE cases_presence SET UNLOGGED", migrations.RunSQL.noop),
        migrations.RunSQL(WORDS, NO_WORDS),
    ]
