"""Who is on duty when, by street: the roster, wishes to swap, the duty desk's telephone."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from linli.ground.people.terms.duty import DutyRole, SwapState

from .appointment import only_one


class DutyShift(models.Model):
    """One person on duty in one role, from `starts_at` until just before `ends_at`.

    The database refuses the same person twice in one role at a time; two people at once are an
    overlap that the roster shows.
    """

    street_code = models.CharField(max_length=24)
    role = models.CharField(max_length=12)
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="duty_shifts"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Privacy:
        data = ("account", "starts_at", "ends_at")
        purpose = "Know who is to be reached at night and on holidays, and who was."
        retention = "Two years: it explains who was responsible at the time."

    class Meta:
        verbose_name = _("值班班次")
        verbose_name_plural = _("值班班次")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in DutyRole]),
                name="people_dutyshift_known_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="people_dutyshift_in_order"
            ),
            ExclusionConstraint(
                name="people_dutyshift_person_once",
                expressions=[
                    (only_one(F("account_id")), RangeOperators.OVERLAPS),
                    (
                        only_one(Func(F("role"), function="hashtext"), "int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        only_one(Func(F("street_code"), function="hashtext"), "int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(F("starts_at"), F("ends_at"), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                # Checked at the end, so that two people can exchange shifts that touch.
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [
            models.Index(fields=["street_code", "ends_at"], name="people_dutyshift_of_street"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"


class DutySwap(models.Model):
    """Somebody on duty asks a colleague to take a shift, perhaps for one of the colleague's.

    Legal states: asked, then agreed, refused or withdrawn, each with `answered_at`.
    """

    shift = models.ForeignKey(DutyShift, on_delete=models.CASCADE, related_name="swaps")
    in_return = models.ForeignKey(
        DutyShift, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_by = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    asked_of = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=12, default=SwapState.ASKED.value, db_default=Value(SwapState.ASKED.value)
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("asked_by", "asked_of", "asked_at", "answered_at")
        purpose = "Change the roster with the consent of both."
        retention = "Two years, with the shift."

    class Meta:
        verbose_name = _("换班")
        verbose_name_plural = _("换班")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SwapState]),
                name="people_dutyswap_known_state",
            ),
            models.CheckConstraint(
                condition=Q(state=SwapState.ASKED.value, answered_at=None)
                | (~Q(state=SwapState.ASKED.value) & Q(answered_at__isnull=False)),
                name="people_dutyswap_answer_has_instant",
            ),
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(state=SwapState.ASKED.value),
                name="people_dutyswap_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.state}"


class DutyDesk(models.Model):
    """The telephone of a street's duty desk, answered day and night."""

    street_code = models.CharField(max_length=24, unique=True)
    phone = models.CharField(max_length=20)

    class Privacy:
        data = ()
        purpose = "Say on the desk and on the hand-over by which number the duty desk is reached."
        retention = "While the street has a duty desk."

    class Meta:
        verbose_name = _("值班电话")
        verbose_name_plural = _("值班电话")
        constraints = [models.CheckConstraint(condition=~Q(phone=""), name="people_dutydesk_phone")]

    def __str__(self) -> str:
        return self.street_code
