"""Who acts in a post while its holder is away."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms.posts import AwayReason

from .appointment import only_one


class StandIn(models.Model):
    """A person acts in a post of another's from `starts_on` until the day before `ends_on`.

    Legal states: to come, acting, over; ended early (`ended_at`), `ends_on` is moved to that day.
    The database refuses oneself, and two stand-ins of one post at a time.
    """

    appointment = models.ForeignKey(
        "people.Appointment", on_delete=models.PROTECT, related_name="stand_ins"
    )
    holder = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=16)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("holder", "person", "reason")
        purpose = "Know who acts for somebody who is away, and that acts were theirs."
        retention = "Kept: it explains who was entitled to act at the time."

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = _("代理")
        constraints = [
            models.CheckConstraint(
                condition=~Q(holder=F("person")), name="people_standin_not_oneself"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"))
                | Q(ended_at__isnull=False, ends_on__gte=F("starts_on")),
                name="people_standin_in_order",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[one.value for one in AwayReason]),
                name="people_standin_known_reason",
            ),
            ExclusionConstraint(
                name="people_standin_one_at_a_time",
                expressions=[
                    (only_one(F("appointment_id")), RangeOperators.OVERLAPS),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"stand-in {self.pk}"
