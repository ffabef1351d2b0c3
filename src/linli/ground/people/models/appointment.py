"""Who holds which post, where, and for how long."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms import LEADERS_OF_ONE_AREA, Basis, Role
from linli.ground.people.terms.posts import EndReason


def only_one(column: Combinable, function: str = "int8range") -> Func:
    """A range of one number: two overlap when the numbers are equal.

    GiST compares ranges without any extension, plain numbers only with btree_gist.
    """
    return Func(column, column, Value("[]"), function=function)


def _term() -> Func:
    return Func(F("starts_on"), F("ends_on"), function="daterange")


def _or_none(name: str) -> Coalesce:
    return Coalesce(F(name), Value(0), output_field=models.BigIntegerField())


_OVERLAPS = RangeOperators.OVERLAPS


class Appointment(models.Model):
    """A post held by a person from `starts_on` until the day before `ends_on`.

    Legal states: to come, in force, over by its term, or ended early (`ended_at` is set and
    `ends_on` moved to that day). One person may hold several posts, never the same one twice at
    a time; a grid, building or unit has one leader at a time.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(max_length=32)
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    area = models.ForeignKey(
        "territory.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=24)
    recommended_by = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, blank=True, default="", db_default="")
    shows_name = models.BooleanField(default=False, db_default=False)

    class Privacy:
        data = ("person", "shows_name")
        purpose = "Know who may act, and tell residents who leads their grid, building and unit."
        retention = "Kept: it explains who was entitled to act at the time."

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role if role is not Role.RESIDENT]),
                name="people_appointment_known_role",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in Basis]),
                name="people_appointment_known_basis",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="people_appointment_term_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ends_on__isnull=False),
                name="people_appointment_ended_has_end",
            ),
            models.CheckConstraint(
                condition=Q(end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=[one.value for one in EndReason]),
                name="people_appointment_reason_of_an_end",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(organisation__isnull=False),
                name="people_appointment_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False)
                | ~Q(role__in=[role.value for role in LEADERS_OF_ONE_AREA]),
                name="people_appointment_leader_has_area",
            ),
            ExclusionConstraint(
                name="people_appointment_same_post_once",
                expressions=[
                    (only_one(F("person_id")), _OVERLAPS),
                    (only_one(Func(F("role"), function="hashtext"), "int4range"), _OVERLAPS),
                    (only_one(_or_none("organisation_id")), _OVERLAPS),
                    (only_one(_or_none("area_id")), _OVERLAPS),
                    (_term(), _OVERLAPS),
                ],
            ),
            *(
                ExclusionConstraint(
                    name=f"people_appointment_one_{role.value}",
                    expressions=[(only_one(F("area_id")), _OVERLAPS), (_term(), _OVERLAPS)],
                    condition=Q(role=role.value),
                )
                for role in LEADERS_OF_ONE_AREA
            ),
        ]
        indexes = [
            models.Index(fields=["role"], name="people_appointment_by_role"),
            models.Index(
                fields=["ends_on"],
                condition=Q(ends_on__isnull=False),
                name="people_appointment_by_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class WayIn(models.Model):
    """How somebody came to a post, as it was put on record: a day and counts, no ballots."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="way_in")
    decided_on = models.DateField(null=True, blank=True)
    entitled = models.PositiveIntegerField(null=True, blank=True)
    cast = models.PositiveIntegerField(null=True, blank=True)
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    document = models.CharField(max_length=80, blank=True, default="", db_default="")

    class Privacy:
        data = ()
        purpose = "Say on what an appointment rests; votes are counts, never names."
        retention = "Kept with the appointment."

    class Meta:
        verbose_name = _("产生方式记录")
        verbose_name_plural = _("产生方式记录")
        constraints = [
            models.CheckConstraint(
                condition=(Q(cast=None) | Q(entitled=None) | Q(cast__lte=F("entitled")))
                & (Q(in_favour=None) | Q(cast=None) | Q(in_favour__lte=F("cast"))),
                name="people_wayin_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"way into {self.appointment_id}"


class PostSettings(models.Model):
    """How many days before its end a street shows a term as ending."""

    street_code = models.CharField(max_length=24, unique=True)
    ending_days = models.PositiveSmallIntegerField()

    class Privacy:
        data = ()
        purpose = "Show in time which terms end."
        retention = "While the street keeps its posts here."

    class Meta:
        verbose_name = _("任职设置")
        verbose_name_plural = _("任职设置")
        constraints = [
            models.CheckConstraint(
                condition=Q(ending_days__gte=7, ending_days__lte=365),
                name="people_postsettings_days_in_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.street_code
