"""Where the numbers of a return come from, as a sheet behind those of the office above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from linli.ground.people.queries import list_account_names
from linli.programmes.returns.models import Return, ReturnFigure
from linli.programmes.returns.queries.returns import period_of_return
from linli.programmes.returns.queries.standing import target_of
from linli.programmes.returns.queries.words import list_narrowed, say_figure, say_period
from linli.programmes.returns.rules.added_sheet import AddedSheet, Value
from linli.programmes.returns.rules.definitions import HOW_COUNTED
from linli.programmes.returns.rules.figures import FIGURES, is_per_cent
from linli.programmes.returns.rules.periods import days_of, is_over
from linli.programmes.returns.terms import SPAN_LABELS, Period, Span, Target

_WIDTHS = (12, 8, 18, 14, 26, 20, 52, 10, 10, 8, 36, 30)


def list_sources(filled: Return, rows: Sequence[ReturnFigure]) -> AddedSheet:
    """Say of each cell what it is, of which days, how it is counted, and who filled it in when.

    It speaks the language of the house, whoever takes the file: the office above reads it.
    """
    people = {filled.filled_by_id, *(one.corrected_by_id or 0 for one in rows)}
    names = list_account_names(people)
    with override(settings.LANGUAGE_CODE):
        lines = [_line(row, filled, names) for row in rows]
        head = list(_head(filled, names))
        return AddedSheet(
            name=gettext("数据来源"), rows=[*head, [], _columns(), *lines], widths=_WIDTHS
        )


def _head(filled: Return, names: Mapping[int, str]) -> Iterator[list[Value]]:
    period = period_of_return(filled)
    yield [f"{filled.form.name}　{say_period(period)}"]
    said = {"name": names.get(filled.filled_by_id, ""), "at": _instant(filled.filled_at)}
    yield [gettext("%(name)s 填于 %(at)s，由邻里按下面的口径数出。") % said]
    if not is_over(period, today=timezone.localdate(filled.filled_at)):
        yield [gettext("这一期还没有过完，数到填报时")]


def _columns() -> list[Value]:
    return [
        gettext("哪张表"),
        gettext("单元格"),
        gettext("指标"),
        gettext("时间"),
        gettext("起止日期"),
        gettext("数的范围"),
        gettext("怎么数"),
        gettext("数出来"),
        gettext("更正为"),
        gettext("计量单位"),
        gettext("说明"),
        gettext("谁填的"),
    ]


def _line(row: ReturnFigure, filled: Return, names: Mapping[int, str]) -> list[Value]:
    target = target_of(row)
    reason = row.reason or (gettext("没有可算的，留空") if row.amount is None else "")
    by, at = filled.filled_by_id, filled.filled_at
    if row.corrected_at is not None:
        by, at = row.corrected_by_id or 0, row.corrected_at
    return [
        row.sheet,
        row.cell,
        say_figure(row.figure),
        gettext(SPAN_LABELS[target.span]),
        _days(target, period_of_return(filled)),
        gettext("、").join(list_narrowed(target)) or gettext("全街道"),
        gettext(HOW_COUNTED[row.figure]) if row.figure in HOW_COUNTED else "",
        row.amount,
        row.corrected,
        _unit(target),
        reason,
        f"{names.get(by, '')} {_instant(at)}",
    ]


def _days(target: Target, period: Period) -> str:
    return gettext("；").join(
        gettext("%(first)s 至 %(last)s") % {"first": first.isoformat(), "last": last.isoformat()}
        for first, last in days_of(period, target.span)
    )


def _unit(target: Target) -> str:
    figure = FIGURES.get(target.figure)
    if figure is None or not is_per_cent(figure, target.span):
        return ""
    is_of_points = figure.is_share and target.span is Span.CHANGE
    return gettext("百分点") if is_of_points else "%"


def _instant(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
