"""The dispatcher's day: several sent after a look, one case in tasks, another lead once.

1. By keyboard: three cases wait; a colleague opens one, and her name comes into its row by
   itself. Two are ticked and sent after a look at each; a third, taken by the shift leader
   meanwhile, is told with the reason.
2. A case gets two tasks beside its lead, each with its clock; it can't be closed before both are
   verified.
3. The category changes: the page proposes another lead once, the promise stays.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import find_overflow
from tests.journeys.office import PILES, Office
from tests.journeys.people import (
    act,
    look_for_faults,
    look_on_both,
    photo,
    settle,
    tab_to,
)

pytestmark = pytest.mark.journey

SPOTS = "[data-spots].is-picked"


def test_several_are_sent_by_keyboard_after_a_look(office: Office) -> None:
    word = f"派遣台{time.time_ns() % 10**6}"
    numbers = [office.filed(f"{word}{name}号垃圾箱满了") for name in ("甲", "乙", "丙")]
    office.wait_for_words(numbers)
    page = office.come("dispatcher")
    page.goto(f"{office.site.address}/desk/dispatch/?q={word}")
    expect(page.locator("h1")).to_contain_text("有 3 件等待派遣")
    for number in numbers:
        walk_to(page, number)
        page.keyboard.press("x")
    expect(page.locator(SPOTS)).to_have_count(1)

    shift = office.open("shift", numbers[2])
    settle(shift)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(f"#case-{numbers[2]} .others-here")).to_contain_text("赵立新正在看")
    look_on_both(page, "dispatcher-1-ticked")

    tab_to(page, ".dispatch-bar button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("确认派遣")
    look_for_faults(page)
    office.act("shift", numbers[2], "dispatch", lead_id=office.organisation("dept-sanitation"))
    tab_to(page, ".dispatch-bar button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("已派遣 2 件")
    expect(page.locator("main")).to_contain_text("1 件没有派出")
    expect(page.locator("main")).to_contain_text("赵立新")
    look_on_both(page, "dispatcher-2-told")
    assert [office.step(number) for number in numbers] == ["accepting"] * 3
    assert [office.count_events(number, "cases.dispatched") for number in numbers] == [1, 1, 1]


def walk_to(page: Page, number: str) -> None:
    """Press j until the row of the case is the one at hand."""
    for _ in range(5):
        page.keyboard.press("j")
        if page.locator(f"#case-{number}.is-picked").count():
            return
    raise AssertionError(f"j does not reach {number}")


def test_one_case_in_several_tasks(office: Office) -> None:
    number = office.dispatched("楼后违建的砖头堵了通道")
    office.act("handler-sanitation", number, "accept")
    page = office.open("dispatcher", number)
    for unit, brief in (("dept-market", "查一楼商户的手续"), ("dept-fire", "看消防通道")):
        add_task(page, office.organisation(unit), brief)
    expect(page.locator("#tasks .task")).to_have_count(2)
    expect(page.locator("#tasks .task").first).to_contain_text("等待接单")
    look_on_both(page, "dispatcher-3-tasks")

    finish_task(office, number, 1, "handler-market")
    office.act("handler-sanitation", number, "feed_back", note="砖头清走了", with_photo=True)
    verifier = office.open("verifier", number)
    expect(verifier.locator("#act-pass_check")).to_have_count(0)
    assert office.step(number) == "checking"
    finish_task(office, number, 2, "handler-fire")
    verifier = office.open("verifier", number)
    expect(verifier.locator("#tasks .task").nth(1)).to_contain_text("办完了")
    verifier.set_input_files("#act-pass_check input[type=file]", [photo((80, 150, 150))])
    act(verifier, "pass_check")
    states = office.site.ask(
        "SELECT a.state, a.due_at IS NOT NULL FROM cases_assignment a"
        " JOIN cases_case c ON c.id = a.case_id WHERE c.number = %s AND a.duty = 'task'",
        number,
    )
    assert states == [("done", True), ("done", True)]
    assert office.step(number) == "closing"


def add_task(page: Page, unit: int, brief: str) -> None:
    """Give one more task from the case page."""
    form = page.locator("#act-add_task")
    form.locator("summary").click()
    form.locator("select").first.select_option(value=str(unit))
    form.locator("textarea").fill(brief)
    form.locator("button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")


def finish_task(office: Office, number: str, no: int, login: str) -> None:
    """Let a unit accept and report its task, and the verifier pass it."""
    office.act(login, number, "accept_task", task_no=no)
    office.act(login, number, "feed_back_task", task_no=no, note="办好了", with_photo=True)
    office.act("verifier", number, "pass_task", task_no=no, with_photo=True)


def test_another_lead_once_when_the_category_changes(office: Office) -> None:
    number = office.dispatched("路边一堆旧家具")
    office.act("handler-sanitation", number, "accept")
    promised = office.one("SELECT promised_at FROM cases_case WHERE number = %s", number)
    clerk = office.open("clerk", number)
    clerk.locator("#act-recategorise summary").click()
    other = office.category(PILES)
    clerk.locator("#act-recategorise select").select_option(value=str(other))
    clerk.locator("#act-recategorise button[type=submit]").click()
    expect(clerk.locator(".note.is-done").first).to_contain_text("已办好")

    page = office.open("dispatcher", number)
    expect(page.locator(".now-you h2")).to_contain_text("按新建议改派")
    look_on_both(page, "dispatcher-4-reroute")
    tab_to(page, "#act-reroute button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    expect(page.locator(".case-head")).to_contain_text("待接单")
    assert find_overflow(page) == []
    leads = office.site.ask(
        "SELECT o.code, a.state FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id"
        " JOIN people_organisation o ON o.id = a.organisation_id"
        " WHERE c.number = %s AND a.duty = 'lead' ORDER BY a.id",
        number,
    )
    assert leads[0] == ("dept-sanitation", "withdrawn")
    assert leads[1][1] == "offered"
    assert leads[1][0] != "dept-sanitation"
    assert office.one("SELECT promised_at FROM cases_case WHERE number = %s", number) == promised
    expect(page.locator("#act-reroute")).to_have_count(0)
    assert re.search("改派", page.locator(".timeline").inner_text())
