"""Persons, accounts, posts and duties at once."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.functions import Substr

from linli.ground.kernel.squashing import CreateModels


def _parts_of(column: str) -> models.Func:
    return models.Func(
        *(Substr(column, first, 2) for first in range(1, 13)),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(models.TextField()),
    )


class Migration(migrations.Migration):
    replaces: ClassVar = [
        ("people", "0001_initial"),
        ("people", "0002_duty_roster"),
        ("people", "0003_persons_found_by_name_and_phone"),
        ("people", "0004_persons_found_by_part_of_name"),
        ("people", "0005_posts_kept"),
        ("people", "0006_callback_clerks"),
        ("people", "0007_stand_ins"),
        ("people", "0008_work_handed_over"),
        ("people", "0009_sessions_seen"),
        ("people", "0010_phones_proved_by_code"),
        ("people", "0011_more_kinds_of_work"),
        ("people", "0012_large_type"),
    ]

    initial = True

    dependencies: ClassVar = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("territory", "0003_plans_to_redraw"),
    ]

    operations: ClassVar = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Household",
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
                        ("door", models.CharField(max_length=40)),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "住户",
                        "verbose_name_plural": "住户",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("area", "door"), name="people_household_one_door"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("door", ""), _negated=True),
                                name="people_household_has_door",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        ("code", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("name_en", models.CharField(blank=True, db_default="", max_length=160)),
                        ("kind", models.CharField(max_length=24)),
                        ("members_count", models.PositiveIntegerField(db_default=0, default=0)),
                        ("is_active", models.BooleanField(db_default=True, default=True)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subordinates",
                                to="people.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位",
                        "verbose_name_plural": "单位",
                        "indexes": [
                            models.Index(fields=["kind"], name="people_organisation_by_kind")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "government",
                                            "street_office",
                                            "community_committee",
                                            "centre",
                                            "department",
                                            "joint_team",
                                            "utility",
                                            "property_company",
                                            "enterprise",
                                            "party_branch",
                                            "alliance",
                                            "volunteer_team",
                                        ],
                                    )
                                ),
                                name="people_organisation_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent", None),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="people_organisation_not_its_own_superior",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=80)),
                        ("phone", models.CharField(blank=True, db_default="", max_length=20)),
                        ("street_code", models.CharField(max_length=24)),
                        ("wants_contact", models.BooleanField(db_default=False, default=False)),
                        (
                            "household",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="persons",
                                to="people.household",
                            ),
                        ),
                        (
                            "initials",
                            models.CharField(
                                blank=True, db_default="", editable=False, max_length=40
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "居民与人员",
                        "verbose_name_plural": "居民与人员",
                        "indexes": [
                            models.Index(
                                fields=["street_code", "name"], name="people_person_by_name"
                            ),
                            models.Index(
                                fields=["name"],
                                name="people_person_name_start",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(
                                fields=["initials"],
                                name="people_person_initials_start",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(
                                condition=models.Q(("phone", ""), _negated=True),
                                fields=["phone"],
                                name="people_person_phone",
                            ),
                            models.Index(
                                django.db.models.functions.text.Right("phone", 4),
                                condition=models.Q(("phone", ""), _negated=True),
                                name="people_person_phone_end",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                _parts_of("name"), name="people_person_name_parts"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                _parts_of("initials"), name="people_person_initials_parts"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="people_person_has_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
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
                        ("role", models.CharField(max_length=32)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("basis", models.CharField(max_length=24)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.area",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "recommended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="people.person",
                            ),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, db_default="", default="", max_length=16),
                        ),
                        ("shows_name", models.BooleanField(db_default=False, default=False)),
                    ],
                    options={
                        "verbose_name": "任职",
                        "verbose_name_plural": "任职",
                        "indexes": [
                            models.Index(fields=["role"], name="people_appointment_by_role"),
                            models.Index(
                                condition=models.Q(("ends_on__isnull", False)),
                                fields=["ends_on"],
                                name="people_appointment_by_end",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "basis__in",
                                        ["self_recommended", "elected", "recommended", "appointed"],
                                    )
                                ),
                                name="people_appointment_known_basis",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="people_appointment_term_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None), ("ends_on__isnull", False), _connector="OR"
                                ),
                                name="people_appointment_ended_has_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area__isnull", False),
                                    ("organisation__isnull", False),
                                    _connector="OR",
                                ),
                                name="people_appointment_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("area__isnull", False),
                                    models.Q(
                                        (
                                            "role__in",
                                            ["grid_leader", "building_leader", "unit_leader"],
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="people_appointment_leader_has_area",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("person_id"),
                                            models.F("person_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.Func(models.F("role"), function="hashtext"),
                                            models.Func(models.F("role"), function="hashtext"),
                                            models.Value("[]"),
                                            function="int4range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("organisation_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("organisation_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("area_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("area_id"),
                                                models.Value(0),
                                                output_field=models.BigIntegerField(),
                                            ),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_appointment_same_post_once",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "grid_leader")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("area_id"),
                                            models.F("area_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_appointment_one_grid_leader",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "building_leader")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("area_id"),
                                            models.F("area_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_appointment_one_building_leader",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("role", "unit_leader")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("area_id"),
                                            models.F("area_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_appointment_one_unit_leader",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("end_reason", ""),
                                    models.Q(
                                        (
                                            "end_reason__in",
                                            [
                                                "resigned",
                                                "moved",
                                                "transferred",
                                                "recalled",
                                                "health",
                                                "other",
                                            ],
                                        ),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="people_appointment_reason_of_an_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "intake_clerk",
                                            "shift_leader",
                                            "dispatcher",
                                            "handler",
                                            "grid_leader",
                                            "grid_worker",
                                            "verifier",
                                            "supervisor",
                                            "callback_clerk",
                                            "community_secretary",
                                            "joint_team_member",
                                            "building_leader",
                                            "unit_leader",
                                            "street_leader",
                                            "keeper",
                                            "grid_officer",
                                            "order_helper",
                                        ],
                                    )
                                ),
                                name="people_appointment_known_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Account",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions "
                                "without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("login", models.CharField(max_length=64, unique=True)),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, null=True, unique=True),
                        ),
                        ("email", models.EmailField(blank=True, db_default="", max_length=254)),
                        (
                            "language",
                            models.CharField(db_default="zh-hans", default="zh-hans", max_length=8),
                        ),
                        ("is_staff", models.BooleanField(db_default=False, default=False)),
                        ("is_active", models.BooleanField(db_default=True, default=True)),
                        ("is_demonstration", models.BooleanField(db_default=False, default=False)),
                        (
                            "session_round",
                            models.PositiveIntegerField(db_default=0, default=0, editable=False),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), editable=False
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all "
                                "permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="account",
                                to="people.person",
                            ),
                        ),
                        ("phone_proved_at", models.DateTimeField(editable=False, null=True)),
                        ("called", models.CharField(blank=True, db_default="", max_length=40)),
                        ("large_type", models.BooleanField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "账号",
                        "verbose_name_plural": "账号",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("language__in", ("zh-hans", "en"))),
                                name="people_account_known_language",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("phone", None),
                                    models.Q(("phone", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="people_account_phone_not_empty",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("login", ""), _negated=True),
                                name="people_account_has_login",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=80)),
                        ("digest", models.BinaryField(max_length=32, unique=True)),
                        ("scopes", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "接口令牌",
                        "verbose_name_plural": "接口令牌",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="people_apitoken_has_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                                name="people_apitoken_term_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyDesk",
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
                        ("street_code", models.CharField(max_length=24, unique=True)),
                        ("phone", models.CharField(max_length=20)),
                    ],
                    options={
                        "verbose_name": "值班电话",
                        "verbose_name_plural": "值班电话",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("phone", ""), _negated=True),
                                name="people_dutydesk_phone",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyShift",
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
                        ("role", models.CharField(max_length=12)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "值班班次",
                        "verbose_name_plural": "值班班次",
                        "indexes": [
                            models.Index(
                                fields=["street_code", "ends_at"], name="people_dutyshift_of_street"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["centre", "stand_in", "leader"])),
                                name="people_dutyshift_known_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="people_dutyshift_in_order",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("account_id"),
                                            models.F("account_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.Func(models.F("role"), function="hashtext"),
                                            models.Func(models.F("role"), function="hashtext"),
                                            models.Value("[]"),
                                            function="int4range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.Func(
                                                models.F("street_code"), function="hashtext"
                                            ),
                                            models.Func(
                                                models.F("street_code"), function="hashtext"
                                            ),
                                            models.Value("[]"),
                                            function="int4range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_at"),
                                            models.F("ends_at"),
                                            function="tstzrange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_dutyshift_person_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutySwap",
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
                        ("asked_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                db_default=models.Value("asked"), default="asked", max_length=12
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "in_return",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.dutyshift",
                            ),
                        ),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="swaps",
                                to="people.dutyshift",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "换班",
                        "verbose_name_plural": "换班",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "agreed", "refused", "withdrawn"])
                                ),
                                name="people_dutyswap_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at", None), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True),
                                        ("answered_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="people_dutyswap_answer_has_instant",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("shift",),
                                name="people_dutyswap_one_open",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostSettings",
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
                        ("street_code", models.CharField(max_length=24, unique=True)),
                        ("ending_days", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "verbose_name": "任职设置",
                        "verbose_name_plural": "任职设置",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ending_days__gte", 7), ("ending_days__lte", 365)
                                ),
                                name="people_postsettings_days_in_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WayIn",
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
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("entitled", models.PositiveIntegerField(blank=True, null=True)),
                        ("cast", models.PositiveIntegerField(blank=True, null=True)),
                        ("in_favour", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "document",
                            models.CharField(blank=True, db_default="", default="", max_length=80),
                        ),
                        (
                            "appointment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="way_in",
                                to="people.appointment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "产生方式记录",
                        "verbose_name_plural": "产生方式记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cast", None),
                                        ("entitled", None),
                                        ("cast__lte", models.F("entitled")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("in_favour", None),
                                        ("cast", None),
                                        ("in_favour__lte", models.F("cast")),
                                        _connector="OR",
                                    ),
                                ),
                                name="people_wayin_counts_fit",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandIn",
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
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("reason", models.CharField(max_length=16)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="people.appointment",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "代理",
                        "verbose_name_plural": "代理",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("holder", models.F("person")), _negated=True),
                                name="people_standin_not_oneself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__gt", models.F("starts_on")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ends_on__gte", models.F("starts_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="people_standin_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reason__in", ["leave", "training", "duty_elsewhere", "other"])
                                ),
                                name="people_standin_known_reason",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("appointment_id"),
                                            models.F("appointment_id"),
                                            models.Value("[]"),
                                            function="int8range",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("starts_on"),
                                            models.F("ends_on"),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="people_standin_one_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkHandover",
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
                        ("made_at", models.DateTimeField()),
                        ("given_at", models.DateTimeField(blank=True, null=True)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="work_handovers",
                                to="people.appointment",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作交接",
                        "verbose_name_plural": "工作交接",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taker", None),
                                    models.Q(("taker", models.F("giver")), _negated=True),
                                    _connector="OR",
                                ),
                                name="people_workhandover_to_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("taken_at", None), ("taken_by", None)),
                                    models.Q(
                                        ("taken_at__isnull", False),
                                        ("taken_by__isnull", False),
                                        models.Q(("taken_by", models.F("giver")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="people_workhandover_taken_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkHandoverLine",
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
                        ("room", models.CharField(max_length=20)),
                        ("kind", models.CharField(max_length=16)),
                        ("ref", models.CharField(max_length=40)),
                        ("number", models.CharField(max_length=60)),
                        ("to_unit", models.BooleanField()),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="people.workhandover",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作交接事项",
                        "verbose_name_plural": "工作交接事项",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "assignment",
                                            "task",
                                            "check",
                                            "instruction",
                                            "extension",
                                            "shift",
                                            "whistle",
                                            "callback",
                                            "draft",
                                            "secondment",
                                        ],
                                    )
                                ),
                                name="people_workhandoverline_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
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
                        ("session_key", models.CharField(max_length=40, unique=True)),
                        ("device", models.CharField(max_length=24)),
                        ("began_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "登录中的设备",
                        "verbose_name_plural": "登录中的设备",
                    },
                ),
                migrations.CreateModel(
                    name="PhoneCode",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("phone", models.CharField(max_length=20)),
                        ("purpose", models.CharField(max_length=12)),
                        ("digest", models.BinaryField(max_length=32)),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("asked_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "短信验证码",
                        "verbose_name_plural": "短信验证码",
                        "indexes": [
                            models.Index(fields=["expires_at"], name="people_phone_code_old")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("purpose__in", ["sign_in", "change"])),
                                name="people_phone_code_known_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 5)),
                                name="people_phone_code_few_tries",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                                name="people_phone_code_lasts",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
