"""Couriers, their reports' half-hour, and places to rest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .terms import (
    MOST_ADDRESS,
    MOST_COMPANY,
    MOST_NAME,
    MOST_REASON,
    AskedOf,
    Company,
    CourierState,
    PassedTo,
)


class Courier(models.Model):
    """Somebody who rides and takes part.

    Legal states: applied; confirmed or refused by somebody of the community (`decided_at`,
    a refusal with its reason); left. Company and community are read by those who confirm only.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    company = models.CharField(max_length=16)
    company_name = models.CharField(max_length=MOST_COMPANY, blank=True)
    street_code = models.CharField(max_length=24)
    area_code = models.CharField(max_length=24)
    state = models.CharField(max_length=12)
    applied_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=MOST_REASON, blank=True)

    class Privacy:
        data = ("account", "company", "company_name", "area_code", "decided_by", "reason")
        purpose = "Let the community confirm who reports in three taps; no employer sees any of it."
        retention = "Until the courier leaves, then a year."

    class Meta:
        verbose_name = _("小哥登记")
        verbose_name_plural = _("小哥登记")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in CourierState])
                & Q(company__in=[one.value for one in Company]),
                name="couriers_courier_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=CourierState.REFUSED.value) | ~Q(reason=""),
                name="couriers_courier_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("account")),
                name="couriers_courier_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Asked(models.Model):
    """A courier's report that is to be accepted or passed on by `answer_by`.

    Legal states: waiting; answered, accepted or passed on (`passed_to`); late once marked.
    """

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    courier = models.ForeignKey(
        Courier, null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    asked_of = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    late_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    passed_to = models.CharField(max_length=12, blank=True)

    class Privacy:
        data = ("courier", "answered_by")
        purpose = "Answer a courier within half an hour, and show them their own record."
        retention = "With the case; the courier's name goes when they leave."

    class Meta:
        verbose_name = _("小哥上报的答复")
        verbose_name_plural = _("小哥上报的答复")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_of__in=[one.value for one in AskedOf])
                & Q(passed_to__in=["", *(one.value for one in PassedTo)]),
                name="couriers_asked_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, passed_to="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="couriers_asked_answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=Q(answered_at=None, late_at=None),
                name="couriers_asked_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class RestPlace(models.Model):
    """A place to rest, in use or given up (`closed_at`); what there is stands as codes."""

    name = models.CharField(max_length=MOST_NAME)
    name_en = models.CharField(max_length=MOST_NAME, blank=True)
    street_code = models.CharField(max_length=24)
    area_code = models.CharField(max_length=24)
    address = models.CharField(max_length=MOST_ADDRESS)
    lon = models.FloatField()
    lat = models.FloatField()
    weekdays = models.CharField(max_length=7)
    spans = models.JSONField()
    on_holidays = models.BooleanField(default=False)
    comforts = models.JSONField(default=list, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("opened_by",)
        purpose = "Show couriers and everybody else where to warm up."
        retention = "As long as the place is in use, then ten years."

    class Meta:
        verbose_name = _("歇脚点")
        verbose_name_plural = _("歇脚点")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address=""), name="couriers_restplace_can_be_found"
            ),
        ]

    def __str__(self) -> str:
        return self.name
