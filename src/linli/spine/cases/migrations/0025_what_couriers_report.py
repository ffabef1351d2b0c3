"""Which categories couriers report: problems of public space, nothing of persons."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations, models

SHIPPED = Path(__file__).parents[1] / "standards" / "for_couriers.csv"


def flag(apps: Any, schema_editor: Any) -> None:
    """Flag what is in force as the shipped list does; the office's keeper changes it in drafts."""
    rows = apps.get_model("cases", "Category").objects.filter(effective_to=None)
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind, _, code = row["key"].rpartition(":")
            rows.filter(kind=kind, code=code).update(for_couriers=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_found_by_channel_and_time")]

    operations = [
        migrations.AddField(
            model_name="category",
            name="for_couriers",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(flag, migrations.RunPython.noop),
    ]
