"""A department's handler at a desk, and one without an account on a phone.

1. By keyboard: sent back citing a responsibility; the centre rules; the ruled body can't send it
   back; the ruling stands before the dispatcher when the like comes again. Fed back with a photo.
2. A link is made on the case page, opened on a phone: accepted, a question asked, done with a
   photo; every use is on the case page. Nothing else is reached by it; used, stopped, run out and
   unknown links say so and give the telephone.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import listen
from tests.journeys.office import PILES, Office
from tests.journeys.people import (
    PHONE,
    act,
    keep_picture,
    look_for_faults,
    look_on_both,
    photo,
    tab_to,
)

pytestmark = pytest.mark.journey


def test_sent_back_ruled_and_shown_next_time(office: Office) -> None:
    number = office.dispatched("河边堆着的旧门板", category=PILES)
    page = office.open("handler-sanitation", number)
    tab_to(page, "#act-return summary")
    page.keyboard.press("Enter")
    expect(page.locator("#act-return select")).to_be_visible()
    tab_to(page, "#act-return select")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#act-return textarea")
    page.keyboard.type("门板不在我单位清单里")
    look_on_both(page, "handler-1-return")
    tab_to(page, "#act-return button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    assert page.url.endswith("/desk/")
    cited = office.one(
        "SELECT count(*) FROM cases_assignment a JOIN cases_case c ON c.id = a.case_id"
        " WHERE c.number = %s AND a.state = 'returned' AND a.returned_for_id IS NOT NULL",
        number,
    )
    assert cited == 1

    shift = office.open("shift", number)
    expect(shift.locator(".case-head")).to_contain_text("退单 1 次")
    lead = office.organisation("dept-urban")
    shift.locator("#act-rule select").first.select_option(value=str(lead))
    shift.locator("#act-rule textarea").fill("河边的也按市容管")
    look_on_both(shift, "handler-2-rule")
    act(shift, "rule")
    handler = office.open("handler-urban", number)
    expect(handler.locator("#act-return")).to_have_count(0)
    expect(handler.locator("main")).to_contain_text("不得再退")

    handler.locator("#act-feed_back textarea").fill("门板已清走")
    handler.set_input_files("#act-feed_back input[type=file]", [photo((90, 140, 90))])
    look_on_both(handler, "handler-3-feed-back")
    act(handler, "feed_back")
    assert office.step(number) == "checking"

    again = office.filed("河边又有人扔门板", category=PILES)
    dispatcher = office.open("dispatcher", again)
    expect(dispatcher.locator(".briefing .precedents")).to_contain_text("河边的也按市容管")
    look_on_both(dispatcher, "handler-4-precedent")
    dispatcher.goto(f"{office.site.address}/desk/precedents/")
    ruled = dispatcher.locator(".precedent-list li", has_text=number)
    expect(ruled).to_contain_text("河边的也按市容管")


def give_link(office: Office, number: str) -> str:
    """Make a link on the case page and read it off."""
    page = office.open("dispatcher", number)
    page.locator("#links form button", has_text="生成链接").click()
    address = page.locator("#link-address")
    expect(address).to_be_visible()
    look_on_both(page, "link-1-made")
    return address.input_value()


def test_by_link_on_a_phone_without_an_account(office: Office) -> None:
    number = office.dispatched("垃圾桶翻倒在路口")
    link = give_link(office, number)
    phone = office.stage.window(PHONE)
    heard = listen(phone, office.site.address)
    phone.goto(link)
    expect(phone.locator("h1")).to_contain_text("垃圾桶翻倒在路口")
    look_for_faults(phone)
    keep_picture(phone, "link-2-opened")
    assert_shut_in(phone, office)
    phone.locator("#accept input[name=handler_name]").fill("老张")
    phone.locator("#accept button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已接单")
    assert office.step(number) == "handling"

    phone.locator("#contact_request summary").click()
    phone.locator("#contact_request textarea").fill("是东边那个口吗")
    phone.locator("#contact_request button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已转给指挥中心")
    phone.locator("#feed_back textarea").fill("扶起来了，也清了")
    phone.locator("#feed_back button[type=submit]").click()
    expect(phone.locator("#errors")).to_be_visible()
    expect(phone.locator("#feed_back textarea")).to_have_value("扶起来了，也清了")
    phone.set_input_files("#feed_back input[type=file]", [photo((90, 140, 90))])
    look_for_faults(phone)
    keep_picture(phone, "link-3-done")
    phone.locator("#feed_back button[type=submit]").click()
    expect(phone.locator(".note.is-done")).to_contain_text("已收到")
    assert office.step(number) == "checking"
    assert [one for one in heard if "status of 422" not in one] == []

    page = office.open("dispatcher", number)
    uses = page.locator("#links details li")
    expect(uses.filter(has_text="反馈")).to_have_count(1)
    assert int(uses.count()) >= 4


def assert_shut_in(phone: Page, office: Office) -> None:
    """A holder of a link is led nowhere else, and is nobody there."""
    leads = phone.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    token = phone.url.rsplit("/h/", 1)[1].split("?")[0]
    own = re.compile(rf"^(#|\?|tel:|/h/{token})")
    assert [one for one in leads if not own.match(one)] == []
    asked = phone.request.get(f"{office.site.address}/desk/", max_redirects=0)
    assert asked.status == 302
    assert phone.context.cookies() == [] or "sessionid" not in str(phone.context.cookies())


def test_links_that_lead_nowhere_say_so(office: Office) -> None:
    number = office.dispatched("路口的垃圾又满了")
    link = give_link(office, number)
    dispatcher = office.open("dispatcher", number)
    dispatcher.locator("#links button", has_text="停用").click()
    expect(dispatcher.locator("#links .is-done")).to_contain_text("已停用")
    stopped = link
    run_out = give_link(office, number)
    office.site.ask(
        "UPDATE cases_handlerlink SET made_at = now() - interval '9 days',"
        " expires_at = now() - interval '1 hour'"
        " WHERE id = (SELECT id FROM cases_handlerlink ORDER BY made_at DESC LIMIT 1)"
        " RETURNING id"
    )
    phone = office.stage.window(PHONE)
    unknown = f"{office.site.address}/h/{'x' * 32}"
    for name, address in (("stopped", stopped), ("run-out", run_out), ("unknown", unknown)):
        answer = phone.goto(address)
        assert answer is not None
        assert answer.status == (404 if name == "unknown" else 410)
        expect(phone.locator("h1")).to_have_text("这个链接打不开案件了")
        expect(phone.locator("main a.btn-primary")).to_have_attribute("href", re.compile("^tel:"))
        expect(phone.locator("body")).not_to_contain_text("路口的垃圾")
        look_for_faults(phone)
        keep_picture(phone, f"link-4-{name}")
