"""A resident signs in by phone, takes earlier reports along, meets a neighbour's, and leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.visitors import Come, Site, Visitor


def look(visitor: Visitor) -> None:
    """Nothing serious by axe, nothing sticks out sideways."""
    visitor.check_access()
    visitor.check_width()


def sign_in(visitor: Visitor, phone: str) -> None:
    """Ask for a code, read it where the demonstration shows it, and type it."""
    page = visitor.page
    visitor.go("/accounts/phone/")
    look(visitor)
    page.fill("#id_phone", phone)
    page.get_by_role("button", name="发送验证码").click()
    page.wait_for_url("**/accounts/phone/code/")
    look(visitor)
    page.fill("#id_code", page.locator("[data-shown-code] strong").inner_text())
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/me")
    visitor.settle()


def leave_a_report(visitor: Visitor, phone: str) -> None:
    """Report without signing in, for a neighbour, and leave a phone."""
    page = visitor.page
    visitor.go("/report")
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.locator("#near .note").first).to_contain_text("永昌街道")
    page.fill("#id_text", "邻居奶奶家门口的灯坏了")
    page.get_by_text("留下联系方式").click()
    page.fill("#id_phone", phone)
    page.get_by_text("替别人报？").click()
    page.get_by_label("我是替别人报的").check()
    page.fill("#id_for_name", "示例奶奶")
    look(visitor)
    page.get_by_role("button", name="提交上报").click()
    page.wait_for_url("**/report/done")


@pytest.mark.parametrize(
    ("width", "phone"), [("narrow", "13912300001"), ("desktop", "13912300002")]
)
def test_a_phone_opens_an_account_takes_reports_and_is_forgotten(
    come: Come, site: Site, width: str, phone: str
) -> None:
    """Left with a number, taken by its holder, and nothing but the case stays."""
    resident = come(width, located=True)
    page = resident.page
    leave_a_report(resident, phone)
    sign_in(resident, phone)
    look(resident)

    resident.go("/me/reports")
    expect(page.get_by_role("heading", name="有 1 件留的是您的手机号")).to_be_visible()
    look(resident)
    page.locator("main input[type=checkbox]").check()
    page.get_by_role("button", name="收进我的账号").click()
    expect(page.locator(".rows")).to_contain_text("邻居奶奶家门口的灯坏了")
    look(resident)

    resident.go("/me/name")
    page.fill("#id_name", "示例阿姨")
    look(resident)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("示例阿姨")

    resident.go("/me/close")
    look(resident)
    page.get_by_label("我看明白了，注销我的账号").check()
    page.get_by_role("button", name="注销我的账号").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("账号已注销")
    look(resident)
    held = site.ask("SELECT count(*) FROM people_account WHERE phone = %s", phone)
    left = site.ask("SELECT count(*) FROM cases_reporter WHERE phone = %s", phone)
    assert held == left == [(0,)]


def test_a_neighbour_finds_what_is_near_by_and_met_it_too(come: Come, site: Site) -> None:
    """By the device's position; the count goes up by one, and down when it is taken back."""
    neighbour = come("narrow", located=True)
    page = neighbour.page
    neighbour.go("/near")
    look(neighbour)
    page.get_by_role("button", name="用我现在的位置").click()
    page.wait_for_url("**/near?*lon=*")
    neighbour.settle()
    look(neighbour)
    before = site.ask("SELECT count(*) FROM cases_mettoo")[0][0]
    page.get_by_role("button", name="我也遇到了").first.click()
    expect(page.get_by_text("您说过也遇到了")).to_be_visible()
    look(neighbour)
    assert site.ask("SELECT count(*) FROM cases_mettoo")[0][0] == before + 1
    page.get_by_role("button", name="收回").click()
    expect(page.get_by_text("您说过也遇到了")).to_have_count(0)
    assert site.ask("SELECT count(*) FROM cases_mettoo")[0][0] == before
