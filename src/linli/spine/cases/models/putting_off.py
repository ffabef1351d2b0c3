"""Putting off: extensions 延期 asked for and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms.putting_off import Cause

from .case import Case
from .work import Clock


class Extension(models.Model):
    """More time that the lead asked for on the clock of handling, and who decided it.

    Legal states: asked, granted or refused, by somebody else than the one who asked. One whose
    clock has stopped meanwhile is about nothing any more and is never decided.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extensions")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    no = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=12)
    until = models.DateTimeField()
    former_due_at = models.DateTimeField()
    needs_leader = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Privacy:
        data = ("asked_by", "decided_by")
        purpose = "记录谁申请延期、谁决定"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="cases_extension_number_once"),
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(decided_at=None),
                name="cases_extension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=[cause.value for cause in Cause]),
                name="cases_extension_cause_known",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("former_due_at"), former_due_at__gte=F("asked_at")),
                name="cases_extension_in_time_and_later",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_granted=None, decided_by=None)
                | Q(decided_at__gte=F("asked_at"), is_granted__isnull=False),
                name="cases_extension_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="cases_extension_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"], condition=Q(decided_at=None), name="cases_extension_open"
            ),
        ]
