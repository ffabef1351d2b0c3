"""The kernel at once; what is partitioned by month is written in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import linli.ground.kernel.ids
from linli.ground.kernel.squashing import CreateModels

FOLDER = Path(__file__).parent
PARTITIONS, STREAM, RATES = (
    (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    for name in ("partitions", "stream", "rates")
)
LATER = """
ALTER TABLE kernel_event ADD COLUMN actor_for_id bigint;
CREATE INDEX kernel_look_actor ON kernel_look (actor_id, recorded_at);
CREATE INDEX kernel_look_purpose ON kernel_look (purpose, recorded_at, id);
"""
A_YEAR_AHEAD = """
SELECT kernel_ensure_partitions(current_date, (current_date + interval '13 months')::date)
"""
DROP = """
DROP TABLE kernel_event, kernel_look, kernel_stream, kernel_relay, kernel_rate;
DROP FUNCTION kernel_ensure_partitions(date, date);
"""


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("kernel", "0001_initial"),
        ("kernel", "0002_positions_in_commit_order"),
        ("kernel", "0003_records_of_tables"),
        ("kernel", "0004_log_of_searches"),
        ("kernel", "0005_looks_by_who_looked"),
        ("kernel", "0006_acts_of_stand_ins"),
        ("kernel", "0007_looks_by_purpose"),
        ("kernel", "0008_hours_from_a_day"),
        ("kernel", "0009_files_in_parts"),
    ]

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        CreateModels(
            models=[
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
                        ("actor_for_id", models.BigIntegerField(db_default=None, null=True)),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                condition=models.Q(
                                    ("erased_at", None), ("body", ""), _connector="OR"
                                ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                migrations.CreateModel(
                    name="ExportRecord",
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
                        ("list_name", models.CharField(max_length=40)),
                        ("query", models.TextField(blank=True)),
                        ("language", models.CharField(max_length=12)),
                        ("account_id", models.BigIntegerField()),
                        ("actor_role", models.CharField(max_length=40)),
                        ("state", models.CharField(max_length=12)),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                        ("asked_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["account_id", "-asked_at"], name="kernel_exportrecord_mine"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["queued", "writing", "done", "failed"])
                                ),
                                name="kernel_exportrecord_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRecord",
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
                        ("kind", models.CharField(max_length=40)),
                        ("street_code", models.CharField(blank=True, max_length=20)),
                        ("file_name", models.CharField(max_length=200)),
                        ("size_bytes", models.PositiveIntegerField()),
                        ("sha256", models.BinaryField(max_length=32)),
                        ("options", models.JSONField(default=dict)),
                        ("language", models.CharField(max_length=12)),
                        ("account_id", models.BigIntegerField()),
                        ("actor_role", models.CharField(max_length=40)),
                        ("actor_organisation_id", models.BigIntegerField(null=True)),
                        ("state", models.CharField(max_length=12)),
                        ("said", models.TextField(blank=True)),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("rows_good", models.PositiveIntegerField(default=0)),
                        ("rows_known", models.PositiveIntegerField(default=0)),
                        ("rows_faulty", models.PositiveIntegerField(default=0)),
                        ("rows_done", models.PositiveIntegerField(default=0)),
                        ("rows_taken", models.PositiveIntegerField(default=0)),
                        ("preview", models.JSONField(default=dict)),
                        ("failures", models.JSONField(default=dict)),
                        ("source", models.FileField(blank=True, max_length=200, upload_to="")),
                        ("rest", models.FileField(blank=True, max_length=200, upload_to="")),
                        ("received_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["kind", "sha256"], name="kernel_importrecord_same"
                            ),
                            models.Index(
                                fields=["kind", "-received_at"], name="kernel_importrecord_newest"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "received",
                                            "checking",
                                            "checked",
                                            "importing",
                                            "done",
                                            "refused",
                                            "dropped",
                                        ],
                                    )
                                ),
                                name="kernel_importrecord_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchMade",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("searched_at", models.DateTimeField()),
                        ("actor_id", models.BigIntegerField()),
                        ("actor_role", models.CharField(max_length=40)),
                        ("street_code", models.CharField(blank=True, max_length=24)),
                        ("kinds", models.JSONField(default=list)),
                        ("words", models.CharField(blank=True, max_length=100)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["-searched_at"], name="kernel_searchmade_newest"),
                            models.Index(
                                fields=["actor_id", "-searched_at"], name="kernel_searchmade_actor"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarHours",
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
                        ("begins_on", models.DateField()),
                        ("hours", models.JSONField()),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later",
                                to="kernel.workcalendar",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("calendar", "begins_on"), name="kernel_calendarhours_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject_id", models.CharField(max_length=40)),
                        ("purpose", models.CharField(max_length=20)),
                        ("size_bytes", models.PositiveIntegerField()),
                        ("received_bytes", models.PositiveIntegerField(default=0)),
                        ("facts", models.JSONField(default=dict)),
                        ("begun_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField(db_index=True)),
                        ("arrived_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("received_bytes__lte", models.F("size_bytes"))),
                                name="kernel_upload_not_beyond_its_size",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("arrived_at", None),
                                    ("received_bytes", models.F("size_bytes")),
                                    _connector="OR",
                                ),
                                name="kernel_upload_arrived_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UploadPart",
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
                        ("start", models.PositiveIntegerField()),
                        ("content", models.BinaryField()),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="kernel.upload",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("upload", "start"), name="kernel_uploadpart_once"
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL([PARTITIONS, STREAM, RATES, LATER, A_YEAR_AHEAD], DROP),
    ]
