"""The supervisor's morning: what is red and why, a card by hand, a leader's word answered.

The play:

1. The board on desk and phone; its largest reason opens a list that is as long as it said.
2. By keyboard the supervisor gives a case a red card, with words; one without words is refused and
   what was chosen stays; the same card twice is refused.
3. The office types in what a leader said on the telephone; the department that has the case reads
   it at home and on the case, answers in one line on the phone; the supervisor reads the answer.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.office import Office
from tests.journeys.people import (
    PHONE,
    act,
    keep_picture,
    look_for_faults,
    look_on_both,
    tab_to,
)

pytestmark = pytest.mark.journey

WHY = "群众连续三天打电话，今天必须到现场。"
SAID = "今天下班前把路口清出来，结果报我。"
ANSWER = "下午三点已清运完，现场留人看守到晚上。"


def test_the_board_says_what_is_red_and_each_number_opens_its_list(office: Office) -> None:
    page = office.come("supervisor")
    page.goto(f"{office.site.address}/desk/")
    tab_to(page, "a[href='/desk/supervision/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("件要督办")
    look_on_both(page, "supervisor-1-board")
    reason = page.locator("a.watch-reason").first
    promised = reason.locator(".count").inner_text()
    tab_to(page, "a.watch-reason")
    page.keyboard.press("Enter")
    expect(page.locator(".list-bar strong.number")).to_contain_text(promised)
    look_on_both(page, "supervisor-2-list")


def fold_out(page: Page, name: str) -> None:
    """Open the form of one act by keyboard."""
    tab_to(page, f"#act-{name} summary")
    page.keyboard.press("Enter")


def test_a_card_is_given_by_hand_and_only_once(office: Office) -> None:
    number = office.dispatched("路口堆着拆下来的门窗")
    page = office.open("supervisor", number)
    fold_out(page, "supervise")
    page.locator("#act-supervise select[name=rung]").select_option("red")
    page.locator("#act-supervise button[type=submit]").click()
    expect(
        page.locator("#act-supervise .is-invalid, #act-supervise .field-error").first
    ).to_be_visible()
    expect(page.locator("#act-supervise select[name=rung]")).to_have_value("red")
    tab_to(page, "#act-supervise textarea")
    page.keyboard.type(WHY)
    look_on_both(page, "supervisor-3-card")
    act(page, "supervise")
    expect(page.locator("#supervised")).to_contain_text("人工督办")
    expect(page.locator(".timeline")).to_contain_text(WHY)
    look_on_both(page, "supervisor-4-red")
    page.locator("#act-supervise summary").click()
    page.locator("#act-supervise select[name=rung]").select_option("red")
    page.locator("#act-supervise textarea").fill(WHY)
    page.locator("#act-supervise button[type=submit]").click()
    expect(page.locator("#act-supervise")).to_contain_text(re.compile("已经|只有一次"))
    assert office.count_events(number, "cases.rung_reached") == 1


def test_what_a_leader_said_is_typed_in_and_answered_in_one_line(office: Office) -> None:
    number = office.dispatched("路口堆着拆下来的水泥块")
    shift = office.open("shift", number)
    fold_out(shift, "instruct")
    tab_to(shift, "#act-instruct input[name=instructed_by]")
    shift.keyboard.type("孙主任")
    shift.locator("#act-instruct select[name=way]").select_option("phone")
    tab_to(shift, "#act-instruct textarea")
    shift.keyboard.type(SAID)
    look_on_both(shift, "supervisor-5-instruction")
    act(shift, "instruct")
    expect(shift.locator("#supervised")).to_contain_text(SAID)
    expect(shift.locator("#act-answer_instruction")).to_have_count(0)

    handler = office.come("handler-sanitation", PHONE)
    handler.goto(f"{office.site.address}/desk/")
    expect(handler.locator("main")).to_contain_text(number)
    handler = office.open("handler-sanitation", number, PHONE)
    expect(handler.locator("#supervised")).to_contain_text("孙主任")
    handler.locator("#act-answer_instruction summary").click()
    handler.locator("#act-answer_instruction textarea").fill(ANSWER)
    look_for_faults(handler)
    keep_picture(handler, "supervisor-6-answer-390")
    act(handler, "answer_instruction")

    page = office.open("supervisor", number)
    expect(page.locator("#supervised .answer")).to_contain_text(ANSWER)
    look_on_both(page, "supervisor-7-answered")
    assert office.count_events(number, "cases.instruction_answered") == 1
