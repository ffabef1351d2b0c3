"""The keeper changes catalogue and list in drafts; a leader of the sub-district approves.

What is drafted is for a day far ahead and is taken back in the end, so that the other journeys
find catalogue and list as they know them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, look_on_both

FAR_AHEAD = date.today() + timedelta(days=400)  # noqa: DTZ011 - a day more or less is as far
RUBBISH = "matter:06010"


def begin(page: Page, address: str, matter: str, title: str) -> str:
    """Begin a draft and give the address of its page."""
    page.goto(f"{address}/desk/revisions/new/{matter}")
    page.fill("#draft_title", title)
    if matter == "list":
        page.fill("#draft_version", f"{FAR_AHEAD.year}-9")
    page.fill("#draft_effective_on", FAR_AHEAD.isoformat())
    page.fill("#draft_reason", "冬季除雪的责任要写清")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/desk/revisions/*/")
    return page.url


def test_a_category_is_changed_in_a_draft_and_approved_by_another(stage: Stage) -> None:
    keeper = stage.person("keeper")
    keeper.goto(f"{stage.address}/desk/")
    expect(keeper.locator("h1")).to_have_text("您可以管这些")
    look_on_both(keeper, "keeper-home")
    keeper.get_by_role("link", name="事项目录").first.click()
    look_on_both(keeper, "catalogue")

    draft = begin(keeper, stage.address, "catalogue", "垃圾类时限")
    keeper.goto(f"{stage.address}/desk/catalogue/?q=暴露垃圾")
    keeper.get_by_role("link", name=re.compile("修改.*暴露垃圾")).first.click()
    keeper.fill("#entry_limit_amount", "0")
    keeper.fill("#entry_filing_condition", "地面有成堆的垃圾")
    keeper.get_by_role("button", name="写进草案", exact=True).click()
    expect(keeper.locator("#entry_limit_amount-error")).to_be_visible()
    expect(keeper.locator("#entry_filing_condition")).to_have_value("地面有成堆的垃圾")
    look_on_both(keeper, "category-refused")
    keeper.fill("#entry_limit_amount", "6")
    keeper.get_by_role("button", name="写进草案", exact=True).click()
    keeper.wait_for_url(draft)
    expect(keeper.locator("main")).to_contain_text("仍按受理时的时限办")
    expect(keeper.locator("main")).to_contain_text("要由另一个人批准")

    leader = stage.person("leader")
    leader.goto(draft)
    look_on_both(leader, "revision-to-approve")
    leader.get_by_role("button", name="批准，到日子自动生效").click()
    expect(leader.locator("p.note.is-done")).to_contain_text("修订已批准")
    leader.get_by_role("button", name="撤回修订").click()
    expect(leader.locator("p.note.is-done")).to_contain_text("一切照旧")
    keeper.goto(f"{stage.address}/desk/catalogue/{RUBBISH}/")
    expect(keeper.locator("main")).to_contain_text("这一版改了什么")
    look_on_both(keeper, "category")


def test_the_list_follows_the_parent_list_and_shows_what_would_move(stage: Stage) -> None:
    keeper = stage.person("keeper")
    draft = begin(keeper, stage.address, "list", "跟上母清单")
    keeper.goto(f"{stage.address}/desk/responsibilities/")
    look_on_both(keeper, "responsibilities")
    keeper.get_by_role("link", name="上级清单").first.click()
    look_on_both(keeper, "parent-list")
    keeper.locator("#parent-37").get_by_role("link", name="采用").click()
    expect(keeper.locator("#entry_title")).to_have_value("道路清扫保洁和积雪清除")
    keeper.select_option("#entry_lead", "street-order")
    keeper.uncheck('#entry_helpers input[value="street-order"]')
    look_on_both(keeper, "item")
    keeper.get_by_role("button", name="写进草案", exact=True).click()
    keeper.wait_for_url(draft)
    expect(keeper.locator(".kept-shifts tbody tr").first).to_be_visible()
    look_on_both(keeper, "revision")
    keeper.goto(f"{stage.address}/desk/versions/list/")
    look_on_both(keeper, "versions")
    keeper.goto(draft)
    keeper.get_by_role("button", name="撤回修订").click()
    expect(keeper.locator("p.note.is-done")).to_contain_text("一切照旧")
