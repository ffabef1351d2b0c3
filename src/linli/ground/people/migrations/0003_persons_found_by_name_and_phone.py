"""Persons are found by the beginning of their name, pinyin initials and phone."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.functions.text
from django.db import migrations, models

from linli.ground.kernel.pinyin import first_letters


def spell(apps: Any, schema_editor: Any) -> None:
    """Give those on record their initials."""
    person = apps.get_model("people", "Person")
    for row in person.objects.filter(initials="").only("name").iterator(chunk_size=2_000):
        person.objects.filter(pk=row.pk).update(initials=first_letters(row.name)[:40])


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0002_duty_roster"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="person",
            name="initials",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=40),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["name"], name="people_person_name_start", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["initials"],
                name="people_person_initials_start",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True),
                fields=["phone"],
                name="people_person_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                django.db.models.functions.text.Right("phone", 4),
                condition=models.Q(("phone", ""), _negated=True),
                name="people_person_phone_end",
            ),
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
