"""Areas in their versions, the version of the whole, and the record of imports."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .plan_terms import PlanState
from .terms import KIND_LABELS, PLACE_KIND_LABELS, AreaKind, CoordinateSystem, PlaceKind


class Words(models.Func):
    """The signs and pairs of signs of some texts; the function stands in the migration."""

    function = "territory_words"
    output_field = SearchVectorField()


class Area(models.Model):
    """One version of an area, in force from `valid_from` until the day before `valid_to`.

    `geometry` is GeoJSON Polygon or MultiPolygon in WGS-84; `lon` and `lat` are the point its
    label stands on. Containment is by code prefix (`terms.code_prefix`); `parent` is the version
    of the area one level up that was in force when this one was entered. The migration adds
    `territory_area_one_version_a_day`: periods of one code never overlap.
    """

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ()
        purpose = "areas hold no personal data"
        retention = "kept: history stays readable"

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=24)
    kind = models.CharField(max_length=12, choices=[(k.value, KIND_LABELS[k]) for k in AreaKind])
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    geometry = models.JSONField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area_m2 = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)
    alias = models.CharField(max_length=200, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=100, blank=True)
    words = models.GeneratedField(
        expression=Words("name", "name_en", "address", "alias", "pinyin"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("各级区域")
        verbose_name_plural = _("各级区域")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="territory_area_once"),
            models.CheckConstraint(
                condition=Q(kind="unit", code__regex=r"^\d{20}$")
                | Q(kind="building", code__regex=r"^\d{18}$")
                | Q(kind="grid", code__regex=r"^\d{15}$")
                | Q(kind="community", code__regex=r"^\d{12}$")
                | Q(kind="street", code__regex=r"^\d{9}000$")
                | Q(kind="district", code__regex=r"^\d{6}0{6}$")
                | Q(kind="city", code__regex=r"^\d{4}0{8}$")
                | Q(kind="province", code__regex=r"^\d{2}0{10}$"),
                name="territory_area_code_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="territory_area_period_forward",
            ),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None)
                | Q(
                    lon__isnull=False,
                    lat__isnull=False,
                    lon__gte=-180,
                    lon__lte=180,
                    lat__gte=-90,
                    lat__lte=90,
                ),
                name="territory_area_label_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(area_m2=None) | Q(area_m2__gt=0), name="territory_area_size_positive"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="territory_area_has_name"),
        ]
        indexes = [
            models.Index(
                fields=["code"], opclasses=["varchar_pattern_ops"], name="territory_area_within"
            ),
            models.Index(fields=["kind", "code"], name="territory_area_by_kind"),
            GinIndex(fields=["words"], name="territory_area_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PlaceName(models.Model):
    """A name people use for a place: another name of an area, or a gate, crossing or shop.

    Legal states: in use, or closed at an instant; never changed. An alias has an `area_code` (the
    code, so that it outlives a redrawn area) and no point; else it has a point, and `within_code`
    is the area that holds it. `pinyin` holds initials and the whole spelling.
    """

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ("added_by_id",)
        purpose = "find a place as people name it; who added a name answers for it"
        retention = "kept with the territory; a closed name is no longer found"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(
        max_length=12, choices=[(k.value, PLACE_KIND_LABELS[k]) for k in PlaceKind]
    )
    name = models.CharField(max_length=100)
    area_code = models.CharField(max_length=24, blank=True)
    within_code = models.CharField(max_length=24)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)
    pinyin = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=100, blank=True)
    added_by_id = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    words = models.GeneratedField(
        expression=Words("name", "address", "pinyin"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("地名")
        verbose_name_plural = _("地名")
        constraints = [
            models.UniqueConstraint(
                fields=["name", "within_code"],
                condition=Q(closed_at=None),
                name="territory_placename_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PlaceKind]),
                name="territory_placename_kind_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="territory_placename_has_name"),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) & ~Q(area_code="")
                | Q(area_code="", lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="territory_placename_names_area_or_point",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("added_at")),
                name="territory_placename_closed_after_added",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="territory_placename_words"),
            models.Index(
                fields=["area_code"],
                condition=Q(closed_at=None),
                name="territory_placename_of_area",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryVersion(models.Model):
    """One row; its token changes with every change of an area, so that locators rebuild.

    A token rather than a counter: a change undone by its transaction never shares its token
    with a later one.
    """

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ()
        purpose = "a change mark"
        retention = "one row"

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("辖区版本")
        verbose_name_plural = _("辖区版本")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="territory_version_single"),
        ]


class AreaImport(models.Model):
    """One file taken over: what came in, in which coordinate system, by whom."""

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ("imported_by_id",)
        purpose = "who answers for a change of the territory"
        retention = "kept with the territory"

    id = models.BigAutoField(primary_key=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.BinaryField(max_length=32)
    coordinate_system = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in CoordinateSystem], blank=True
    )
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    redrawn = models.PositiveIntegerField()
    warnings = models.JSONField(default=list)
    imported_by_id = models.BigIntegerField(null=True)
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("区域导入")
        verbose_name_plural = _("区域导入")

    def __str__(self) -> str:
        return f"{self.file_name} {self.imported_at:%Y-%m-%d}"


class RedrawPlan(models.Model):
    """Changes of grids collected for one day: a draft, then approved by another, then in effect.

    Legal states: draft (steps may change), approved (waits for its day), applied, withdrawn
    before its day, or stopped (on its day it could not be done; `stopped_code` says why).
    `steps` are `plan_terms.PlanStep` by kind; `kept_posts` are appointments by grid code, ids of
    a room above; `touched` are the codes of the grids it changes, fixed when it is approved.
    """

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ("drafted_by_id", "approved_by_id", "ended_by_id")
        purpose = "who answers for a change of the territory"
        retention = "kept with the territory"

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=100)
    reason = models.CharField(max_length=500, blank=True)
    within_code = models.CharField(max_length=24)
    effective_on = models.DateField()
    state = models.CharField(max_length=12, default=PlanState.DRAFT.value)
    revision = models.PositiveIntegerField(default=1)
    steps = models.JSONField(default=list)
    kept_posts = models.JSONField(default=dict)
    touched = models.JSONField(default=list)
    drafted_by_id = models.BigIntegerField()
    drafted_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_role = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_code = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("网格调整方案")
        verbose_name_plural = _("网格调整方案")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PlanState]),
                name="territory_plan_state_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="territory_plan_has_title"),
            models.CheckConstraint(
                condition=Q(approved_by_id=None) | ~Q(approved_by_id=F("drafted_by_id")),
                name="territory_plan_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "applied"])
                | Q(approved_by_id__isnull=False, approved_at__isnull=False),
                name="territory_plan_approved_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved"], ended_at=None)
                | Q(state__in=["applied", "withdrawn", "stopped"], ended_at__isnull=False),
                name="territory_plan_ended_has_instant",
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_on"],
                condition=Q(state="approved"),
                name="territory_plan_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AreaHeir(models.Model):
    """One version of an area passed ground to another on the day a plan took effect.

    `share` is the part of the former's ground that passed, 0 to 1; of a building it is 1.
    """

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ()
        purpose = "areas hold no personal data"
        retention = "kept: history stays readable"

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(RedrawPlan, on_delete=models.PROTECT, related_name="heirs")
    former = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="heirs")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="formers")
    share = models.FloatField()

    class Meta:
        verbose_name = _("区域沿革")
        verbose_name_plural = _("区域沿革")
        constraints = [
            models.UniqueConstraint(fields=["former", "area"], name="territory_heir_once"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="territory_heir_share_is_part"
            ),
            models.CheckConstraint(
                condition=~Q(former=F("area")), name="territory_heir_is_another_version"
            ),
        ]


class GridDuty(models.Model):
    """A duty that a version of a grid took over from a grid one department had drawn."""

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ()
        purpose = "duties of areas hold no personal data"
        retention = "kept: history stays readable"

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="duties")
    title = models.CharField(max_length=100)
    department = models.CharField(max_length=100)
    former_grid = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("网格职责")
        verbose_name_plural = _("网格职责")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "title", "department", "former_grid"],
                name="territory_duty_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="territory_duty_has_title"),
        ]
