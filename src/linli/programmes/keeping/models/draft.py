"""Drafts of a next version of the catalogue or of a list, and what each changes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.programmes.keeping.terms import DraftState, Matter, Op


class Draft(models.Model):
    """Changes collected for one day: a draft, then approved by another, then in effect.

    Legal states: draft (changes may come), approved (waits for its day), applied, withdrawn before
    its day, or stopped (on its day it could not be done; `stopped_message` says why, a message id).
    `asked_revision` is what somebody was last asked to approve.
    """

    matter = models.CharField(max_length=12)
    street_code = models.CharField(max_length=24)
    title = models.CharField(max_length=100)
    version = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField()
    state = models.CharField(max_length=12, default=DraftState.DRAFT.value)
    revision = models.PositiveIntegerField(default=1)
    asked_revision = models.PositiveIntegerField(default=0, db_default=0)
    drafted_by_id = models.BigIntegerField()
    drafted_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_role = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_message = models.CharField(max_length=500, blank=True)
    stopped_params = models.JSONField(default=dict)

    class Privacy:
        data = ("drafted_by_id", "approved_by_id", "ended_by_id")
        purpose = "who answers for a change of catalogue and lists"
        retention = "kept with the catalogue"

    class Meta:
        verbose_name = _("修订草案")
        verbose_name_plural = _("修订草案")
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__in=[one.value for one in Matter]),
                name="keeping_draft_matter_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in DraftState]),
                name="keeping_draft_state_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="keeping_draft_has_title"),
            models.CheckConstraint(
                condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("drafted_by_id")),
                name="keeping_draft_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "applied"])
                | Q(approved_by_id__isnull=False, approved_at__isnull=False),
                name="keeping_draft_approved_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved"], ended_at=None)
                | Q(state__in=["applied", "withdrawn", "stopped"], ended_at__isnull=False),
                name="keeping_draft_ended_has_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_on"],
                condition=Q(state="approved"),
                name="keeping_draft_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DraftChange(models.Model):
    """What a draft does to one category or item; `base` holds what the fields were before."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=96)
    op = models.CharField(max_length=8)
    fields = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    successor = models.CharField(max_length=96, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by_id = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Privacy:
        data = ("changed_by_id",)
        purpose = "who wrote a change of catalogue and lists"
        retention = "kept with the catalogue"

    class Meta:
        verbose_name = _("草案里的改动")
        verbose_name_plural = _("草案里的改动")
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="keeping_draftchange_once"),
            models.CheckConstraint(
                condition=Q(op__in=[one.value for one in Op]), name="keeping_draftchange_op_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.key}"
