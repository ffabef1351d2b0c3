"""Who has stepped aside from an operation stays on record, and acts in it no more."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0002_numbers_and_whole_evidence")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="recused_at",
            field=models.DateTimeField(null=True),
        ),
    ]
