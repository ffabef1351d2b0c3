"""A grid leader on a phone and a community secretary at a desk: settle at once, go up, come down.

1. The grid leader finds rubbish, clears it and enters both photos: settled, nothing to dispatch.
2. What the grid can't solve goes up with what was tried; the secretary reads it, sends it down
   to the grid with a limit; solved there, it waits for a check by somebody else.
3. What the community can't solve goes up to the sub-district, with what was tried.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.office import PILES, Office
from tests.journeys.people import PHONE, act, keep_picture, look_for_faults, look_on_both, photo

pytestmark = pytest.mark.journey

TRIED = "上门两次，户主不在，留条没有回音"


def test_settled_at_once_on_a_phone(office: Office) -> None:
    page = office.come("grid01", PHONE)
    page.goto(f"{office.site.address}/desk/")
    look_for_faults(page)
    keep_picture(page, "grid-1-home")
    page.get_by_role("link", name="登记巡查发现").click()
    page.locator("#entry_text").fill("楼前散落的纸箱，当场收走了")
    page.locator("#entry_category").select_option(label="暴露垃圾")
    page.locator("#entry_address").fill("义和小区1号楼前")
    lon, lat = middle_of_grid(office, "grid01")
    page.locator("summary", has_text="直接写经纬度").click()
    page.locator("input[name=lon]").fill(lon)
    page.locator("input[name=lat]").fill(lat)
    page.set_input_files("input[name=photos]", [photo((120, 90, 60))])
    page.locator("label[for=entry_settled]").click()
    page.locator("summary", has_text="处置后的照片和说明").click()
    page.set_input_files("input[name=after_photos]", [photo((60, 160, 90))])
    look_for_faults(page)
    keep_picture(page, "grid-2-settled-at-once")
    page.locator("main .actions button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已登记")
    number = page.locator(".case-head .number").first.inner_text()
    look_for_faults(page)
    keep_picture(page, "grid-3-done")
    assert office.step(number) == "settled"
    stages = office.site.ask(
        "SELECT p.stage, count(*) FROM cases_casephoto p JOIN cases_case c ON c.id = p.case_id"
        " WHERE c.number = %s GROUP BY p.stage ORDER BY p.stage",
        number,
    )
    assert [count for _stage, count in stages] == [1, 1]


def middle_of_grid(office: Office, login: str) -> tuple[str, str]:
    """Give a point in the grid that somebody leads."""
    [(lon, lat)] = office.site.ask(
        "SELECT a.lon, a.lat FROM territory_area a JOIN people_appointment p ON p.area_id = a.id"
        " JOIN people_account c ON c.person_id = p.person_id WHERE c.login = %s AND a.lon"
        " IS NOT NULL LIMIT 1",
        login,
    )
    return f"{lon:.6f}", f"{lat:.6f}"


def test_up_with_what_was_tried_and_down_with_a_limit(office: Office) -> None:
    lon, lat = middle_of_grid(office, "grid02")
    number = office.filed("楼道里的旧柜子没人搬", category=PILES, at=(float(lon), float(lat)))
    day = {"amount": 1, "unit": "working_days"}
    office.act("dispatcher", number, "lower_to_grid", note="先上门劝", limit=day)
    leader = office.open("grid02", number, PHONE)
    leader.locator("#act-raise_to_community summary").click()
    leader.locator("#act-raise_to_community textarea").fill(TRIED)
    look_for_faults(leader)
    keep_picture(leader, "grid-4-up")
    leader.locator("#act-raise_to_community button[type=submit]").click()
    expect(leader.locator(".note.is-done").first).to_contain_text("已办好")
    assert (office.step(number), level(office, number)) == ("in_community", "community")

    secretary = office.open(secretary_of(office, number), number)
    expect(secretary.locator(".timeline")).to_contain_text(TRIED)
    secretary.locator("#act-give_to_grid summary").click()
    unit = secretary.locator("#act-give_to_grid select[name=limit_unit]")
    expect(unit).to_have_value("working_days")
    refuse_without_limit(secretary)
    secretary.locator("#act-give_to_grid input[name=limit_amount]").fill("2")
    look_on_both(secretary, "community-1-down")
    secretary.locator("#act-give_to_grid button[type=submit]").click()
    expect(secretary.locator(".note.is-done").first).to_contain_text("已办好")
    assert (office.step(number), level(office, number)) == ("in_grid", "grid")
    assert office.one("SELECT due_at IS NOT NULL FROM cases_case WHERE number = %s", number)

    leader = office.open("grid02", number, PHONE)
    leader.locator("#act-solve_in_grid textarea").fill("一起搬走了")
    leader.set_input_files("#act-solve_in_grid input[type=file]", [photo((60, 160, 90))])
    act(leader, "solve_in_grid")
    look_for_faults(leader)
    assert office.step(number) == "checking"
    expect(leader.locator("#act-pass_check")).to_have_count(0)


def refuse_without_limit(page: Page) -> None:
    """Send it down without a limit: told so, and the words stay."""
    form = page.locator("#act-give_to_grid")
    form.locator("textarea").fill("约好周末一起搬")
    form.locator("button[type=submit]").click()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("#act-give_to_grid textarea")).to_have_value("约好周末一起搬")


def test_from_the_community_to_the_street(office: Office) -> None:
    lon, lat = middle_of_grid(office, "grid03")
    number = office.filed("楼后地下室长期积水", category=PILES, at=(float(lon), float(lat)))
    day = {"amount": 1, "unit": "working_days"}
    office.act("dispatcher", number, "lower_to_community", note="社区先看看", limit=day)
    page = office.open(secretary_of(office, number), number)
    page.locator("#act-raise_to_street summary").click()
    page.locator("#act-raise_to_street textarea").fill("请人抽过一次，第二天又满")
    page.locator("#act-raise_to_street button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    look_on_both(page, "community-2-up")
    assert (office.step(number), level(office, number)) == ("dispatching", "street")
    dispatcher = office.open("dispatcher", number)
    expect(dispatcher.locator(".timeline")).to_contain_text("请人抽过一次")


def level(office: Office, number: str) -> str:
    """Say at which level a case is, in the database."""
    return str(office.one("SELECT level FROM cases_case WHERE number = %s", number))


def secretary_of(office: Office, number: str) -> str:
    """Name the secretary in whose community a case lies."""
    return str(
        office.one(
            "SELECT a.login FROM people_account a JOIN people_appointment p"
            " USING (person_id) JOIN cases_case c ON c.community_id = p.area_id"
            " WHERE c.number = %s AND a.login LIKE 'secretary%%'",
            number,
        )
    )
