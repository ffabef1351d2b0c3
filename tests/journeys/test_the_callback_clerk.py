"""The call-back clerk's morning by keyboard, and what the others make of the answers.

The play: the clerk takes the next one with Enter, reads the number (logged), hears that it is
solved and writes it down; takes another, hears that it is not, and is asked for neutral words
first; asks that one be left out, which the shift leader grants; the supervisor opens a number of
the rates; the handling unit sees rates and no list.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.looking import Sight, listen, look_from_all_sides, read_data
from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults, tab_to
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

QUEUE = "/desk/callback/"
ONE = re.compile(r"/desk/callback/[0-9a-f-]{36}/")


def take_next(page: Page, address: str) -> None:
    """Take the next call-back with Enter alone, and show the number."""
    page.goto(f"{address}{QUEUE}")
    expect(page.locator("form[action$='/next/'] button")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(ONE)
    expect(page.locator("form[action$='/number/#ask'] button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".callback-number")).to_be_visible()


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of the answers by keyboard."""
    tab_to(page, f"#ask input[name={name}]")
    page.locator(f"#ask input[name={name}][value='{value}']").check()


def test_a_morning_of_calls(stage: Stage, site: Site, staff: Staff) -> None:
    address, clerk = stage.address, staff("callback")
    take_next(clerk, address)
    look_for_faults(clerk)
    keep_picture(clerk, "callback-1-call")
    for name, value in (("result", "reached"), ("solved", "1"), ("satisfaction", "3")):
        choose(clerk, name, value)
    tab_to(clerk, "#try_note")
    clerk.keyboard.type("当天就来了人")
    tab_to(clerk, "#ask form[action$='/try/#ask'] button")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".note.is-done").first).to_contain_text("已记下答复")
    hear_that_it_is_not_solved(clerk, address)
    leave_one_out(clerk, staff("shift"), address)


def hear_that_it_is_not_solved(clerk: Page, address: str) -> None:
    """Hear that it is not solved: the neutral words are asked for, and nothing typed is lost."""
    take_next(clerk, address)
    for name, value in (("result", "reached"), ("solved", "0"), ("satisfaction", "1")):
        choose(clerk, name, value)
    clerk.locator("#try_note").fill("说还是老样子")
    clerk.locator("#ask form[action$='/try/#ask'] button").click()
    expect(clerk.locator("#errors")).to_contain_text("中性的话")
    expect(clerk.locator("#try_note")).to_have_value("说还是老样子")
    look_for_faults(clerk)
    keep_picture(clerk, "callback-2-refused")
    clerk.locator("#try_redo_note").fill("东侧还有一半没有清")
    clerk.locator("#ask form[action$='/try/#ask'] button").click()
    expect(clerk.locator(".note.is-done").first).to_contain_text("已记下答复")


def leave_one_out(clerk: Page, shift: Page, address: str) -> None:
    """Ask that one be left out; somebody else grants it, and everybody can read it."""
    clerk.goto(f"{address}{QUEUE}list/?shown=satisfied")
    clerk.locator(".work-link").nth(12).click()
    clerk.locator("#exclude summary").click()
    clerk.select_option("#exclude_cause", "duplicate")
    clerk.locator("#exclude_note").fill("两个号码报的同一件")
    clerk.locator("#exclude form button").click()
    expect(clerk.locator(".note.is-done").first).to_contain_text("已申请排除")
    shift.goto(f"{address}{QUEUE}exclusions/")
    wish = shift.locator("li", has_text="两个号码报的同一件")
    wish.locator("textarea").fill("属实")
    wish.locator("button[value=grant]").click()
    expect(shift.locator(".note.is-done").first).to_contain_text("已同意排除")
    look_for_faults(shift)


def test_the_numbers_open_their_lists_and_not_to_the_handler(
    stage: Stage, site: Site, staff: Staff
) -> None:
    # The handler is turned away at the end, which the browser says as a fault of its own.
    supervisor, handler = staff("supervisor"), stage.person("handler-heat", PHONE)
    supervisor.goto(f"{stage.address}{QUEUE}rates/?by=organisation&first=2025-01")
    look_for_faults(supervisor)
    keep_picture(supervisor, "callback-3-rates")
    number = supervisor.locator(".callback-table a.number").first
    count = number.inner_text()
    number.click()
    expect(supervisor.locator(".desk-head p")).to_contain_text(count)
    handler.goto(f"{stage.address}{QUEUE}rates/?by=organisation&first=2025-01")
    expect(handler.locator("main a[href*='/callback/list/']")).to_have_count(0)
    look_for_faults(handler)
    keep_picture(handler, "callback-4-handler-390")
    handler.goto(f"{stage.address}{QUEUE}")
    expect(handler.locator("main")).to_contain_text("查看回访")


PAGES = {
    "callback": (
        Sight(name="callbacks", path=QUEUE, shows=".operation-row"),
        Sight(name="callback-list", path=f"{QUEUE}list/?shown=fairly", shows=".operation-row"),
        Sight(name="callback-list-nothing", path=f"{QUEUE}list/?first=2001-01&last=2001-01"),
        Sight(name="callback-exclusions", path=f"{QUEUE}exclusions/", shows=".callback-exclusions"),
    ),
    "supervisor": (
        Sight(name="callback-rates", path=f"{QUEUE}rates/", shows=".callback-table"),
        Sight(name="callback-rates-category", path=f"{QUEUE}rates/?by=category"),
    ),
    "clerk": (Sight(name="callback-refused", path=QUEUE),),
}


@pytest.mark.parametrize("login", list(PAGES))
def test_call_back_pages_from_all_sides(stage: Stage, site: Site, login: str) -> None:
    page, data = stage.person(login), read_data(site)
    heard = listen(page, site.address)
    wrong = [
        fault
        for sight in PAGES[login]
        for fault in look_from_all_sides(page, site.address, sight, data)
    ]
    assert not wrong, "\n".join(wrong)
    assert [one for one in heard if "status of 403" not in one] == []
