"""Talk points and couriers: said at a place, answered there; seen on the way, soon taken.

The plays:

1. The secretary writes down what somebody without a phone says; everybody reads it on the point's
   page; a question is answered on the spot; the sheet is printed.
2. A courier finds a building, reports in three taps on a phone, and reads the own record; somebody
   of the centre takes it; the secretary refuses another with a reason.
3. All their pages are looked at from all sides.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.looking import Sight, look_from_all_sides, read_data
from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults, photo
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

ASKED = "楼后路灯一闪一闪"


def open_first_point(page: Page, address: str) -> None:
    """Open the first point of the member's list."""
    page.goto(f"{address}/desk/talk/")
    page.locator(".operation-row a").first.click()
    page.wait_for_url(re.compile(r"/desk/talk/\d+/$"))


def test_a_matter_is_said_and_read_by_everybody(stage: Stage, site: Site, staff: Staff) -> None:
    page = staff("secretary1", PHONE)
    open_first_point(page, stage.address)
    look_for_faults(page)
    page.get_by_role("link", name="有人来说事").click()
    page.locator("#matter_asked").fill(ASKED)
    page.locator("form[data-send-once] button[type=submit]").click()
    expect(page.locator("#errors")).to_be_visible()
    look_for_faults(page)
    keep_picture(page, "talk-1-refused")
    expect(page.locator("#matter_asked")).to_have_value(ASKED)
    page.locator("#matter_address").fill("义和小区3号楼后")
    page.locator("#matter_door").fill("3-2-101")
    page.locator("form[data-send-once] button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已登记，编号")
    point_id = page.url.rstrip("/").rpartition("/")[2]
    public = stage.window(PHONE)
    public.goto(f"{stage.address}/talk/{point_id}")
    expect(public.get_by_role("heading", name=ASKED)).to_be_visible()
    look_for_faults(public)
    keep_picture(public, "talk-2-public")
    told = site.ask("SELECT channel FROM cases_case WHERE title = %s", ASKED)
    assert told == [("talk_point",)]


def test_a_question_is_answered_and_the_sheet_printed(stage: Stage, staff: Staff) -> None:
    page = staff("secretary1")
    open_first_point(page, stage.address)
    page.get_by_role("link", name="有人来说事").click()
    page.locator("#matter_asked").fill("图书室几点开")
    page.get_by_label("当场就能答复").check()
    page.get_by_text("当场答复的话").click()
    page.locator("#matter_answer").fill("每天九点到十一点")
    page.locator("form[data-send-once] button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已记下，编号")
    with page.expect_download() as printed:
        page.get_by_role("link", name="打印要贴的").click()
    assert printed.value.path().read_bytes().startswith(b"%PDF")


def test_a_courier_reports_and_somebody_takes_it(stage: Stage, site: Site, staff: Staff) -> None:
    rider = staff("courier", PHONE)
    rider.goto(f"{stage.address}/courier/?q=义和小区3号楼")
    expect(rider.locator(".courier-found li").first).to_be_visible()
    look_for_faults(rider)
    rider.get_by_role("link", name="用普通网页发").click()
    rider.locator("input[type=file]").set_input_files(photo())
    rider.locator(".courier-chip").first.click()
    rider.locator("#courier_address").fill("义和小区3号楼")
    look_for_faults(rider)
    keep_picture(rider, "courier-1-report")
    rider.get_by_role("button", name="发出").click()
    expect(rider.locator(".note.is-done").first).to_contain_text("收到了，编号")
    look_for_faults(rider)
    keep_picture(rider, "courier-2-own-record")
    number = rider.locator(".talk-board .number").first.inner_text()
    centre = staff("shift")
    centre.goto(f"{stage.address}/desk/cases/{number}/")
    look_for_faults(centre)
    keep_picture(centre, "courier-3-case")
    centre.get_by_role("button", name="我来看").click()
    expect(centre.locator(".note.is-done").first).to_contain_text("已接下")
    rider.goto(f"{stage.address}/courier/")
    expect(rider.locator(".talk-board li").first).to_contain_text("已经有人接下")
    assert site.ask("SELECT name FROM people_person WHERE name = '罗小飞'")
    assert "罗小飞" not in centre.locator("main").inner_text()


def test_another_is_refused_with_a_reason(stage: Stage, staff: Staff) -> None:
    page = staff("secretary1", PHONE)
    page.goto(f"{stage.address}/desk/couriers/")
    look_for_faults(page)
    page.locator("main details summary").first.click()
    page.get_by_label("理由，会告诉本人").first.fill("登记的社区不对")
    page.locator("main details[open] button[value=refuse]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("没有确认")


PAGES = (
    Sight(name="talk", path="/talk/"),
    Sight(name="talk-point", path="/talk/1"),
    Sight(name="rest", path="/rest/"),
    Sight(name="courier", path="/courier/"),
)
DESK = (
    Sight(name="desk-talk", path="/desk/talk/"),
    Sight(name="desk-talk-point", path="/desk/talk/1/"),
    Sight(name="desk-talk-new", path="/desk/talk/new/"),
    Sight(name="desk-talk-enter", path="/desk/talk/1/enter/"),
    Sight(name="desk-couriers", path="/desk/couriers/"),
    Sight(name="desk-rest", path="/desk/rest-places/"),
)


@pytest.mark.parametrize("sight", PAGES, ids=lambda sight: sight.name)
def test_public_pages_from_all_sides(stage: Stage, site: Site, sight: Sight) -> None:
    page = stage.window()
    assert look_from_all_sides(page, stage.address, sight, read_data(site)) == []


@pytest.mark.parametrize("sight", DESK, ids=lambda sight: sight.name)
def test_desk_pages_from_all_sides(stage: Stage, site: Site, staff: Staff, sight: Sight) -> None:
    page = staff("secretary1")
    assert look_from_all_sides(page, stage.address, sight, read_data(site)) == []
