"""Who serves in the team, sent by whom, and what each department may do by law."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from linli.programmes.enforcement.terms import Kind, Way


def _only(column: Combinable, function: str = "int8range") -> Func:
    return Func(column, column, Value("[]"), function=function)


def _term() -> Func:
    return Func(F("seconded_from"), F("seconded_until"), Value("[]"), function="daterange")


_OVERLAPS = RangeOperators.OVERLAPS


class Secondment(models.Model):
    """One person sent to the team by a home department, from a day to a day (both included).

    The home department keeps the person's post and powers; the sub-district commands daily.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    badge_number = models.CharField(max_length=40)
    is_officer = models.BooleanField(default=True)
    seconded_from = models.DateField()
    seconded_until = models.DateField(null=True)

    class Privacy:
        data = ("person", "badge_number")
        purpose = "执法人员须有资格并出示证件；名册说明谁以哪个部门的身份执法"
        retention = "长期保存：说明当时谁有权执法"

    class Meta:
        verbose_name = _("执法队名册")
        verbose_name_plural = _("执法队名册")
        constraints = [
            models.CheckConstraint(
                condition=Q(seconded_until=None) | Q(seconded_until__gte=F("seconded_from")),
                name="enforcement_secondment_term_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(badge_number="") | Q(is_officer=False),
                name="enforcement_secondment_officer_has_badge",
            ),
            ExclusionConstraint(
                name="enforcement_secondment_once_at_a_time",
                expressions=[(_only(F("person_id")), _OVERLAPS), (_term(), _OVERLAPS)],
            ),
            ExclusionConstraint(
                name="enforcement_secondment_badge_once",
                expressions=[
                    (_only(Func(F("badge_number"), function="hashtext"), "int4range"), _OVERLAPS),
                    (_term(), _OVERLAPS),
                ],
                condition=~Q(badge_number=""),
            ),
        ]


class Power(models.Model):
    """What one department may do by law: the measures, and the provision they stand on.

    Each row is one version and never changes what it says: notices and measures point at the one
    they were made by. `origin` is the first version; one of a line is active, or none when it is
    out of use. A power that is not the department's own names the delegation.
    """

    department = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    operation_kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    basis = models.CharField(max_length=300)
    basis_en = models.CharField(max_length=300, blank=True)
    measures = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    way = models.CharField(max_length=12, default=Way.OWN.value, db_default=Way.OWN.value)
    delegation = models.CharField(max_length=300, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("written_by",)
        purpose = "权力清单；记下谁写的这一版"
        retention = "长期保存"

    class Meta:
        verbose_name = _("职权事项")
        verbose_name_plural = _("职权事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(operation_kind__in=[kind.value for kind in Kind]),
                name="enforcement_power_kind_known",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="enforcement_power_has_basis"),
            models.UniqueConstraint(
                fields=["department", "operation_kind", "title"],
                condition=Q(is_active=True),
                name="enforcement_power_once",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.OWN.value)
                | Q(way__in=[Way.DEVOLVED.value, Way.ENTRUSTED.value]) & ~Q(delegation=""),
                name="enforcement_power_names_its_delegation",
            ),
            models.UniqueConstraint(
                fields=["origin", "version"], name="enforcement_power_version_once"
            ),
        ]
