"""What ties cases together and what is learned from them: merges, reminders, precedents."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms import Channel

from .case import Case
from .catalogue import Category


class Merge(models.Model):
    """One case merged into another, and how it stood before, so that it can be taken back exactly.

    Legal states: in force (`undone_at` empty) or undone; a case is merged once at a time. `held`
    keeps step, due time, running clocks and open assignments by their ids.
    """

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    held = models.JSONField(default=dict)

    class Privacy:
        data = ()
        purpose = "并案可以原样撤销；只记编号、环节和时限"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("并案")
        verbose_name_plural = _("并案")
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at=None), name="cases_merge_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="cases_merge_of_two_cases"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("merged_at")),
                name="cases_merge_undone_after",
            ),
        ]


class Reminder(models.Model):
    """Somebody asked again about a case: by which channel and when, never who."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reminders")
    channel = models.CharField(max_length=12)
    reminded_at = models.DateTimeField()
    event_id = models.UUIDField(unique=True)

    class Privacy:
        data = ()
        purpose = "让承办单位知道有人催办；不记是谁"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("催办")
        verbose_name_plural = _("催办")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="cases_reminder_channel_known",
            ),
        ]


class Precedent(models.Model):
    """The centre ruled after a return: this unit handles such matters there, until withdrawn.

    `area` is the smallest area the ruling is read for; `against` the unit that had returned it.
    """

    street = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    against = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    event_id = models.UUIDField(unique=True)
    ruled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        data = ()
        purpose = "同类事项再次派遣时可以对照；理由的文字在案件经过里"
        retention = "permanent"

    class Meta:
        verbose_name = _("裁定先例")
        verbose_name_plural = _("裁定先例")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("ruled_at")),
                name="cases_precedent_withdrawn_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["street", "category"],
                condition=Q(withdrawn_at=None),
                name="cases_precedent_in_force",
            ),
        ]
