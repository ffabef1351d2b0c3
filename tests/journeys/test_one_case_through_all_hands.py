"""One case through all hands, at a desk and on a phone.

The play:

1. A resident without an account finds rubbish, photographs it, points at the map, writes a
   sentence (with a script in it) and gets a tracking code.
2. The verifier finds the case in the morning's work and confirms it.
3. The clerk files it under "暴露垃圾" and makes the resident's photo public.
4. The dispatcher reads the proposal with its reason and dispatches.
5. The handler of that body accepts; forgets the photo, is told, and loses no word; feeds back.
6. The verifier checks on the spot with a photo; the handler could not have done so.
7. The clerk closes; the resident rates, is not content, and has it reopened.
8. The dispatcher has it again.

And beside it: sent back and ruled by the shift leader; two people at one case; a session that
ends in the middle of a sentence; the whole main path by keyboard alone.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Stage,
    act,
    keep_picture,
    look_for_faults,
    photo,
    sign_in,
    tab_to,
)

pytestmark = pytest.mark.journey

CANARY = "<script>window.canary=1</script>\"'><img src=x onerror=window.canary=1>"
RUBBISH = "暴露垃圾"
POINT = ("125.3072", "43.8781")
SANITATION = "handler-sanitation"


def report(stage: Stage, *, text: str, size: tuple[int, int] = PHONE) -> tuple[Page, str]:
    """Report as somebody nobody knows; give the window and the tracking code."""
    page = stage.window(size)
    page.goto(f"{stage.address}/report")
    page.locator("#id_text").fill(text)
    page.locator("#id_address").fill("桂林路口垃圾站")
    page.evaluate(
        "([lon, lat]) => { place_lon.value = lon; place_lat.value = lat;"
        " place_lat.dispatchEvent(new Event('change', {bubbles: true})) }",
        list(POINT),
    )
    page.set_input_files("input[type=file]", [photo()])
    expect(page.get_by_text("已收到").first).to_be_visible()
    look_for_faults(page)
    page.locator("[data-send]").click()
    code = page.locator("[data-code], .code").first
    expect(code).to_be_visible()
    return page, re.sub(r"[^A-Z2-7]", "", code.inner_text())


def number_of(page: Page) -> str:
    """Read the case's number off the page."""
    found = re.search(r"\d{4}-\d{7}", page.locator("main").inner_text())
    assert found
    return found[0]


def reported_number(stage: Stage, page: Page, code: str) -> str:
    """Follow the tracking code and read the number."""
    page.goto(f"{stage.address}/t/{code}")
    return number_of(page)


def open_case(stage: Stage, login: str, number: str, size: tuple[int, int] = DESKTOP) -> Page:
    """Open the case's page as somebody."""
    page = stage.person(login, size)
    page.goto(f"{stage.address}/desk/cases/{number}/")
    expect(page.locator("h1")).to_be_visible()
    return page


def verify_and_file(stage: Stage, number: str, size: tuple[int, int] = DESKTOP) -> None:
    """Let the verifier confirm and the clerk file the case as rubbish."""
    page = open_case(stage, "verifier", number, size)
    page.locator("#act-verify textarea").fill("现场确有垃圾")
    act(page, "verify")
    page = open_case(stage, "clerk", number, size)
    page.locator("#act-file select").select_option(label=RUBBISH)
    act(page, "file")


def dispatch(stage: Stage, number: str, size: tuple[int, int] = DESKTOP) -> None:
    """Let the dispatcher send the case where the list of responsibilities says."""
    page = open_case(stage, "dispatcher", number, size)
    expect(page.locator("#act-dispatch")).to_contain_text("职责清单")
    act(page, "dispatch")


def handle(stage: Stage, number: str, size: tuple[int, int]) -> None:
    """Accept as the lead and feed back, with a photo only when asked again."""
    handler = open_case(stage, SANITATION, number, size)
    expect(handler.locator("main")).not_to_contain_text("查看反映人")
    act(handler, "accept")
    handler.locator("#act-feed_back textarea").fill("已清运并冲洗")
    handler.locator("#act-feed_back button[type=submit]").click()
    expect(handler.locator("#act-feed_back")).to_contain_text("这一步要有照片")
    expect(handler.locator("#act-feed_back textarea")).to_have_value("已清运并冲洗")
    look_for_faults(handler)
    handler.set_input_files("#act-feed_back input[type=file]", [photo((90, 140, 90))])
    act(handler, "feed_back")
    expect(handler.locator("#act-pass_check")).to_have_count(0)


def find_it_is_not_done(resident: Page) -> None:
    """Rate the case as the reporter, and open it again with what is left."""
    resident.locator("#rate .chip").filter(has_text=re.compile("没有|未|否")).first.click()
    resident.locator("#rate fieldset").nth(1).locator(".chip").last.click()
    resident.locator("#rate button.btn-primary").click()
    expect(resident.locator("#rate")).to_have_count(0)
    expect(resident.locator("main")).to_contain_text("不满意")
    look_for_faults(resident)
    resident.locator("#reopen summary").click()
    resident.locator("#reopen textarea").fill("后面那一堆还在")
    resident.locator("#reopen button[type=submit], #reopen .actions button").first.click()
    expect(resident.locator(".timeline")).to_contain_text("重开")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_report_to_the_reopening(stage: Stage, size: tuple[int, int]) -> None:
    name = "desktop" if size == DESKTOP else "phone"
    resident, code = report(stage, text=f"垃圾站满了三天没人收 {CANARY}")
    keep_picture(resident, f"{name}-1-code")
    number = reported_number(stage, resident, code)

    verifier = stage.person("verifier", size)
    verifier.goto(f"{stage.address}/desk/")
    look_for_faults(verifier)
    keep_picture(verifier, f"{name}-2-work")
    verify_and_file(stage, number, size)

    clerk = open_case(stage, "clerk", number, size)
    clerk.get_by_role("button", name=re.compile("同意公开")).first.click()
    expect(clerk.get_by_text("已同意公开")).to_be_visible()
    look_for_faults(clerk)

    dispatcher = open_case(stage, "dispatcher", number, size)
    look_for_faults(dispatcher)
    keep_picture(dispatcher, f"{name}-3-dispatch")
    dispatch(stage, number, size)

    handle(stage, number, size)
    verifier = open_case(stage, "verifier", number, size)
    verifier.set_input_files("#act-pass_check input[type=file]", [photo((80, 150, 150))])
    act(verifier, "pass_check")
    expect(verifier.locator(".shot")).to_have_count(3)
    keep_picture(verifier, f"{name}-4-three-photos")

    clerk = open_case(stage, "clerk", number, size)
    act(clerk, "close")
    look_for_faults(clerk)

    resident.goto(f"{stage.address}/t/{code}")
    expect(resident.locator("main")).to_contain_text("已清运并冲洗")
    find_it_is_not_done(resident)
    keep_picture(resident, f"{name}-5-reopened")

    dispatcher = open_case(stage, "dispatcher", number, size)
    expect(dispatcher.locator(".timeline")).to_contain_text("后面那一堆还在")
    expect(dispatcher.locator("#act-dispatch")).to_be_visible()


def test_sent_back_and_ruled(stage: Stage) -> None:
    resident, code = report(stage, text="单元门口堆了装修垃圾")
    number = reported_number(stage, resident, code)
    verify_and_file(stage, number)
    dispatch(stage, number)

    handler = open_case(stage, SANITATION, number)
    handler.locator("#act-return summary").click()
    handler.locator("#act-return textarea").fill("装修垃圾不由我单位清运")
    handler.locator("#act-return select").select_option(index=3)
    act(handler, "return")

    dispatcher = open_case(stage, "dispatcher", number)
    expect(dispatcher.locator(".timeline")).to_contain_text("装修垃圾不由我单位清运")
    shift = open_case(stage, "shift", number)
    expect(shift.locator(".case-head")).to_contain_text("退单 1 次")
    shift.locator("#act-rule textarea").fill("请先清运，费用由街道另行处理")
    act(shift, "rule")
    look_for_faults(shift)


def test_two_people_at_one_case(stage: Stage) -> None:
    resident, code = report(stage, text="垃圾桶倒了")
    number = reported_number(stage, resident, code)
    first = open_case(stage, "verifier", number)
    act(first, "verify")

    clerk = open_case(stage, "clerk", number)
    shift = open_case(stage, "shift", number)
    shift.locator("#act-decline summary").click()
    shift.locator("#act-decline textarea").fill("不属于公共区域")
    shift.locator("#act-decline input[name=elsewhere]").fill("物业服务电话")
    clerk.locator("#act-file select").select_option(label=RUBBISH)
    act(clerk, "file")
    shift.locator("#act-decline button[type=submit]").click()

    expect(shift.locator("#notice")).to_contain_text("林晓文")
    expect(shift.locator("#notice")).to_contain_text("不属于公共区域")
    expect(shift.locator(".case-head")).to_contain_text("待派遣")
    look_for_faults(shift)


def test_the_session_ends_in_the_middle_of_a_sentence(stage: Stage) -> None:
    resident, code = report(stage, text="垃圾没人收")
    number = reported_number(stage, resident, code)
    page = stage.window()
    sign_in(page, stage.address, "verifier")
    page.goto(f"{stage.address}/desk/cases/{number}/")
    page.locator("#act-verify textarea").fill("一句写了很久的话")
    page.context.clear_cookies(name="sessionid")
    page.locator("#act-verify button[type=submit]").click()

    page.wait_for_url(re.compile("/accounts/login/"))
    sign_in(page, stage.address, "verifier")
    expect(page.locator("#act-verify textarea")).to_have_value("一句写了很久的话")
    act(page, "verify")


def test_the_reporter_is_opened_with_a_reason_and_sees_it(stage: Stage) -> None:
    resident, code = report(stage, text="垃圾没人收，味道大")
    number = reported_number(stage, resident, code)
    clerk = open_case(stage, "clerk", number)
    clerk.locator("#reporter summary").click()
    clerk.locator("#reporter textarea").fill("核对垃圾站是哪一个")
    clerk.locator("#reporter button[type=submit]").click()
    expect(clerk.locator("#reporter")).to_contain_text("没有留")
    look_for_faults(clerk)
    resident.goto(f"{stage.address}/t/{code}")
    expect(resident.locator("main")).to_contain_text("核对垃圾站是哪一个")


def test_the_lists_and_the_forms_have_no_serious_fault(stage: Stage) -> None:
    for size in (DESKTOP, PHONE):
        page = stage.person("shift", size)
        for path in (
            "/desk/",
            "/desk/cases/?step=open",
            "/desk/cases/?q=nowhere-at-all",
            "/desk/cases/?view=map",
            "/desk/cases/new",
        ):
            page.goto(stage.address + path)
            look_for_faults(page)
    keeper = stage.person("keeper")
    keeper.goto(f"{stage.address}/desk/cases/new")
    expect(keeper.locator("h1")).to_contain_text("您的岗位不能做这件事")
    look_for_faults(keeper)


def test_filters_change_the_list_and_the_address_without_a_new_page(stage: Stage) -> None:
    page = stage.person("shift")
    page.goto(f"{stage.address}/desk/cases/")
    page.evaluate("window.samePage = true")
    page.select_option("#filter-step", "closed")
    page.wait_for_url(re.compile("step=closed"))
    expect(page.locator("#cases .step").first).to_contain_text("已结案")
    assert page.evaluate("window.samePage")
    page.reload()
    expect(page.locator("#filter-step")).to_have_value("closed")


def test_the_map_shows_what_lies_in_its_window(stage: Stage) -> None:
    page = stage.person("shift")
    with page.expect_response(re.compile(r"/cases/points\.json")) as opened:
        page.goto(f"{stage.address}/desk/cases/?view=map")
    first = opened.value.json()
    expect(page.locator("#map-told")).to_have_text(first["told"])
    assert "放大地图可看到更多" in first["told"]
    with page.expect_response(re.compile(r"/cases/points\.json.*window=")) as moved:
        page.locator(".maplibregl-ctrl-zoom-in").click()
    inside = moved.value.json()
    others = [url for url in urls_of(inside) if url not in urls_of(first)]
    expect(page.locator(f"[data-spots*='{others[0]}']")).to_have_count(1)
    expect(page.locator("#map-told")).to_have_text(inside["told"])


def urls_of(points: dict[str, Any]) -> list[str]:
    """List where the points of a map lead to."""
    return [one["properties"]["url"] for one in points["features"]]


def test_the_main_path_by_keyboard_alone(stage: Stage) -> None:
    resident, code = report(stage, text="垃圾满了")
    number = reported_number(stage, resident, code)
    page = stage.person("verifier")
    page.goto(f"{stage.address}/desk/cases/?q={number}")
    tab_to(page, f"a[href='/desk/cases/{number}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(number + "/$"))
    tab_to(page, "a[data-shot]")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.viewer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.viewer")).to_be_hidden()
    tab_to(page, "#act-verify textarea")
    page.keyboard.type("现场确有垃圾")
    tab_to(page, "#act-verify button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
