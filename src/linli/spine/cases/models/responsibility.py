"""Lists of responsibilities: who leads and who helps, for what, where, on what basis."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.catalogue_terms import ResponsibilityKind

from .catalogue import Category


def no_majors() -> list[str]:
    """Start an item without major classes (the field `list` below hides the built-in)."""
    return []


_KINDS = [kind.value for kind in ResponsibilityKind]


class ResponsibilityList(models.Model):
    """One version of a sub-district's list; versions of one sub-district never overlap in time."""

    version = models.CharField(max_length=20)
    street = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Privacy:
        data = ()
        purpose = "职责清单不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("职责清单")
        verbose_name_plural = _("职责清单")
        constraints = [
            models.UniqueConstraint(
                fields=["street", "version"], name="cases_responsibilitylist_once"
            ),
            models.UniqueConstraint(
                fields=["street"],
                condition=Q(effective_to=None),
                name="cases_responsibilitylist_one_open",
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="cases_responsibilitylist_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.version


class Responsibility(models.Model):
    """One item of a list: explicit categories, or whole major classes as a fallback."""

    list = models.ForeignKey(ResponsibilityList, on_delete=models.PROTECT, related_name="items")
    item_no = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12)
    lead = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    helpers = models.ManyToManyField("people.Organisation", related_name="+", blank=True)
    basis = models.CharField(max_length=300, blank=True)
    basis_en = models.CharField(max_length=300, blank=True)
    categories = models.ManyToManyField(Category, related_name="+", blank=True)
    majors = models.JSONField(default=no_majors, blank=True)
    # Number of the item of the parent list this one is derived from.
    parent_no = models.CharField(max_length=20, blank=True)
    area = models.ForeignKey(
        "territory.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Privacy:
        data = ()
        purpose = "职责清单不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("清单条目")
        verbose_name_plural = _("清单条目")
        constraints = [
            models.UniqueConstraint(
                fields=["list", "item_no"], name="cases_responsibility_item_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_KINDS), name="cases_responsibility_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_no} {self.title}"
