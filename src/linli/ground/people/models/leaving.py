"""The written record of work handed over when somebody left a post."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms.leaving import WorkKind


class WorkHandover(models.Model):
    """Work passed from who left a post to a successor, or back to the unit.

    Legal states: made, then confirmed by the giver (`given_at`) and by the taker (`taken_at`,
    `taken_by`), in any order; never by one and the same person.
    """

    appointment = models.ForeignKey(
        "people.Appointment", on_delete=models.PROTECT, related_name="work_handovers"
    )
    giver = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "people.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Privacy:
        data = ("giver", "taker", "made_by", "taken_by")
        purpose = "Know who took over which work from whom, so that nothing is left lying."
        retention = "Kept with the appointment."

    class Meta:
        verbose_name = _("工作交接")
        verbose_name_plural = _("工作交接")
        constraints = [
            models.CheckConstraint(
                condition=Q(taker=None) | ~Q(taker=F("giver")),
                name="people_workhandover_to_another",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None)
                | (Q(taken_at__isnull=False, taken_by__isnull=False) & ~Q(taken_by=F("giver"))),
                name="people_workhandover_taken_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"work handover {self.pk}"


class WorkHandoverLine(models.Model):
    """One thing that was handed over, by its kind and number."""

    handover = models.ForeignKey(WorkHandover, on_delete=models.CASCADE, related_name="lines")
    room = models.CharField(max_length=20)
    kind = models.CharField(max_length=16)
    ref = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    to_unit = models.BooleanField()

    class Privacy:
        data = ()
        purpose = "Name the work by its number, never by what somebody wrote."
        retention = "With the record."

    class Meta:
        verbose_name = _("工作交接事项")
        verbose_name_plural = _("工作交接事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WorkKind]),
                name="people_workhandoverline_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
