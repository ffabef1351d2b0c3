"""A called company without an account answers a whistle on any phone.

The play: the centre blows a whistle and gives the water company a link, whose QR code its foreman
scans. He answers that he comes; his phone gives no position, a wrong code is refused with his words
kept, the code on the caller's screen signs him in; he says what was done with a photo. The caller
sees each use and stops the link: the phone then shows a telephone and nothing of the matter.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.looking import listen
from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults, look_on_both, photo
from tests.journeys.test_whistles import LIST, blow, open_whistle

pytestmark = pytest.mark.journey


def give_link(caller: Page, stage: Stage, number: str) -> str:
    """Give the water company a link on the whistle's page, and read its address."""
    open_whistle(caller, stage.address, number)
    water = caller.locator("#links li", has_text="水务集团")
    water.locator("button", has_text="生成链接").click()
    shown = caller.locator("#link-address")
    expect(shown).to_be_visible()
    expect(caller.locator("#links figure.qr svg")).to_be_visible()
    look_on_both(caller, "whistle-link-1-given")
    return shown.input_value()


def read_code(caller: Page, stage: Stage, number: str) -> str:
    """Read the six figures off the caller's screen."""
    caller.goto(f"{stage.address}{LIST}{number}/code/")
    shown = caller.locator("p.arrival-code")
    expect(shown).to_be_visible()
    look_on_both(caller, "whistle-link-2-code")
    return shown.inner_text().replace(" ", "")


def answer(phone: Page) -> None:
    """Say that one comes."""
    phone.locator("#come input[name=sends]").fill("老张，带两人")
    phone.locator("#come input[name=handler_name]").fill("老张")
    phone.locator("#come button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已答复会来")


def sign_in_by_code(phone: Page, code: str) -> None:
    """Be refused with a wrong code, keeping what was written, then sign in with the right one."""
    phone.locator("#sign_in textarea").fill("在东门")
    phone.locator("#sign_in input[name=code]").fill("12")
    phone.locator("#sign_in button[type=submit]").click()
    expect(phone.locator("#sign_in .field-error")).to_contain_text("到场码不对")
    expect(phone.locator("#sign_in textarea")).to_have_value("在东门")
    look_for_faults(phone)
    keep_picture(phone, "whistle-link-4-wrong-code-390")
    phone.locator("#sign_in input[name=code]").fill(f"{code[:3]} {code[3:]}")
    phone.locator("#sign_in button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已报到")
    expect(phone.locator("main")).to_contain_text("凭到场码")


def assert_shut_in(phone: Page, stage: Stage) -> None:
    """The holder of a link is led nowhere else, and is nobody there."""
    leads = phone.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    token = phone.url.rsplit("/w/", 1)[1].split("?")[0]
    own = re.compile(rf"^(#|\?|tel:|/w/{token})")
    assert [one for one in leads if not own.match(one)] == []
    assert phone.request.get(f"{stage.address}/desk/", max_redirects=0).status == 302
    assert "sessionid" not in str(phone.context.cookies())


def test_a_company_without_an_account_answers_by_link(stage: Stage, staff: Staff) -> None:
    caller = staff("dispatcher")
    number = blow(caller, stage.address)
    link = give_link(caller, stage, number)
    phone = stage.window(PHONE)
    heard = listen(phone, stage.address)
    phone.goto(link)
    expect(phone.locator("header")).to_contain_text("水务集团")
    look_for_faults(phone)
    keep_picture(phone, "whistle-link-3-opened-390")
    assert_shut_in(phone, stage)
    answer(phone)
    sign_in_by_code(phone, read_code(caller, stage, number))
    phone.locator("#report_deed summary").or_(phone.locator("#report_deed h2")).first.click()
    phone.locator("#report_deed textarea").fill("关阀，换管 6 米。")
    phone.set_input_files("#report_deed input[type=file]", [photo((90, 140, 90))])
    phone.locator("#report_deed button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已收到")
    expect(phone.locator("ul.photos img")).to_have_count(1)
    keep_picture(phone, "whistle-link-5-done-390")
    assert [one for one in heard if "status of 422" not in one] == []
    stop(caller, phone, stage, number, link)


def stop(caller: Page, phone: Page, stage: Stage, number: str, link: str) -> None:
    """See each use, stop the link, and find it dead."""
    open_whistle(caller, stage.address, number)
    water = caller.locator("#links li", has=caller.locator("strong", has_text="水务集团"))
    expect(water).to_contain_text("老张")
    expect(water).to_contain_text("写下我单位做了什么")
    expect(caller.locator("#called")).to_contain_text("凭召集人的到场码")
    water.locator("button", has_text="停用").click()
    expect(caller.locator("#links .is-done")).to_contain_text("已停用")
    dead = phone.goto(link)
    assert dead is not None
    assert dead.status == 410
    expect(phone.locator("main a.btn-primary")).to_have_attribute("href", re.compile("^tel:"))
    expect(phone.locator("body")).not_to_contain_text("桂林路口")
    keep_picture(phone, "whistle-link-6-stopped-390")
    phone.goto(f"{link}?language=en")
    look_for_faults(phone)
