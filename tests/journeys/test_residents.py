"""Residents report, follow, rate and reopen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.office import Office
from tests.journeys.visitors import Come, Site, Visitor

Take = Callable[[str], Path]


def closed_code(office: Office) -> str:
    """Let a matter be reported, handled and closed, and give its code."""
    number = office.closed("垃圾箱旁堆了一地")
    case_id = office.one("SELECT id FROM cases_case WHERE number = %s", number)
    return office.site.code_of(UUID(str(case_id)))


def report(visitor: Visitor, *photos: Path, text: str) -> str:
    """Report anonymously at the device's position and give the code."""
    page = visitor.page
    visitor.go("/report")
    if photos:
        page.set_input_files("#id_photos", [str(path) for path in photos])
        expect(page.locator(".picked .caption", has_text="已收到")).to_have_count(len(photos))
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("#near .note").first).to_contain_text("永昌街道")
    page.fill("#id_text", text)
    page.get_by_role("button", name="提交上报").click()
    page.wait_for_url("**/report/done")
    visitor.settle()
    code = page.locator("[data-copy]").get_attribute("data-copy")
    assert code
    return code


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_somebody_unnamed_reports_with_photos_and_follows(
    come: Come, take: Take, site: Site, width: str
) -> None:
    """A walker sees full bins, sends two photos, and looks at the page of the code."""
    walker = come(width, located=True)
    code = report(walker, take("bins.jpg"), take("near.jpg"), text="垃圾桶满了三天没人收")
    page = walker.page

    expect(page.locator("body")).to_contain_text("由街道指挥中心答复")
    walker.check_access()
    walker.check_width()
    page.get_by_role("link", name="看进度").click()
    walker.settle()

    expect(page.get_by_role("heading", level=1)).to_have_text("正在核实您报的情况")
    expect(page.locator(".photos img")).to_have_count(2)
    loaded = "Array.from(document.querySelectorAll('.photos img')).every(i => i.naturalWidth > 0)"
    page.wait_for_function(loaded)
    walker.check_access()
    walker.check_width()
    [(step, photos, named)] = site.ask(
        "SELECT c.step, (SELECT count(*) FROM cases_casephoto p WHERE p.case_id = c.id), r.name"
        " FROM cases_case c JOIN cases_reporter r ON r.case_id = c.id"
        " WHERE r.tracking_digest = sha256(%s::bytea)",
        code.encode(),
    )
    assert (step, photos, named) == ("verifying", 2, "")


def test_the_place_is_picked_on_the_map_by_hand_and_by_keys(come: Come) -> None:
    """Without a device position one points at the map, or moves it and presses Enter."""
    neighbour = come("desktop")
    page = neighbour.page
    neighbour.go("/report")
    canvas = page.locator("[data-map] canvas")
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 300, "y": 150})
    expect(page.locator("#near .note").first).to_be_visible()
    by_hand = page.locator("#place_lon").input_value()

    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    assert by_hand
    expect(page.locator("#place_lon")).not_to_have_value(by_hand)
    expect(page.locator("#place_lon")).not_to_be_empty()
    neighbour.check_access()


def test_an_address_is_suggested_and_a_category_found(come: Come, site: Site) -> None:
    """Typing finds the building and its point; a category is found by one word."""
    neighbour = come("phone")
    page = neighbour.page
    neighbour.go("/report")
    page.locator("#id_address").press_sequentially("义和小区1号楼")
    page.locator(".suggestion").first.click()
    expect(page.locator("#near .note").first).to_contain_text("义和社区")
    page.get_by_text("选一个类别").click()
    with page.expect_response(re.compile(r"/report/categories\?.*%E5%9E%83%E5%9C%BE")):
        page.locator("#category_search").press_sequentially("暴露垃圾")
    page.get_by_label("暴露垃圾", exact=True).check()
    with page.expect_response("**/report/categories?*"):
        page.locator("#category_search").fill("路灯")
    expect(page.get_by_label("暴露垃圾", exact=True)).to_be_checked()
    page.fill("#id_text", "单元门口堆着垃圾")
    page.get_by_role("button", name="提交上报").click()
    page.wait_for_url("**/report/done")

    [(placed, category)] = site.ask(
        "SELECT DISTINCT c.grid_id IS NOT NULL, k.name FROM cases_case c"
        " JOIN cases_category k ON k.id = c.category_id WHERE c.text = %s",
        "单元门口堆着垃圾",
    )
    assert (placed, category) == (True, "暴露垃圾")


def test_what_is_no_photo_is_refused_in_words_and_nothing_is_lost(
    come: Come, take: Take, tmp_path: Path
) -> None:
    """A letter called .jpg is refused beside its tile; words and the good photo stay."""
    letter = tmp_path / "letter.jpg"
    letter.write_text("not a photo")
    walker = come("phone", located=True)
    walker.expect_fault("415")
    page = walker.page
    walker.go("/report")
    page.fill("#id_text", "井盖不见了")
    page.set_input_files("#id_photos", [str(letter), str(take("hole.jpg"))])

    expect(page.locator(".is-refused .why")).to_contain_text("照片")
    expect(page.locator(".picked .caption", has_text="已收到")).to_have_count(1)
    page.get_by_role("button", name="去掉这张照片：letter.jpg").click()
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("#near .note").first).to_be_visible()
    page.get_by_role("button", name="提交上报").click()
    page.wait_for_url("**/report/done")


def test_without_scripts_a_refused_photo_keeps_everything_else(
    come: Come, take: Take, tmp_path: Path, site: Site
) -> None:
    """The plain form: one bad photo, then only that is corrected and the report goes through."""
    letter = tmp_path / "letter.jpg"
    letter.write_text("not a photo")
    text = f"路灯不亮，已经一周（{uuid4().hex[:6]}）"
    elder = come("phone", scripts=False)
    elder.expect_fault("422")
    page = elder.page
    elder.go("/report")
    page.fill("#id_text", text)
    page.fill("#id_address", "义和小区门口")
    page.set_input_files("#id_photos", [str(letter), str(take("lamp.jpg"))])
    page.get_by_role("button", name="提交上报").click()

    expect(page.locator("#errors")).to_contain_text("letter.jpg")
    expect(page.locator("#id_text")).to_have_value(text)
    expect(page.locator("#id_address")).to_have_value("义和小区门口")
    expect(page.get_by_label("用这张")).to_be_checked()
    page.get_by_role("button", name="提交上报").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您")
    found = site.ask(
        "SELECT count(*) FROM cases_casephoto p JOIN cases_case c ON c.id = p.case_id"
        " WHERE c.text = %s",
        text,
    )
    assert found == [(1,)]


def test_a_draft_survives_leaving_the_page_and_goes_once_sent(come: Come) -> None:
    """What was begun is there again after coming back; after sending it is gone."""
    walker = come("phone", located=True)
    page = walker.page
    walker.go("/report")
    page.fill("#id_text", "写到一半被叫走")
    walker.go("/")
    walker.go("/report")
    expect(page.locator("#id_text")).to_have_value("写到一半被叫走")
    expect(page.locator("[data-restored]")).to_be_visible()

    report(walker, text="写到一半被叫走，回来写完")
    walker.go("/report")
    expect(page.locator("#id_text")).to_have_value("")


def test_danger_calls_for_the_emergency_number_before_sending(come: Come) -> None:
    """Words of danger, or the box for it, bring the numbers up at once."""
    walker = come("phone")
    page = walker.page
    walker.go("/report")
    page.fill("#id_text", "楼道里有燃气味")
    expect(page.locator("[data-danger-note]")).to_contain_text("119")
    page.get_by_label("现在就有人身危险").check()
    expect(page.locator(".when-urgent a").first).to_have_attribute("href", "tel:110")


def test_a_resident_rates_what_was_done(come: Come, office: Office) -> None:
    """The matter is closed; the reporter says solved and satisfied."""
    resident = come("phone")
    page = resident.page
    code = closed_code(office)
    resident.go("/t/")
    page.get_by_label("查询码").fill(f"{code[:4]} {code[4:8]}-{code[8:].lower()}")
    page.get_by_role("button", name="查看").click()
    resident.settle()
    expect(page.get_by_role("heading", level=1)).to_have_text("已经办结")
    resident.check_access()
    resident.check_width()

    page.get_by_label("解决了", exact=True).check()
    page.get_by_label("满意", exact=True).check()
    page.get_by_label("想说的话").fill("来得很快")
    page.get_by_role("button", name="提交评价").click()
    resident.settle()
    expect(page.locator("body")).to_contain_text("解决了，满意。")


def test_a_resident_has_it_reopened_when_it_is_not_solved(
    come: Come, office: Office, take: Take
) -> None:
    """Not solved: a sentence and a photo bring it back to the centre."""
    resident = come("desktop")
    page = resident.page
    code = closed_code(office)
    resident.go(f"/t/{code}")
    page.locator("#reopen summary").click()
    page.locator("#reopen textarea").fill("第二天又堆满了")
    page.set_input_files("#reopen input[type=file]", str(take("again.jpg")))
    page.get_by_role("button", name="提交，重新办理").click()
    resident.settle()

    expect(page.get_by_role("heading", level=1)).not_to_have_text("已经办结")
    expect(page.locator(".timeline")).to_contain_text("重开")


def test_a_wrong_code_is_explained(come: Come) -> None:
    """A code mistyped leads to help, not to a dead end."""
    resident = come("phone", "en")
    resident.expect_fault("404")
    resident.go("/t/ABCDABCDABCDABCD")
    expect(resident.page.get_by_role("alert")).to_contain_text("We don't know this code")
    resident.check_access()


def test_the_form_is_filled_in_with_the_keyboard_alone(come: Come) -> None:
    """From the skip link to the button, no mouse."""
    typist = come("desktop")
    page = typist.page
    typist.go("/report")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.name || ''")
        if focused == "address":
            page.keyboard.type("惠民第9网格")
        if focused == "text":
            page.keyboard.type("楼前积水")
        if page.evaluate("document.activeElement.hasAttribute('data-send')"):
            page.keyboard.press("Enter")
            break
    page.wait_for_url(re.compile("/report/done"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", ["desktop", "narrow"])
def test_public_pages_have_no_serious_barrier(come: Come, width: str, language: str) -> None:
    """Start, report, code, sign-in and a missing page, in normal and in large type."""
    visitor = come(width, language)
    visitor.expect_fault("404")
    for large in ("0", "1"):
        visitor.page.context.add_cookies(
            [{"name": "large_type", "value": large, "url": visitor.site.address}]
        )
        for path in ("/", "/report", "/t/", "/accounts/login/", "/nowhere"):
            visitor.go(path)
            visitor.check_access()
            visitor.check_width()
