"""Tables come in and lists go out as Excel; a case leaves as PDF, slip and card.

The play: the clerk fills the template with good and faulty rows; the faulty ones come back in a
file with the reason beside each cell, are put right there and sent again; nothing enters before it
is confirmed. The keeper does the same with organisations. A list leaves as it is shown, and so does
the paper of one case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.journeys.conftest import Staff
from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults, tab_to
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

INSIDE = ("125.3072", "43.8781")
RUN = uuid4().hex[:12]
LINES = tuple(f"12345-{RUN}-{number}" for number in (1, 2, 3))


def download(page: Page, name: str, folder: Path) -> Path:
    """Click a link or button that gives a file, and keep it."""
    with page.expect_download() as given:
        page.locator(f"text={name}").first.click()
    path = folder / given.value.suggested_filename
    given.value.save_as(path)
    return path


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a table as the office does."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [str(cell) for cell in row])
    return path


def read_table(path: Path) -> list[list[Any]]:
    """Read the first sheet."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def send(page: Page, address: str, kind: str, table: Path) -> None:
    """Send a table and see the result of the check."""
    page.goto(f"{address}/desk/imports/{kind}/")
    page.set_input_files("#import_file", str(table))
    if kind == "cases":
        page.select_option("#import_coordinates", "WGS-84")
    tab_to(page, ".act-form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#counts-title")).to_have_text("核对结果", timeout=20_000)


def confirm(page: Page) -> None:
    """Say yes, and see it done."""
    tab_to(page, "button[name=decision][value=yes]")
    page.keyboard.press("Enter")
    expect(page.locator("#counts-title")).to_have_text("导入好了", timeout=20_000)


def test_cases_come_in_from_a_faulty_table(
    stage: Stage, site: Site, staff: Staff, tmp_path: Path
) -> None:
    clerk = staff("clerk")
    clerk.goto(f"{stage.address}/desk/imports/")
    look_for_faults(clerk)
    template = read_table(download(clerk, "下载模板", tmp_path))
    assert "反映的内容*" in template[0]
    lon, lat = INSIDE
    table = write_table(
        tmp_path / "热线工单.xlsx",
        [
            ["原编号", "反映的内容", "经度", "纬度", "上级受理时间"],
            [LINES[0], "路口的护栏倒了", lon, lat, "2026-11-20 09:30"],
            [LINES[1], "路灯一直不亮", lat, lon, "2026-11-20 10:00"],
            [LINES[2], "", lon, lat, "昨天"],
        ],
    )
    send(clerk, stage.address, "cases", table)
    expect(clerk.locator(".paper-counts .is-wrong dd")).to_have_text("2")
    look_for_faults(clerk)
    keep_picture(clerk, "tables-1-checked")
    assert entered(site) == []
    confirm(clerk)
    assert entered(site) == [LINES[0]]
    rest = read_table(download(clerk, "下载没有导入的行", tmp_path))
    assert rest[0][:2] == ["为什么没有导入", "原行号"]
    assert [row[2] for row in rest[1:]] == list(LINES[1:])
    corrected = put_right(rest)
    send(clerk, stage.address, "cases", write_table(tmp_path / "改好的.xlsx", corrected))
    confirm(clerk)
    look_for_faults(clerk)
    keep_picture(clerk, "tables-2-done")
    assert entered(site) == list(LINES)
    clerk.goto(f"{stage.address}/desk/imports/")
    expect(clerk.locator(".paper-lines")).to_contain_text("改好的.xlsx")
    keep_picture(clerk, "tables-3-records")


def entered(site: Site) -> list[str]:
    """List which of the lines are cases."""
    found = site.ask(
        "SELECT original_number FROM cases_case WHERE original_number = ANY(%s)", list(LINES)
    )
    return sorted(str(number) for (number,) in found)


def put_right(rest: list[list[Any]]) -> list[list[Any]]:
    """Put right what the file of faulty rows complains about."""
    heads = [str(head) for head in rest[0]]
    column = {name: heads.index(name) for name in heads}
    for row in rest[1:]:
        row[column["经度"]], row[column["纬度"]] = INSIDE
        row[column["上级受理时间"]] = "2026-11-20 10:00"
        row[column["反映的内容"]] = row[column["反映的内容"]] or "井盖响了一夜"
    return rest


def test_organisations_come_in_by_the_keeper(
    stage: Stage, site: Site, staff: Staff, tmp_path: Path
) -> None:
    keeper = staff("keeper")
    heads = ["单位编号", "单位名称", "单位类别", "上级单位编号"]
    good = [f"park-{RUN}", "示例公园管理处", "职能部门", ""]
    table = [heads, good, [f"bad-{RUN}", "示例物业", "不知道", "没有这个上级"]]
    send(keeper, stage.address, "organisations", write_table(tmp_path / "单位.xlsx", table))
    expect(keeper.locator(".paper-counts .is-wrong dd")).to_have_text("1")
    look_for_faults(keeper)
    keep_picture(keeper, "tables-4-organisations")
    confirm(keeper)
    found = site.ask("SELECT name FROM people_organisation WHERE code LIKE %s", f"%{RUN}")
    assert found == [("示例公园管理处",)]


def test_a_list_leaves_as_it_is_shown(
    stage: Stage, site: Site, staff: Staff, tmp_path: Path
) -> None:
    clerk = staff("clerk")
    clerk.goto(f"{stage.address}/desk/cases/?step=dispatching")
    shown = clerk.locator(".case-rows .number").all_inner_texts()
    table = read_table(download(clerk, "导出 Excel", tmp_path))
    cells = [str(cell) for row in table for cell in row if cell]
    numbers = [one for one in cells if re.fullmatch(r"\d{4}-\d{7}", one)]
    # A page shows the first of them; the file holds all.
    assert shown
    assert numbers[: len(shown)] == shown
    clerk.goto(f"{stage.address}/desk/exports/")
    expect(clerk.locator("#mine")).to_contain_text("案件")
    look_for_faults(clerk)
    keep_picture(clerk, "tables-5-exports")
    [(rows,)] = site.ask(
        "SELECT rows_total FROM kernel_exportrecord ORDER BY asked_at DESC LIMIT 1"
    )
    assert rows == len(numbers)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_case_leaves_on_paper_and_as_a_card(
    stage: Stage, site: Site, staff: Staff, tmp_path: Path, language: str
) -> None:
    clerk = staff("shift", PHONE)
    clerk.context.add_cookies([{"name": "language", "value": language, "url": stage.address}])
    [(number,)] = site.ask(
        "SELECT number FROM cases_case WHERE step = 'handling' AND kind <> 'complaint'"
        " AND visibility = 'public' ORDER BY number LIMIT 1"
    )
    for paper in ("case.pdf", "slip.pdf", "slip.pdf?paper=a5", "card.png"):
        given = clerk.request.get(f"{stage.address}/desk/cases/{number}/{paper}")
        assert given.ok
        assert given.body()[:4] in (b"%PDF", b"\x89PNG")
    clerk.goto(f"{stage.address}/desk/cases/{number}/card")
    expect(clerk.locator("#card-text")).to_have_value(re.compile(number))
    look_for_faults(clerk)
    keep_picture(clerk, f"tables-6-card-{language}")
