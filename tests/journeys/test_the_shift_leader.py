"""The shift leader's turn: taken over in writing, kept awake by what is urgent, handed on.

The play:

1. The dispatcher ends the night: what is not done is counted, a point is written, the shift given.
2. The shift leader reads it, takes over and ticks the point off; the log never changes again.
3. The shift leader takes the present turn on the roster, and is called out for an urgent case: the
   call stands on every page until it is acknowledged, by keyboard.
4. A case sent back is ruled on; a question callers asked gets its answer in the library.
5. The shift leader writes the hand-over, takes it back, and gives it.
"""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.people import (
    DESKTOP,
    PHONE,
    Stage,
    act,
    keep_picture,
    look_for_faults,
    tab_to,
)
from tests.journeys.visitors import Site

pytestmark = pytest.mark.journey

POINT = "供热公司早上八点回话，没有回就催"
ANOTHER = "白天再看一遍围挡"
ANSWER = "先到社区登记，由街道城建办牵头征求全楼意见，同意的户数够了就报区住建局。"
TOLD = """
SELECT count(*) FROM notices_notice n JOIN people_account a ON a.id = n.account_id
WHERE a.login = 'shift' AND n.params->>'number' = %s AND (n.alert_id IS NOT NULL) = %s
"""


def begin_hand_over(page: Page, address: str) -> None:
    """Open a new hand-over by keyboard."""
    page.goto(f"{address}/desk/handover/")
    tab_to(page, ".handover-open button")
    page.keyboard.press("Enter")
    expect(page.locator("#remarks")).to_be_visible()


def give_it(page: Page, remarks: str, point: str) -> None:
    """Write remarks and a point, and give the shift, by keyboard."""
    tab_to(page, "#remarks")
    page.keyboard.type(remarks)
    tab_to(page, "#text-1")
    page.keyboard.type(point)
    tab_to(page, "button[name=give]")
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-done").first).to_contain_text("已交出")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_shift_goes_from_hand_to_hand(
    stage: Stage, site: Site, staff: Staff, size: tuple[int, int]
) -> None:
    side = "desktop" if size == DESKTOP else "phone"
    night = staff("dispatcher", size)
    begin_hand_over(night, stage.address)
    give_it(night, "夜里风大，两处围挡已扶正。", POINT)
    shift = staff("shift", size)
    shift.goto(f"{stage.address}/desk/")
    expect(shift.locator(".calling").filter(has_text="上一班已交出")).to_be_visible()
    keep_picture(shift, f"shift-{side}-1-home")
    tab_to(shift, "a[href^='/desk/handover/'].btn:not(.btn-link)")
    shift.keyboard.press("Enter")
    expect(shift.locator("main")).to_contain_text("夜里风大")
    look_for_faults(shift)
    keep_picture(shift, f"shift-{side}-2-read")
    tab_to(shift, "form[action$='/confirm'] button")
    shift.keyboard.press("Enter")
    expect(shift.locator(".note.is-done").first).to_contain_text("已接班")
    shift.locator("form[action$='/tick'] button", has_text=POINT).click()
    expect(shift.locator(".note.is-done").first).to_contain_text("已办结一条待办")
    expect(shift.locator("main")).not_to_contain_text(POINT)
    told = site.ask(
        "SELECT state, confirmed_by.login FROM shifts_handover"
        " JOIN people_account AS confirmed_by ON confirmed_by.id = confirmed_by_id"
        " ORDER BY shifts_handover.id DESC LIMIT 1"
    )
    assert told == [("confirmed", "shift")]


def take_the_present_turn(page: Page, site: Site) -> None:
    """Let the shift leader give the centre's present shift to the shift leader."""
    [(turn, login)] = site.ask(
        "SELECT turn.id, login FROM people_dutyshift AS turn"
        " JOIN people_account ON people_account.id = account_id"
        " WHERE role = 'centre' AND starts_at <= now() AND ends_at > now()"
    )
    if login == "shift":
        return
    page.goto(f"{site.address}/desk/duty/{turn}/")
    look_for_faults(page)
    page.locator("form[action$='/give'] select").select_option(label="赵立新")
    page.locator("form[action$='/give'] button").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已换人")


def report_urgent(page: Page, address: str) -> str:
    """Enter an urgent case and give its number."""
    page.goto(f"{address}/desk/cases/new")
    page.locator("#entry_text").fill("变压器冒烟，离居民楼很近")
    page.locator("#entry_is_urgent").check()
    page.locator("details.folded", has=page.locator("#entry_lon")).locator("summary").click()
    page.locator("#entry_lon").fill("125.3072")
    page.locator("#entry_lat").fill("43.8781")
    page.locator("form[enctype] button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/desk/cases/\d{4}-\d{7}/"))
    return page.url.rstrip("/").rpartition("/")[2]


def test_what_is_urgent_calls_until_somebody_knows(
    stage: Stage, site: Site, staff: Staff, office: Office
) -> None:
    shift = staff("shift")
    take_the_present_turn(shift, site)
    number = report_urgent(shift, stage.address)
    call_out_now(site)
    office.wait_until(
        lambda: office.one(TOLD, number, True) > 0, f"nobody is called out for {number}"
    )
    shift.goto(f"{stage.address}/desk/answers/")
    call = shift.locator(".bell-calls .calling", has_text=number)
    expect(call).to_be_visible()
    look_for_faults(shift)
    keep_picture(shift, "shift-3-called")
    tab_to(shift, ".bell-calls .calling button")
    shift.keyboard.press("Enter")
    expect(shift.locator(".note.is-done").first).to_contain_text("已知悉")
    expect(call).to_have_count(0)
    told = site.ask(
        "SELECT acknowledged_by.login FROM notices_alert JOIN people_account AS acknowledged_by"
        " ON acknowledged_by.id = acknowledged_by_id WHERE params->>'number' = %s",
        number,
    )
    assert told == [("shift",)]
    shift.goto(f"{stage.address}/notices/?show=urgent")
    shift.locator("li", has_text=number).get_by_role("link", name="呼叫记录").click()
    expect(shift.locator("main")).to_contain_text("已知悉")
    look_for_faults(shift)
    keep_picture(shift, "shift-4-who-was-called")


def call_out_now(site: Site) -> None:
    """Bring the minute's call forward; the worker runs it at once."""
    now = int(datetime.now(UTC).timestamp())
    site.ask(
        "SELECT procrastinate_defer_periodic_job_v2('clocks', NULL, 'reactions.call_out',"
        " 'reactions.call_out', 0, 'journey', %s, jsonb_build_object('timestamp', %s::bigint))",
        now,
        now,
    )


def test_a_case_sent_back_is_ruled_on_from_its_notice(office: Office) -> None:
    number = office.dispatched("单元门口的旧沙发没人搬")
    office.act(
        "handler-sanitation",
        number,
        "return",
        note="沙发不在我单位清单里",
        responsibility_id=office.item(),
    )
    office.wait_until(lambda: office.one(TOLD, number, False) > 0, f"nobody is told of {number}")
    shift = office.come("shift")
    shift.goto(f"{office.site.address}/notices/")
    notice = shift.locator("a.row", has_text=number).filter(has_text="被退单")
    notice.focus()
    shift.keyboard.press("Enter")
    shift.wait_for_url(re.compile(number))
    expect(shift.locator(".case-head")).to_contain_text("退单")
    shift.locator("#act-rule textarea").fill("仍由原单位办理，费用由街道协调")
    act(shift, "rule")
    keep_picture(shift, "shift-5-ruled")
    assert office.step(number) == "handling"


def ask_in_vain(clerk: Page, address: str, question: str) -> None:
    """Take a call with a question that the library can't answer."""
    clerk.goto(f"{address}/desk/intake/")
    clerk.keyboard.press("Enter")
    clerk.keyboard.press("1")
    expect(clerk.locator("#id_text")).to_be_focused()
    clerk.keyboard.type(question)
    clerk.locator("button[value=want]").click()
    expect(clerk.locator(".call-done")).to_contain_text("待补答案")


def test_a_question_asked_gets_its_answer(stage: Stage, site: Site, staff: Staff) -> None:
    clerk = staff("clerk")
    question = f"{time.time_ns() % 1000}号楼加装电梯找谁申请"
    ask_in_vain(clerk, stage.address, question)
    shift = staff("shift")
    shift.goto(f"{stage.address}/desk/answers/")
    wanted = shift.locator("section[aria-labelledby=wanted] li", has_text=question)
    wanted.get_by_role("link").focus()
    shift.keyboard.press("Enter")
    expect(shift.locator("#id_question")).to_have_value(question)
    tab_to(shift, "textarea[name=text]")
    shift.keyboard.type(ANSWER)
    look_for_faults(shift)
    keep_picture(shift, "shift-6-answer")
    tab_to(shift, ".act-form button[type=submit]")
    shift.keyboard.press("Enter")
    expect(shift.locator(".note.is-done").first).to_contain_text("写好了")
    assert site.ask("SELECT text FROM hotline_answerversion WHERE question = %s", question) == [
        (ANSWER,)
    ]
    clerk.goto(f"{stage.address}/desk/answers/?q={question}")
    expect(clerk.locator("main details", has_text=question)).to_have_count(1)


def test_what_was_given_can_be_taken_back_and_printed(
    stage: Stage, site: Site, staff: Staff
) -> None:
    shift = staff("shift")
    begin_hand_over(shift, stage.address)
    shift.locator("#number-1").fill("不是编号")
    shift.locator("#text-1").fill(ANOTHER)
    shift.locator("button[name=give]").click()
    expect(shift.locator("#errors")).to_be_visible()
    expect(shift.locator("#text-1")).to_have_value(ANOTHER)
    look_for_faults(shift)
    keep_picture(shift, "shift-7-refused")
    shift.locator("#number-1").fill("")
    shift.locator("button[name=give]").click()
    expect(shift.locator(".note.is-done").first).to_contain_text("已交出")
    shift.locator("form[action$='/take-back'] button").click()
    expect(shift.locator("#remarks")).to_be_visible()
    shift.locator("button[name=give]").click()
    shift.get_by_role("link", name="打印版").click()
    expect(shift.locator(".handover-signs")).to_be_visible()
    look_for_faults(shift)
    keep_picture(shift, "shift-8-print")
    clerk = staff("clerk")
    clerk.goto(shift.url.replace("/print", "/"))
    own = int(clerk.url.rstrip("/").rpartition("/")[2])
    clerk.locator("form[action$='/confirm'] button").click()
    expect(clerk.locator(".note.is-done").first).to_contain_text("已接班")
    assert site.ask("SELECT state FROM shifts_handover WHERE id = %s", own) == [("confirmed",)]
