"""The library: found by initials, words or a whole sentence; written in versions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.programmes.hotline.queries import (
    get_answer,
    list_answers,
    list_versions,
    list_wanted,
    search_answers,
)
from linli.programmes.hotline.rules.refusals import AnswerRefused, NotForYou
from linli.programmes.hotline.services import (
    retire_answer,
    settle_wish,
    want_answer,
    write_answer,
)
from linli.programmes.hotline.tests.factories import add_answer, answer_text, call_words
from linli.spine.cases.tests.factories import Office


@pytest.fixture
def library(office: Office) -> Office:
    """Give an office with three answers."""
    add_answer(office)
    add_answer(
        office,
        question="家里暖气不热找谁",
        text="先打供热公司电话报修，二十四小时内没人上门再打回来，我们催办。",
        keywords="供热 暖气 不热 温度",
    )
    add_answer(
        office, question="身份证丢了怎么补", text="带户口簿到派出所补办。", keywords="身份证 补办"
    )
    return office


def found(office: Office, text: str) -> list[str]:
    """Search as the clerk."""
    entries = search_answers(text=text, member=office[Role.INTAKE_CLERK], at=office.at)
    return [entry.question for entry in entries]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ymsdt", "一门式大厅几点开门"),
        ("bsdt", "一门式大厅几点开门"),
        ("暖气", "家里暖气不热找谁"),
        ("sfz", "身份证丢了怎么补"),
        ("你好，我想问一下我家暖气一直不热怎么办", "家里暖气不热找谁"),
        ("请问办事大厅的上班时间", "一门式大厅几点开门"),
    ],
)
def test_what_callers_say_finds_the_answer(library: Office, typed: str, first: str) -> None:
    assert found(library, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "，。", "楼上装修太吵", "zzzz", "%", "\x00"])
def test_what_the_library_does_not_hold_finds_nothing(library: Office, typed: str) -> None:
    assert found(library, typed) == []


def test_an_answer_counts_only_while_it_is_valid(office: Office) -> None:
    add_answer(office, valid_from=date(2027, 1, 1))
    add_answer(office, question="去年的大厅安排", valid_to=date(2026, 11, 1))
    assert found(office, "大厅") == []


def test_a_new_text_is_a_new_version_and_the_old_one_stays(office: Office) -> None:
    answer_id = add_answer(office)
    leader = office[Role.SHIFT_LEADER]
    write_answer(
        text=answer_text(text="全天八点到十八点。"),
        answer_id=answer_id,
        seen_version=1,
        member=leader,
        at=office.tick(),
    )
    assert get_answer(answer_id=answer_id, member=leader).text == "全天八点到十八点。"
    versions = list_versions(answer_id=answer_id, member=leader)
    assert [one.version for one in versions] == [2, 1]


def test_who_was_slower_is_told(office: Office) -> None:
    answer_id = add_answer(office)
    change: dict[str, Any] = {
        "answer_id": answer_id,
        "seen_version": 1,
        "member": office[Role.SHIFT_LEADER],
    }
    write_answer(text=answer_text(text="甲"), at=office.tick(), **change)
    with pytest.raises(AnswerRefused, match="answer_changed"):
        write_answer(text=answer_text(text="乙"), at=office.tick(), **change)


def test_a_retired_answer_is_read_out_no_more(office: Office) -> None:
    answer_id = add_answer(office)
    retire_answer(answer_id=answer_id, member=office[Role.SHIFT_LEADER], at=office.tick())
    assert found(office, "大厅") == []
    assert list_answers(member=office[Role.INTAKE_CLERK])[0].is_retired


@pytest.mark.parametrize(
    "changes",
    [
        {"question": " "},
        {"text": ""},
        {"text": "字" * 4001},
        {"valid_to": date(2025, 12, 31)},
        {"owner_id": 987_654},
    ],
)
def test_an_entry_that_says_nothing_right_is_refused(
    office: Office, changes: dict[str, object]
) -> None:
    with pytest.raises(AnswerRefused):
        add_answer(office, **changes)
    assert list_answers(member=office[Role.SHIFT_LEADER]) == []


def test_only_the_shift_leader_writes(office: Office) -> None:
    for role in (Role.INTAKE_CLERK, Role.DISPATCHER, Role.HANDLER, Role.GRID_WORKER, Role.KEEPER):
        with pytest.raises(NotForYou):
            write_answer(text=answer_text(), member=office[role], at=office.tick())


def test_a_question_without_an_answer_joins_the_list_once(office: Office) -> None:
    clerk, leader = office[Role.INTAKE_CLERK], office[Role.SHIFT_LEADER]
    asked = call_words(kind="question", text="老年卡在哪年检，我电话13900001234")
    for _ in range(2):
        want_answer(draft_id=new_id(), words=asked, member=clerk, at=office.tick())
    (wish,) = list_wanted(member=leader)
    assert (wish.question, wish.times) == ("老年卡在哪年检", 2)
    write_answer(
        text=answer_text(question="老年卡年检"), wish_id=wish.id, member=leader, at=office.tick()
    )
    assert list_wanted(member=leader) == []
    with pytest.raises(AnswerRefused, match="wish_unknown"):
        settle_wish(wish_id=wish.id, member=leader, at=office.tick())


def test_the_day_of_review_is_told(office: Office) -> None:
    day = office.at.date()
    add_answer(office, review_on=day)
    (entry,) = list_answers(member=office[Role.SHIFT_LEADER])
    assert entry.needs_review(day)
    assert not entry.needs_review(day - timedelta(days=1))
