"""Residents and the households they live in."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Right, Substr
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.pinyin import first_letters

PART, MOST_PARTS = 2, 12


def parts_of(column: str) -> Func:
    """Build the list of all two neighbouring signs of a short text."""
    return Func(
        *(Substr(column, first, PART) for first in range(1, MOST_PARTS + 1)),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(models.TextField()),
    )


class Household(models.Model):
    """Those who share one door; `area` is the building or, where it has several, the unit."""

    street_code = models.CharField(max_length=24)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    door = models.CharField(max_length=40)

    class Privacy:
        data = ("door",)
        purpose = "Find the door when service was asked for or a danger must be told."
        retention = "Until two years after the last person has left it."

    class Meta:
        verbose_name = _("住户")
        verbose_name_plural = _("住户")
        constraints = [
            models.UniqueConstraint(fields=["area", "door"], name="people_household_one_door"),
            models.CheckConstraint(condition=~Q(door=""), name="people_household_has_door"),
        ]

    def __str__(self) -> str:
        return f"household {self.pk}"


class Person(models.Model):
    """One human being known to the sub-district, with or without an account.

    Holds no identity number, no date of birth and nothing on health; the record says who and
    where, not what somebody is like.
    """

    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=40, blank=True, db_default="", editable=False)
    phone = models.CharField(max_length=20, blank=True, db_default="")
    street_code = models.CharField(max_length=24)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="persons"
    )
    wants_contact = models.BooleanField(default=False, db_default=False)

    class Privacy:
        data = ("name", "initials", "phone", "household")
        purpose = "Know whom a service or a post concerns and how to reach them."
        retention = "Until the person asks for deletion, or two years after moving away."

    class Meta:
        verbose_name = _("居民与人员")
        verbose_name_plural = _("居民与人员")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="people_person_has_name"),
        ]
        indexes = [
            models.Index(fields=["street_code", "name"], name="people_person_by_name"),
            models.Index(
                fields=["name"], opclasses=["varchar_pattern_ops"], name="people_person_name_start"
            ),
            models.Index(
                fields=["initials"],
                opclasses=["varchar_pattern_ops"],
                name="people_person_initials_start",
            ),
            # Any two neighbouring signs, so that a part of a name finds the person.
            GinIndex(parts_of("name"), name="people_person_name_parts"),
            GinIndex(parts_of("initials"), name="people_person_initials_parts"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="people_person_phone"),
            models.Index(Right("phone", 4), condition=~Q(phone=""), name="people_person_phone_end"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the pinyin initials in step with the name, so that both find the person."""
        self.initials = first_letters(self.name)[:40]
        if (written := kwargs.get("update_fields")) is not None and "name" in written:
            kwargs["update_fields"] = {*written, "initials"}
        super().save(*args, **kwargs)
