"""A resident's phone loses its line or its power at every step: nothing is lost, nothing doubled.

What arrived is counted in the database, by the words of each report.
"""

from __future__ import annotations

import pytest
from PIL import Image
from playwright.sync_api import expect

from linli.demonstration.accounts import RESIDENT_LOGIN
from linli.ground.kernel.ids import new_id
from tests.journeys.conftest import GetPhone
from tests.journeys.phones import (
    NO_ROOM,
    SPOIL_DRAFT,
    count_photos,
    count_reports,
    lose_answers,
)
from tests.journeys.visitors import Site


def words() -> str:
    """Give words no other report has."""
    return f"井盖松动 {new_id().hex}"


def test_a_photo_alone_is_a_report_and_the_answer_says_who_and_until_when(
    phone: GetPhone, site: Site
) -> None:
    """Two taps beside the camera: the position comes by itself, words are not needed."""
    one = phone()
    one.open()
    one.take()
    expect(one.page.locator("[data-place-said]")).to_contain_text("网格")
    one.check_access()
    one.send()

    answer = one.page.locator("[data-answer]")
    expect(answer).to_have_attribute("data-standing", "received")
    expect(answer.locator("[data-answer-words]")).to_contain_text("前答复")
    expect(answer.locator("[data-answer-words]")).to_contain_text("网格长")
    one.expect_states("received")
    one.expect_files(1)
    one.check_access()
    number = str(one.page.locator("[data-answer-more]").text_content()).removeprefix("编号 ")
    told = site.ask("SELECT text, channel FROM cases_case WHERE number = %s", number)
    assert told == [("见照片。", "web")]


def test_the_line_is_cut_before_every_step_and_comes_back_at_the_end(
    phone: GetPhone, site: Site
) -> None:
    """Opened once with a line; then everything is done without one, and the page is killed."""
    text = words()
    one = phone()
    one.open()
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.lose_line()
    one.die()
    one.open()
    one.write(text)
    one.die()
    one.open()
    expect(one.page.locator("[name=text]")).to_have_value(text)
    one.take("first.jpg")
    one.die()
    one.open()
    expect(one.page.locator(".field-files img")).to_have_count(1)
    one.take("second.jpg")
    one.send()
    one.expect_states("waiting")
    expect(one.page.locator("[data-answer-title]")).to_contain_text("存在这台手机上")
    one.die()
    one.open()
    one.expect_states("waiting")
    assert count_reports(site, text) == 0

    one.find_line()
    one.page.reload()
    one.expect_states("received")
    one.expect_files(2)
    assert (count_reports(site, text), count_photos(site, text)) == (1, 2)


@pytest.mark.parametrize("lost", ["**/api/v1/reports", "**/api/v1/uploads", "**/api/v1/uploads/**"])
def test_an_answer_lost_on_its_way_doubles_nothing(phone: GetPhone, site: Site, lost: str) -> None:
    """What was sent has arrived and the phone can't know: it is shown as received only later."""
    text = words()
    one = phone(service_workers="block")
    one.open()
    one.write(text)
    one.take()
    one.page.route(lost, lose_answers)
    one.send()
    if lost.endswith("reports"):
        expect(one.page.locator("[data-why]").first).to_contain_text("有网就自动发出")
        one.expect_states("waiting")
    else:
        one.expect_states("received")
        expect(one.page.locator(".item-files .is-held")).to_have_count(1)
    one.die()
    one.open()

    one.expect_states("received")
    one.expect_files(1)
    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)


def test_a_photo_goes_on_where_the_line_broke(phone: GetPhone, site: Site) -> None:
    """Every third part is lost; the page is killed in between."""
    text = words()
    one = phone(service_workers="block")
    one.open()
    one.write(text)
    one.take()
    parts: list[int] = []

    def break_some(route: object) -> None:
        parts.append(1)
        if len(parts) % 3 == 2:
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    one.page.route("**/api/v1/uploads/**", break_some)
    one.send()
    expect(one.page.locator(".item-files .is-held, .item-files .is-received")).to_have_count(1)
    one.die()
    one.open()

    one.expect_states("received")
    one.expect_files(1)
    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)


def test_two_tabs_send_once(phone: GetPhone, site: Site) -> None:
    """Both tabs wake when the line is back."""
    text = words()
    one = phone()
    one.open()
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.lose_line()
    one.write(text)
    one.take()
    one.send()
    one.expect_states("waiting")
    other = one.context.new_page()
    other.goto(f"{site.address}/field/")
    other.wait_for_selector("html.is-ready")
    posted: list[str] = []
    one.context.on(
        "request",
        lambda asked: posted.append(asked.url) if asked.url.endswith("/api/v1/reports") else None,
    )
    one.find_line()

    one.expect_states("received")
    expect(other.locator("[data-list] > li")).to_have_attribute("data-standing", "received")
    one.expect_files(1)
    assert len(posted) <= 1 + count_reports(site, text)
    assert (count_reports(site, text), count_photos(site, text)) == (1, 1)


def test_two_phones_of_one_account_lose_and_double_nothing(phone: GetPhone, site: Site) -> None:
    """Both are signed in, both lose the line, both write; each sends its own."""
    texts = [words(), words()]
    phones = [phone(), phone()]
    for one in phones:
        one.open("/field/")
        one.sign_in(RESIDENT_LOGIN)
        one.open()
        expect(one.page.locator("[data-sign-out]")).to_be_visible()
        one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        one.lose_line()
    for one, text in zip(phones, texts, strict=True):
        one.write(text)
        one.take()
        one.send()
        one.expect_states("waiting")
    for one in phones:
        one.find_line()
        one.page.reload()
        one.expect_states("received")
        one.expect_files(1)

    owned = (
        "SELECT count(*) FROM cases_reporter r JOIN cases_case c ON c.id = r.case_id"
        " WHERE c.text = %s AND r.account_id IS NOT NULL"
    )
    for text in texts:
        assert (count_reports(site, text), count_photos(site, text)) == (1, 1)
        assert site.ask(owned, text) == [(1,)]


def test_signing_out_warns_and_keeps_what_was_not_sent(phone: GetPhone, site: Site) -> None:
    """What was written with an account waits for that account."""
    text = words()
    one = phone(service_workers="block")
    one.open()
    one.sign_in(RESIDENT_LOGIN)
    one.open()
    expect(one.page.locator("[data-sign-out]")).to_be_visible()
    one.page.route("**/api/v1/reports", lambda route: route.abort())
    one.write(text)
    one.send()
    one.expect_states("waiting")
    warned: list[str] = []

    def answer(dialog: object) -> None:
        warned.append(dialog.message)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    one.page.on("dialog", answer)
    one.page.click("[data-sign-out]")
    expect(one.page.locator("[data-sign-in]")).to_be_visible()
    assert "还有 1 件没有发出" in warned[0]
    expect(one.page.locator("[data-others]")).to_contain_text("1 件")
    one.page.unroute("**/api/v1/reports")
    one.open()
    assert count_reports(site, text) == 0

    one.sign_in(RESIDENT_LOGIN)
    one.open()
    one.expect_states("received")
    assert count_reports(site, text) == 1


def test_what_is_said_counts_and_survives_the_battery(phone: GetPhone, site: Site) -> None:
    """The page dies in the middle of a sentence; what was said is still there, and is sent."""
    one = phone(service_workers="block")
    one.open()
    one.page.locator("[data-talk]").focus()
    one.page.keyboard.press("Enter")
    expect(one.page.locator("[data-talk-word]")).to_contain_text("3 秒")
    one.die()
    one.open()
    expect(one.page.locator(".field-files .is-recording")).to_have_count(1)
    one.page.fill("[name=address]", "重庆路 8 号")
    one.send()
    one.expect_states("received")
    one.expect_files(1)

    number = str(one.page.locator("[data-answer-more]").text_content()).removeprefix("编号 ")
    statement = (
        "SELECT c.text, r.media_type FROM hotline_recording r JOIN cases_case c ON c.id = r.case_id"
        " WHERE c.number = %s"
    )
    assert site.ask(statement, number) in (
        [("见录音。", "audio/webm")],
        [("见录音。", "audio/mp4")],
    )


def test_a_refused_report_says_why_and_is_changed_and_sent(phone: GetPhone, site: Site) -> None:
    """The words hold what can't be kept; nothing typed is lost."""
    text = words()
    one = phone(service_workers="block")
    one.open()
    one.write(text)
    one.page.evaluate(SPOIL_DRAFT)
    one.send()
    one.expect_states("refused")
    expect(one.page.locator("[data-why]").first).to_contain_text("请写明发生了什么")
    one.page.get_by_role("button", name="改一改再发").click()
    expect(one.page.locator("[name=text]")).to_have_value(text)
    one.send()

    one.expect_states("received")
    assert count_reports(site, text) == 1


def test_a_newer_page_is_let_through_and_the_old_one_says_so(phone: GetPhone) -> None:
    """Another tab of a later version changes the stores; this one lets go of them."""
    one = phone(service_workers="block")
    one.open()
    one.write("还没写完")
    reached = one.page.evaluate(
        """() => new Promise((done) => {
        const asked = indexedDB.open("linli-field", 99);
        asked.onupgradeneeded = () => asked.result.createObjectStore("later");
        asked.onsuccess = () => { asked.result.close(); done(true); };
        asked.onblocked = () => done(false);
      })"""
    )

    assert reached
    expect(one.page.locator("[data-bar=store]")).to_contain_text("新版本")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_large_type_is_kept_and_passes_all_checks(phone: GetPhone, language: str) -> None:
    """The switch is remembered by the phone, the page fits and can be read by everybody."""
    one = phone(language=language)
    one.open()
    one.page.click("[data-large]")
    one.die()
    one.open()
    expect(one.page.locator("html")).to_have_class("kind-phone large-type is-ready")
    one.take()
    one.check_access()


def test_a_scanned_door_opens_the_form_placed_there(phone: GetPhone, site: Site) -> None:
    """The code on the door notice needs no position of the phone."""
    statement = "SELECT code, name FROM territory_area WHERE kind = 'building' ORDER BY code"
    code, name = site.ask(statement)[0]
    one = phone(permissions=[], service_workers="block")
    one.open(f"/field/?at={code}")
    expect(one.page.locator("[data-place-said]")).to_contain_text(str(name))
    text = words()
    one.page.fill("[name=text]", text)
    one.send()

    one.expect_states("received")
    told = site.ask("SELECT lon IS NOT NULL FROM cases_case WHERE text = %s", text)
    assert told == [(True,)]


def test_a_full_phone_says_so_and_keeps_the_words(phone: GetPhone, site: Site) -> None:
    """There is no room for the photo; the words are kept, and sent."""
    text = words()
    one = phone(service_workers="block")
    one.open()
    one.write(text)
    one.page.evaluate(NO_ROOM)
    path = one.folder / "large.jpg"
    Image.effect_noise((800, 600), 60).convert("RGB").save(path, "JPEG")
    one.page.set_input_files("[data-gallery]", [path])
    expect(one.page.locator("[data-files-said]")).to_contain_text("手机存储满了")
    one.check_access()
    one.die()
    one.open()
    expect(one.page.locator("[name=text]")).to_have_value(text)
    one.send()

    one.expect_states("received")
    assert (count_reports(site, text), count_photos(site, text)) == (1, 0)


def test_a_new_version_waits_while_something_is_written(phone: GetPhone, site: Site) -> None:
    """Nothing is reloaded under somebody's hands; once they agree, all they wrote is there."""
    one = phone()
    one.open()
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.page.reload()
    one.page.wait_for_selector("html.is-ready")
    one.write("还没写完")
    # The number of the duty desk stands on the page: another number is another version.
    site.change("UPDATE people_dutydesk SET phone = phone || '9'")
    offered = one.page.locator("[data-bar=version]")
    for _ in range(60):
        one.page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
        one.page.wait_for_timeout(1000)
        if offered.is_visible():
            break
    site.change("UPDATE people_dutydesk SET phone = left(phone, -1)")
    expect(offered).to_contain_text("新版本")
    with one.page.expect_navigation():
        one.page.click("[data-update]")
    one.page.wait_for_selector("html.is-ready")

    expect(one.page.locator("[name=text]")).to_have_value("还没写完")
