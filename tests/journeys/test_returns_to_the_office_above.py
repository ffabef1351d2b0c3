"""The keeper takes a form in and maps it by its headings; the leader fills it in and corrects it.

The form is a real Excel file, made here and read back here.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from playwright.sync_api import Page, expect

from tests.journeys.people import PHONE, Stage, look_on_both

pytestmark = pytest.mark.journey

NAME = "诉求办理季报表（演练）"
ROWS = ("受理件数", "结案件数", "按期办结率", "备用")


def make_form(rows: tuple[str, ...]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("季报")
    bold = book.add_format({"bold": True, "border": 1})
    boxed = book.add_format({"border": 1})
    share = book.add_format({"border": 1, "num_format": "0.0%"})
    page.merge_range("A1:C1", "诉求办理季报表", bold)
    page.write_row("A2", ("指标", "本季度", "去年同期"), bold)
    for at, label in enumerate(rows, start=2):
        page.write(at, 0, label, bold)
        for column in (1, 2):
            page.write_blank(at, column, None, share if "率" in label else boxed)
    page.write(len(rows) + 2, 0, "合计", bold)
    page.write_formula(len(rows) + 2, 1, "=B3+B4", boxed, 0)
    book.close()
    return target.getvalue()


def send(page: Page, field: str, name: str, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(field, {"name": name, "mimeType": kind, "buffer": content})


def read(path: Path) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_a_form_is_taken_in_mapped_filled_in_and_changed(stage: Stage, tmp_path: Path) -> None:
    keeper = stage.person("keeper")
    keeper.goto(f"{stage.address}/desk/")
    keeper.get_by_role("link", name=re.compile("上级报表")).first.click()
    expect(keeper.locator("h1")).to_have_text("要填给上级的报表")
    look_on_both(keeper, "returns")
    keeper.get_by_role("link", name="上传一张报表").click()
    send(keeper, "#form_file", "季报.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    keeper.fill("#form_name", NAME)
    keeper.fill("#form_issuer", "区社会工作部")
    keeper.select_option("#form_kind", "quarter")
    keeper.get_by_role("button", name="收下报表").click()
    expect(keeper.locator("#form_file-error")).to_contain_text("另存为 .xlsx")
    expect(keeper.locator("#form_name")).to_have_value(NAME)
    look_on_both(keeper, "return-form-refused")
    send(keeper, "#form_file", "季报.xlsx", make_form(ROWS))
    keeper.get_by_role("button", name="收下报表").click()
    keeper.wait_for_url("**/cells/")
    keeper.get_by_role("button", name="按表头对应 6 格").click()
    expect(keeper.locator("p.note.is-done")).to_contain_text("对应了 6 格")
    # The rest by keyboard: the empty cell beside the row nobody can read.
    cell = keeper.get_by_role("link", name=re.compile("B6，备用，本季度"))
    cell.focus()
    keeper.keyboard.press("Enter")
    expect(keeper.locator("#chosen-title")).to_have_text("B6 填什么")
    keeper.select_option("#cell_figure", "whistles.blown")
    keeper.select_option("#cell_channel", "phone")
    keeper.get_by_role("button", name="对应到这个数").click()
    expect(keeper.locator("#errors")).to_contain_text("不能再按来源分")
    look_on_both(keeper, "return-cell-refused")
    keeper.select_option("#cell_channel", "")
    keeper.get_by_role("button", name="对应到这个数").click()
    expect(keeper.locator("td.is-mapped")).to_have_count(7)
    look_on_both(keeper, "return-cells")
    address = keeper.url.partition("cells/")[0]

    leader = stage.person("leader")
    leader.goto(address)
    look_on_both(leader, "return-form")
    leader.get_by_role("button", name="填好这一期").click()
    expect(leader.locator("p.note.is-done")).to_contain_text("已经填好")
    look_on_both(leader, "return-filled")
    with leader.expect_download() as waiting:
        leader.get_by_role("link", name="下载填好的 Excel").click()
    waiting.value.save_as(tmp_path / "filled.xlsx")
    rows = read(tmp_path / "filled.xlsx")
    received = leader.locator("td.is-number").first.inner_text().split()[-1]
    assert rows[2][:2] == ["受理件数", float(received)]
    assert float(received) > 0
    assert 0 < float(str(rows[4][1])) <= 1

    filled = leader.url
    leader.locator("td.is-number a").first.click()
    expect(leader.locator("ol.return-list li").first).to_be_visible()
    look_on_both(leader, "return-number")
    leader.fill("#correct_amount", str(int(received) + 1))
    leader.get_by_role("button", name="更正，记下理由").click()
    expect(leader.locator("#correct_reason-error")).to_be_visible()
    leader.fill("#correct_reason", "补记一件纸质来信")
    leader.get_by_role("button", name="更正，记下理由").click()
    leader.wait_for_url(filled)
    expect(leader.locator("td.is-corrected")).to_contain_text(str(int(received) + 1))
    look_on_both(leader, "return-corrected")

    keeper.goto(address)
    send(keeper, "#version_file", "季报新.xlsx", make_form(("立案件数", *ROWS)))
    keeper.get_by_role("button", name="收下新版").click()
    expect(keeper.locator("#waiting-title")).to_contain_text("7 格")
    look_on_both(keeper, "return-moved")
    keeper.get_by_role("button", name=re.compile("就填这里.*受理件数 · 本期")).click()
    expect(keeper.locator("#waiting-title")).to_contain_text("6 格")
    keeper.goto(address)
    keeper.get_by_text("不再填这张报表").click()
    keeper.get_by_role("button", name="停用报表").click()
    expect(keeper.locator("main")).to_contain_text("已停用")


def test_a_newcomer_finds_a_filled_form_also_on_the_phone(stage: Stage) -> None:
    phone = stage.person("leader", PHONE)
    phone.goto(f"{stage.address}/desk/returns/")
    phone.get_by_role("link", name=re.compile("看这一份.*城乡社区治理情况月报表")).click()
    expect(phone.locator("h1")).to_contain_text("城乡社区治理情况月报表")
    expect(phone.locator("td.is-corrected")).to_have_count(1)
