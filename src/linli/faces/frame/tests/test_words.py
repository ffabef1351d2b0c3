"""Clocks, dates and distances as people say them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from linli.faces.frame import words
from linli.faces.frame.terms import SHAPES, Status

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)  # 12:00 in Changchun


def plain(text: str) -> str:
    """Write thin spaces as ordinary ones, to be read in a test."""
    return text.replace(words.THIN_SPACE, " ")


@pytest.mark.parametrize(
    ("left", "chinese", "english", "status"),
    [
        (timedelta(hours=3, minutes=20), "还剩 3 小时 20 分", "3 h 20 min left", Status.TODAY),
        (timedelta(days=2, hours=4), "还剩 2 天 4 小时", "2 days 4 h left", Status.IN_HAND),
        (timedelta(days=9, hours=4), "还剩 9 天", "9 days left", Status.IN_HAND),
        (timedelta(seconds=30), "还剩 不到 1 分钟", "less than a minute left", Status.TODAY),
        (timedelta(days=-2), "超时 2 天", "2 days overdue", Status.OVERDUE),
        (timedelta(days=-1), "超时 1 天", "1 day overdue", Status.OVERDUE),
        (timedelta(minutes=-5), "超时 5 分", "5 min overdue", Status.OVERDUE),
    ],
)
def test_a_running_clock_says_what_is_left_or_how_late_it_is(
    left: timedelta, chinese: str, english: str, status: Status
) -> None:
    for language, expected in (("zh-hans", chinese), ("en", english)):
        with override(language):
            said = words.clock_words(now=NOON, due_at=NOON + left)
        assert (plain(said.words), said.status) == (expected, status)


def test_a_stopped_clock_says_whether_it_was_in_time() -> None:
    due = NOON + timedelta(hours=1)
    with override("zh-hans"):
        in_time = words.clock_words(now=NOON + timedelta(days=9), due_at=due, stopped_at=NOON)
        late = words.clock_words(now=NOON, due_at=due, stopped_at=due + timedelta(hours=2))

    assert (in_time.words, in_time.status) == ("按时完成", Status.DONE)
    assert (plain(late.words), late.status) == ("超时 2 小时完成", Status.OVERDUE)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_a_length_of_time_is_never_said_with_more_than_two_units(minutes: int) -> None:
    with override("zh-hans"):
        said = words.span_words(minutes=minutes)

    assert 1 <= sum(unit in said for unit in ("天", "小时", "分")) <= 2


def test_dates_are_written_the_way_each_language_writes_them() -> None:
    with override("zh-hans"):
        assert words.day_words(NOON) == "2026年11月22日"
        assert words.instant_words(NOON) == "2026年11月22日 12:00"
    with override("en"):
        assert words.day_words(NOON) == "22 November 2026"
        assert words.instant_words(NOON) == "22 November 2026, 12:00"


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=1), "今天 11:00"),
        (timedelta(days=1), "昨天 12:00"),
        (timedelta(days=-1), "明天 12:00"),
        (timedelta(days=20), "11月2日 12:00"),
        (timedelta(days=400), "2025年10月18日 12:00"),
    ],
)
def test_an_instant_is_said_as_briefly_as_it_can_be(ago: timedelta, said: str) -> None:
    with override("zh-hans"):
        assert words.short_instant_words(NOON - ago, now=NOON) == said


def test_distances_change_to_kilometres() -> None:
    with override("zh-hans"):
        assert [plain(words.distance_words(one)) for one in (31.6, 1240)] == ["32 米", "1.2 公里"]


def test_a_thin_space_stands_between_chinese_and_figures_only() -> None:
    assert plain(words.space_thinly("义和第12网格A座，ABC 12")) == "义和第 12 网格 A 座，ABC 12"


@pytest.mark.parametrize("kind", list(Status))
def test_a_status_is_told_by_colour_shape_and_word(kind: Status) -> None:
    shown = Template("{% load frame %}{% status kind '办理中' %}").render(Context({"kind": kind}))

    assert f"is-{kind}" in shown
    assert SHAPES[kind] in shown
    assert "办理中" in shown


def test_a_clock_carries_its_instant_and_stays_empty_without_one() -> None:
    template = Template("{% load frame %}{% clock due now %}")
    with override("zh-hans"):
        shown = template.render(Context({"due": NOON + timedelta(hours=2), "now": NOON}))
        empty = template.render(Context({"due": None, "now": NOON}))

    assert "应于 2026年11月22日 14:00 前完成" in shown
    assert empty == ""


def test_filters_take_dates_minutes_and_nothing() -> None:
    source = "{% load frame %}{{ on|day }}|{{ none|day }}|{{ minutes|span }}|{{ none|instant }}"
    with override("zh-hans"):
        shown = Template(source).render(
            Context({"on": date(2026, 11, 22), "none": None, "minutes": 200})
        )

    assert plain(shown) == "2026年11月22日||3 小时 20 分|"
