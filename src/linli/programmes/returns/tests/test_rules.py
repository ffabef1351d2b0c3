"""Periods, labels, proposals and what becomes of cells in a new version."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.programmes.returns.rules.definitions import HOW_COUNTED
from linli.programmes.returns.rules.figures import FIGURES, change, share
from linli.programmes.returns.rules.labels import Known, Labels, propose, read_labels, read_target
from linli.programmes.returns.rules.moving import Carried, Laid, carry
from linli.programmes.returns.rules.periods import (
    days_of,
    last_finished,
    list_periods,
    period_before,
    period_of,
    same_last_year,
    window_of,
)
from linli.programmes.returns.rules.workbook import read_workbook
from linli.programmes.returns.terms import PeriodKind, Span, Target

from .factories import SHEET, make_form

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@UNHURRIED
@given(kind=st.sampled_from(PeriodKind), day=DAYS)
def test_periods_lie_side_by_side_and_hold_their_days(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert period.first <= day <= period.last
    assert period_of(kind, period.first) == period_of(kind, period.last) == period
    before = period_before(period)
    assert before.last + timedelta(days=1) == period.first
    past = same_last_year(period)
    assert past.kind is kind
    assert 350 <= (period.first - past.first).days <= 378
    (year,) = days_of(period, Span.YEAR)
    assert year[0] <= period.first
    assert year[1] == period.last


def test_last_finished_and_listed() -> None:
    assert last_finished(PeriodKind.MONTH, date(2026, 3, 1)).first == date(2026, 2, 1)
    assert last_finished(PeriodKind.QUARTER, date(2026, 1, 5)).first == date(2025, 10, 1)
    assert last_finished(PeriodKind.YEAR, date(2026, 1, 5)).last == date(2025, 12, 31)
    assert last_finished(PeriodKind.WEEK, date(2026, 11, 23)).first == date(2026, 11, 16)
    listed = list_periods(PeriodKind.MONTH, date(2026, 1, 31), most=3)
    assert [one.first.month for one in listed] == [1, 12, 11]
    leap = period_of(PeriodKind.MONTH, date(2028, 2, 29))
    assert same_last_year(leap).last == date(2027, 2, 28)


def test_a_window_ends_where_time_has_come_to() -> None:
    days = (date(2026, 11, 1), date(2026, 11, 30))
    at = datetime(2026, 11, 23, 1, tzinfo=UTC)
    since, before = window_of(days, zone="Asia/Shanghai", at=at)
    assert since == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert before == at + timedelta(microseconds=1)
    _since, over = window_of(days, zone="Asia/Shanghai", at=at + timedelta(days=30))
    assert over == datetime(2026, 11, 30, 16, tzinfo=UTC)


def test_shares_and_changes() -> None:
    assert share(1, 3) == Decimal("33.3")
    assert share(1, 0) is None
    assert share(2, 16) == Decimal("12.5")
    assert change(Decimal(12), Decimal(10), is_share=False) == Decimal("20.0")
    assert change(Decimal(5), Decimal(10), is_share=False) == Decimal("-50.0")
    assert change(Decimal(5), Decimal(0), is_share=False) is None
    assert change(Decimal("95.0"), Decimal("90.5"), is_share=True) == Decimal("4.5")
    assert change(None, Decimal(1), is_share=True) is None


def test_labels_are_the_words_beside_and_above_but_not_the_title() -> None:
    sheet = read_workbook(make_form()).sheets[0]
    assert read_labels(sheet, 3, 2) == Labels(row="受理件数", column="本月")
    assert read_labels(sheet, 5, 4) == Labels(row="按时办结率", column="去年同期")


def test_names_of_rows_are_no_headings_of_what_stands_below() -> None:
    sheet = read_workbook(make_form(columns=("本月",) * 3)).sheets[0]
    assert read_labels(sheet, 7, 1) == Labels(row="", column="指标")
    assert read_labels(sheet, 6, 3) == Labels(row="合计", column="本月")


def test_every_empty_cell_of_a_plain_form_is_proposed() -> None:
    found = propose(read_workbook(make_form()), Known())
    told = {one.cell: (one.target.figure, one.target.span) for one in found}
    assert len(told) == 12
    assert told["B3"] == ("cases.received", Span.THIS)
    assert told["C4"] == ("cases.closed", Span.YEAR)
    assert told["D5"] == ("cases.in_time_share", Span.LAST_YEAR)
    assert told["E3"] == ("cases.received", Span.CHANGE)


@pytest.mark.parametrize(
    ("said", "figure", "span"),
    [
        (("（一）受理总量", "本月数"), "cases.received", Span.THIS),
        (("按期办结率(%)", "累计"), "cases.in_time_share", Span.YEAR),
        (("超期未办结", "本期"), "cases.overdue", Span.THIS),
        (("不予受理", "本期"), "cases.declined", Span.THIS),
        (("群众满意率", "上年同期"), "rates.satisfied", Span.LAST_YEAR),
        (("吹哨", "上月"), "whistles.blown", Span.PREVIOUS),
        (("按时报到", "本月"), "calls.in_time", Span.THIS),
        (("联合执法行动", "本月"), "operations.operations", Span.THIS),
    ],
)
def test_forms_call_figures_by_other_names(said: tuple[str, ...], figure: str, span: Span) -> None:
    assert read_target(said, Known()) == Target(figure=figure, span=span)


def test_words_narrow_where_a_figure_can_be_narrowed() -> None:
    known = Known(
        areas={"文化社区": "220104001001"},
        categories={"暴露垃圾": "matter:06010"},
        majors={"市容环境": "06"},
        channels={"热线": "hotline"},
        levels={"社区级": "community"},
    )
    said = ("文化社区", "暴露垃圾", "市容环境", "热线", "社区级", "受理件数", "本月")
    assert read_target(said, known) == Target(
        figure="cases.received",
        area_code="220104001001",
        category_key="matter:06010",
        channel="hotline",
        level="community",
    )
    assert read_target(("吹哨次数", "热线"), known) is None
    assert read_target(("吹哨次数", "文化社区"), known) == Target(
        figure="whistles.blown", area_code="220104001001"
    )
    assert read_target(("负责人", "电话"), known) is None
    assert read_target(("受理件数（热线）", "本月"), known) == Target(
        figure="cases.received", channel="hotline"
    )


def test_every_figure_is_found_by_its_own_name() -> None:
    for key, figure in FIGURES.items():
        found = read_target((figure.label, "本期"), Known())
        assert found == Target(figure=key), figure.label


def laid(cell: str, row: str, column: str, *, sheet: str = SHEET) -> Laid:
    return Laid(sheet=sheet, cell=cell, labels=Labels(row=row, column=column))


def test_cells_between_the_same_words_keep_and_moved_ones_are_suggested() -> None:
    after = read_workbook(make_form(rows=("立案件数", "受理件数", "结案件数")))
    found = carry(
        [
            laid("B3", "受理件数", "本月"),
            laid("B5", "结案件数", "本月"),
            laid("B6", "按时办结率", "本月"),
        ],
        after,
    )
    assert found == [
        Carried(sheet=SHEET, cell="B3", is_kept=False, suggested="B4"),
        Carried(sheet=SHEET, cell="B5", is_kept=True),
        Carried(sheet=SHEET, cell="B6", is_kept=False, suggested=""),
    ]


def test_a_sheet_renamed_is_followed_when_it_is_the_only_one() -> None:
    after = read_workbook(make_form(sheet="2027月报"))
    assert carry([laid("B3", "受理件数", "本月")], after) == [
        Carried(sheet="2027月报", cell="B3", is_kept=True)
    ]


def test_a_cell_without_words_and_one_turned_into_a_formula_wait() -> None:
    after = read_workbook(make_form(formulas={"C3": "=B3"}))
    found = carry([laid("B3", "", ""), laid("C3", "受理件数", "本年累计")], after)
    assert [one.is_kept for one in found] == [False, False]
    assert [one.suggested for one in found] == ["", ""]


@UNHURRIED
@given(order=st.permutations(["受理件数", "结案件数", "退单件数", "返工件数"]))
def test_however_rows_are_shuffled_each_is_found_again(order: list[str]) -> None:
    before = ["受理件数", "结案件数", "退单件数", "返工件数"]
    after = read_workbook(make_form(rows=order, columns=("本月",)))
    found = carry([laid(f"B{3 + at}", one, "本月") for at, one in enumerate(before)], after)
    ends = [one.cell if one.is_kept else one.suggested for one in found]
    # A suggestion is left out only where another has kept that cell, which can't be here.
    assert ends == [f"B{3 + order.index(one)}" for one in before]


def test_every_figure_says_how_it_is_counted() -> None:
    assert set(HOW_COUNTED) == set(FIGURES)
