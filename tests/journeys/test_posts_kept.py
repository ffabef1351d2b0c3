"""Posts: a vacancy filled by an election, a leave with a stand-in, work handed over, who looked.

The play:

1. The community's secretary sees what is vacant, finds a neighbour by name and gives the post.
2. The secretary prolongs a term that ends soon, and names a stand-in for a leader on leave.
3. The keeper searches the log of looks, and signs somebody out with a reason.
4. Everybody sees on their own page where they are signed in.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Staff
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Stage,
    keep_picture,
    look_for_faults,
    tab_to,
)
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_vacancy_is_filled(stage: Stage, site: Site, staff: Staff, size: tuple[int, int]) -> None:
    side = "desktop" if size == DESKTOP else "phone"
    page = staff("keeper", size)
    page.goto(f"{stage.address}/desk/posts/?state=vacant")
    look_for_faults(page)
    keep_picture(page, f"posts-{side}-1-vacant")
    place = page.locator(".post-rows tbody tr").first
    place.get_by_role("link").last.click()
    tab_to(page, "#who")
    page.keyboard.type("wj")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    look_for_faults(page)
    page.locator("input[name=person]").first.check()
    page.locator("#id_ends_on").fill("2029-01-01")
    page.locator("#id_basis").select_option("elected")
    page.locator("form[method=post].act-form button").click()
    expect(page.locator("#errors")).to_be_visible()
    keep_picture(page, f"posts-{side}-2-refused")
    page.locator("#id_decided_on").fill("2026-01-05")
    page.locator("#id_in_favour").fill("15")
    page.locator("#id_cast").fill("17")
    page.locator("form[method=post].act-form button").click()
    page.wait_for_url(re.compile(r"/desk/posts/\d+/"))
    look_for_faults(page)
    keep_picture(page, f"posts-{side}-3-given")
    post = int(page.url.rstrip("/").rpartition("/")[2])
    told = site.ask("SELECT basis FROM people_appointment WHERE id = %s", post)
    assert told == [("elected",)]


def test_a_term_goes_on_and_somebody_stands_in(stage: Stage, site: Site, staff: Staff) -> None:
    page = staff("secretary1")
    page.goto(f"{stage.address}/desk/posts/?state=ending")
    page.locator(".post-rows a.post-link").first.click()
    page.locator("#prolong-ends_on").fill("2027-12-31")
    page.locator("form[action$='/prolong'] button").click()
    expect(page.locator(".note.is-done").first).to_contain_text("任期已延长")
    [(post,)] = site.ask("SELECT appointment_id FROM people_standin ORDER BY id LIMIT 1")
    page.goto(f"{stage.address}/desk/posts/{post}/")
    look_for_faults(page)
    keep_picture(page, "posts-4-stand-in")
    page.locator("form[action$='/end'] button", has_text="提前结束").click()
    expect(page.locator(".note.is-done").first).to_contain_text("代理已结束")


def test_the_keeper_sees_who_looked_and_signs_somebody_out(stage: Stage, staff: Staff) -> None:
    clerk, keeper = staff("clerk"), staff("keeper")
    clerk.goto(f"{stage.address}/me")
    expect(clerk.locator("section[aria-labelledby=sessions]")).to_contain_text("就是这台")
    look_for_faults(clerk)
    keeper.goto(f"{stage.address}/desk/looks/")
    look_for_faults(keeper)
    keep_picture(keeper, "posts-5-looks")
    keeper.goto(f"{stage.address}/desk/posts/?role=intake_clerk")
    keeper.locator(".post-rows a.post-link").first.click()
    keeper.locator("#sign-out-reason").fill("手机丢失")
    keeper.locator("form[action$='/sign-out'] button").click()
    expect(keeper.locator(".note.is-done").first).to_contain_text("已在所有设备上退出")
    clerk.goto(f"{stage.address}/me")
    expect(clerk).to_have_url(re.compile("/accounts/login/"))
