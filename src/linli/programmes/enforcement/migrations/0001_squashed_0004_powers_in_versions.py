"""Joint operations, their evidence and the powers behind them at once."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels

KEEP_WHOLE = """
CREATE FUNCTION enforcement_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence is never changed' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER enforcement_evidence_whole BEFORE UPDATE OR DELETE ON enforcement_evidence
FOR EACH ROW EXECUTE FUNCTION enforcement_keep_evidence();
"""
LET_GO = """
DROP TRIGGER enforcement_evidence_whole ON enforcement_evidence;
DROP FUNCTION enforcement_keep_evidence();
"""


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("enforcement", "0001_initial"),
        ("enforcement", "0002_numbers_and_whole_evidence"),
        ("enforcement", "0003_who_stepped_aside"),
        ("enforcement", "0004_powers_in_versions"),
    ]

    initial = True

    dependencies: ClassVar = [
        ("cases", "0006_one_stream"),
        ("people", "0003_persons_found_by_name_and_phone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("territory", "0002_names_people_use"),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Operation",
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
                        ("kind", models.CharField(max_length=20)),
                        ("step", models.CharField(max_length=12)),
                        ("title", models.CharField(max_length=120)),
                        ("aim", models.TextField()),
                        ("address", models.CharField(max_length=200)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("starts_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("is_fed_back", models.BooleanField(default=False)),
                        ("summary", models.TextField(blank=True)),
                        ("public_photo_ids", models.JSONField(default=list)),
                        ("published_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
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
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
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
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "commander",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.secondment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "联合执法行动",
                        "verbose_name_plural": "联合执法行动",
                        "indexes": [
                            models.Index(
                                fields=["street", "-planned_at"],
                                name="enforcement_operation_newest",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("published_at__isnull", False), ("withdrawn_at", None)
                                ),
                                fields=["-published_at"],
                                name="enforcement_operation_public",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "open_air_market",
                                            "abandoned_cars",
                                            "street_trade",
                                            "illegal_building",
                                            "outdoor_signs",
                                            "other",
                                        ],
                                    )
                                ),
                                name="enforcement_operation_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_at", None),
                                        ("ended_at__isnull", False),
                                        ("step__in", ["finished", "cancelled"]),
                                    ),
                                    models.Q(
                                        ("ended_at", None),
                                        (
                                            "step__in",
                                            [
                                                "planning",
                                                "noticing",
                                                "gathering",
                                                "acting",
                                                "appealing",
                                                "publishing",
                                                "judging",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="enforcement_operation_ended_has_instant_and_no_clock",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="enforcement_operation_withdrawn_was_published",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at", None),
                                    models.Q(("summary", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="enforcement_operation_published_has_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_fed_back", False), ("case__isnull", False), _connector="OR"
                                ),
                                name="enforcement_operation_fed_back_has_case",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
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
                        ("mark", models.CharField(max_length=60)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("plate", models.CharField(blank=True, max_length=20)),
                        ("phone", models.CharField(blank=True, max_length=30)),
                        ("keep_until", models.DateField()),
                        ("complied_at", models.DateTimeField(null=True)),
                        ("erased_at", models.DateTimeField(null=True)),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="enforcement.operation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "当事人",
                        "verbose_name_plural": "当事人",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at", None)),
                                fields=["keep_until"],
                                name="enforcement_party_to_erase",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["business", "vehicle", "person"])),
                                name="enforcement_party_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mark", ""), _negated=True),
                                name="enforcement_party_has_mark",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at", None),
                                    models.Q(("name", ""), ("phone", ""), ("plate", "")),
                                    _connector="OR",
                                ),
                                name="enforcement_party_erased_is_empty",
                            ),
                            models.UniqueConstraint(
                                fields=("operation", "mark"), name="enforcement_party_mark_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                        ("kind", models.CharField(max_length=16)),
                        ("received_on", models.DateField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=12)),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="enforcement.operation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="enforcement.party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申辩与复议",
                        "verbose_name_plural": "申辩与复议",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["statement", "hearing", "reconsideration", "suit"],
                                    )
                                ),
                                name="enforcement_appeal_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("outcome", "")),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("outcome__in", ["accepted", "partly", "rejected"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="enforcement_appeal_answered_has_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Power",
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
                        ("operation_kind", models.CharField(max_length=20)),
                        ("title", models.CharField(max_length=120)),
                        ("title_en", models.CharField(blank=True, max_length=160)),
                        ("basis", models.CharField(max_length=300)),
                        ("basis_en", models.CharField(blank=True, max_length=300)),
                        ("measures", models.JSONField(default=list)),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "department",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        ("delegation", models.CharField(blank=True, db_default="", max_length=300)),
                        (
                            "origin",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.power",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(db_default=1, default=1)),
                        ("way", models.CharField(db_default="own", default="own", max_length=12)),
                        ("written_at", models.DateTimeField(null=True)),
                        (
                            "written_by",
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
                        "verbose_name": "职权事项",
                        "verbose_name_plural": "职权事项",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "operation_kind__in",
                                        [
                                            "open_air_market",
                                            "abandoned_cars",
                                            "street_trade",
                                            "illegal_building",
                                            "outdoor_signs",
                                            "other",
                                        ],
                                    )
                                ),
                                name="enforcement_power_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis", ""), _negated=True),
                                name="enforcement_power_has_basis",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True)),
                                fields=("department", "operation_kind", "title"),
                                name="enforcement_power_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("way", "own"),
                                    models.Q(
                                        ("way__in", ["devolved", "entrusted"]),
                                        models.Q(("delegation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="enforcement_power_names_its_delegation",
                            ),
                            models.UniqueConstraint(
                                fields=("origin", "version"), name="enforcement_power_version_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalNotice",
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
                        ("wanted", models.CharField(max_length=500)),
                        ("serving", models.CharField(max_length=12)),
                        ("served_at", models.DateTimeField()),
                        ("deadline_at", models.DateTimeField()),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="enforcement.operation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="enforcement.party",
                            ),
                        ),
                        (
                            "power",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.power",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "告知",
                        "verbose_name_plural": "告知",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["rectify", "penalty"])),
                                name="enforcement_notice_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "serving__in",
                                        ["in_person", "left", "posted", "mail", "announced"],
                                    )
                                ),
                                name="enforcement_notice_serving_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("deadline_at__gt", models.F("served_at"))),
                                name="enforcement_notice_leaves_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
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
                        ("criterion", models.CharField(max_length=12)),
                        ("points", models.PositiveSmallIntegerField()),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="enforcement.operation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评价得分",
                        "verbose_name_plural": "评价得分",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("operation", "criterion"), name="enforcement_score_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "criterion__in",
                                        ["plan", "notice", "evidence", "result", "manner"],
                                    )
                                ),
                                name="enforcement_score_criterion_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__lte", 20)),
                                name="enforcement_score_within_points",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Secondment",
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
                        ("badge_number", models.CharField(max_length=40)),
                        ("is_officer", models.BooleanField(default=True)),
                        ("seconded_from", models.DateField()),
                        ("seconded_until", models.DateField(null=True)),
                        (
                            "home",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "执法队名册",
                        "verbose_name_plural": "执法队名册",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seconded_until", None),
                                    ("seconded_until__gte", models.F("seconded_from")),
                                    _connector="OR",
                                ),
                                name="enforcement_secondment_term_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("badge_number", ""), _negated=True),
                                    ("is_officer", False),
                                    _connector="OR",
                                ),
                                name="enforcement_secondment_officer_has_badge",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("seconded_from"),
                                            models.F("seconded_until"),
                                            models.Value("[]"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="enforcement_secondment_once_at_a_time",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("badge_number", ""), _negated=True),
                                expressions=[
                                    (
                                        models.Func(
                                            models.Func(
                                                models.F("badge_number"), function="hashtext"
                                            ),
                                            models.Func(
                                                models.F("badge_number"), function="hashtext"
                                            ),
                                            models.Value("[]"),
                                            function="int4range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("seconded_from"),
                                            models.F("seconded_until"),
                                            models.Value("[]"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="enforcement_secondment_badge_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="enforcement.operation",
                            ),
                        ),
                        (
                            "secondment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.secondment",
                            ),
                        ),
                        ("recused_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "参加人员",
                        "verbose_name_plural": "参加人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("operation", "secondment"),
                                name="enforcement_participation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                        ("amount_yuan", models.PositiveIntegerField(null=True)),
                        ("decision_number", models.CharField(blank=True, max_length=60)),
                        ("taken_at", models.DateTimeField()),
                        ("reconsider_until", models.DateField(null=True)),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="enforcement.operation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="enforcement.party",
                            ),
                        ),
                        (
                            "power",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.power",
                            ),
                        ),
                        (
                            "officers",
                            models.ManyToManyField(related_name="+", to="enforcement.secondment"),
                        ),
                    ],
                    options={
                        "verbose_name": "措施",
                        "verbose_name_plural": "措施",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "guide",
                                            "educate",
                                            "warning",
                                            "fine",
                                            "confiscate",
                                            "tow",
                                            "remove",
                                        ],
                                    )
                                ),
                                name="enforcement_measure_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount_yuan__gt", 0), ("kind", "fine")),
                                    models.Q(
                                        models.Q(("kind", "fine"), _negated=True),
                                        ("amount_yuan", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="enforcement_measure_only_a_fine_has_an_amount",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                        ("stage", models.CharField(max_length=8)),
                        ("photo_id", models.UUIDField(unique=True)),
                        ("photo_sha256", models.BinaryField(max_length=32)),
                        ("taken_at", models.DateTimeField()),
                        ("place", models.CharField(max_length=200)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("kept_at", models.DateTimeField()),
                        (
                            "operation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="enforcement.operation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.party",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enforcement.secondment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "证据",
                        "verbose_name_plural": "证据",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["before", "during", "after"])),
                                name="enforcement_evidence_stage_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kept_at__gte", models.F("taken_at"))),
                                name="enforcement_evidence_kept_after",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL("CREATE SEQUENCE enforcement_number", "DROP SEQUENCE enforcement_number"),
        migrations.RunSQL(KEEP_WHOLE, LET_GO),
    ]
