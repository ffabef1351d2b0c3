"""Who is concerned: apart from the operation, opened with a reason, erased after its term."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.programmes.enforcement.terms import PartyKind


class Party(models.Model):
    """A business, a vehicle or a person; `mark` says which one without naming anybody.

    Name, plate and telephone are read only by opening them with a reason, and are emptied once
    the terms for reconsideration and suit are over. `complied_at` is set when it was put right.
    """

    operation = models.ForeignKey(
        "enforcement.Operation", on_delete=models.PROTECT, related_name="parties"
    )
    kind = models.CharField(max_length=12)
    mark = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    keep_until = models.DateField()
    complied_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("name", "plate", "phone")
        purpose = "送达告知、听取申辩、告知救济途径"
        retention = "最后一次措施后 270 天清除，执法案卷由各部门依规保存"

    class Meta:
        verbose_name = _("当事人")
        verbose_name_plural = _("当事人")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PartyKind]),
                name="enforcement_party_kind_known",
            ),
            models.CheckConstraint(condition=~Q(mark=""), name="enforcement_party_has_mark"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", plate="", phone=""),
                name="enforcement_party_erased_is_empty",
            ),
            models.UniqueConstraint(
                fields=["operation", "mark"], name="enforcement_party_mark_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["keep_until"],
                condition=Q(erased_at=None),
                name="enforcement_party_to_erase",
            )
        ]
