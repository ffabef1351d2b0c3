"""One operation of the team and what hangs on it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.programmes.enforcement.terms import (
    ENDS,
    MOST_POINTS,
    OPEN_STEPS,
    AppealKind,
    Criterion,
    Kind,
    MeasureKind,
    NoticeKind,
    Outcome,
    Serving,
    Stage,
    Step,
)

from .party import Party
from .roster import Power, Secondment

_ENDS = [step.value for step in Step if step in ENDS]


class Operation(models.Model):
    """One operation and where it stands; a projection of its events.

    Legal states are the steps of `rules.procedure`. `case` is the matter it came from, if any.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=20)
    step = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    aim = models.TextField()
    team = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    street = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=200)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    starts_at = models.DateTimeField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    commander = models.ForeignKey(
        Secondment, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_fed_back = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    public_photo_ids = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        data = ()
        purpose = "联合执法的方案与进度；当事人另行存放"
        retention = "长期保存"

    class Meta:
        verbose_name = _("联合执法行动")
        verbose_name_plural = _("联合执法行动")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]),
                name="enforcement_operation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_ENDS, ended_at__isnull=False, due_at=None)
                | Q(step__in=[step.value for step in OPEN_STEPS], ended_at=None),
                name="enforcement_operation_ended_has_instant_and_no_clock",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="enforcement_operation_withdrawn_was_published",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(summary=""),
                name="enforcement_operation_published_has_words",
            ),
            models.CheckConstraint(
                condition=Q(is_fed_back=False) | Q(case__isnull=False),
                name="enforcement_operation_fed_back_has_case",
            ),
        ]
        indexes = [
            models.Index(fields=["street", "-planned_at"], name="enforcement_operation_newest"),
            models.Index(
                fields=["-published_at"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="enforcement_operation_public",
            ),
        ]


class Participation(models.Model):
    """One member of the team takes part in one operation, perhaps until they step aside."""

    operation = models.ForeignKey(
        Operation, on_delete=models.PROTECT, related_name="participations"
    )
    secondment = models.ForeignKey(Secondment, on_delete=models.PROTECT, related_name="+")
    recused_at = models.DateTimeField(null=True)

    class Privacy:
        data = ()
        purpose = "说明谁参加了行动、谁回避了；人员在名册里"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("参加人员")
        verbose_name_plural = _("参加人员")
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "secondment"], name="enforcement_participation_once"
            )
        ]


class LegalNotice(models.Model):
    """One notice to one party: put it right, or a penalty is intended and one is heard first."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="notices")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="notices")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    wanted = models.CharField(max_length=500)
    serving = models.CharField(max_length=12)
    served_at = models.DateTimeField()
    deadline_at = models.DateTimeField()

    class Privacy:
        data = ()
        purpose = "证明依法告知；当事人另行存放"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("告知")
        verbose_name_plural = _("告知")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in NoticeKind]),
                name="enforcement_notice_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(serving__in=[way.value for way in Serving]),
                name="enforcement_notice_serving_known",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("served_at")),
                name="enforcement_notice_leaves_time",
            ),
        ]


class Evidence(models.Model):
    """A photo with who, when and where, tied by a digest; the database refuses any change."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="evidence")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    stage = models.CharField(max_length=8)
    photo_id = models.UUIDField(unique=True)
    photo_sha256 = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        Secondment, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    kept_at = models.DateTimeField()

    class Privacy:
        data = ("photo_id",)
        purpose = "执法证据；照片可能拍到人和车牌，不经人工选定不公开"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("证据")
        verbose_name_plural = _("证据")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="enforcement_evidence_stage_known",
            ),
            models.CheckConstraint(
                condition=Q(kept_at__gte=F("taken_at")), name="enforcement_evidence_kept_after"
            ),
        ]


class Measure(models.Model):
    """One department's power exercised towards one party, by officers who were present."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="measures")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="measures")
    power = models.ForeignKey(Power, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    amount_yuan = models.PositiveIntegerField(null=True)
    decision_number = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField()
    reconsider_until = models.DateField(null=True)
    officers = models.ManyToManyField(Secondment, related_name="+")

    class Privacy:
        data = ("officers",)
        purpose = "说明以哪个部门的职权、由谁在场采取了什么措施"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("措施")
        verbose_name_plural = _("措施")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MeasureKind]),
                name="enforcement_measure_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.FINE.value, amount_yuan__gt=0)
                | (~Q(kind=MeasureKind.FINE.value) & Q(amount_yuan=None)),
                name="enforcement_measure_only_a_fine_has_an_amount",
            ),
        ]


class Appeal(models.Model):
    """One objection of a party and its outcome; its words stand beside the events."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="appeals")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="appeals")
    kind = models.CharField(max_length=16)
    received_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    class Privacy:
        data = ()
        purpose = "保证当事人的申辩得到答复"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("申辩与复议")
        verbose_name_plural = _("申辩与复议")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AppealKind]),
                name="enforcement_appeal_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="")
                | Q(answered_at__isnull=False, outcome__in=[one.value for one in Outcome]),
                name="enforcement_appeal_answered_has_outcome",
            ),
        ]


class Score(models.Model):
    """The points one criterion got in the judgement of an operation."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=12)
    points = models.PositiveSmallIntegerField()

    class Privacy:
        data = ()
        purpose = "评价行动，不评价个人"
        retention = "随行动保存"

    class Meta:
        verbose_name = _("评价得分")
        verbose_name_plural = _("评价得分")
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "criterion"], name="enforcement_score_once"
            ),
            models.CheckConstraint(
                condition=Q(criterion__in=[one.value for one in Criterion]),
                name="enforcement_score_criterion_known",
            ),
            models.CheckConstraint(
                condition=Q(points__lte=MOST_POINTS), name="enforcement_score_within_points"
            ),
        ]
