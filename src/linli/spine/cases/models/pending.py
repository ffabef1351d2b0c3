"""The pending register 挂账: what was asked for, who decided, until when a case rests."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms.pending import MEASURE_LENGTH, POST_LENGTH, Obstacle

from .case import Case
from .work import Clock

_ON_REGISTER = Q(is_granted=True, ended_at=None)


class Pending(models.Model):
    """One request to put a case onto the register, or to keep it there longer.

    Legal states: asked → refused, or granted → ended (woken, renewed by another, voided), decided
    by somebody else than asked. `since` is when the case went onto the register and is handed on
    when it is renewed; `resumed_due_at` is when handling was due after waking. One whose clock has
    stopped meanwhile is about nothing any more.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pendings")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    no = models.PositiveSmallIntegerField()
    obstacle = models.CharField(max_length=12)
    measure = models.CharField(max_length=MEASURE_LENGTH)
    owner = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    post = models.CharField(max_length=POST_LENGTH, blank=True)
    wake_at = models.DateTimeField()
    is_renewal = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    resumed_due_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("asked_by", "decided_by")
        purpose = "记录谁申请挂账、谁批准"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("挂账")
        verbose_name_plural = _("挂账")
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="cases_pending_number_once"),
            models.UniqueConstraint(
                fields=["clock"], condition=Q(decided_at=None), name="cases_pending_one_open"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=_ON_REGISTER, name="cases_pending_once_on_register"
            ),
            models.CheckConstraint(
                condition=Q(obstacle__in=[one.value for one in Obstacle]),
                name="cases_pending_obstacle_known",
            ),
            models.CheckConstraint(
                condition=~Q(measure="") & Q(wake_at__gt=F("asked_at")),
                name="cases_pending_says_what_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_granted=None, decided_by=None)
                | Q(decided_at__gte=F("asked_at"), is_granted__isnull=False),
                name="cases_pending_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="cases_pending_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    is_granted=True, since__lte=F("decided_at"), wake_at__gt=F("decided_at")
                )
                | Q(Q(is_granted=None) | Q(is_granted=False), since=None, ended_at=None),
                name="cases_pending_granted_rests",
            ),
            models.CheckConstraint(
                condition=(Q(ended_at=None) | Q(ended_at__gte=F("decided_at")))
                & (Q(resumed_due_at=None) | Q(ended_at__isnull=False)),
                name="cases_pending_instants_in_order",
            ),
        ]
        indexes = [
            models.Index(
                fields=["since", "id"], condition=_ON_REGISTER, name="cases_pending_oldest"
            ),
            models.Index(fields=["wake_at"], condition=_ON_REGISTER, name="cases_pending_wakes"),
            models.Index(fields=["case"], condition=Q(decided_at=None), name="cases_pending_open"),
        ]
