"""Talk points, who receives people there, and what was said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .terms import MOST_ADDRESS, MOST_ANSWER, MOST_ASKED, MOST_NAME, MOST_PHONE


class Point(models.Model):
    """A place where people say what is the matter; its hours are local times of its sub-district.

    Legal states: in use, or given up (`closed_at`). `weekdays` are the ISO numbers of its days, one
    after another; `spans` are its stretches of a day as pairs of HH:MM.
    """

    name = models.CharField(max_length=MOST_NAME)
    name_en = models.CharField(max_length=MOST_NAME, blank=True)
    street_code = models.CharField(max_length=24)
    area_code = models.CharField(max_length=24)
    address = models.CharField(max_length=MOST_ADDRESS)
    lon = models.FloatField()
    lat = models.FloatField()
    phone = models.CharField(max_length=MOST_PHONE)
    weekdays = models.CharField(max_length=7)
    spans = models.JSONField()
    on_holidays = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    last_seq = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("opened_by",)
        purpose = "Let people find where to say a matter, when it is open and whom to call."
        retention = "As long as the point is in use, then ten years."

    class Meta:
        verbose_name = _("百姓说事点")
        verbose_name_plural = _("百姓说事点")
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "name"],
                condition=Q(closed_at=None),
                name="talk_point_name_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address="") & ~Q(phone="") & ~Q(weekdays=""),
                name="talk_point_can_be_found",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """Somebody who receives people at a point on some days of the week, until `ended_at`."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    weekdays = models.CharField(max_length=7)
    shows_name = models.BooleanField(default=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("person", "named_by")
        purpose = "Know who receives people when; the name is shown only if the person agrees."
        retention = "Two years after it ended."

    class Meta:
        verbose_name = _("说事点接待人")
        verbose_name_plural = _("说事点接待人")
        constraints = [
            models.UniqueConstraint(
                fields=["point", "person"], condition=Q(ended_at=None), name="talk_host_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("named_at")),
                name="talk_host_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.person_id}"


class Matter(models.Model):
    """What was said at a point: a case, or a question answered on the spot.

    A case has the same id. `asked` and `answer` are written to hang on the wall and name nobody;
    who said it stands with the case, apart. Legal states: open, answered (`answered_at`). A
    question without a case is answered when it is entered.
    """

    id = models.UUIDField(primary_key=True)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="matters")
    seq = models.PositiveIntegerField()
    case = models.OneToOneField(
        "cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked = models.CharField(max_length=MOST_ASKED)
    is_posted = models.BooleanField(default=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    answer = models.CharField(max_length=MOST_ANSWER, blank=True, db_default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        data = ("entered_by", "answered_by")
        purpose = "Answer in writing, at the place where it was said, what was asked there."
        retention = "With the case; of a question answered on the spot two years."

    class Meta:
        verbose_name = _("说事")
        verbose_name_plural = _("说事")
        constraints = [
            models.UniqueConstraint(fields=["point", "seq"], name="talk_matter_numbered_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False) & Q(answered_by__isnull=False)),
                name="talk_matter_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | ~Q(answer=""),
                name="talk_matter_is_case_or_answered",
            ),
            models.CheckConstraint(
                condition=Q(case=None) | Q(case=F("id")), name="talk_matter_has_id_of_case"
            ),
        ]
        indexes = [
            models.Index(fields=["point", "-entered_at"], name="talk_matter_of_point"),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}-{self.seq}"
