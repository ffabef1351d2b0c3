"""The phone of a courier, of an older version, and of somebody who follows what they reported.

What arrived is counted in the database, by the words of each report.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from linli.demonstration.accounts import RESIDENT_LOGIN
from linli.ground.kernel.ids import new_id
from tests.journeys.conftest import GetPhone
from tests.journeys.phones import FIRST_VERSION, GIVE_CODE, Phone, count_photos, count_reports
from tests.journeys.visitors import Site

ASKED = (
    "SELECT count(*) FROM couriers_asked a JOIN cases_case c ON c.id = a.case_id WHERE c.text = %s"
)


def ride(one: Phone, login: str) -> None:
    """Sign a courier in and open the page until the courier's door is there."""
    one.open()
    one.sign_in(login)
    one.open()
    expect(one.page.locator("h1")).to_have_text("停稳了，拍一张")


def write_note(one: Phone, text: str) -> None:
    """Choose the first kind, and note something by which the report is found."""
    one.page.locator("[data-usual] label").first.click()
    one.page.fill("[name=text]", text)


def test_a_courier_photographs_now_and_it_is_sent_when_the_line_is_back(
    phone: GetPhone, site: Site
) -> None:
    """Put aside, gone on with, sent without a line after the power went: once, as a courier's."""
    text = f"垃圾满了 {new_id().hex}"
    one = phone()
    ride(one, "courier")
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.lose_line()
    one.die()
    one.open()
    one.send()
    expect(one.page.locator("[data-missing]")).to_have_text("请拍一张照片。")
    one.take()
    one.check_access()
    one.page.get_by_role("button", name="先存着").click()
    one.expect_states("draft")
    one.die()
    one.open()
    expect(one.page.locator(".field-files li")).to_have_count(0)
    one.page.get_by_role("button", name="接着写").click()
    one.send()
    expect(one.page.locator("[data-missing]")).to_have_text("请选是哪一类问题。")
    write_note(one, text)
    one.send()
    one.expect_states("waiting")
    assert count_reports(site, text) == 0

    one.find_line()
    one.page.reload()
    one.expect_states("received")
    one.expect_files(1)
    expect(one.page.locator("[data-list] [data-words]")).to_contain_text("半小时内有人接下")
    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)
    assert site.ask("SELECT channel FROM cases_case WHERE text = %s", text) == [("courier",)]
    assert site.ask(ASKED, text) == [(1,)]


def test_who_is_no_longer_a_courier_is_told_and_sends_it_as_anybody(
    phone: GetPhone, site: Site
) -> None:
    """The phone still believes in the courier; the office says no, and one tap sends it on."""
    text = f"井盖松了 {new_id().hex}"
    one = phone(service_workers="block")
    ride(one, "courier2")
    one.take()
    write_note(one, text)
    turned = (
        "UPDATE couriers_courier SET state = '{}' WHERE account_id ="
        " (SELECT id FROM people_account WHERE login = 'courier2')"
    )
    site.change(turned.format("left"))
    one.send()
    one.expect_states("refused")
    expect(one.page.locator("[data-list] [data-why]")).to_contain_text("社区确认以后才能")
    one.check_access()
    one.page.get_by_role("button", name="用普通上报发出").click()
    one.expect_states("received")
    one.expect_files(1)
    site.change(turned.format("confirmed"))

    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)
    assert site.ask("SELECT channel FROM cases_case WHERE text = %s", text) == [("web",)]
    assert site.ask(ASKED, text) == [(0,)]


def test_what_an_older_version_left_on_the_phone_is_sent(phone: GetPhone, site: Site) -> None:
    """The stores are brought up to date under a report and a photo that wait."""
    text = f"路灯不亮 {new_id().hex}"
    one = phone(service_workers="block")
    one.page.goto(f"{site.address}/field/manifest.webmanifest")
    one.page.evaluate(FIRST_VERSION, [str(new_id()), text])
    one.open()

    one.expect_states("received")
    one.expect_files(1)
    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)


def test_rating_and_reopening_are_one_tap_away_and_known_without_a_line(
    phone: GetPhone, site: Site
) -> None:
    """What the office said last stands at the item after a reload, with or without a line."""
    one = phone()
    one.open()
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.write(f"楼道灯 {new_id().hex}")
    one.send()
    one.expect_states("received")
    closed = site.ask(
        "SELECT c.id FROM cases_case c JOIN cases_casephoto p ON p.case_id = c.id"
        " WHERE c.step = 'closed' AND c.reopen_until > now() + interval '1 hour'"
        " AND p.stage = 'handling' AND p.is_approved"
        " AND c.visibility = 'public' AND c.merged_into_id IS NULL"
        " ORDER BY c.id LIMIT 1"
    )
    code = site.code_of(closed[0][0])
    one.page.evaluate(GIVE_CODE, code)
    one.die()
    one.open()
    expect(item_of(one).locator("[data-standing]")).to_have_text("已经办结")
    one.check_access()
    one.lose_line()
    one.die()
    one.open()
    expect(item_of(one).locator("[data-standing]")).to_have_text("已经办结")
    one.find_line()
    photos = item_of(one).get_by_role("link", name="看处置前后的照片")
    expect(photos).to_have_attribute("href", f"/t/{code}#photos")
    item_of(one).get_by_role("link", name="没有解决，要求重办").click()
    expect(one.page.locator("#reopen-form textarea")).to_be_visible()


def item_of(one: Phone) -> Locator:
    """Give the newest item of the list."""
    return one.page.locator("[data-list] > li").first


def test_large_type_switched_on_one_phone_is_on_after_signing_in_on_another(
    phone: GetPhone,
) -> None:
    """The account keeps it; switched off here it is off there."""
    first, second = phone(service_workers="block"), phone(service_workers="block")
    for one in (first, second):
        one.open()
        one.sign_in(RESIDENT_LOGIN)
    large = re.compile("large-type")
    first.open()
    expect(first.page.locator("[data-sign-out]")).to_be_visible()
    with first.page.expect_response("**/preferences/large-type"):
        first.page.click("[data-large]")
    second.open()
    expect(second.page.locator("html")).to_have_class(large)
    second.check_access()
    with second.page.expect_response("**/preferences/large-type"):
        second.page.click("[data-large]")
    first.page.goto(f"{first.site.address}/me")
    expect(first.page.locator("html")).not_to_have_class(large)
