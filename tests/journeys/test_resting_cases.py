"""What can't be done in time: more time is asked for and granted; a case rests and is woken.

1. The handler asks for more time, the shift leader grants it; the second time is a leader's. The
   reporter reads the new time and the reason.
2. The shift leader asks by keyboard for a case to rest; without a day nothing is sent and what was
   typed stays. A leader finds it on the register and approves. Everybody reads why on the public
   list, the reporter on the page of the tracking code, and neither the remark of the staff. The
   board has it beside its numbers. Woken by hand, it is handled again with the time it had left.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import Sight, listen, look_from_all_sides, read_data
from tests.journeys.office import Office
from tests.journeys.people import PHONE, act, look_on_both, tab_to

pytestmark = pytest.mark.journey

RAIN = "连着几天雨，砖堆湿透了，铲车进不去。"
MEASURE = "砖堆四周拉警戒带，早晚各看一次。"
REMARK = "铲车的钱要等下个月拨款。"
WOKEN = "邻街道借来了铲车，明天就能清。"
# The first working day from a day on, as the sub-district's calendar has it.
WORKING_DAY = """
SELECT day::date FROM generate_series(%s::date, %s::date + 20, interval '1 day') AS day
LEFT JOIN kernel_calendarday AS unusual ON unusual.date = day::date
WHERE coalesce(unusual.is_workday, extract(isodow FROM day) < 6) ORDER BY day LIMIT 1
"""
DAY_AFTER = """
SELECT (due_at AT TIME ZONE 'Asia/Shanghai')::date + 1 FROM cases_case WHERE number = %s
"""


def working_day(office: Office, first: date) -> str:
    """Give the first working day from a day on, as a field for days takes it."""
    found: date = office.one(WORKING_DAY, first, first)
    return found.isoformat()


def after_due(office: Office, number: str) -> str:
    """Give the first working day after the one on which a case is due."""
    return working_day(office, office.one(DAY_AFTER, number))


def handled(office: Office, text: str) -> str:
    """Bring a fresh report into the hands of its lead."""
    number = office.dispatched(text)
    office.act("handler-sanitation", number, "accept")
    return number


def fold_out(page: Page, name: str) -> None:
    """Open the form of one act by keyboard, and wait until it is there."""
    tab_to(page, f"#act-{name} summary")
    page.keyboard.press("Enter")
    expect(page.locator(f"#act-{name} form")).to_be_visible()


def look_all_round(office: Office, page: Page, *sights: Sight) -> None:
    """Look at pages from all sides, and expect nothing wrong."""
    data = read_data(office.site)
    wrong = [
        fault
        for sight in sights
        for fault in look_from_all_sides(page, office.site.address, sight, data)
    ]
    assert not wrong, "\n".join(wrong)


def tracking(office: Office, number: str, name: str) -> Sight:
    """Give the page of a case's tracking code."""
    case_id = office.one("SELECT id FROM cases_case WHERE number = %s", number)
    return Sight(name=name, path=f"/t/{office.site.code_of(case_id)}", shows="dl.facts")


def test_more_time_is_asked_for_and_granted(office: Office) -> None:
    number = handled(office, "雨后路边的砖堆")
    until = after_due(office, number)
    handler = office.open("handler-sanitation", number)
    fold_out(handler, "ask_extension")
    form = handler.locator("#act-ask_extension")
    form.locator("select[name=cause]").select_option("weather")
    form.locator("input[name=until]").fill(until)
    form.locator("textarea[name=note]").fill(RAIN)
    look_on_both(handler, "resting-1-ask-extension")
    act(handler, "ask_extension")
    expect(handler.locator("#clocks, main").first).to_contain_text("等值班长决定")
    assert handler.locator("#act-grant_extension").count() == 0

    shift = office.open("shift", number)
    expect(shift.locator("h2", has_text="该您：准许延期")).to_be_visible()
    look_on_both(shift, "resting-2-grant")
    act(shift, "grant_extension")
    anybody = office.stage.window(PHONE)
    heard = listen(anybody, office.site.address)
    page = tracking(office, number, "resting-3-extended")
    look_all_round(office, anybody, page)
    anybody.goto(office.site.address + page.path)
    expect(anybody.locator("dl.facts")).to_contain_text("延期到")
    expect(anybody.locator("main")).not_to_contain_text(RAIN)

    later = after_due(office, number)
    office.act(
        "handler-sanitation",
        number,
        "ask_extension",
        cause="supplies",
        until=later,
        note="等铲车",
    )
    leader = office.open("leader", number)
    act(leader, "leader_grant_extension")
    look_all_round(office, leader, Sight(name="resting-4-twice", path=f"/desk/cases/{number}/"))
    assert office.count_events(number, "cases.extension_granted") == 2
    assert heard == []


def ask_to_rest(office: Office, number: str) -> None:
    """Let the shift leader ask by keyboard, first without a day."""
    page = office.open("shift", number)
    fold_out(page, "ask_pending")
    form = page.locator("#act-ask_pending")
    form.locator("select[name=obstacle]").select_option("money")
    tab_to(page, "#act-ask_pending textarea[name=measure]")
    page.keyboard.type(MEASURE)
    form.locator("select[name=unit_id]").select_option(str(office.organisation("dept-sanitation")))
    tab_to(page, "#act-ask_pending textarea[name=note]")
    page.keyboard.type(REMARK)
    form.locator("button[type=submit]").press("Enter")
    expect(form.locator(".field-error").first).to_be_visible()
    expect(form.locator("textarea[name=measure]")).to_have_value(MEASURE)
    look_on_both(page, "resting-5-refused")
    form.locator("input[name=wake_on]").fill(
        working_day(office, office.one("SELECT current_date + 20"))
    )
    act(page, "ask_pending")
    expect(page.locator("main")).to_contain_text("等街道领导决定")
    assert page.locator("#act-approve_pending").count() == 0


def approve(office: Office, number: str) -> None:
    """Let a leader find it on the register, and approve it."""
    page = office.come("leader")
    look_all_round(
        office, page, Sight(name="resting-6-asked", path="/desk/pending/", shows=".pending-asked")
    )
    page.goto(f"{office.site.address}/desk/pending/")
    page.locator(".pending-asked li", has_text=number).get_by_role("link").press("Enter")
    page.wait_for_url(re.compile(number))
    expect(page.locator("h2", has_text="该您：批准挂账")).to_be_visible()
    look_on_both(page, "resting-7-approve")
    act(page, "approve_pending")
    assert office.step(number) == "pending"


def read_by_everybody(office: Office, number: str) -> None:
    """Read why on the public list and on the reporter's page, and nothing meant for staff."""
    page = office.stage.window(PHONE)
    heard = listen(page, office.site.address)
    for sight, place in (
        (Sight(name="resting-10-public", path="/pending/", shows=".pending-counts"), "li.card"),
        (tracking(office, number, "resting-11-tracking"), "main"),
    ):
        look_all_round(office, page, sight)
        page.goto(office.site.address + sight.path)
        expect(page.locator(place, has_text=number)).to_contain_text(MEASURE)
        expect(page.locator("main")).not_to_contain_text(REMARK)
    assert heard == []


def test_a_case_rests_and_is_woken_by_hand(office: Office) -> None:
    number = handled(office, "巷口的碎砖堆")
    ask_to_rest(office, number)
    approve(office, number)
    shift = office.come("shift")
    look_all_round(
        office,
        shift,
        Sight(name="resting-8-board", path="/desk/supervision/"),
        Sight(name="resting-9-resting", path=f"/desk/cases/{number}/", shows="#pendings"),
    )
    resting = office.one("SELECT count(*) FROM cases_case WHERE step = 'pending'")
    shift.goto(f"{office.site.address}/desk/supervision/")
    expect(shift.locator(".desk-head a[href='/desk/pending/']")).to_have_text(f"挂账 {resting}")
    read_by_everybody(office, number)

    shift = office.open("shift", number)
    fold_out(shift, "wake")
    shift.locator("#act-wake textarea").fill(WOKEN)
    look_on_both(shift, "resting-12-wake")
    act(shift, "wake")
    assert office.step(number) == "handling"
    expect(shift.locator("#pendings ~ .instruction").first).to_contain_text(WOKEN)
    anybody = office.stage.window(PHONE)
    anybody.goto(office.site.address + tracking(office, number, "woken").path)
    expect(anybody.locator("dl.facts").first).not_to_contain_text("先挂账到")
    expect(anybody.locator("main")).not_to_contain_text(WOKEN)
    look_on_both(anybody, "resting-13-woken")
    anybody.goto(f"{office.site.address}/pending/")
    expect(anybody.locator("main")).not_to_contain_text(number)
