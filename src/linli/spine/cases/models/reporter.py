"""Who reported a case: apart from it, read only by services that log the look."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def digits_of(name: str) -> Func:
    """Give the digits of a field in SQL, so that a number is found however it was written."""
    return Func(
        F(name),
        Value(r"\D"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.CharField(),
    )


def spellings_of(digits: str) -> list[str]:
    """Give a number with and without the country's code."""
    bare = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    return [bare, f"86{bare}"]


class Reporter(models.Model):
    """The reporter of one case. No list, page, event, notice or export of staff joins this row.

    `tracking_digest` is the SHA-256 of the tracking code, `body_digest` that of the report as it
    was sent, so that the same report sent twice is known. An anonymous reporter has no name,
    phone, door or account.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    door = models.CharField(max_length=120, blank=True)
    agrees_contact = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    tracking_digest = models.BinaryField(max_length=32, unique=True)
    body_digest = models.BinaryField(max_length=32)
    photographer_lon = models.FloatField(null=True)
    photographer_lat = models.FloatField(null=True)
    language = models.CharField(max_length=12, default="zh-hans")
    erased_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("name", "phone", "door", "account", "photographer_lon", "photographer_lat")
        purpose = "就反映的事项联系反映人、告知结果"
        retention = "反映人可要求清除；清除后案件仍可办理"

    class Meta:
        verbose_name = _("案件反映人")
        verbose_name_plural = _("案件反映人")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False)
                | Q(name="", phone="", door="", account=None, agrees_contact=False),
                name="cases_reporter_anonymous_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(photographer_lon=None, photographer_lat=None)
                | Q(photographer_lon__isnull=False, photographer_lat__isnull=False),
                name="cases_reporter_position_whole",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(name="", phone="", door="", account=None, photographer_lon=None),
                name="cases_reporter_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account"],
                condition=Q(account__isnull=False),
                name="cases_reporter_account",
            ),
            models.Index(
                digits_of("phone"),
                condition=~Q(phone=""),
                name="cases_reporter_by_phone",
            ),
        ]
