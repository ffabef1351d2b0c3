"""Supervision 督办: rungs that were reached, and what leaders instructed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms.supervision import Rung, Way

from .case import Case
from .ladder import OnLadder, to_climb, to_plan
from .work import Assignment, Clock

_RUNGS = [rung.value for rung in Rung]
_INSTRUCTION_RUNS = Q(answered_at=None, withdrawn_at=None)


class Instruction(OnLadder):
    """What a leader instructed on a case 批示, typed in by the office, with a clock of its own.

    Legal states: open, answered in one line by the addressee, or withdrawn by the office. Without
    an organisation the centre answers.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="instructions")
    no = models.PositiveSmallIntegerField()
    instructed_by = models.CharField(max_length=60)
    way = models.CharField(max_length=12)
    words = models.CharField(max_length=500)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    limit_amount = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=16)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    answered_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("instructed_by", "words", "answer", "answered_by")
        purpose = "记录领导批示了什么、由谁在什么时候回复"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("领导批示")
        verbose_name_plural = _("领导批示")
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="cases_instruction_number_once"),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="cases_instruction_way_known"
            ),
            models.CheckConstraint(
                condition=Q(promised_at__gte=F("given_at")) & Q(due_at__gte=F("promised_at")),
                name="cases_instruction_never_backward",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__gte=F("given_at")),
                name="cases_instruction_answered_after",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(withdrawn_at=None),
                name="cases_instruction_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=_INSTRUCTION_RUNS, name="cases_instruction_open"
            ),
            models.Index(
                fields=["ladder_at"],
                condition=to_climb(_INSTRUCTION_RUNS),
                name="cases_instruction_climbs",
            ),
            models.Index(
                fields=["due_at"],
                condition=to_plan(_INSTRUCTION_RUNS),
                name="cases_instruction_unplanned",
            ),
        ]


class RungMark(models.Model):
    """One rung that one clock, task or instruction reached; never twice."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rung_marks")
    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    task = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    instruction = models.ForeignKey(
        Instruction, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    rung = models.CharField(max_length=8)
    at = models.DateTimeField()
    is_by_hand = models.BooleanField(default=False)

    class Privacy:
        data = ()
        purpose = "记录时限到了哪一级督办，不含个人信息"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("督办记录")
        verbose_name_plural = _("督办记录")
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "rung"],
                condition=Q(clock__isnull=False),
                name="cases_rungmark_clock_once",
            ),
            models.UniqueConstraint(
                fields=["task", "rung"],
                condition=Q(task__isnull=False),
                name="cases_rungmark_task_once",
            ),
            models.UniqueConstraint(
                fields=["instruction", "rung"],
                condition=Q(instruction__isnull=False),
                name="cases_rungmark_instruction_once",
            ),
            models.CheckConstraint(condition=Q(rung__in=_RUNGS), name="cases_rungmark_rung_known"),
            models.CheckConstraint(
                condition=Q(clock__isnull=False, task=None, instruction=None)
                | Q(clock=None, task__isnull=False, instruction=None)
                | Q(clock=None, task=None, instruction__isnull=False),
                name="cases_rungmark_of_one_thing",
            ),
        ]
