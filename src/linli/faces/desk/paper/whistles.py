"""Whistles as files: the list as it is narrowed, and the year by organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.whistle_filters import name_organisation_of, read_filters
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell
from linli.ground.people.terms import Action
from linli.programmes.whistle.queries.lists import (
    all_whistles,
    count_whistles,
    list_year,
    year_of,
)
from linli.programmes.whistle.terms import (
    KIND_LABELS,
    SHOWN_LABELS,
    STEP_LABELS,
    Shown,
    WhistleRow,
    YearLine,
)

from .exportable import Asked, ExportableList, ListColumn, column

# In the order of the page; a denominator stands beside what it divides.
FIGURES = (
    Shown.CALLED,
    Shown.UNDER_WAY,
    Shown.CAME,
    Shown.ABSENT,
    Shown.TIMED,
    Shown.IN_TIME,
    Shown.LATE,
    Shown.JUDGED,
    Shown.RESPONDED,
    Shown.JUDGED_TIMED,
    Shown.JUDGED_IN_TIME,
    Shown.DID_PART,
    Shown.DISPUTED,
    Shown.CHANGED,
)


def _rows(asked: Asked) -> list[WhistleRow]:
    return all_whistles(member=asked.member, filters=read_filters(asked.query), most=asked.most)


def _count(asked: Asked) -> int:
    return count_whistles(member=asked.member, filters=read_filters(asked.query))


def _narrowed(asked: Asked) -> Mapping[str, str]:
    filters = read_filters(asked.query)
    told = {
        N_("哪一类哨"): gettext(KIND_LABELS[filters.kind]) if filters.kind else "",
        N_("环节"): gettext(STEP_LABELS[filters.step]) if filters.step else "",
        N_("年份"): str(filters.year or ""),
        N_("单位"): name_organisation_of(filters),
        N_("哪些"): gettext(SHOWN_LABELS[filters.shown]) if filters.shown else "",
    }
    return {gettext(label): said for label, said in told.items() if said}


def _year(asked: Asked) -> int:
    return read_filters(asked.query).year or year_of(timezone.now())


def _lines(asked: Asked) -> list[YearLine]:
    return list_year(member=asked.member, year=_year(asked))


def _figure(shown: Shown) -> ListColumn:
    def value(line: Any, _asked: Asked) -> Cell:
        found: int | None = getattr(line, shown.value)
        return gettext("不计") if found is None else found

    return ListColumn(label=SHOWN_LABELS[shown], width=12, value=value)


WHISTLE_LISTS = (
    ExportableList(
        name="whistles",
        title=N_("吹哨报到"),
        rights=(Action.WHISTLE_READ,),
        columns=(
            column(N_("编号"), 15, "number"),
            column(N_("哪一类哨"), 12, "kind_label"),
            column(N_("什么事"), 36, "title"),
            column(N_("地点"), 24, "address"),
            column(N_("谁吹的哨"), 22, "caller_name"),
            column(N_("吹哨时间"), 17, "blown_at"),
            column(N_("什么时候到场"), 17, "arrive_by"),
            column(N_("环节"), 12, "step_label"),
            column(N_("主办单位"), 22, "lead_name"),
            column(N_("被召集"), 8, "called"),
            column(N_("到了场"), 8, "came"),
            column(N_("案件"), 15, "case_number"),
        ),
        rows=_rows,
        count=_count,
        narrowed_by=_narrowed,
    ),
    ExportableList(
        name="whistle-year",
        title=N_("吹哨：各单位一年"),
        rights=(Action.WHISTLE_READ,),
        columns=(column(N_("单位"), 26, "name"), *(_figure(shown) for shown in FIGURES)),
        rows=_lines,
        count=lambda asked: len(_lines(asked)),
        narrowed_by=lambda asked: {gettext("年份"): str(_year(asked))},
    ),
)
