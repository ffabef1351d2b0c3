"""The case: one matter from the report to its end. Nothing here says who reported it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.ids import new_id
from linli.spine.cases.terms import ENDS, OPEN_STEPS, CaseKind, Channel, Level, Step, Visibility

_ENDS = [step.value for step in Step if step in ENDS]
_OPEN = [step.value for step in OPEN_STEPS]
_UNFILED = ["verifying", "filing", "declined", "void", "settled", "merged"]
# What lists are narrowed by lies in the indexes too: most cases looked at need not be read.
_FILTERED = ["channel", "level", "community", "due_at"]
_SELDOM_ENDS = ["declined", "void", "settled", "merged"]
_OTHER_LEVELS = ["grid", "community", "district"]
_UNDISPATCHED = [*_UNFILED, "dispatching"]


class Case(models.Model):
    """One matter and where it stands; a projection of its events.

    Legal states are the steps of `rules.procedure`. `due_at` is when the clock of the present
    step runs out, empty at an end and while a case is pending; `handle_due_at` when handling is
    due now; `promised_at` what the reporter was told at the first dispatch. `version` grows with
    every change of step.
    `grid` stays empty while the place is unknown, outside or doubtful: the clerk places it.
    `reroute_lead` is whom routing proposes instead, after category or place changed under way.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=12, default=CaseKind.INCIDENT.value)
    procedure = models.CharField(max_length=20, default="incident")
    step = models.CharField(max_length=12)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    category = models.ForeignKey(
        "cases.Category", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    level = models.CharField(max_length=12, default="street")
    street = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    community = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    grid = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    h3 = models.BigIntegerField(null=True)
    address = models.CharField(max_length=200, blank=True)
    place_note = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=12)
    original_number = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reroute_lead = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    visibility = models.CharField(max_length=8, default=Visibility.PUBLIC.value)
    about_organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    finder = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_urgent = models.BooleanField(default=False)
    is_suspicious_place = models.BooleanField(default=False)
    is_overdue = models.BooleanField(default=False)
    rework_count = models.PositiveIntegerField(default=0)
    return_count = models.PositiveIntegerField(default=0)
    reported_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    handle_due_at = models.DateTimeField(null=True)
    reopen_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Privacy:
        data = ("text", "title", "address", "place_note")
        purpose = "办理反映的事项；文字可能含反映人自己写下的个人信息，对外遮盖"
        retention = "文字可按反映人请求清除，办理过程长期保存"

    class Meta:
        verbose_name = _("案件")
        verbose_name_plural = _("案件")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in Step]), name="cases_case_step_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in CaseKind]),
                name="cases_case_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="cases_case_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=[one.value for one in Visibility]),
                name="cases_case_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_ENDS, closed_at__isnull=False, due_at=None)
                | Q(step__in=_OPEN, closed_at=None),
                name="cases_case_ended_has_instant_and_no_clock",
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.PENDING.value) | Q(due_at=None, is_overdue=False),
                name="cases_case_pending_has_nothing_due",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_UNFILED) | Q(filed_at__isnull=False, category__isnull=False),
                name="cases_case_filed_has_category",
            ),
            models.CheckConstraint(
                condition=Q(step__in=_UNDISPATCHED)
                | Q(
                    dispatched_at__isnull=False,
                    promised_at__isnull=False,
                    handle_due_at__isnull=False,
                ),
                name="cases_case_dispatched_has_promise",
            ),
            models.CheckConstraint(
                condition=(Q(filed_at=None) | Q(filed_at__gte=F("reported_at")))
                & (Q(dispatched_at=None) | Q(dispatched_at__gte=F("filed_at")))
                & (Q(closed_at=None) | Q(closed_at__gte=F("reported_at"))),
                name="cases_case_instants_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None)
                | Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="cases_case_point_whole_and_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(grid=None) | Q(is_suspicious_place=False),
                name="cases_case_doubtful_place_has_no_grid",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="cases_case_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(step=Step.MERGED.value, merged_into__isnull=False)
                | (~Q(step=Step.MERGED.value) & Q(merged_into=None)),
                name="cases_case_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="cases_case_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]),
                name="cases_case_level_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["street", "-reported_at", "-id"],
                include=[*_FILTERED, "category", "grid", "step"],
                name="cases_case_by_newest",
            ),
            models.Index(
                fields=["street", "-reported_at", "-id"],
                condition=Q(step__in=_OPEN),
                include=[*_FILTERED, "category", "grid", "step"],
                name="cases_case_open_newest",
            ),
            models.Index(
                fields=["street", "channel", "-reported_at", "-id"],
                include=["level", "community", "due_at", "category", "grid", "step"],
                name="cases_case_of_channel",
            ),
            models.Index(
                fields=["street", "-is_urgent", "due_at", "reported_at", "id"],
                condition=Q(step="dispatching"),
                name="cases_case_to_dispatch",
            ),
            models.Index(
                fields=["street", "step", "due_at"],
                condition=Q(step__in=_OPEN),
                name="cases_case_work",
            ),
            models.Index(
                fields=["id"],
                condition=Q(reroute_lead__isnull=False),
                name="cases_case_rerouted",
            ),
            models.Index(
                fields=["street", "grid", "-reported_at"],
                include=["id", *_FILTERED, "category", "step"],
                name="cases_case_of_grid",
            ),
            models.Index(
                fields=["street", "category", "-reported_at"],
                include=["id", *_FILTERED, "grid", "step"],
                name="cases_case_of_category",
            ),
            models.Index(
                fields=["street", "h3", "-reported_at"],
                include=["id", *_FILTERED, "category", "grid", "step", "lon", "lat"],
                name="cases_case_around",
            ),
            models.Index(
                fields=["original_number"],
                condition=~Q(original_number=""),
                name="cases_case_by_original",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(step__in=_OPEN, is_overdue=False),
                name="cases_case_sweep",
            ),
            models.Index(
                fields=["street", "due_at", "reported_at", "id"],
                condition=Q(due_at__isnull=False),
                include=["channel", "level", "community", "category", "grid", "step"],
                name="cases_case_first_due",
            ),
            models.Index(
                fields=["street", "step", "-reported_at"],
                condition=Q(step__in=_SELDOM_ENDS),
                include=["id", *_FILTERED, "category", "grid"],
                name="cases_case_of_end",
            ),
            models.Index(
                fields=["street", "level", "-reported_at"],
                condition=Q(level__in=_OTHER_LEVELS),
                name="cases_case_by_level",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="cases_case_merged",
            ),
            models.Index(
                fields=["parent"], condition=Q(parent__isnull=False), name="cases_case_children"
            ),
            models.Index(
                fields=["split_from"],
                condition=Q(split_from__isnull=False),
                name="cases_case_split",
            ),
            models.Index(
                fields=["street", "-reported_at"],
                condition=Q(rework_count__gt=0),
                name="cases_case_reworked",
            ),
            models.Index(
                fields=["original_number"],
                condition=~Q(original_number=""),
                name="cases_case_original",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseSettings(models.Model):
    """What a sub-district sets for its cases; without a row the defaults of `rules.clocks` hold.

    `limits` maps clock names to [amount, unit]; `suspicious_points` lists [lon, lat] of default
    points that say nothing about the place. `ladder` maps rungs to [base, amount], or to nothing
    where a rung is left out; after `silent_days` working days without a word a case is silent.
    An extension is at most so many working days, more when a leader decides it. Matters within
    `duplicate_radius_m` metres and `duplicate_hours` hours are likely the same.
    """

    street = models.OneToOneField("territory.Area", on_delete=models.PROTECT, related_name="+")
    limits = models.JSONField(default=dict, blank=True)
    reopen_days = models.PositiveSmallIntegerField(null=True, blank=True)
    return_limit = models.PositiveSmallIntegerField(default=1)
    suspicious_points = models.JSONField(default=list, blank=True)
    suspicious_repeats = models.PositiveSmallIntegerField(default=20)
    ladder = models.JSONField(default=dict, blank=True)
    silent_days = models.PositiveSmallIntegerField(default=3, db_default=3)
    extension_days = models.PositiveSmallIntegerField(default=5, db_default=5)
    leader_extension_days = models.PositiveSmallIntegerField(default=20, db_default=20)
    pending_days = models.PositiveSmallIntegerField(default=365, db_default=365)
    duplicate_radius_m = models.PositiveSmallIntegerField(default=50, db_default=50)
    duplicate_hours = models.PositiveSmallIntegerField(default=24, db_default=24)
    sample_share = models.PositiveSmallIntegerField(default=10, db_default=10)
    sample_days = models.PositiveSmallIntegerField(default=3, db_default=3)
    asking_days = models.PositiveSmallIntegerField(default=2, db_default=2)

    class Privacy:
        data = ()
        purpose = "街道的办理设置，不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("街道设置")
        verbose_name_plural = _("街道设置")
