"""A call from the first ring to the number read out, with nothing but the keyboard.

The play:

1. The clerk types the caller's number; what was reported from it stands there at once.
2. One key names the kind, a few initials find the place, words are typed, initials the category.
3. Ctrl Enter files; the number to read out stands above the next call, where the cursor waits.
4. A second caller asks about a number: it is noted as a reminder.
5. A third asks a question: the answer is read out, one key logs it.
6. The line drops in the middle of a sentence, the page is loaded again: nothing is lost.
7. A message from a chat is pasted: number, place and words stand in their fields.

Keys and requests are counted, not seconds: a machine's speed says nothing about a clerk's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.journeys.people import PHONE, Stage, keep_picture, look_for_faults

pytestmark = pytest.mark.journey

CALLER = "13900117788"
NUMBER = re.compile(r"\d{4}-\d{7}")
SAVE = "**/save/"


@dataclass
class Hands:
    """A clerk's hands on the keyboard, and what the page asked meanwhile."""

    page: Page
    keys: int = 0
    asked: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Count what the page asks of the server."""
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if "/static/" not in request.url:
            self.asked.append(request.url)

    def type(self, text: str) -> None:
        """Type words, a key each."""
        self.page.keyboard.type(text, delay=4)
        self.keys += len(text)

    def press(self, key: str) -> None:
        """Press one key or chord."""
        self.page.keyboard.press(key)
        self.keys += 1

    def focused(self) -> str:
        """Name the field with the cursor."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.name"))


def begin(stage: Stage, *, size: tuple[int, int] = (1280, 900)) -> Hands:
    """Open the intake desk as the clerk, the cursor in the caller's number."""
    page = stage.person("clerk", size)
    page.goto(f"{stage.address}/desk/intake/")
    hands = Hands(page)
    assert hands.focused() == "id_caller"
    return hands


def take_call(hands: Hands, words: str) -> str:
    """Take one call to the number read out."""
    page = hands.page
    hands.type(CALLER)
    hands.press("Enter")
    hands.press("2")
    assert hands.focused() == "place"
    hands.type("惠民小区3号楼")
    expect(page.locator("#places button").first).to_contain_text("惠民小区3号楼")
    hands.press("Enter")
    assert hands.focused() == "id_text"
    hands.type(words)
    hands.press("Tab")
    hands.type("bllj")
    expect(page.locator("#categories button").first).to_contain_text("暴露垃圾")
    hands.press("Enter")
    assert hands.focused() == "id_name"
    hands.press("Control+Enter")
    expect(page.locator(".call-done")).to_be_visible()
    found = NUMBER.search(page.locator(".call-number").inner_text())
    assert found
    assert hands.focused() == "id_caller"
    return found[0]


def test_a_call_is_taken_by_keyboard_alone(stage: Stage) -> None:
    hands = begin(stage)
    hands.listen()
    words = "楼下垃圾三天没清"
    number = take_call(hands, words)
    keep_picture(hands.page, "call-1-filed")
    # The number, the place, the words, four initials, and six keys to go on and to file.
    assert hands.keys == len(CALLER) + len("惠民小区3号楼") + len(words) + len("bllj") + 6
    assert len(hands.asked) <= 30
    page = hands.page
    page.goto(f"{stage.address}/desk/cases/{number}/")
    seen = page.locator("main").inner_text()
    assert "惠民小区" in seen
    assert "求助" in seen
    assert CALLER not in seen


def test_the_next_call_from_that_number_joins_the_matter(stage: Stage) -> None:
    hands = begin(stage)
    number = take_call(hands, "单元门锁坏了")
    hands.type(CALLER)
    matter = hands.page.locator("#caller li", has_text=number)
    expect(matter).to_be_visible()
    look_for_faults(hands.page)
    keep_picture(hands.page, "call-2-known-caller")
    hands.page.locator("#by_number").focus()
    hands.type(number)
    hands.press("Enter")
    expect(hands.page.locator(".call-done")).to_contain_text("催办")
    expect(hands.page.locator(".call-number")).to_contain_text(number)


def test_a_question_is_answered_from_the_library(stage: Stage) -> None:
    hands = begin(stage)
    hands.press("Enter")
    hands.press("1")
    assert hands.focused() == "id_text"
    page = hands.page
    hands.type("jlnqbr")
    expect(page.locator("#answers details").first).to_contain_text("家里暖气不热找谁")
    hands.press("Enter")
    expect(page.locator("[data-answered]").first).to_be_focused()
    look_for_faults(page)
    keep_picture(page, "call-3-answer")
    hands.press("Enter")
    expect(page.locator(".call-done")).to_contain_text("当场答复")


def test_nothing_typed_is_lost_when_the_line_drops(stage: Stage) -> None:
    hands = begin(stage)
    page = hands.page
    hands.type("0431-8888")
    expect(page.locator("#saved")).to_contain_text("已存")
    page.context.set_offline(True)
    hands.press("Enter")
    hands.press("2")
    page.locator("#id_text").focus()
    hands.type("说到一半断了线")
    expect(page.locator("#saved")).to_contain_text("没有存上")
    keep_picture(page, "call-4-line-lost")
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_text")).to_have_value("说到一半断了线")
    expect(page.locator("#saved")).to_contain_text("已存")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("说到一半断了线")
    hands.press("Alt+x")
    expect(page.locator(".call-tabs form")).to_contain_text("说到一半断了线")
    page.locator(".call-tabs form button").click()
    expect(page.locator("#id_text")).to_have_value("说到一半断了线")
    hands.press("Alt+x")
    expect(page.locator("#id_caller")).to_have_value("")


def test_a_page_loaded_again_while_it_is_saved_is_the_same_window(stage: Stage) -> None:
    hands = begin(stage)
    page = hands.page
    hands.type("0431-8888")
    expect(page.locator("#saved")).to_contain_text("已存")
    page.wait_for_url(re.compile(r"/intake/[0-9a-f-]{36}/$"))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(SAVE, hold)
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_request(SAVE):
        page.locator("#id_text").fill("存到一半又打开")

    def answer_what_was_before(route: Route) -> None:
        """Let the page be written before the save arrives, and the window hear of the save."""
        before = route.fetch()
        held[0].fulfill(response=held[0].fetch())
        page.unroute(SAVE)
        route.fulfill(response=before)

    page.route(page.url, answer_what_was_before)
    page.reload()
    expect(page.locator("#id_text")).to_have_value("存到一半又打开")
    expect(page.locator("#saved")).to_contain_text("已存")
    expect(page.locator("#saved .is-overdue")).to_have_count(0)
    page.unroute(page.url)
    page.reload()
    expect(page.locator("#id_text")).to_have_value("存到一半又打开")


def test_a_draft_changed_in_another_window_says_so_on_a_phone_too(stage: Stage) -> None:
    page = begin(stage, size=PHONE).page
    page.locator("#id_text").fill("先在这里写")
    expect(page.locator("#saved")).to_contain_text("已存")
    page.wait_for_url(re.compile(r"/intake/[0-9a-f-]{36}/$"))
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#id_text").fill("又在那里写")
    expect(other.locator("#saved")).to_contain_text("已存")
    page.locator("#id_text").fill("再在这里写")
    expect(page.locator("#saved")).to_contain_text("另一个窗口")
    look_for_faults(page)
    keep_picture(page, "call-7-other-window-phone")


def test_a_pasted_message_is_split_for_the_clerk(stage: Stage) -> None:
    page = stage.person("clerk")
    page.goto(f"{stage.address}/desk/intake/")
    page.keyboard.press("Alt+v")
    page.locator("#pasted").fill(
        "李姐 2026/11/22 9:13\n锦江苑5号楼后面的路灯不亮[图片]\n我电话139 0011 2233，谢谢"
    )
    look_for_faults(page)
    keep_picture(page, "call-5-paste")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_caller")).to_have_value("13900112233")
    expect(page.locator("#place")).to_have_value("锦江苑5号楼")
    expect(page.locator("#id_text")).to_have_value("锦江苑5号楼后面的路灯不亮，谢谢")
    expect(page.locator("#id_name")).to_have_value("李姐")
    look_for_faults(page)
    keep_picture(page, "call-6-draft")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".call-number")).to_contain_text(NUMBER)


def test_what_is_missing_is_said_on_a_phone_too(stage: Stage) -> None:
    hands = begin(stage, size=PHONE)
    page = hands.page
    hands.type(CALLER)
    page.locator("#id_text").fill("没有说在哪里")
    page.locator("[data-file]").click()
    expect(page.locator("#place-error")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("没有说在哪里")
    look_for_faults(page)
    keep_picture(page, "call-8-refused-phone")
    page.locator("button[value=drop]").click()
    expect(page.locator("#id_caller")).to_have_value("")


def test_the_library_is_kept_by_the_shift_leader(stage: Stage) -> None:
    page = stage.person("shift")
    page.goto(f"{stage.address}/desk/answers/")
    look_for_faults(page)
    keep_picture(page, "call-9-library")
    page.get_by_role("link", name="写答案").first.press("Enter")
    page.locator("#id_text").fill("到街道大厅一号窗口，带身份证和购车发票，当场上牌。")
    page.locator("#id_keywords").fill("电动车 上牌")
    page.locator("#id_valid_from").fill("2026-01-01")
    look_for_faults(page)
    keep_picture(page, "call-10-write-answer")
    page.locator("main button.btn-primary").press("Enter")
    expect(page.locator(".note.is-done")).to_contain_text("写好了")
