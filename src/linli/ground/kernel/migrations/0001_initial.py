"""The kernel's tables; those partitioned by month are written in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

import linli.ground.kernel.ids

PARTITIONS = (Path(__file__).parent / "partitions.sql").read_text(encoding="utf-8")
RATES = (Path(__file__).parent / "rates.sql").read_text(encoding="utf-8")
DROP = """
DROP TABLE kernel_event, kernel_look;
DROP FUNCTION kernel_ensure_partitions(date, date);
"""
A_YEAR_AHEAD = """
SELECT kernel_ensure_partitions(current_date, (current_date + interval '13 months')::date)
"""


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Event",
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
                ("recorded_at", models.DateTimeField()),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_role", models.CharField(blank=True, max_length=40)),
                ("actor_organisation_id", models.BigIntegerField(null=True)),
                ("step_before", models.CharField(blank=True, max_length=40)),
                ("step_after", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("position", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "kernel_event",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Look",
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
                ("recorded_at", models.DateTimeField()),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_role", models.CharField(blank=True, max_length=40)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject_id", models.CharField(max_length=40)),
                ("person_id", models.BigIntegerField(null=True)),
                ("fields", models.JSONField(default=list)),
                ("purpose", models.CharField(max_length=40)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "kernel_look",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="WorkCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("street_code", models.CharField(max_length=20, unique=True)),
                ("zone", models.CharField(default="Asia/Shanghai", max_length=40)),
                ("hours", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="EventText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(db_index=True)),
                ("key", models.CharField(max_length=40)),
                ("body", models.TextField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_id", "key"), name="kernel_eventtext_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("body", ""), _connector="OR"),
                        name="kernel_eventtext_erased_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
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
                ("secret_digest", models.BinaryField(max_length=32)),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("thumbnail", models.FileField(max_length=200, upload_to="")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size_bytes", models.PositiveIntegerField()),
                ("sha256", models.BinaryField(max_length=32)),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken_lon", models.FloatField(null=True)),
                ("taken_lat", models.FloatField(null=True)),
                ("uploaded_by_id", models.BigIntegerField(null=True)),
                ("uploaded_at", models.DateTimeField()),
                ("subject_kind", models.CharField(blank=True, max_length=40)),
                ("subject_id", models.CharField(blank=True, db_index=True, max_length=40)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("subject_id", "")),
                        fields=["uploaded_at"],
                        name="kernel_photo_orphans",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                ("is_workday", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=60)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="kernel.workcalendar",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "date"), name="kernel_calendarday_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(PARTITIONS, DROP),
        migrations.RunSQL(A_YEAR_AHEAD, migrations.RunSQL.noop),
        migrations.RunSQL(RATES, "DROP TABLE kernel_rate"),
    ]
