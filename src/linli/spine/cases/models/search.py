"""What cases are found by: their words cut into tokens, and the cases whose words changed."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .case import Case


class CaseWords(models.Model):
    """The tokens and marks of one case (`rules.searching`), written by the indexer alone.

    Words come from the text as staff read it, numbers masked. Triggers of the migration take the
    row away in the very transaction that changes or erases a text of the case, and note the case
    in `CaseWordsDue`; the indexer writes it anew within seconds.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    street_id = models.BigIntegerField()
    period = models.IntegerField()
    reported_at = models.DateTimeField()
    original = models.CharField(max_length=60, blank=True)
    words = SearchVectorField()

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ("words",)
        purpose = "按文字查找案件；号码已遮盖"
        retention = "随案件文字；文字清除时同时清除"

    class Meta:
        verbose_name = _("案件检索词")
        verbose_name_plural = _("案件检索词")
        indexes = [
            # Without a list of waiting entries, which every search would read through.
            GinIndex(fields=["words"], name="cases_casewords_words", fastupdate=False),
            models.Index(fields=["reported_at"], name="cases_casewords_newest"),
            models.Index(
                fields=["original"],
                opclasses=["varchar_pattern_ops"],
                condition=~models.Q(original=""),
                name="cases_casewords_original",
            ),
        ]


class CaseWordsDue(models.Model):
    """A case whose words are to be written: triggers add rows, the indexer takes them."""

    id = models.BigAutoField(primary_key=True)
    case_id = models.UUIDField()

    class Privacy:
        data: ClassVar[tuple[str, ...]] = ()
        purpose = "待建索引的案件编号，不含个人信息"
        retention = "建好索引即删除"

    class Meta:
        verbose_name = _("待建检索词")
        verbose_name_plural = _("待建检索词")
