"""Call-backs as files: the list as it is narrowed, the rates, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.callback_filters import name_organisation_of, read_filters, read_period
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell
from linli.ground.people.terms import Action
from linli.programmes.callback.queries.exclusions import list_exclusions
from linli.programmes.callback.queries.lists import all_callbacks, count_callbacks
from linli.programmes.callback.queries.rates import list_rates
from linli.programmes.callback.terms import (
    BY_LABELS,
    SHOWN_LABELS,
    CallbackRow,
    ExclusionView,
    Rate,
    RateLine,
    Shown,
)

from .exportable import Asked, ExportableList, ListColumn, column

# In the order of the page; a denominator stands beside what it divides.
FIGURES = tuple(shown for shown in Shown if shown is not Shown.MADE)


def _rows(asked: Asked) -> tuple[CallbackRow, ...]:
    filters = read_filters(asked.query)
    return all_callbacks(member=asked.member, filters=filters, at=asked.at, most=asked.most)


def _count(asked: Asked) -> int:
    filters = read_filters(asked.query)
    return count_callbacks(member=asked.member, filters=filters, at=asked.at)


def _narrowed(asked: Asked) -> Mapping[str, str]:
    filters = read_filters(asked.query)
    told = {
        N_("看哪些"): gettext(SHOWN_LABELS[filters.shown]),
        N_("从哪个月"): f"{filters.first:%Y-%m}" if filters.first else "",
        N_("到哪个月"): f"{filters.last:%Y-%m}" if filters.last else "",
        N_("单位"): name_organisation_of(filters),
    }
    return {gettext(label): said for label, said in told.items() if said}


def _lines(asked: Asked) -> list[RateLine]:
    period = read_period(asked.query, today=timezone.localdate(asked.at))
    found = list_rates(
        member=asked.member, by=period.by, first=period.first, last=period.last, at=asked.at
    )
    return [*found.lines, found.total]


def _period(asked: Asked) -> Mapping[str, str]:
    period = read_period(asked.query, today=timezone.localdate(asked.at))
    return {
        gettext("怎么分"): gettext(BY_LABELS[period.by]),
        gettext("从哪个月"): f"{period.first:%Y-%m}",
        gettext("到哪个月"): f"{period.last:%Y-%m}",
    }


def _rate(label: str, name: str) -> ListColumn:
    def value(line: Any, _asked: Asked) -> Cell:
        rate: Rate = getattr(line, name)
        return gettext("样本不足") if rate.permille is None else rate.permille / 10

    return ListColumn(label=label, width=12, value=value)


def _figure(shown: Shown) -> ListColumn:
    def value(line: Any, _asked: Asked) -> Cell:
        return "" if line.counts is None else line.counts[shown]

    return ListColumn(label=SHOWN_LABELS[shown], width=12, value=value)


def _answer(row: Any, _asked: Asked) -> Cell:
    if row.solved is None:
        return ""
    return gettext("已经解决") if row.solved else gettext("没有解决")


def _yes(said: bool) -> str:
    return gettext("是") if said else ""


def _exclusions(asked: Asked) -> list[ExclusionView]:
    waiting = list_exclusions(member=asked.member, is_waiting=True, most=asked.most)
    return [*waiting, *list_exclusions(member=asked.member, is_waiting=False, most=asked.most)]


def _decision(one: Any, _asked: Asked) -> Cell:
    if one.is_granted is None:
        return gettext("等待决定")
    return gettext("已同意排除") if one.is_granted else gettext("不同意，照常计算")


CALLBACK_LISTS = (
    ExportableList(
        name="callbacks",
        title=N_("回访清单"),
        rights=(Action.CALLBACK_READ,),
        columns=(
            column(N_("编号"), 15, "case_number"),
            column(N_("事项"), 40, "title"),
            column(N_("类别"), 18, "category_name"),
            column(N_("主办单位"), 22, "organisation_name"),
            column(N_("结案时间"), 17, "closed_at"),
            column(N_("回访期限"), 17, "due_at"),
            column(N_("环节"), 12, "step_label"),
            column(N_("试过几次"), 10, "tries"),
            column(N_("答复时间"), 17, "answered_at"),
            column(N_("怎么答复的"), 18, "way_label"),
            ListColumn(label=N_("解决了没有"), width=12, value=_answer),
            column(N_("满意吗"), 12, "satisfaction_label"),
            column(N_("后来"), 18, "redo_label"),
            ListColumn(label=N_("排除"), width=8, value=lambda row, _asked: _yes(row.is_excluded)),
        ),
        rows=_rows,
        count=_count,
        personal=("title",),
        narrowed_by=_narrowed,
    ),
    ExportableList(
        name="callback-rates",
        title=N_("三率"),
        rights=(Action.CALLBACK_RATES,),
        columns=(
            column(N_("名称"), 26, "name"),
            _rate(N_("响应率（%）"), "response"),
            _rate(N_("解决率（%）"), "solved"),
            _rate(N_("满意率（%）"), "satisfied"),
            *(_figure(shown) for shown in FIGURES),
        ),
        rows=_lines,
        count=lambda asked: len(_lines(asked)),
        narrowed_by=_period,
    ),
    ExportableList(
        name="callback-exclusions",
        title=N_("回访排除"),
        rights=(Action.CASE_LIST,),
        columns=(
            column(N_("编号"), 15, "case_number"),
            column(N_("为什么不算"), 20, "cause_label"),
            column(N_("写明情况"), 40, "note"),
            column(N_("谁申请的"), 12, "asked_by"),
            column(N_("申请时间"), 17, "asked_at"),
            ListColumn(label=N_("决定"), width=16, value=_decision),
            column(N_("谁决定的"), 12, "decided_by"),
            column(N_("决定时间"), 17, "decided_at"),
            column(N_("为什么这样决定"), 40, "decided_note"),
        ),
        rows=_exclusions,
        count=lambda asked: len(_exclusions(asked)),
    ),
)
