"""One whistle, and what a sub-district has set for whistles."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.programmes.whistle.terms import ENDS, OPEN_STEPS, Kind, Step

_ENDS = [step.value for step in Step if step in ENDS]


class Whistle(models.Model):
    """One call to the spot and where it stands; a projection of its events.

    Legal states are the steps of `rules.procedure`. `case` is the matter it is for, if any;
    `item` the item of the list that gives the right, else `reason` says why. `caller` called;
    `keeper` follows it up, the whole side that called where there is none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=16)
    step = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    wanted = models.TextField()
    reason = models.TextField(blank=True)
    item = models.ForeignKey(
        "cases.Responsibility", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    street = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=200)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    caller = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    caller_organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    caller_area = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    judged_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    blown_at = models.DateTimeField()
    arrive_by = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    reply_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    is_fed_back = models.BooleanField(default=False)

    class Privacy:
        data = ("caller", "keeper", "judged_by")
        purpose = "说明是谁召集、谁评价，评价有异议时另找人裁定"
        retention = "长期保存，是单位之间办事的记录"

    class Meta:
        verbose_name = _("吹哨")
        verbose_name_plural = _("吹哨")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="whistle_whistle_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_ENDS, ended_at__isnull=False)
                | Q(step__in=[step.value for step in OPEN_STEPS], ended_at=None),
                name="whistle_whistle_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(reason=""),
                name="whistle_whistle_has_item_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(arrive_by__gt=models.F("blown_at")),
                name="whistle_whistle_leaves_time",
            ),
            models.CheckConstraint(
                condition=Q(is_fed_back=False) | Q(case__isnull=False),
                name="whistle_whistle_fed_back_has_case",
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.FINISHED.value)
                | Q(judged_by__isnull=False, reply_by__isnull=False),
                name="whistle_whistle_finished_is_judged",
            ),
        ]
        indexes = [
            models.Index(fields=["street", "-blown_at"], name="whistle_whistle_newest"),
            models.Index(
                fields=["keeper"],
                condition=Q(ended_at=None, keeper__isnull=False),
                name="whistle_whistle_kept",
            ),
            models.Index(
                fields=["arrive_by"],
                condition=Q(step__in=[Step.CALLED.value, Step.ON_SPOT.value]),
                name="whistle_whistle_running",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class FollowUp(models.Model):
    """A case that came of a whistle."""

    whistle = models.ForeignKey(Whistle, on_delete=models.PROTECT, related_name="follow_ups")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Privacy:
        data = ()
        purpose = "把现场发现的别的事接着办下去"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("后续案件")
        verbose_name_plural = _("后续案件")

    def __str__(self) -> str:
        return f"{self.whistle_id} {self.case_id}"


class WhistleSettings(models.Model):
    """What a sub-district has set for its whistles; what is left out is the default."""

    street = models.OneToOneField("territory.Area", on_delete=models.PROTECT, related_name="+")
    limits = models.JSONField(default=dict)
    judge_days = models.PositiveSmallIntegerField()
    reply_days = models.PositiveSmallIntegerField()
    near_m = models.PositiveIntegerField()
    position_days = models.PositiveSmallIntegerField()

    class Privacy:
        data = ()
        purpose = "街道自己定的时限"
        retention = "长期保存"

    class Meta:
        verbose_name = _("吹哨设置")
        verbose_name_plural = _("吹哨设置")
        constraints = [
            models.CheckConstraint(
                condition=Q(judge_days__gte=1, reply_days__gte=1, near_m__gte=20),
                name="whistle_whistlesettings_sensible",
            ),
            models.CheckConstraint(
                condition=Q(position_days__lte=30),
                name="whistle_whistlesettings_positions_go_in_30_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.street_id)
