"""Recordings that browsers can't play have a second file that they can."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("hotline", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(
            model_name="recording", name="hotline_deleted_recording_has_none"
        ),
        migrations.AddField(
            model_name="recording",
            name="played",
            field=models.FileField(blank=True, db_default="", max_length=200, upload_to=""),
        ),
        migrations.AddField(
            model_name="recording",
            name="played_bytes",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.CheckConstraint(
                condition=Q(deleted_at=None) | Q(file="", played=""),
                name="hotline_deleted_recording_has_none",
            ),
        ),
    ]
