"""Areas, their borders and the names people use for places, at once."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import linli.ground.territory.models
from linli.ground.kernel.squashing import CreateModels

# Every sign and every pair of neighbouring signs of some texts, spaces and case left out.
WORDS = r"""
CREATE FUNCTION territory_words(VARIADIC texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(signs, place, size))), '')
    FROM (
        SELECT regexp_replace(lower(normalize(one, NFKC)), '\s+', '', 'g') AS signs
        FROM unnest(texts) AS one
    ) AS plain,
    (VALUES (1), (2)) AS neighbours (size),
    LATERAL generate_series(1, char_length(signs) - size + 1) AS place
$$;
"""
ONE_VERSION_A_DAY = """
ALTER TABLE territory_area ADD CONSTRAINT territory_area_one_version_a_day
EXCLUDE USING gist (
    numrange(code::numeric, code::numeric, '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
)
"""


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("territory", "0001_initial"),
        ("territory", "0002_names_people_use"),
        ("territory", "0003_plans_to_redraw"),
    ]

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.RunSQL(WORDS, "DROP FUNCTION territory_words(VARIADIC text[])"),
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="AreaImport",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("sha256", models.BinaryField(max_length=32)),
                        (
                            "coordinate_system",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("WGS-84", "WGS-84"),
                                    ("CGCS2000", "CGCS2000"),
                                    ("GCJ-02", "GCJ-02"),
                                    ("BD-09", "BD-09"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("rows", models.PositiveIntegerField()),
                        ("added", models.PositiveIntegerField()),
                        ("redrawn", models.PositiveIntegerField()),
                        ("warnings", models.JSONField(default=list)),
                        ("imported_by_id", models.BigIntegerField(null=True)),
                        ("imported_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "区域导入",
                        "verbose_name_plural": "区域导入",
                    },
                ),
                migrations.CreateModel(
                    name="TerritoryVersion",
                    fields=[
                        (
                            "id",
                            models.SmallIntegerField(default=1, primary_key=True, serialize=False),
                        ),
                        ("token", models.UUIDField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "辖区版本",
                        "verbose_name_plural": "辖区版本",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)), name="territory_version_single"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Area",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=24)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("province", "省"),
                                    ("city", "市"),
                                    ("district", "区县"),
                                    ("street", "街道"),
                                    ("community", "社区"),
                                    ("grid", "网格"),
                                    ("building", "楼栋"),
                                    ("unit", "单元"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("name_en", models.CharField(blank=True, max_length=100)),
                        ("geometry", models.JSONField(null=True)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("area_m2", models.FloatField(null=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("alias", models.CharField(blank=True, max_length=200)),
                        ("pinyin", models.CharField(blank=True, max_length=200)),
                        ("valid_from", models.DateField()),
                        ("valid_to", models.DateField(null=True)),
                        ("source", models.CharField(blank=True, max_length=100)),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="territory.area",
                            ),
                        ),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=linli.ground.territory.models.Words(
                                    "name", "name_en", "address", "alias", "pinyin"
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "各级区域",
                        "verbose_name_plural": "各级区域",
                        "indexes": [
                            models.Index(
                                fields=["code"],
                                name="territory_area_within",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(fields=["kind", "code"], name="territory_area_by_kind"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="territory_area_words"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "valid_from"), name="territory_area_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code__regex", "^\\d{20}$"), ("kind", "unit")),
                                    models.Q(("code__regex", "^\\d{18}$"), ("kind", "building")),
                                    models.Q(("code__regex", "^\\d{15}$"), ("kind", "grid")),
                                    models.Q(("code__regex", "^\\d{12}$"), ("kind", "community")),
                                    models.Q(("code__regex", "^\\d{9}000$"), ("kind", "street")),
                                    models.Q(("code__regex", "^\\d{6}0{6}$"), ("kind", "district")),
                                    models.Q(("code__regex", "^\\d{4}0{8}$"), ("kind", "city")),
                                    models.Q(
                                        ("code__regex", "^\\d{2}0{10}$"), ("kind", "province")
                                    ),
                                    _connector="OR",
                                ),
                                name="territory_area_code_fits_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to", None),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="territory_area_period_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lat", None), ("lon", None)),
                                    models.Q(
                                        ("lat__gte", -90),
                                        ("lat__isnull", False),
                                        ("lat__lte", 90),
                                        ("lon__gte", -180),
                                        ("lon__isnull", False),
                                        ("lon__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="territory_area_label_on_earth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area_m2", None), ("area_m2__gt", 0), _connector="OR"
                                ),
                                name="territory_area_size_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="territory_area_has_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceName",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("compound", "小区"),
                                    ("building", "楼栋"),
                                    ("crossing", "路口"),
                                    ("shop", "店铺"),
                                    ("local", "俗称"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=100)),
                        ("area_code", models.CharField(blank=True, max_length=24)),
                        ("within_code", models.CharField(max_length=24)),
                        ("lon", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("pinyin", models.CharField(blank=True, max_length=300)),
                        ("source", models.CharField(blank=True, max_length=100)),
                        ("added_by_id", models.BigIntegerField(null=True)),
                        ("added_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=linli.ground.territory.models.Words(
                                    "name", "address", "pinyin"
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "地名",
                        "verbose_name_plural": "地名",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="territory_placename_words"
                            ),
                            models.Index(
                                condition=models.Q(("closed_at", None)),
                                fields=["area_code"],
                                name="territory_placename_of_area",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("name", "within_code"),
                                name="territory_placename_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["compound", "building", "crossing", "shop", "local"],
                                    )
                                ),
                                name="territory_placename_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="territory_placename_has_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lat", None),
                                        ("lon", None),
                                        models.Q(("area_code", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("area_code", ""),
                                        ("lat__gte", -90),
                                        ("lat__lte", 90),
                                        ("lon__gte", -180),
                                        ("lon__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="territory_placename_names_area_or_point",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at", None),
                                    ("closed_at__gte", models.F("added_at")),
                                    _connector="OR",
                                ),
                                name="territory_placename_closed_after_added",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RedrawPlan",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=100)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("within_code", models.CharField(max_length=24)),
                        ("effective_on", models.DateField()),
                        ("state", models.CharField(default="draft", max_length=12)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("steps", models.JSONField(default=list)),
                        ("kept_posts", models.JSONField(default=dict)),
                        ("touched", models.JSONField(default=list)),
                        ("drafted_by_id", models.BigIntegerField()),
                        ("drafted_at", models.DateTimeField()),
                        ("approved_by_id", models.BigIntegerField(null=True)),
                        ("approved_role", models.CharField(blank=True, max_length=32)),
                        ("approved_at", models.DateTimeField(null=True)),
                        ("ended_by_id", models.BigIntegerField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("stopped_code", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "verbose_name": "网格调整方案",
                        "verbose_name_plural": "网格调整方案",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "approved")),
                                fields=["effective_on"],
                                name="territory_plan_due",
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
                                name="territory_plan_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="territory_plan_has_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by_id", None),
                                    models.Q(
                                        ("approved_by_id", models.F("drafted_by_id")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="territory_plan_approved_by_another",
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
                                name="territory_plan_approved_says_by_whom",
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
                                name="territory_plan_ended_has_instant",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GridDuty",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=100)),
                        ("department", models.CharField(max_length=100)),
                        ("former_grid", models.CharField(max_length=100)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="territory.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "网格职责",
                        "verbose_name_plural": "网格职责",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "title", "department", "former_grid"),
                                name="territory_duty_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="territory_duty_has_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AreaHeir",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("share", models.FloatField()),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="formers",
                                to="territory.area",
                            ),
                        ),
                        (
                            "former",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="heirs",
                                to="territory.area",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="heirs",
                                to="territory.redrawplan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "区域沿革",
                        "verbose_name_plural": "区域沿革",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("former", "area"), name="territory_heir_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                                name="territory_heir_share_is_part",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("former", models.F("area")), _negated=True),
                                name="territory_heir_is_another_version",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            ONE_VERSION_A_DAY,
            "ALTER TABLE territory_area DROP CONSTRAINT territory_area_one_version_a_day",
        ),
    ]
