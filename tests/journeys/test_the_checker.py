"""Those who check, on a phone: never their own work, photos side by side, asking, a sample.

1. What was done in the grid waits in the list of the grid leader, who compares before and after,
   sends it back with a reason, and passes it the second time; the case says how often and to whom.
2. Noise leaves no trace: the reporter is asked on the page of the code, answers "not yet", then
   "all right now"; the checker reads it, not who said it, and decides without a photo.
3. A sample of what somebody settled at once waits for another; found wrong, it goes to dispatch.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import Sight, listen, look_from_all_sides, read_data
from tests.journeys.office import Office
from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults, photo, tab_to
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

NOISE = "matter:06028"
HALF = "还有一半没有清走"


def handled(office: Office, text: str, **more: str) -> str:
    """Bring a fresh report to where it waits for its check."""
    number = office.dispatched(text, **more)
    office.act("handler-sanitation", number, "accept")
    office.act("handler-sanitation", number, "feed_back", with_photo=True, note="已清运")
    return number


def checker_of(office: Office, number: str) -> str:
    """Give the login of who was proposed to check."""
    return str(
        office.one(
            "SELECT a.login FROM cases_check k JOIN people_account a ON a.id = k.verifier_id"
            " JOIN cases_case c ON c.id = k.case_id WHERE c.number = %s AND k.done_at IS NULL",
            number,
        )
    )


def open_from_list(office: Office, login: str, number: str) -> Page:
    """Open a case from the own list of checks, on a phone."""
    page = office.come(login, PHONE)
    page.goto(f"{office.site.address}/desk/checks/")
    look_for_faults(page)
    keep_picture(page, f"checks-list-{login}")
    page.locator(".check-item", has_text=number).locator(".check-go").click()
    expect(page.locator(".case-head")).to_contain_text(number)
    return page


def test_compared_sent_back_and_passed(office: Office) -> None:
    number = handled(office, "楼前垃圾点满了好几天")
    login = checker_of(office, number)
    page = open_from_list(office, login, number)
    # Both at one instant: what comes in above them moves both.
    before, after = page.locator(".stages.is-compared .shot img").evaluate_all(
        "found => found.slice(0, 2).map((shot) => shot.getBoundingClientRect().toJSON())"
    )
    assert before["y"] == after["y"]
    assert min(before["width"], after["width"]) >= 150
    look_for_faults(page)
    keep_picture(page, "checks-compare")
    form = page.locator("#act-rework")
    form.locator("summary").click()
    form.locator("textarea").fill(HALF)
    form.locator("button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    expect(page.locator("#checks")).to_contain_text(HALF)
    expect(page.locator("#checks")).to_contain_text("返工 1 次")
    assert office.step(number) == "handling"

    office.act("handler-sanitation", number, "feed_back", with_photo=True, note="都清走了")
    page = open_from_list(office, checker_of(office, number), number)
    page.set_input_files("#act-pass_check input[type=file]", [photo((60, 160, 90))])
    tab_to(page, "#act-pass_check button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    look_for_faults(page)
    keep_picture(page, "checks-passed")
    assert office.step(number) == "closing"


def test_noise_is_asked_about(office: Office) -> None:
    number = office.filed("夜里施工声音很大", category=NOISE)
    lead = office.organisation("dept-sanitation")
    office.act("dispatcher", number, "dispatch", lead_id=lead)
    office.act("handler-sanitation", number, "accept")
    office.act("handler-sanitation", number, "feed_back", note="已让工地停了")
    case_id = office.one("SELECT id FROM cases_case WHERE number = %s", number)
    address = f"{office.site.address}/t/{office.site.code_of(case_id)}"
    page = office.stage.window(PHONE)
    answer(page, address, "还没有好", "十点以后还在响")
    keep_picture(page, "checks-asked")
    answer(page, address, "现在好了", "")
    expect(page.locator("#answer")).to_contain_text("您回答过：现在好了")

    page = open_from_list(office, checker_of(office, number), number)
    expect(page.locator("#checks")).to_contain_text("反映人说：现在好了")
    look_for_faults(page)
    keep_picture(page, "checks-answered")
    page.locator("#act-pass_check textarea").fill("反映人说安静了")
    page.locator("#act-pass_check button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    assert office.step(number) == "closing"


def answer(page: Page, address: str, chosen: str, words: str) -> None:
    """Answer on the page of the tracking code whether it is all right now."""
    page.goto(address)
    look_for_faults(page)
    form = page.locator("#answer form")
    form.locator("label.chip", has_text=chosen).click()
    form.locator("textarea").fill(words)
    form.locator("button").click()
    expect(page.locator("#answer")).to_contain_text(f"您回答过：{chosen}")


def test_a_sample_is_found_wrong(office: Office) -> None:
    number = str(
        office.one(
            "SELECT c.number FROM cases_check k JOIN cases_case c ON c.id = k.case_id"
            " WHERE k.kind = 'sample' AND k.done_at IS NULL ORDER BY k.due_at, k.id LIMIT 1"
        )
    )
    page = open_from_list(office, checker_of(office, number), number)
    expect(page.locator("#act-pass_sample")).to_be_visible()
    keep_picture(page, "checks-sample")
    form = page.locator("#act-fail_sample")
    form.locator("summary").click()
    form.locator("textarea").fill("去看时垃圾还在原处")
    look_for_faults(page)
    form.locator("button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    assert office.step(number) == "dispatching"


def test_pages_of_checks_from_all_sides(stage: Stage, site: Site) -> None:
    data = read_data(site)
    for login in ("verifier", "grid01", "supervisor"):
        page = stage.person(login)
        heard = listen(page, site.address)
        shows = ".check-figures" if login == "supervisor" else ".checks-list, .empty-state"
        sights = [
            Sight(name=f"checks-{login}", path="/desk/checks/", shows=shows),
            Sight(name=f"checks-all-{login}", path="/desk/checks/?whose=all", shows=shows),
        ]
        wrong = [
            fault
            for sight in sights
            for fault in look_from_all_sides(page, site.address, sight, data)
        ]
        assert not wrong, "\n".join(wrong)
        assert heard == []
