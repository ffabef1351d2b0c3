"""Names people use for places, and what places are found by."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import linli.ground.territory.models

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


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("territory", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(sql=WORDS, reverse_sql="DROP FUNCTION territory_words(VARIADIC text[])"),
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
                        expression=linli.ground.territory.models.Words("name", "address", "pinyin"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "地名",
                "verbose_name_plural": "地名",
            },
        ),
        migrations.AddField(
            model_name="area",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=linli.ground.territory.models.Words(
                    "name", "name_en", "address", "alias", "pinyin"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="area",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="territory_area_words"
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="territory_placename_words"
            ),
        ),
        migrations.AddIndex(
            model_name="placename",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["area_code"],
                name="territory_placename_of_area",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("name", "within_code"),
                name="territory_placename_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["compound", "building", "crossing", "shop", "local"])
                ),
                name="territory_placename_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="territory_placename_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("lat", None), ("lon", None), models.Q(("area_code", ""), _negated=True)
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
        ),
        migrations.AddConstraint(
            model_name="placename",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at", None), ("closed_at__gte", models.F("added_at")), _connector="OR"
                ),
                name="territory_placename_closed_after_added",
            ),
        ),
    ]
