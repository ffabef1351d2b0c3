"""An act on a case brings its form when it is opened: what is seen until then, and without a line.

1. While the form is coming the act says so; then its first field has the cursor, when the address
   named the act.
2. The line is down: the act says so, and brings the form by its link once the line is back, or by
   itself.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.office import Office
from tests.journeys.people import PHONE, act, keep_picture, look_for_faults

pytestmark = pytest.mark.journey

FORM = "**/return/"


def open_act(page: Page, office: Office, number: str) -> None:
    """Open the case's page with the act named in the address."""
    page.goto(f"{office.site.address}/desk/cases/{number}/#act-return")


def test_an_act_named_in_the_address_is_typed_into_at_once(office: Office) -> None:
    number = office.dispatched("花坛边的旧沙发")
    page = office.stage.person("handler-sanitation", PHONE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(FORM, hold)
    with page.expect_request(FORM):
        open_act(page, office, number)
    form = page.locator("#act-return")
    expect(form.get_by_role("status")).to_have_text("正在打开……")
    expect(form.get_by_role("link")).to_be_hidden()
    look_for_faults(page)
    keep_picture(page, "folded-1-coming-390")
    held[0].continue_()
    page.unroute(FORM)
    expect(form.locator("select")).to_be_focused()
    page.keyboard.press("ArrowDown")
    form.locator("textarea").fill("沙发不在我单位清单里")
    look_for_faults(page)
    keep_picture(page, "folded-2-there-390")
    act(page, "return")
    assert office.step(number) == "dispatching"


def test_an_act_opened_without_a_line_says_so_and_tries_again(office: Office) -> None:
    number = office.dispatched("花坛边的旧床垫")
    page = office.stage.person("handler-sanitation", PHONE)
    open_act(page, office, number)
    form = page.locator("#act-return")
    expect(form.locator("textarea")).to_be_visible()

    page.route(FORM, lambda route: route.abort())
    page.reload()
    expect(form.get_by_role("alert")).to_contain_text("没有打开")
    look_for_faults(page)
    keep_picture(page, "folded-3-lost-390")
    page.unroute(FORM)
    form.get_by_role("link", name="打开表单").press("Enter")
    expect(form.locator("textarea")).to_be_visible()

    page.context.set_offline(True)
    other = page.locator("#act-contact_request")
    other.locator("summary").press("Enter")
    expect(other.get_by_role("alert")).to_be_visible()
    page.context.set_offline(False)
    expect(other.locator("textarea")).to_be_visible()
    expect(form.locator("textarea")).to_be_visible()
