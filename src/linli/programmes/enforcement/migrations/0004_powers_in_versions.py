"""Powers are kept in versions, each with its delegation."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0003_who_stepped_aside"),
        ("people", "0003_persons_found_by_name_and_phone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="power",
            name="enforcement_power_once",
        ),
        migrations.AddField(
            model_name="power",
            name="delegation",
            field=models.CharField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddField(
            model_name="power",
            name="origin",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="enforcement.power",
            ),
        ),
        migrations.AddField(
            model_name="power",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="power",
            name="way",
            field=models.CharField(db_default="own", default="own", max_length=12),
        ),
        migrations.AddField(
            model_name="power",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="power",
            name="written_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("department", "operation_kind", "title"),
                name="enforcement_power_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way", "own"),
                    models.Q(
                        ("way__in", ["devolved", "entrusted"]),
                        models.Q(("delegation", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enforcement_power_names_its_delegation",
            ),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.UniqueConstraint(
                fields=("origin", "version"), name="enforcement_power_version_once"
            ),
        ),
    ]
