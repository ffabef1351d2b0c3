"""Codes sent to phones, each for one purpose and a few minutes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms.codes import MOST_TRIES, CodePurpose


class PhoneCode(models.Model):
    """One code sent to one phone; only its keyed hash is kept.

    Open while it is neither used, expired nor tried too often. `account` is who changes their
    phone; signing in has none, whether or not the phone belongs to somebody.
    """

    id = models.UUIDField(primary_key=True)
    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=12)
    account = models.ForeignKey(
        "people.Account", null=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("phone", "account", "asked_at")
        purpose = "Prove that a phone is in somebody's hands."
        retention = "One day."

    class Meta:
        verbose_name = _("短信验证码")
        verbose_name_plural = _("短信验证码")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=[one.value for one in CodePurpose]),
                name="people_phone_code_known_purpose",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="people_phone_code_few_tries"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="people_phone_code_lasts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="people_phone_code_old")]

    def __str__(self) -> str:
        return f"phone code {self.pk}"
