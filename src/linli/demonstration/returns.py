"""A monthly form of the office above: taken in, mapped by its headings, filled in twice."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter
from django.utils import timezone

from linli.ground.people.queries import load_member
from linli.programmes.returns.queries.returns import get_return
from linli.programmes.returns.rules.periods import last_finished, period_before
from linli.programmes.returns.services.filling import correct_figure, fill_return
from linli.programmes.returns.services.keeping import upload_form
from linli.programmes.returns.services.mapping import map_proposed
from linli.programmes.returns.terms import PeriodKind

from .places import STREET_CODE

NAME = "城乡社区治理情况月报表"
SHEET = "月报"
COLUMNS = ("本月", "本年累计", "去年同期", "同比增减（%）")
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "群众诉求",
        (
            "受理件数",
            "受理件数（热线）",
            "受理件数（巡查）",
            "结案件数",
            "期末在办件数",
            "挂账件数",
        ),
    ),
    ("办理质量", ("按时办结率", "退单件数", "返工件数", "群众满意率")),
    ("协同治理", ("吹哨次数", "按时报到次数", "联合执法次数")),
)
RECEIVED_BEFORE = timedelta(days=75)
# The number somebody put right by hand, by its cell, and why.
CORRECTED = ("C8", "区里的口径不含月末当天办结的，减 1 件。")


def return_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let the keeper take the form in and the leader fill it in, the newest month corrected."""
    since = until - RECEIVED_BEFORE
    keeper, leader = (load_member(accounts[name], since) for name in ("keeper", "leader"))
    form_id = upload_form(
        street_code=STREET_CODE,
        name=NAME,
        issuer="区社会工作部（示例）",
        kind=PeriodKind.MONTH,
        file_name="城乡社区治理情况月报表.xlsx",
        content=draw_form(),
        member=keeper,
        at=since,
    )
    map_proposed(form_id=form_id, member=keeper, at=since + timedelta(minutes=4))
    month = last_finished(PeriodKind.MONTH, timezone.localdate(until))
    at = until - timedelta(hours=3)
    before = period_before(month)
    fill_return(form_id=form_id, day=before.first, member=leader, at=at - timedelta(minutes=9))
    return_id = fill_return(form_id=form_id, day=month.first, member=leader, at=at)
    filled = get_return(return_id=return_id, member=leader, at=at)
    cell, reason = CORRECTED
    for one in filled.figures:
        if one.cell == cell and one.amount:
            correct_figure(
                return_id=return_id,
                figure_id=one.id,
                amount=str(one.amount - 1),
                reason=reason,
                member=leader,
                at=at + timedelta(minutes=20),
            )


def draw_form() -> bytes:
    """Draw the empty form as an office above sends it: merged headings, borders, a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    looks = _looks(book)
    page = book.add_worksheet(SHEET)
    page.set_landscape()
    page.set_column(0, 0, 12)
    page.set_column(1, 1, 18)
    page.set_column(2, 5, 13)
    page.merge_range("A1:F1", NAME, looks["title"])
    page.write("A2", "填报单位：永昌街道")
    page.write("E2", "单位：件、%")
    page.merge_range("A3:B3", "指标", looks["head"])
    page.write_row("C3", COLUMNS, looks["head"])
    row = 3
    for section, labels in SECTIONS:
        page.merge_range(row, 0, row + len(labels) - 1, 0, section, looks["head"])
        for label in labels:
            page.write(row, 1, label, looks["label"])
            for column in range(2, 6):
                page.write_blank(row, column, None, looks["share" if "率" in label else "cell"])
            row += 1
    page.merge_range(row, 0, row, 1, "热线和巡查合计", looks["head"])
    for letter in "CDE":
        page.write_formula(f"{letter}{row + 1}", f"={letter}5+{letter}6", looks["cell"])
    page.write(row, 5, "", looks["cell"])
    page.write(row + 2, 0, "填报人：")
    page.write(row + 2, 4, "审核人：")
    book.close()
    return target.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    boxed = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "head": book.add_format(
            {**boxed, "bold": True, "align": "center", "bg_color": "#E7F1F0", "text_wrap": True}
        ),
        "label": book.add_format(boxed),
        "cell": book.add_format(boxed),
        "share": book.add_format({**boxed, "num_format": "0.0%"}),
    }
