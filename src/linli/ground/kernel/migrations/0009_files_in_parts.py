"""Files that come in parts over a bad line."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0008_hours_from_a_day")]

    operations: ClassVar = [
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
                        condition=models.Q(received_bytes__lte=models.F("size_bytes")),
                        name="kernel_upload_not_beyond_its_size",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(arrived_at=None)
                        | models.Q(received_bytes=models.F("size_bytes")),
                        name="kernel_upload_arrived_whole",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        fields=["upload", "start"], name="kernel_uploadpart_once"
                    )
                ]
            },
        ),
    ]
