"""Shifts handed over, what the next was asked to do, and what of it is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .terms import MOST_POINT, HandoverState


class Handover(models.Model):
    """One shift given to the next.

    Legal states: open, handed (`handed_at` set), confirmed by somebody else (`confirmed_at` set).
    `sections` maps a section to its count and case numbers, frozen when it was handed. A trigger
    refuses any change to a confirmed one.
    """

    street_code = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    remarks = models.TextField(blank=True, db_default="")
    sections = models.JSONField(default=dict, db_default={})
    handed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("opened_by", "confirmed_by", "remarks")
        purpose = "Let the next shift know what stands open, and show who took it over."
        retention = "Two years."

    class Meta:
        verbose_name = _("交接班记录")
        verbose_name_plural = _("交接班记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=HandoverState.OPEN.value, handed_at=None, confirmed_at=None)
                | Q(state=HandoverState.HANDED.value, handed_at__isnull=False, confirmed_at=None)
                | Q(
                    state=HandoverState.CONFIRMED.value,
                    handed_at__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                ),
                name="shifts_handover_known_state",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("opened_by")),
                name="shifts_handover_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["street_code"],
                condition=Q(confirmed_at=None),
                name="shifts_handover_one_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["street_code", "-opened_at"], name="shifts_handover_of_street")
        ]

    def __str__(self) -> str:
        return f"{self.street_code} {self.pk}"


class HandoverPoint(models.Model):
    """What the next is asked to do; fixed once the hand-over is confirmed."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    case_number = models.CharField(max_length=24, blank=True, db_default="")
    text = models.CharField(max_length=MOST_POINT)

    class Privacy:
        data = ("text",)
        purpose = "Let the next shift go on where this one stopped."
        retention = "Two years, with the hand-over."

    class Meta:
        verbose_name = _("交班待办")
        verbose_name_plural = _("交班待办")
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "position"], name="shifts_handoverpoint_in_order"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="shifts_handoverpoint_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}.{self.position}"


class PointTick(models.Model):
    """A point is done, and who says so."""

    point = models.OneToOneField(HandoverPoint, on_delete=models.CASCADE, related_name="tick")
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ticked_at = models.DateTimeField()

    class Privacy:
        data = ("ticked_by", "ticked_at")
        purpose = "Know what is done of what was handed over."
        retention = "Two years, with the hand-over."

    class Meta:
        verbose_name = _("待办办结")
        verbose_name_plural = _("待办办结")

    def __str__(self) -> str:
        return f"{self.point_id}"
