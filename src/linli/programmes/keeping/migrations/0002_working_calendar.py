"""Drafts may be of the working calendar too."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("keeping", "0001_initial")]

    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="draft", name="keeping_draft_matter_known"),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter__in", ["catalogue", "list", "calendar"])),
                name="keeping_draft_matter_known",
            ),
        ),
    ]
