"""The keeper re-draws grids by list and on the map; a leader of the sub-district approves.

The plan is for a day far ahead and is taken back in the end, so that the ground stays as the
other journeys know it.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.people import Stage, look_on_both

COMMUNITY = "220104004006"
FAR_AHEAD = date.today() + timedelta(days=400)  # noqa: DTZ011 - a day more or less is as far


def begin(page: Page, address: str) -> str:
    """Begin a plan and give the address of its page."""
    page.goto(f"{address}/desk/territory/")
    look_on_both(page, "territory")
    page.get_by_role("link", name="起草方案").click()
    look_on_both(page, "new-plan")
    page.fill("#plan_title", "牡丹园网格调整")
    page.select_option("#plan_within_code", COMMUNITY)
    page.fill("#plan_effective_on", FAR_AHEAD.isoformat())
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url("**/plans/*/")
    return page.url


def open_step(page: Page, kind: str) -> None:
    """Unfold the form of a step."""
    page.locator(f"#step-{kind} > summary").click()


def add(page: Page, kind: str) -> None:
    """Send the form of a step and see it among the steps."""
    before = page.locator(".plan-steps > li").count()
    page.locator(f"#step-{kind}").get_by_role("button", name="加上这一步").click()
    expect(page.locator(".plan-steps > li")).to_have_count(before + 1)


def draw_across(page: Page) -> None:
    """Draw a line from above the chosen grid to below it."""
    board = page.locator("#step-split .redrawing-map")
    page.wait_for_selector("#step-split [data-ready]")
    page.locator("#step-split [data-mode=linestring]").click()
    board.evaluate("map => map.scrollIntoView({block: 'center', behavior: 'instant'})")
    page.wait_for_timeout(500)
    box = board.bounding_box()
    assert box is not None
    across = box["x"] + box["width"] / 2
    for down in (box["y"] + 12, box["y"] + box["height"] - 40):
        page.mouse.move(across, down - 4)
        page.wait_for_timeout(200)
        page.mouse.move(across, down)
        page.wait_for_timeout(200)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    expect(page.locator("#step-split .redrawing-told")).to_have_text("画好了，可以加上这一步。")
    drawn = json.loads(page.input_value("#split_line"))
    assert drawn["type"] == "LineString"


def test_grids_are_redrawn_by_one_and_approved_by_another(stage: Stage) -> None:
    keeper = stage.person("keeper")
    plan = begin(keeper, stage.address)

    open_step(keeper, "merge")
    for number in ("001", "002"):
        keeper.check(f'#step-merge input[value="{COMMUNITY}{number}"]')
    keeper.select_option("#merge_into", f"{COMMUNITY}001")
    keeper.fill("#merge_name", "牡丹园大网格")
    add(keeper, "merge")
    expect(keeper.locator("main")).to_contain_text("10 栋楼换网格")

    open_step(keeper, "split")
    keeper.select_option("#split_code", f"{COMMUNITY}006")
    keeper.fill("#split_name", "牡丹园新网格")
    draw_across(keeper)
    look_on_both(keeper, "plan-drawing")
    add(keeper, "split")

    expect(keeper.locator(".claim")).to_contain_text("牡丹园大网格")
    keeper.locator(".claim input[type=radio]").first.check()
    keeper.get_by_role("button", name="就这样定").click()
    expect(keeper.locator("main")).to_contain_text("要由另一个人批准")
    look_on_both(keeper, "plan")

    leader = stage.person("leader")
    leader.goto(plan)
    look_on_both(leader, "plan-to-approve")
    leader.get_by_role("button", name="批准，到日子自动生效").click()
    expect(leader.locator("p.note.is-done")).to_contain_text("方案已批准")
    leader.get_by_role("button", name="撤回方案").click()
    expect(leader.locator("p.note.is-done")).to_contain_text("网格照旧")
    leader.goto(f"{stage.address}/desk/territory/areas/{COMMUNITY}006/")
    look_on_both(leader, "grid")
