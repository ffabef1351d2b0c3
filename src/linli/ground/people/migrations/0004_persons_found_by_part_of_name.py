"""Persons are found by any part of their name and of its pinyin initials."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models.functions import Substr


def _parts_of(column: str) -> models.Func:
    return models.Func(
        *(Substr(column, first, 2) for first in range(1, 13)),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(models.TextField()),
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_persons_found_by_name_and_phone")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(_parts_of("name"), name="people_person_name_parts"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(_parts_of("initials"), name="people_person_initials_parts"),
        ),
    ]
