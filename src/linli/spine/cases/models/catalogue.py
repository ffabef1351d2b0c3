"""The catalogue of matters: the standard's categories and local extensions, by effective dates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.catalogue_terms import CategoryKind, CheckedBy, category_key

_KINDS = [kind.value for kind in CategoryKind]
_UNITS = ["urgent_hours", "hours", "working_hours", "working_days", "calendar_days"]


class Category(models.Model):
    """One category in one version; a revision closes the old row and opens a new one.

    Legal states: in force (`effective_to` empty) or past. Of one kind and code at most one row is
    open. A limit is either the category's own or, marked so, the default of its major class.
    """

    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=80)
    major_code = models.CharField(max_length=16)
    major_name = models.CharField(max_length=60)
    major_name_en = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    aliases = models.CharField(max_length=200, blank=True)
    is_extension = models.BooleanField(default=False)
    is_transcribed = models.BooleanField(default=False)
    source = models.CharField(max_length=120, blank=True)
    filing_condition = models.TextField(blank=True)
    filing_condition_en = models.TextField(blank=True)
    closing_condition = models.TextField(blank=True)
    closing_condition_en = models.TextField(blank=True)
    limit_amount = models.PositiveIntegerField()
    limit_unit = models.CharField(max_length=16)
    is_default_limit = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=12, default=CheckedBy.SPOT.value)
    is_public = models.BooleanField(default=True)
    # A problem of public space that says nothing of persons.
    for_couriers = models.BooleanField(default=False)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    # Who takes over what is still open when a category has ended; empty when nobody does.
    successor_key = models.CharField(max_length=96, blank=True)

    class Privacy:
        data = ()
        purpose = "目录不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("事项类别")
        verbose_name_plural = _("事项类别")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "effective_from"],
                name="cases_category_version_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=Q(effective_to=None),
                name="cases_category_one_open",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="cases_category_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="cases_category_kind_known"),
            models.CheckConstraint(
                condition=Q(limit_unit__in=_UNITS) & Q(limit_amount__gt=0),
                name="cases_category_limit_known",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__in=[one.value for one in CheckedBy]),
                name="cases_category_check_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def key(self) -> str:
        """Kind and code joined, e.g. `matter:06012`."""
        return category_key(self.kind, self.code)


class CatalogueVersion(models.Model):
    """One row whose token changes with every change of catalogue or lists: the key of caches."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()
    changed_at = models.DateTimeField()

    class Privacy:
        data = ()
        purpose = "目录版本标记，不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("目录版本")
        verbose_name_plural = _("目录版本")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="cases_catalogueversion_single")
        ]
