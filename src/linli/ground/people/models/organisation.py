"""Bodies that answer for something: offices, departments, companies, teams, alliances."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms import OrganisationKind


class Organisation(models.Model):
    """One body; `parent` is its superior, to whom a complaint about it goes.

    `members_count` is a number it states; its members' names are not kept.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, db_default="")
    kind = models.CharField(max_length=24)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subordinates"
    )
    area = models.ForeignKey(
        "territory.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    members_count = models.PositiveIntegerField(default=0, db_default=0)
    is_active = models.BooleanField(default=True, db_default=True)

    class Privacy:
        data = ()
        purpose = "Bodies, not persons; members are counted, never listed."
        retention = "Kept; a dissolved body becomes inactive."

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in OrganisationKind]),
                name="people_organisation_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="people_organisation_not_its_own_superior",
            ),
        ]
        indexes = [models.Index(fields=["kind"], name="people_organisation_by_kind")]

    def __str__(self) -> str:
        return self.name
