"""The parent list of the office above, version by version, and what was decided about it here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.programmes.keeping.terms import Decision

from .draft import Draft


class ParentVersion(models.Model):
    """One version of the parent list; a later day makes it the newer one."""

    version = models.CharField(max_length=20, unique=True)
    source = models.CharField(max_length=100, blank=True)
    effective_from = models.DateField()
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()

    class Privacy:
        data = ("uploaded_by_id",)
        purpose = "who uploaded a parent list"
        retention = "permanent"

    class Meta:
        verbose_name = _("上级清单版本")
        verbose_name_plural = _("上级清单版本")

    def __str__(self) -> str:
        return self.version


class ParentItem(models.Model):
    """One item of a parent list as it was written; units by the names the office above uses."""

    listed = models.ForeignKey(ParentVersion, on_delete=models.CASCADE, related_name="items")
    parent_no = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, blank=True)
    lead = models.CharField(max_length=120, blank=True)
    helpers = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)

    class Privacy:
        data = ()
        purpose = "上级清单不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("上级清单条目")
        verbose_name_plural = _("上级清单条目")
        constraints = [
            models.UniqueConstraint(fields=["listed", "parent_no"], name="keeping_parentitem_once")
        ]

    def __str__(self) -> str:
        return f"{self.parent_no} {self.title}"


class ParentStance(models.Model):
    """That a sub-district adopted what a version changed, or kept its own wording, and why.

    What was adopted in a draft counts as long as the draft is not withdrawn or stopped.
    """

    street_code = models.CharField(max_length=24)
    listed = models.ForeignKey(ParentVersion, on_delete=models.CASCADE, related_name="+")
    parent_no = models.CharField(max_length=20)
    decision = models.CharField(max_length=8)
    reason = models.CharField(max_length=300, blank=True)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="+")
    decided_by_id = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Privacy:
        data = ("decided_by_id",)
        purpose = "who decided about a change of the parent list"
        retention = "kept with the list"

    class Meta:
        verbose_name = _("对上级改动的处理")
        verbose_name_plural = _("对上级改动的处理")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=[one.value for one in Decision]),
                name="keeping_parentstance_decision_known",
            ),
            models.CheckConstraint(
                condition=~Q(decision="kept") | ~Q(reason=""),
                name="keeping_parentstance_kept_says_why",
            ),
        ]
        indexes = [models.Index(fields=["street_code", "parent_no"], name="keeping_stance_of_item")]

    def __str__(self) -> str:
        return f"{self.parent_no} {self.decision}"
