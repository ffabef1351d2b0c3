"""Everything the room stores: forms as they were sent, what cells stand for, and filled returns."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.programmes.returns.terms import (
    MOST_ISSUER,
    MOST_NAME,
    MOST_REASON,
    PeriodKind,
    Span,
)

MOST_SHEET, MOST_CELL, MOST_LABEL = 31, 10, 80


class Form(models.Model):
    """A form of the office above that a sub-district fills in again and again.

    Legal states: in use, stopped.
    """

    street_code = models.CharField(max_length=24)
    name = models.CharField(max_length=MOST_NAME)
    issuer = models.CharField(max_length=MOST_ISSUER)
    kind = models.CharField(max_length=8)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("created_by_id",)
        purpose = "who took a form in"
        retention = "permanent"

    class Meta:
        verbose_name = _("上级报表")
        verbose_name_plural = _("上级报表")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in PeriodKind]),
                name="returns_form_kind_known",
            ),
            models.UniqueConstraint(
                fields=["street_code", "name"],
                condition=Q(stopped_at=None),
                name="returns_form_name_once_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """The file as the office above sent it; the newest version is the one that is filled in."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField()
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by_id = models.BigIntegerField()
    uploaded_at = models.DateTimeField()

    class Privacy:
        data = ("uploaded_by_id",)
        purpose = "who uploaded a version of a form"
        retention = "permanent"

    class Meta:
        verbose_name = _("报表版本")
        verbose_name_plural = _("报表版本")
        constraints = [models.UniqueConstraint(fields=["form", "no"], name="returns_version_once")]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.no}"


class Stands(models.Model):
    """What a cell stands for: a figure, a time, and what narrows it."""

    sheet = models.CharField(max_length=MOST_SHEET)
    cell = models.CharField(max_length=MOST_CELL)
    figure = models.CharField(max_length=40)
    span = models.CharField(max_length=12)
    area_code = models.CharField(max_length=24, blank=True)
    category_key = models.CharField(max_length=40, blank=True)
    major_code = models.CharField(max_length=8, blank=True)
    channel = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True


class Mapping(Stands):
    """One cell of a version and what it stands for.

    One that is not placed lay between words that the new version has elsewhere, or nowhere: it is
    written nowhere until somebody says where; `suggested` is the cell between the same words.
    """

    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="mappings")
    row_label = models.CharField(max_length=MOST_LABEL, blank=True)
    column_label = models.CharField(max_length=MOST_LABEL, blank=True)
    is_placed = models.BooleanField(default=True)
    suggested = models.CharField(max_length=MOST_CELL, blank=True)
    set_by_id = models.BigIntegerField()
    set_at = models.DateTimeField()

    class Privacy:
        data = ("set_by_id",)
        purpose = "who said what a cell stands for"
        retention = "with the form"

    class Meta:
        verbose_name = _("单元格对应")
        verbose_name_plural = _("单元格对应")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "sheet", "cell"],
                condition=Q(is_placed=True),
                name="returns_mapping_once_a_cell",
            ),
            models.CheckConstraint(
                condition=Q(span__in=[one.value for one in Span]), name="returns_mapping_span_known"
            ),
            models.CheckConstraint(
                condition=Q(category_key="") | Q(major_code=""),
                name="returns_mapping_one_kind_of_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class Return(models.Model):
    """One form filled in for one period, as it was counted at one instant; never changed."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="returns")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    filled_by_id = models.BigIntegerField()
    filled_at = models.DateTimeField()

    class Privacy:
        data = ("filled_by_id",)
        purpose = "who filled in a return"
        retention = "permanent"

    class Meta:
        verbose_name = _("填好的报表")
        verbose_name_plural = _("填好的报表")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="returns_return_days_in_order"
            )
        ]
        indexes = [models.Index(fields=["form", "-first", "-id"], name="returns_return_newest")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.first}"


class ReturnFigure(Stands):
    """One number of a return, as it was counted then, and as somebody corrected it, and why.

    Both are empty where there was nothing to count.
    """

    filled = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="figures")
    amount = models.DecimalField(max_digits=14, decimal_places=1, null=True)
    corrected = models.DecimalField(max_digits=14, decimal_places=1, null=True)
    reason = models.CharField(max_length=MOST_REASON, blank=True)
    corrected_by_id = models.BigIntegerField(null=True)
    corrected_at = models.DateTimeField(null=True)

    class Privacy:
        data = ("corrected_by_id",)
        purpose = "who corrected a number by hand"
        retention = "with the return"

    class Meta:
        verbose_name = _("报表里的数")
        verbose_name_plural = _("报表里的数")
        constraints = [
            models.UniqueConstraint(
                fields=["filled", "sheet", "cell"], name="returns_figure_once_a_cell"
            ),
            models.CheckConstraint(
                condition=Q(corrected_at=None, corrected=None, reason="", corrected_by_id=None)
                | (
                    Q(corrected_at__isnull=False, corrected__isnull=False)
                    & Q(corrected_by_id__isnull=False)
                    & ~Q(reason="")
                ),
                name="returns_figure_correction_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"
