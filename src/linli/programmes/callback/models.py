"""Call-backs, their tries, wishes to leave some out, and what a sub-district has set."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.programmes.callback.terms import (
    MOST_TRIES,
    WAYS_TO_TRY,
    Cause,
    Redo,
    Result,
    Step,
    Way,
)


class Callback(models.Model):
    """One closing of one case, about which its reporter is asked; a projection of its events.

    Legal states are the steps: waiting → answered, missed, cancelled or excluded; a missed one may
    still be answered by the reporter's own rating. `organisation` led when the case was closed.
    `holder` has taken it. `policy_version` says by which settings it was made and is counted.
    Nothing here says who the reporter is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    step = models.CharField(max_length=12, default=Step.WAITING.value)
    street = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    community = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    category = models.ForeignKey(
        "cases.Category", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    policy_version = models.PositiveIntegerField()
    closed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answers_until = models.DateTimeField()
    holder = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    held_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    way = models.CharField(max_length=12, blank=True)
    solved = models.BooleanField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    redo = models.CharField(max_length=12, blank=True)
    is_excluded = models.BooleanField(default=False)

    class Privacy:
        data = ("holder",)
        purpose = "知道哪位回访员正在打，免得同一位反映人接到两次；答复不记是谁说的"
        retention = "办完即清空；答复随案件保存，说的话可按反映人请求清除"

    class Meta:
        verbose_name = _("回访")
        verbose_name_plural = _("回访")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "closed_at"], name="callback_callback_once_a_closing"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[one.value for one in Step]),
                name="callback_callback_step_known",
            ),
            models.CheckConstraint(
                condition=Q(redo__in=[one.value for one in Redo])
                & (Q(redo="") | Q(solved=False, step=Step.ANSWERED.value)),
                name="callback_callback_redo_of_unsolved",
            ),
            models.CheckConstraint(
                condition=Q(step=Step.WAITING.value, ended_at=None)
                | (~Q(step=Step.WAITING.value) & Q(ended_at__isnull=False, holder=None)),
                name="callback_callback_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(
                    step=Step.ANSWERED.value,
                    answered_at__isnull=False,
                    solved__isnull=False,
                    way__in=[one.value for one in Way],
                )
                | (
                    ~Q(step=Step.ANSWERED.value)
                    & Q(answered_at=None, solved=None, satisfaction=None, way="")
                ),
                name="callback_callback_answered_has_answer",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__gte=1, satisfaction__lte=3),
                name="callback_callback_satisfaction_one_to_three",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="callback_callback_three_tries"
            ),
            models.CheckConstraint(
                condition=Q(holder=None, held_at=None)
                | Q(holder__isnull=False, held_at__isnull=False),
                name="callback_callback_held_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("closed_at"), answers_until__gte=F("closed_at")),
                name="callback_callback_due_after_closing",
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.EXCLUDED.value) | Q(is_excluded=True),
                name="callback_callback_excluded_is_marked",
            ),
        ]
        indexes = [
            models.Index(fields=["street", "closed_at"], name="callback_callback_of_month"),
            models.Index(
                fields=["street", "due_at"],
                condition=Q(step=Step.WAITING.value),
                name="callback_callback_waiting",
            ),
            models.Index(
                fields=["street", "answered_at"],
                condition=Q(redo=Redo.WANTED.value),
                name="callback_callback_to_redo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.closed_at}"


class CallbackTry(models.Model):
    """One try to reach a reporter, on a day of its own."""

    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="attempts")
    no = models.PositiveSmallIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    way = models.CharField(max_length=12)
    result = models.CharField(max_length=16)
    made_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Privacy:
        data = ("made_by",)
        purpose = "证明确实联系过、什么时候联系的；不统计个人"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("回访记录")
        verbose_name_plural = _("回访记录")
        constraints = [
            models.UniqueConstraint(fields=["callback", "no"], name="callback_callbacktry_number"),
            models.UniqueConstraint(
                fields=["callback", "on"], name="callback_callbacktry_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(no__gte=1, no__lte=MOST_TRIES),
                name="callback_callbacktry_three_at_most",
            ),
            models.CheckConstraint(
                condition=Q(
                    way__in=[one.value for one in WAYS_TO_TRY],
                    result__in=[one.value for one in Result],
                ),
                name="callback_callbacktry_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.callback_id} {self.no}"


class Exclusion(models.Model):
    """A wish to leave a call-back out of the rates, decided by somebody else."""

    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="exclusions")
    cause = models.CharField(max_length=12)
    note = models.TextField()
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    decided_note = models.TextField(blank=True)

    class Privacy:
        data = ("asked_by", "decided_by")
        purpose = "排除要有人申请、另外的人同意，对全体工作人员公开"
        retention = "长期保存"

    class Meta:
        verbose_name = _("回访排除")
        verbose_name_plural = _("回访排除")
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=[one.value for one in Cause]),
                name="callback_exclusion_cause_known",
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, decided_by=None, decided_at=None)
                | Q(is_granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="callback_exclusion_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="callback_exclusion_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["callback"],
                condition=Q(is_granted=None) | Q(is_granted=True),
                name="callback_exclusion_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.callback_id} {self.cause}"


class CallbackSettings(models.Model):
    """What a sub-district set for its call-backs; every change is a version, none is overwritten.

    `shares` are percentages by kind of case; a kind left out is called back whole.
    """

    street = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    set_at = models.DateTimeField()
    shares = models.JSONField(default=dict)
    due_days = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    fairly_weight = models.PositiveSmallIntegerField()
    missed_weight = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()

    class Privacy:
        data = ()
        purpose = "街道自己定的回访口径"
        retention = "长期保存，以前的数字按当时的口径算"

    class Meta:
        verbose_name = _("回访设置")
        verbose_name_plural = _("回访设置")
        constraints = [
            models.UniqueConstraint(
                fields=["street", "version"], name="callback_callbacksettings_version"
            ),
            models.CheckConstraint(
                condition=Q(
                    version__gte=1,
                    due_days__gte=1,
                    answer_days__gte=1,
                    fairly_weight__lte=100,
                    missed_weight__lte=100,
                    least__gte=1,
                ),
                name="callback_callbacksettings_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.version}"
