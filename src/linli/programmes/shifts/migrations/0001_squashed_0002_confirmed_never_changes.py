"""Hand-overs between shifts at once; a confirmed one and its points never change."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from linli.ground.kernel.squashing import CreateModels

FROZEN = """
CREATE FUNCTION shifts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a confirmed hand-over never changes' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER shifts_handover_frozen BEFORE UPDATE OR DELETE ON shifts_handover
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION shifts_refuse_change();

CREATE FUNCTION shifts_refuse_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM shifts_handover
        WHERE id = COALESCE(NEW.handover_id, OLD.handover_id) AND confirmed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a confirmed hand-over never changes' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER shifts_point_frozen BEFORE INSERT OR UPDATE OR DELETE ON shifts_handoverpoint
    FOR EACH ROW EXECUTE FUNCTION shifts_refuse_point();
"""
THAWED = """
DROP TRIGGER shifts_point_frozen ON shifts_handoverpoint;
DROP FUNCTION shifts_refuse_point();
DROP TRIGGER shifts_handover_frozen ON shifts_handover;
DROP FUNCTION shifts_refuse_change();
"""


class Migration(migrations.Migration):
    replaces: ClassVar = [("shifts", "0001_initial"), ("shifts", "0002_confirmed_never_changes")]

    initial = True

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Handover",
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
                        ("street_code", models.CharField(max_length=24)),
                        ("state", models.CharField(max_length=12)),
                        ("opened_at", models.DateTimeField()),
                        ("remarks", models.TextField(blank=True, db_default="")),
                        ("sections", models.JSONField(db_default={}, default=dict)),
                        ("handed_at", models.DateTimeField(blank=True, null=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "交接班记录",
                        "verbose_name_plural": "交接班记录",
                        "indexes": [
                            models.Index(
                                fields=["street_code", "-opened_at"],
                                name="shifts_handover_of_street",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at", None),
                                        ("handed_at", None),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("confirmed_at", None),
                                        ("handed_at__isnull", False),
                                        ("state", "handed"),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("handed_at__isnull", False),
                                        ("state", "confirmed"),
                                    ),
                                    _connector="OR",
                                ),
                                name="shifts_handover_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by", None),
                                    models.Q(
                                        ("confirmed_by", models.F("opened_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="shifts_handover_confirmed_by_another",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("confirmed_at", None)),
                                fields=("street_code",),
                                name="shifts_handover_one_under_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverPoint",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("case_number", models.CharField(blank=True, db_default="", max_length=24)),
                        ("text", models.CharField(max_length=300)),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="points",
                                to="shifts.handover",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "交班待办",
                        "verbose_name_plural": "交班待办",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("handover", "position"),
                                name="shifts_handoverpoint_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="shifts_handoverpoint_has_text",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PointTick",
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
                        ("ticked_at", models.DateTimeField()),
                        (
                            "point",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tick",
                                to="shifts.handoverpoint",
                            ),
                        ),
                        (
                            "ticked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "待办办结",
                        "verbose_name_plural": "待办办结",
                    },
                ),
            ],
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
