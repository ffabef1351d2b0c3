"""The pending register: a step at which nothing is due, who approved it, until when."""

from __future__ import annotations

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

BEFORE_DISPATCH = ["verifying", "filing", "dispatching"]
AFTER = ["in_grid", "in_community", "forwarded", "checking", "closing"]
OPEN = [*BEFORE_DISPATCH, "accepting", "handling", "pending", *AFTER]
ENDS = ["closed", "declined", "void", "settled", "merged"]
ON_REGISTER = Q(is_granted=True, ended_at=None)


def account() -> Any:
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def protected(to: str, **options: Any) -> Any:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, **options)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("cases", "0017_successors_and_parents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="casesettings",
            name="pending_days",
            field=models.PositiveSmallIntegerField(db_default=365, default=365),
        ),
        migrations.AddField(
            model_name="clock", name="counts_from", field=models.DateTimeField(null=True)
        ),
        migrations.RemoveConstraint(model_name="case", name="cases_case_step_known"),
        migrations.RemoveConstraint(
            model_name="case", name="cases_case_ended_has_instant_and_no_clock"
        ),
        migrations.RemoveIndex(model_name="case", name="cases_case_work"),
        migrations.RemoveIndex(model_name="case", name="cases_case_sweep"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=Q(step__in=OPEN),
                fields=["street", "step", "due_at"],
                name="cases_case_work",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=Q(is_overdue=False, step__in=OPEN),
                fields=["due_at"],
                name="cases_case_sweep",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(step__in=[*OPEN, *ENDS]), name="cases_case_step_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=Q(closed_at__isnull=False, due_at=None, step__in=ENDS)
                | Q(closed_at=None, step__in=OPEN),
                name="cases_case_ended_has_instant_and_no_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=~Q(step="pending") | Q(due_at=None, is_overdue=False),
                name="cases_case_pending_has_nothing_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=Q(counts_from=None) | Q(counts_from__gte=F("started_at")),
                name="cases_clock_counts_from_start_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=Q(suspended_at=None) | Q(name="handle"),
                name="cases_clock_only_handling_rests",
            ),
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("obstacle", models.CharField(max_length=12)),
                ("measure", models.CharField(max_length=300)),
                ("post", models.CharField(blank=True, max_length=60)),
                ("wake_at", models.DateTimeField()),
                ("is_renewal", models.BooleanField()),
                ("asked_at", models.DateTimeField()),
                ("is_granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("since", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("resumed_due_at", models.DateTimeField(null=True)),
                ("asked_by", account()),
                ("case", protected("cases.case", related_name="pendings")),
                ("clock", protected("cases.clock", related_name="+")),
                ("decided_by", account()),
                ("owner", protected("people.organisation", db_index=False, related_name="+")),
            ],
            options={
                "verbose_name": "挂账",
                "verbose_name_plural": "挂账",
                "indexes": [
                    models.Index(
                        condition=ON_REGISTER, fields=["since", "id"], name="cases_pending_oldest"
                    ),
                    models.Index(
                        condition=ON_REGISTER, fields=["wake_at"], name="cases_pending_wakes"
                    ),
                    models.Index(
                        condition=Q(decided_at=None), fields=["case"], name="cases_pending_open"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "no"), name="cases_pending_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=Q(decided_at=None),
                        fields=("clock",),
                        name="cases_pending_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=ON_REGISTER,
                        fields=("case",),
                        name="cases_pending_once_on_register",
                    ),
                    models.CheckConstraint(
                        condition=Q(obstacle__in=["season", "money", "ownership", "law"]),
                        name="cases_pending_obstacle_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(measure="") & Q(wake_at__gt=F("asked_at")),
                        name="cases_pending_says_what_and_until_when",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_at=None, decided_by=None, is_granted=None)
                        | Q(decided_at__gte=F("asked_at"), is_granted__isnull=False),
                        name="cases_pending_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                        name="cases_pending_by_another",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            is_granted=True,
                            since__lte=F("decided_at"),
                            wake_at__gt=F("decided_at"),
                        )
                        | Q(Q(is_granted=None) | Q(is_granted=False), ended_at=None, since=None),
                        name="cases_pending_granted_rests",
                    ),
                    models.CheckConstraint(
                        condition=(Q(ended_at=None) | Q(ended_at__gte=F("decided_at")))
                        & (Q(resumed_due_at=None) | Q(ended_at__isnull=False)),
                        name="cases_pending_instants_in_order",
                    ),
                ],
            },
        ),
    ]
