"""The clerk's other work: what is the same matter, what comes by chat, what was only spoken.

1. Two people report the same heap; the clerk sees both side by side with their photos and merges
   them: both follow the one case. It was not the same after all: unmerged, as before.
2. By keyboard: a message is pasted, its words stand in the fields, it is filed with its photo and
   keeps where it came from.
3. A recorded voice is put in, listened to and typed; the case keeps it, every hearing is logged.
"""

from __future__ import annotations

import io
import math
import re
import struct
import wave

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.office import Office
from tests.journeys.people import PHONE, look_for_faults, look_on_both, photo, settle

pytestmark = pytest.mark.journey

HEAP = (125.3012, 43.8742)


def test_the_same_matter_is_merged_and_parted_again(office: Office) -> None:
    first = office.report("文化里后门一堆碎玻璃，孩子要踩到", at=HEAP)
    second = office.report("文化里后门碎玻璃一大堆", at=HEAP)
    page = office.open("clerk", second)
    pair = page.locator("#likely .pair", has_text=first)
    expect(pair.locator("img")).to_have_count(2)
    expect(pair).to_contain_text("相距 0 米")
    loaded = "all => all.every(one => one.complete && one.naturalWidth > 0)"
    pair.scroll_into_view_if_needed()
    settle(page)
    assert pair.locator("img").evaluate_all(loaded)
    look_on_both(page, "clerk-1-likely")
    pair.locator("button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    assert merged_into(office, second) == first
    expect(page.locator("#family")).to_contain_text(first)

    page = office.open("clerk", first)
    expect(page.locator("#family .joined")).to_contain_text("文化里后门碎玻璃一大堆")
    look_on_both(page, "clerk-2-joined")
    page = office.open("clerk", second)
    page.locator("#act-unmerge summary").click()
    page.locator("#act-unmerge textarea").fill("不是同一堆，东西两边各一处")
    look_on_both(page, "clerk-3-unmerge")
    page.locator("#act-unmerge button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")
    assert merged_into(office, second) == ""
    assert office.step(second) == "verifying"
    assert office.count_events(second, "cases.merged") == 1
    assert office.count_events(second, "cases.unmerged") == 1


def merged_into(office: Office, number: str) -> str:
    """Give the number of the case into which one was merged, or an empty text."""
    found = office.site.ask(
        "SELECT m.number FROM cases_case c JOIN cases_case m ON m.id = c.merged_into_id"
        " WHERE c.number = %s",
        number,
    )
    return str(found[0][0]) if found else ""


def test_a_message_becomes_a_case_by_keyboard(office: Office) -> None:
    page = office.come("clerk")
    page.goto(f"{office.site.address}/desk/intake/")
    page.keyboard.press("Alt+v")
    expect(page.locator("#pasted")).to_be_focused()
    page.keyboard.insert_text(
        "王叔 2026/11/22 9:13\n桂林苑2号楼门口垃圾桶坏了[图片]\n电话139 0011 4455"
    )
    page.set_input_files("#paste_files", [photo((70, 120, 160))])
    look_on_both(page, "clerk-4-pasted")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_caller")).to_have_value("13900114455")
    expect(page.locator("#id_text")).to_have_value(re.compile("垃圾桶坏了"))
    expect(page.locator(".call-photos img")).to_have_count(1)
    look_on_both(page, "clerk-5-draft")
    assert await_place(page)
    page.keyboard.press("Control+Enter")
    number = said_number(page)
    [(channel, photos, name)] = office.site.ask(
        "SELECT c.channel, (SELECT count(*) FROM cases_casephoto p WHERE p.case_id = c.id), r.name"
        " FROM cases_case c JOIN cases_reporter r ON r.case_id = c.id WHERE c.number = %s",
        number,
    )
    assert (channel, photos, name) == ("wechat", 1, "王叔")


def await_place(page: Page) -> bool:
    """Wait until the place that was found in the message stands in its field."""
    expect(page.locator("#place")).to_have_value(re.compile("桂林苑"))
    return True


def said_number(page: Page) -> str:
    """Read the number the clerk reads out."""
    said = page.locator(".call-number a")
    expect(said).to_be_visible()
    return said.inner_text()


def test_a_recorded_voice_is_typed(office: Office) -> None:
    page = office.come("clerk")
    page.goto(f"{office.site.address}/desk/intake/")
    page.locator("[data-files-fold] summary").click()
    page.set_input_files("#id_files", [voice()])
    player = page.locator("audio[data-voice]")
    expect(player).to_be_visible()
    page.keyboard.press("F8")
    # What has begun to play has a moment of its own, also when it has played to its end meanwhile.
    page.wait_for_function("() => document.querySelector('audio[data-voice]').currentTime > 0")
    page.locator("#id_text").fill("老人说楼门口的灯坏了，夜里看不见")
    page.locator("#place").fill("文化里1号楼")
    expect(page.locator("#places button").first).to_contain_text("文化里1号楼")
    page.locator("#places button").first.click()
    look_on_both(page, "clerk-6-voice")
    page.keyboard.press("Control+Enter")
    number = said_number(page)
    page = office.open("clerk", number)
    expect(page.locator("#case-voices ~ .call-voice audio")).to_have_count(1)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    look_for_faults(page)
    kept = office.site.ask(
        "SELECT count(*) FROM hotline_recording r JOIN cases_case c ON c.id = r.case_id"
        " WHERE c.number = %s",
        number,
    )
    assert kept == [(1,)]
    heard = office.one(
        "SELECT count(*) FROM kernel_look WHERE subject_kind LIKE 'hotline.%%'"
        " AND recorded_at > now() - interval '5 minutes'"
    )
    assert heard >= 1


def voice() -> FilePayload:
    """Make a recording of two seconds of one tone."""
    sent = io.BytesIO()
    with wave.open(sent, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        tone = (int(9000 * math.sin(n / 3)) for n in range(16000))
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    return {"name": "voice.wav", "mimeType": "audio/wav", "buffer": sent.getvalue()}
