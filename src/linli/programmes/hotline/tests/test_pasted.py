"""A message pasted from a chat is split; what is not understood stays in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.programmes.hotline.rules.pasted import digits, split_pasted, take_numbers


def test_heading_picture_and_number_leave_the_text() -> None:
    split = split_pasted(
        "王阿姨 2026/11/22 9:13\n3栋2单元门口的路灯坏了[图片]\n"
        "晚上看不见，我电话13900001234，请尽快"
    )
    assert split.text == "3栋2单元门口的路灯坏了\n晚上看不见，请尽快"
    assert split.phone == "13900001234"
    assert split.name == "王阿姨"
    assert split.said_at == "2026/11/22 9:13"


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("昨天 18:20", "昨天 18:20"),
        ("李叔：2026-11-22 09:13:05", "2026-11-22 09:13:05"),
        ("11月22日 晚上 8:05", "11月22日 晚上 8:05"),
        ("下午 3:40", "下午 3:40"),
    ],
)
def test_headings_as_chats_write_them(line: str, when: str) -> None:
    split = split_pasted(f"{line}\n下水道堵了")
    assert (split.text, split.said_at) == ("下水道堵了", when)


def test_a_time_inside_a_sentence_stays() -> None:
    assert split_pasted("每天晚上10:30还在施工").text == "每天晚上10:30还在施工"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("139 0000 1234", "13900001234"),
        ("+86 139-0000-1234", "13900001234"),
        ("0431-88880000", "043188880000"),
    ],
)
def test_numbers_however_they_are_written(written: str, number: str) -> None:
    text, phone = take_numbers(f"路灯坏了，联系电话：{written}。谢谢")
    assert phone == number
    assert text == "路灯坏了。谢谢"


def test_every_number_leaves_and_the_first_is_kept() -> None:
    text, phone = take_numbers("我13900001234，我爱人13900005678，都能接")
    assert phone == "13900001234"
    assert "5678" not in text


def test_other_figures_stay() -> None:
    assert take_numbers("2栋1403室，欠费1280.50元") == ("2栋1403室，欠费1280.50元", "")


@given(st.text(max_size=300))
def test_any_text_can_be_pasted(pasted: str) -> None:
    split = split_pasted(pasted)
    assert "\x00" not in split.text
    assert len(split.text) <= len(pasted) + pasted.count("1")


@given(st.text(alphabet="路灯坏了，。 \n", max_size=80))
def test_words_without_numbers_are_kept(pasted: str) -> None:
    kept = split_pasted(pasted).text
    assert kept.replace("\n", "").replace(" ", "").rstrip("，") == (
        pasted.replace("\n", "").replace(" ", "").rstrip("，")
    )


def test_the_country_s_code_is_no_part_of_the_number() -> None:
    assert digits("+86 139 0000 1234") == "13900001234"
