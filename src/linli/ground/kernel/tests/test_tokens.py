"""Texts cut into tokens: whatever stands in a text is found by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.pinyin import first_letters, spelled_out
from linli.ground.kernel.tokens import (
    any_text,
    asked_tokens,
    is_one_edit_away,
    mark_text,
    one_edit_away,
    pieces_found,
    query_text,
    telling_tokens,
    tokens_of,
    vector_text,
)

CHINESE = st.text(alphabet="垃圾成堆没人清运路灯不亮井盖", min_size=1, max_size=24)
WORDS = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
CODES = st.from_regex(r"[0-9]{1,8}", fullmatch=True)
ANYTHING = st.text(max_size=60)


def is_found(text: str, asked: str) -> bool:
    return set(asked_tokens(asked)) <= tokens_of(text)


@given(before=ANYTHING, inside=CHINESE, after=ANYTHING)
def test_chinese_is_found_wherever_it_stands(before: str, inside: str, after: str) -> None:
    assert is_found(before + inside + after, inside)


@given(before=CHINESE, word=WORDS, after=CHINESE, length=st.integers(1, 12))
def test_a_word_is_found_whole_and_by_its_beginning(
    before: str, word: str, after: str, length: int
) -> None:
    assert is_found(before + word + after, word)
    assert is_found(before + word + after, word[:length])
    assert is_found(before + word + after, word + after)


@given(text=ANYTHING)
def test_a_text_is_found_by_itself_however_it_is_typed(text: str) -> None:
    assert is_found(text, text)
    assert tokens_of(text) == tokens_of(text.casefold())


@given(text=ANYTHING)
def test_no_token_looks_like_a_mark_or_breaks_out_of_its_quotes(text: str) -> None:
    assert not {token[0] for token in tokens_of(text)} & set("@#^~")
    assert not set("'\\\0 ") & set("".join(tokens_of(text)))


def test_what_does_not_stand_there_is_not_found() -> None:
    assert not is_found("三号楼垃圾成堆", "路灯")
    assert not is_found("30号楼", "3号楼")
    assert is_found("30号楼", "30号")
    assert is_found("Ｂ栋１２号", "b栋12")


def test_odd_questions_ask_for_nothing() -> None:
    assert [asked_tokens(text) for text in ("", "  ", "%_", "\0", "——，。")] == [()] * 5


def test_a_long_text_without_a_pause_is_found_to_its_end() -> None:
    assert is_found("没有标点的长句" * 40 + "井盖", "井盖")


def test_a_long_question_is_cut_short() -> None:
    assert len(asked_tokens("".join(chr(0x4E00 + n) for n in range(200)))) == 24


@given(code=CODES, other=CODES)
def test_one_slip_is_listed_exactly_when_it_is_one(code: str, other: str) -> None:
    assert (other in one_edit_away(code)) == is_one_edit_away(code, other)


@pytest.mark.parametrize("typed", ["06021", "0602", "060122", "16012", "00612"])
def test_slips_of_the_finger_are_known(typed: str) -> None:
    assert is_one_edit_away(typed, "06012")


@given(text=ANYTHING, asked=ANYTHING)
def test_pieces_are_the_whole_text(text: str, asked: str) -> None:
    assert "".join(piece for piece, _ in pieces_found(text, asked)) == text


def test_what_was_asked_for_is_marked() -> None:
    assert pieces_found("三号楼下垃圾成堆", "垃圾") == [
        ("三号楼下", False),
        ("垃圾", True),
        ("成堆", False),
    ]
    assert pieces_found("<b>Road", "road") == [("<b>", False), ("Road", True)]


def test_tokens_are_written_as_the_database_reads_them() -> None:
    assert vector_text(["b", "a", "b"]) == "'a' 'b'"
    assert query_text(["a", "b'c\\"]) == "'a' & 'b''c\\\\'"
    assert any_text(["'a'", "'b' & 'c'"]) == "('a') | ('b' & 'c')"
    assert mark_text("@22") == "'@22'"


def test_names_are_spelled() -> None:
    assert (first_letters("义和小区3号楼"), spelled_out("义和")) == ("yhxq3hl", "yihe")


def test_marks_stay_on_the_word_as_a_whole() -> None:
    assert pieces_found("281号桂林苑5号楼，编号582", "桂林苑5号") == [
        ("281号", False),
        ("桂林苑5号", True),
        ("楼，编号582", False),
    ]
    assert pieces_found("垃圾很多，路5", "垃圾5成堆") == [("垃圾", True), ("很多，路5", False)]


@given(text=st.text(alphabet="楼道垃圾a1 ,", max_size=40))
def test_a_first_look_asks_for_some_of_the_same_tokens(text: str) -> None:
    asked, first = asked_tokens(text), telling_tokens(text)
    assert set(first) <= set(asked)
    assert bool(first) == bool(asked)
    assert len(first) <= 4


def test_a_first_look_asks_for_figures_first_and_for_no_sign_twice() -> None:
    assert telling_tokens("乱停车") == ("乱停", "停车")
    assert telling_tokens("暖气不热没人管") == ("暖气", "不热", "没人", "人管")
    assert telling_tokens("义和路141号宿舍15号楼") == ("141号", "15号", "义和", "和路")
    assert telling_tokens("灯") == ("灯",)
