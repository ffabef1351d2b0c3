"""Joint enforcement from the plan to the published result, each act by the one whose it is.

The play: a member of the team draws up a plan, the sub-district approves it; two stalls are told
in writing; one puts it right, the other makes a statement, which somebody who took no part answers;
the team acts with two officers present and photographs before and after; the result is published
without naming anybody, and everybody can read it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.people import (
    PHONE,
    Stage,
    act,
    keep_picture,
    look_for_faults,
    photo,
    tab_to,
)
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

HERE = ZoneInfo("Asia/Shanghai")
OWNER = "金丝雀摊主"
SUMMARY = "疏导两处占道摊位，一处自行改正，一处当场教育后撤出，人行道恢复通行。"


def soon(**span: int) -> str:
    """Give a moment from now as the browser's field takes it."""
    return f"{datetime.now(HERE) + timedelta(**span):%Y-%m-%dT%H:%M}"


def choose(page: Page, selector: str, words: str) -> None:
    """Choose the first option of a select that holds these words."""
    value = page.locator(f"{selector} option", has_text=words).first.get_attribute("value")
    page.select_option(selector, value)


def open_operation(page: Page, address: str, number: str, act_name: str = "") -> Page:
    """Open an operation, and the form of one act."""
    page.goto(f"{address}/desk/enforcement/{number}/")
    if act_name:
        page.evaluate("id => { document.getElementById(id).open = true }", f"act-{act_name}")
    return page


def do(page: Page, address: str, number: str, act_name: str) -> None:
    """Take an act that needs nothing more."""
    act(open_operation(page, address, number, act_name), act_name)


def draw_up(page: Page, address: str) -> str:
    """Draw up a plan by keyboard and give its number."""
    page.goto(f"{address}/desk/enforcement/")
    tab_to(page, "a[href$='/enforcement/new']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/enforcement/new")
    tab_to(page, "#plan_title")
    page.keyboard.type("菜市口占道整治")
    tab_to(page, "#plan_aim")
    page.keyboard.type("先告知，再疏导，最后恢复通行。")
    tab_to(page, "button[type=submit].btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#plan_title")).to_have_value("菜市口占道整治")
    look_for_faults(page)
    keep_picture(page, "team-1-plan-refused")
    page.locator("#plan_address").fill("示例菜市口")
    page.locator("#plan_starts_at").fill(soon(days=1))
    for home in ("区城市管理局", "市场监管所", "消防救援大队"):
        page.locator("label.choice", has_text=home).locator("input").check()
    choose(page, "#plan_commander_id", "区城市管理局")
    page.locator("button[type=submit].btn-primary").click()
    page.wait_for_url(re.compile(r"/enforcement/ZF\d+-\d+/"))
    return page.url.rstrip("/").rpartition("/")[2]


def tell(page: Page, address: str, number: str, *, mark: str, kind: str, power: str) -> None:
    """Tell one stall in writing."""
    form = open_operation(page, address, number, "give_notice")
    form.locator("#give_notice_mark").fill(mark)
    form.locator("#give_notice_party_name").fill(OWNER)
    form.select_option("#give_notice_notice_kind", kind)
    choose(form, "#give_notice_power_id", power)
    form.locator("#give_notice_wanted").fill("撤出人行道")
    form.locator("#give_notice_deadline_at").fill(soon(days=2))
    act(form, "give_notice")


def photograph(page: Page, address: str, number: str, stage: str) -> None:
    """Keep a photo as evidence."""
    form = open_operation(page, address, number, "keep_evidence")
    form.select_option("#keep_evidence_stage", stage)
    choose(form, "#keep_evidence_taken_by", "区城市管理局")
    form.set_input_files("#act-keep_evidence input[type=file]", [photo()])
    act(form, "keep_evidence")


def test_from_the_plan_to_the_published_result(stage: Stage, site: Site, staff: Staff) -> None:
    team, leader, address = staff("joint01"), staff("leader"), stage.address
    number = draw_up(team, address)
    leader.goto(f"{address}/desk/enforcement/")
    expect(leader.locator("main")).to_contain_text(number)
    do(leader, address, number, "approve_plan")
    tell(team, address, number, mark="东口第一摊", kind="rectify", power="占道经营")
    tell(team, address, number, mark="东口第二摊", kind="penalty", power="无照经营")
    look_for_faults(team)
    keep_picture(team, "team-2-told")
    photograph(team, address, number, "before")
    do(team, address, number, "end_notices")
    hear(team, leader, address, number)
    act_on_the_spot(team, address, number)
    do(leader, address, number, "close_appeals")
    publish(leader, address, number)
    read_in_public(stage, site, number)


def hear(team: Page, leader: Page, address: str, number: str) -> None:
    """One stall complies, the other is heard; who took part may not answer."""
    form = open_operation(team, address, number, "record_compliance")
    choose(form, "#record_compliance_party_id", "东口第一摊")
    act(form, "record_compliance")
    form = open_operation(team, address, number, "receive_appeal")
    choose(form, "#receive_appeal_party_id", "东口第二摊")
    form.locator("#receive_appeal_note").fill("执照正在办")
    act(form, "receive_appeal")
    expect(team.locator("#act-answer_appeal")).to_have_count(0)
    form = open_operation(leader, address, number, "answer_appeal")
    choose(form, "#answer_appeal_appeal_id", "东口第二摊")
    form.select_option("#answer_appeal_outcome", "partly")
    form.locator("#answer_appeal_note").fill("材料已受理，改为教育")
    look_for_faults(leader)
    keep_picture(leader, "team-3-heard")
    act(form, "answer_appeal")


def act_on_the_spot(team: Page, address: str, number: str) -> None:
    """Two officers act; one alone is refused, and what was typed stays."""
    do(team, address, number, "begin_action")
    form = open_operation(team, address, number, "take_measure")
    choose(form, "#take_measure_party_id", "东口第二摊")
    form.select_option("#take_measure_measure_kind", "educate")
    choose(form, "#take_measure_power_id", "无照经营")
    form.locator("#act-take_measure label.choice", has_text="消防").locator("input").uncheck()
    form.locator("#act-take_measure label.choice", has_text="城市管理").locator("input").uncheck()
    form.locator("#act-take_measure form button[type=submit]").click()
    expect(form.locator("#act-take_measure")).to_contain_text("不得少于两人")
    look_for_faults(form)
    keep_picture(form, "team-4-one-officer")
    form.locator("#act-take_measure label.choice", has_text="城市管理").locator("input").check()
    act(form, "take_measure")
    photograph(team, address, number, "after")
    do(team, address, number, "finish_action")


def publish(leader: Page, address: str, number: str) -> None:
    """A result that names somebody is refused; then it is public."""
    form = open_operation(leader, address, number, "publish")
    form.locator("#publish_summary").fill(f"{SUMMARY}{OWNER}")
    form.locator("#act-publish form button[type=submit]").click()
    expect(form.locator("#act-publish")).to_contain_text("姓名、车牌或电话")
    form.locator("#publish_summary").fill(SUMMARY)
    act(form, "publish")


def read_in_public(stage: Stage, site: Site, number: str) -> None:
    """Anybody reads the result on a phone; it names nobody."""
    anybody = stage.window(PHONE)
    anybody.goto(f"{stage.address}/enforcement/")
    anybody.locator(f"a[href*='{number}']").first.click()
    expect(anybody.locator("main")).to_contain_text(SUMMARY)
    assert OWNER not in anybody.content()
    look_for_faults(anybody)
    keep_picture(anybody, "team-5-public")
    [(step, published)] = site.ask(
        "SELECT step, published_at IS NOT NULL FROM enforcement_operation WHERE number = %s", number
    )
    assert (step, published) == ("judging", True)
    named = site.ask("SELECT count(*) FROM enforcement_party WHERE name = %s", OWNER)
    assert named[0][0] >= 2
