"""A whistle from the call to the settled dispute, on desks and on a phone in the rain.

The play: the centre blows an emergency whistle after an item of the list; the water company signs
in with one big button on a phone, by its position; the maintenance centre has no signal and is
signed in by the caller; the water company records the outcome; the caller judges; the maintenance
centre disputes, and a leader who neither called nor judged settles it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.looking import Sight, listen, look_from_all_sides, read_data, with_number
from tests.journeys.people import PHONE, Stage, act, keep_picture, look_for_faults, photo, tab_to
from tests.journeys.visitors import YONGCHANG, Site

pytestmark = pytest.mark.journey

LIST = "/desk/whistles/"


def open_whistle(page: Page, address: str, number: str, act_name: str = "") -> Page:
    """Open a whistle, and the form of one act."""
    page.goto(f"{address}{LIST}{number}/")
    if act_name:
        page.evaluate("id => { document.getElementById(id).open = true }", f"act-{act_name}")
    return page


def blow(page: Page, address: str) -> str:
    """Choose kind and item, see whom they fill in, and blow by keyboard; give the number."""
    page.goto(f"{address}{LIST}new/")
    page.select_option("#first-kind", "emergency")
    value = page.locator("#first-item option", has_text="爆管停水联动").get_attribute("value")
    page.select_option("#first-item", value)
    page.get_by_role("button", name="按这一项填好").click()
    expect(page.locator("#whistle_lead_id option:checked")).to_have_text("水务集团")
    tab_to(page, "button[type=submit].btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_visible()
    look_for_faults(page)
    keep_picture(page, "whistle-1-refused")
    page.locator("#whistle_wanted").fill("关阀抢修，围挡积水路段。")
    page.locator("#whistle_address").fill("桂林路口")
    page.locator("summary", has_text="直接写经纬度").click()
    page.locator("#whistle_lon").fill(str(YONGCHANG["longitude"]))
    page.locator("#whistle_lat").fill(str(YONGCHANG["latitude"]))
    page.get_by_role("button", name="吹哨", exact=True).click()
    page.wait_for_url(re.compile(r"/whistles/SH\d+-\d+/"))
    return page.url.rstrip("/").rpartition("/")[2]


def sign_in_on_the_phone(page: Page, address: str, number: str) -> None:
    """Press the one big button; the position goes with it."""
    page.context.grant_permissions(["geolocation"], origin=address)
    page.context.set_geolocation(YONGCHANG)  # type: ignore[arg-type]
    open_whistle(page, address, number)
    button = page.locator(".arrive-button")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 80
    assert box["y"] + box["height"] <= PHONE[1]
    look_for_faults(page)
    keep_picture(page, "whistle-2-arrive-390")
    button.click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    expect(page.locator("#called")).to_contain_text("离现场 0 米")


def judge(page: Page, address: str, number: str) -> None:
    """Judge all three; the emergency bureau never came."""
    open_whistle(page, address, number, "judge")
    keep_picture(page, "whistle-4-judge")
    look_for_faults(page)
    road = page.locator("section.verdict", has=page.locator("h3", has_text="市政设施"))
    road.locator("fieldset", has_text="尽责").locator("input[value='0']").check()
    page.locator("#act-judge button[type=submit]").click()
    expect(page.locator("#act-judge .field-error").first).to_contain_text("请写明理由")
    expect(road.locator("fieldset", has_text="尽责").locator("input[value='0']")).to_be_checked()
    road.locator("input[type=text]").fill("围挡不到位")
    away = page.locator("section.verdict", has=page.locator("h3", has_text="应急管理局"))
    away.locator("input[type=text]").fill("没有到场")
    act(page, "judge")


def test_a_whistle_from_the_call_to_the_settlement(stage: Stage, site: Site, staff: Staff) -> None:
    caller, address = staff("dispatcher"), stage.address
    number = blow(caller, address)
    keep_picture(caller, "whistle-1-blown")
    water = staff("handler-water", PHONE)
    water.goto(f"{address}/notices/")
    expect(water.locator("main")).to_contain_text(number)
    sign_in_on_the_phone(water, address, number)
    open_whistle(caller, address, number, "countersign")
    road = caller.locator("#countersign_organisation_id option", has_text="市政设施")
    caller.select_option("#countersign_organisation_id", road.get_attribute("value"))
    act(caller, "countersign")
    open_whistle(water, address, number, "report_deed")
    water.locator("#report_deed_note").fill("关阀，换管 6 米。")
    water.set_input_files("#act-report_deed input[type=file]", [photo()])
    act(water, "report_deed")
    open_whistle(water, address, number, "record_outcome")
    water.locator("#record_outcome_note").fill("两小时恢复供水。")
    act(water, "record_outcome")
    keep_picture(water, "whistle-3-outcome-390")
    judge(caller, address, number)
    settle(staff, address, number)


def settle(staff: Staff, address: str, number: str) -> None:
    """Let the judged dispute, and the leader settle; the caller is not offered to."""
    road, leader = staff("handler-road", PHONE), staff("leader")
    open_whistle(road, address, number, "reply")
    road.locator("#reply_note").fill("围挡按规范装了。")
    road.locator("#act-reply input[value='1']").check()
    act(road, "reply")
    caller = staff("dispatcher")
    open_whistle(caller, address, number)
    expect(caller.locator("#act-settle")).to_have_count(0)
    open_whistle(leader, address, number, "settle")
    leader.select_option("#settle_organisation_id", index=1)
    for name in ("responded", "in_time", "did_part"):
        leader.locator(f"#act-settle input[name={name}][value='1']").check()
    leader.locator("#settle_why").fill("照片里围挡齐全")
    act(leader, "settle")
    look_for_faults(leader)
    keep_picture(leader, "whistle-5-settled")
    leader.goto(f"{address}{LIST}year/")
    row = leader.locator("tr", has_text="市政设施")
    row.locator("a[aria-label*='裁定改变']").click()
    expect(leader.locator("main")).to_contain_text(number)


PAGES = {
    "dispatcher": (
        Sight(name="whistles", path=LIST, shows=".operation-row"),
        Sight(name="whistles-nothing", path=f"{LIST}?step=cancelled&kind=inspection"),
        Sight(name="whistle-new", path=f"{LIST}new/", shows="#whistle_title"),
        Sight(name="whistle-year", path=f"{LIST}year/", shows=".year-table"),
        Sight(name="whistle-settled", path=LIST + "{供水管爆裂，路面积水}/", shows=".called"),
        Sight(name="whistle-to-judge", path=LIST + "{北街餐饮油烟联合检查}/", shows=".called"),
    ),
    "handler-road": (
        Sight(name="whistle-arrive", path=LIST + "{路面塌陷，有空洞}/", shows=".arrive"),
    ),
    "clerk": (Sight(name="whistles-refused", path=LIST),),
}


@pytest.mark.parametrize("login", list(PAGES))
def test_whistle_pages_from_all_sides(stage: Stage, site: Site, login: str) -> None:
    page, data = stage.person(login), read_data(site)
    heard = listen(page, site.address)
    wrong = [
        fault
        for sight in PAGES[login]
        for fault in look_from_all_sides(page, site.address, with_number(site, sight), data)
    ]
    assert not wrong, "\n".join(wrong)
    assert [one for one in heard if "status of 403" not in one] == []
