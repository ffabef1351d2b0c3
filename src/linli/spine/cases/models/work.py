"""What hangs on a case: assignments, clocks, photos, ratings."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms import AssignmentState, ClockName, Duty, PhotoStage

from .case import Case
from .ladder import OnLadder, to_climb, to_plan

_OPEN = [
    AssignmentState.OFFERED.value,
    AssignmentState.ACCEPTED.value,
    AssignmentState.REPORTED.value,
]
_ENDED = [
    AssignmentState.RETURNED.value,
    AssignmentState.DONE.value,
    AssignmentState.WITHDRAWN.value,
]
_UNDER_WAY = [AssignmentState.OFFERED.value, AssignmentState.ACCEPTED.value]
_TASK_RUNS = Q(duty=Duty.TASK.value, state__in=_UNDER_WAY)
_TIMED_TASK_RUNS = _TASK_RUNS & Q(due_at__isnull=False)
_CLOCK_RUNS = Q(stopped_at=None)


class Assignment(OnLadder):
    """This organisation or person handles, helps with, checks or supervises this case.

    Legal states: offered → accepted → done, offered → returned (citing a responsibility, never
    when binding), offered or accepted → withdrawn. `promised_at` stays as made at dispatch;
    `due_at` changes only by a recorded act and never moves before the promise.

    A task is one of several assignments of one case, with a number within it, what is to be done,
    and a clock of its own: offered → accepted → reported → done, or back to accepted when the
    check finds it wanting. `replaces_no` names the task it was given out instead of. `limit_unit`
    says what a task's time is counted in; what was given out before it was kept has none.
    `earlier_account_ids` are those who had it in hand and passed it on when they left: who once
    handled a case never checks it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    duty = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    responsibility = models.ForeignKey(
        "cases.Responsibility",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    returned_for = models.ForeignKey(
        "cases.Responsibility",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    reason_code = models.CharField(max_length=60, blank=True)
    reason_params = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12)
    offered_at = models.DateTimeField()
    accept_by = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    is_binding = models.BooleanField(default=False)
    task_no = models.PositiveSmallIntegerField(null=True)
    replaces_no = models.PositiveSmallIntegerField(null=True)
    brief = models.CharField(max_length=500, blank=True, db_default="")
    reported_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    rework_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    limit_unit = models.CharField(max_length=16, blank=True, default="", db_default="")
    earlier_account_ids = models.JSONField(default=list, blank=True, db_default=[])

    class Privacy:
        data = ("account", "earlier_account_ids", "brief")
        purpose = "记录由谁承办、核查，以及要办什么"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("承办")
        verbose_name_plural = _("承办")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(duty=Duty.LEAD.value, state__in=_OPEN),
                name="cases_assignment_one_open_lead",
            ),
            models.CheckConstraint(
                condition=Q(duty__in=[duty.value for duty in Duty]),
                name="cases_assignment_duty_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, finished_at=None)
                | Q(state__in=_ENDED, finished_at__isnull=False),
                name="cases_assignment_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(account__isnull=False),
                name="cases_assignment_names_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.RETURNED.value)
                | Q(returned_for__isnull=False, is_binding=False),
                name="cases_assignment_return_cites_responsibility",
            ),
            models.CheckConstraint(
                condition=(Q(accepted_at=None) | Q(accepted_at__gte=F("offered_at")))
                & (Q(finished_at=None) | Q(finished_at__gte=F("offered_at")))
                & (Q(accept_by=None) | Q(accept_by__gte=F("offered_at")))
                & (Q(due_at=None) | Q(due_at__gte=F("promised_at"))),
                name="cases_assignment_instants_in_order",
            ),
            models.UniqueConstraint(
                fields=["case", "task_no"],
                condition=Q(task_no__isnull=False),
                name="cases_assignment_task_number_once",
            ),
            models.CheckConstraint(
                condition=Q(duty=Duty.TASK.value, task_no__isnull=False, organisation__isnull=False)
                | (~Q(duty=Duty.TASK.value) & Q(task_no=None)),
                name="cases_assignment_task_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.REPORTED.value) | Q(duty=Duty.TASK.value),
                name="cases_assignment_only_tasks_wait_for_check",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "case"],
                include=["state", "duty"],
                condition=Q(organisation__isnull=False),
                name="cases_assignment_by_unit",
            ),
            models.Index(
                fields=["organisation"],
                include=["due_at"],
                condition=Q(duty__in=[Duty.LEAD.value, Duty.TASK.value], state__in=_OPEN),
                name="cases_assignment_in_hand",
            ),
            models.Index(
                fields=["accept_by"],
                condition=Q(duty=Duty.LEAD.value, state=AssignmentState.OFFERED.value),
                name="cases_assignment_silent",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(duty=Duty.TASK.value, state__in=_OPEN),
                name="cases_assignment_open_tasks",
            ),
            models.Index(
                fields=["ladder_at"],
                condition=to_climb(_TASK_RUNS),
                name="cases_assignment_climbs",
            ),
            models.Index(
                fields=["due_at"],
                condition=to_plan(_TIMED_TASK_RUNS),
                name="cases_assignment_unplanned",
            ),
        ]

    def was_with(self, account_id: int) -> bool:
        """Say whether somebody has it in hand, or passed it on when they left."""
        return account_id == self.account_id or account_id in self.earlier_account_ids


class Clock(OnLadder):
    """One clock of one step: what was promised when it started and when it is due now.

    `counts_from` is from when its time counts once it has rested on the register: the start moved
    on by as much as did not count.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    name = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    counts_from = models.DateTimeField(null=True)
    limit_amount = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=16)
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    class Privacy:
        data = ()
        purpose = "计算办理时限，不含个人信息"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("案件时限")
        verbose_name_plural = _("案件时限")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name"],
                condition=Q(stopped_at=None),
                name="cases_clock_one_running",
            ),
            models.CheckConstraint(
                condition=Q(name__in=[name.value for name in ClockName]),
                name="cases_clock_name_known",
            ),
            models.CheckConstraint(
                condition=Q(promised_at__gte=F("started_at")) & Q(due_at__gte=F("promised_at")),
                name="cases_clock_never_backward",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("started_at")),
                name="cases_clock_stops_after_start",
            ),
            models.CheckConstraint(
                condition=Q(counts_from=None) | Q(counts_from__gte=F("started_at")),
                name="cases_clock_counts_from_start_on",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at=None) | Q(name=ClockName.HANDLE.value),
                name="cases_clock_only_handling_rests",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ladder_at"], condition=to_climb(_CLOCK_RUNS), name="cases_clock_climbs"
            ),
            models.Index(
                fields=["due_at"], condition=to_plan(_CLOCK_RUNS), name="cases_clock_unplanned"
            ),
        ]


class CasePhoto(models.Model):
    """A stored photo of a case and the stage it shows; `task_no` where it is about one task."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photos")
    photo_id = models.UUIDField()
    stage = models.CharField(max_length=12)
    event_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    is_approved = models.BooleanField(default=False)
    task_no = models.PositiveSmallIntegerField(null=True)

    class Privacy:
        data = ("photo_id",)
        purpose = "照片作为办理证据；经人工审核后方可公开"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("案件照片")
        verbose_name_plural = _("案件照片")
        constraints = [
            models.UniqueConstraint(fields=["case", "photo_id"], name="cases_casephoto_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in PhotoStage]),
                name="cases_casephoto_stage_known",
            ),
        ]
        indexes = [models.Index(fields=["photo_id"], name="cases_casephoto_photo")]


class Rating(models.Model):
    """What the reporter said of one closing; once per closing."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    closed_at = models.DateTimeField()
    solved = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()
    event_id = models.UUIDField()

    class Privacy:
        data = ()
        purpose = "了解办理结果是否令人满意；不记评价人"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("案件评价")
        verbose_name_plural = _("案件评价")
        constraints = [
            models.UniqueConstraint(fields=["case", "closed_at"], name="cases_rating_once"),
            models.CheckConstraint(
                condition=Q(satisfaction__gte=1, satisfaction__lte=3),
                name="cases_rating_from_one_to_three",
            ),
        ]
