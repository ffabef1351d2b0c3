"""Checks: who is to look at a result, what reporters answered, and which days were sampled."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.catalogue_terms import CheckedBy
from linli.spine.cases.terms.checking import CheckKind, Chosen

from .case import Case


class Check(models.Model):
    """One check of a case: of a handler's result, or a sample of what was settled at once.

    Legal states: open; decided by somebody, passed or not; lapsed with the case (done without a
    decision). `verifier` is who is proposed, `done_by` who decided: never the handler nor the
    finder. `organisation` is whose work is looked at. `settled_at` belongs to samples, `answer_by`
    to what is checked by asking.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    way = models.CharField(max_length=12)
    verifier = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    chosen = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    unanswered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    passed = models.BooleanField(null=True)

    class Privacy:
        data = ("verifier", "done_by")
        purpose = "记录由谁核查、结果如何"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("核查")
        verbose_name_plural = _("核查")
        constraints = [
            models.UniqueConstraint(fields=["case", "no"], name="cases_check_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(done_at=None), name="cases_check_one_open"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[kind.value for kind in CheckKind],
                    way__in=[way.value for way in CheckedBy],
                    chosen__in=[chosen.value for chosen in Chosen],
                ),
                name="cases_check_words_known",
            ),
            models.CheckConstraint(
                condition=Q(passed=None, done_by=None)
                | Q(passed__isnull=False, done_at__isnull=False, done_by__isnull=False),
                name="cases_check_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("given_at")),
                name="cases_check_done_after_given",
            ),
            models.CheckConstraint(
                condition=Q(kind=CheckKind.SAMPLE.value, settled_at__isnull=False, answer_by=None)
                | Q(kind=CheckKind.RESULT.value, settled_at=None),
                name="cases_check_sample_of_settled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["verifier", "due_at"],
                condition=Q(done_at=None),
                name="cases_check_waiting",
            ),
            models.Index(
                fields=["answer_by"],
                condition=Q(done_at=None, answer_by__isnull=False, unanswered_at=None),
                name="cases_check_asking",
            ),
            models.Index(
                fields=["done_at"], condition=Q(passed__isnull=False), name="cases_check_decided"
            ),
            models.Index(
                fields=["settled_at"],
                condition=Q(settled_at__isnull=False),
                name="cases_check_of_settled",
            ),
        ]


class CheckAnswer(models.Model):
    """What one reporter answered to one check; a later answer replaces the earlier.

    `case` is the reporter's own: the checked one, or one that joined it.
    """

    check_asked = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="answers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    solved = models.BooleanField()
    answered_at = models.DateTimeField()
    event_id = models.UUIDField()

    class Privacy:
        data = ()
        purpose = "向反映人核实是否办好；不记是谁回答"
        retention = "随案件保存"

    class Meta:
        verbose_name = _("反映人的回答")
        verbose_name_plural = _("反映人的回答")
        constraints = [
            models.UniqueConstraint(
                fields=["check_asked", "case"], name="cases_checkanswer_one_each"
            )
        ]


class SampleDraw(models.Model):
    """One day of one sub-district from which the sample was drawn: once, by the share of then."""

    street = models.ForeignKey(
        "territory.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    share = models.PositiveSmallIntegerField()
    settled_count = models.PositiveIntegerField()
    drawn_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Privacy:
        data = ()
        purpose = "抽查的分母，不含个人信息"
        retention = "permanent"

    class Meta:
        verbose_name = _("抽样")
        verbose_name_plural = _("抽样")
        constraints = [
            models.UniqueConstraint(fields=["street", "day"], name="cases_sampledraw_day_once"),
            models.CheckConstraint(condition=Q(share__lte=100), name="cases_sampledraw_per_cent"),
        ]
