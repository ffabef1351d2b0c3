"""Parts of pages: written once for what they say in a language, and anew for anything else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.utils import translation
from django.utils.safestring import SafeString

from linli.faces.frame import parts
from linli.faces.frame.templatetags.frame import clock, moment

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a part of these tests says."""

    title: str
    text: str = ""
    action_url: str = ""


def test_a_part_is_written_anew_for_other_words_and_languages_only() -> None:
    said = Said(title="一件没有人写过的事")
    with patch.object(parts, "render_to_string", return_value="<p></p>") as written:
        for language in ("zh-hans", "en", "zh-hans"):
            with translation.override(language):
                parts.write_parts("frame/empty.html", [said, replace(said, text="别的"), said])
    assert written.call_count == 4


def test_parts_stand_one_after_the_other_and_are_not_escaped_again() -> None:
    with patch.object(parts, "render_to_string", side_effect=lambda _t, words: words["said"].title):
        told = parts.write_parts("frame/empty.html", [Said(title="<b>甲</b>"), Said(title="乙")])
    assert told == "<b>甲</b>乙"
    assert isinstance(told, SafeString)


def test_a_clock_that_is_kept_goes_on() -> None:
    due = NOON + timedelta(hours=2)
    told = [clock(due, NOON + timedelta(hours=gone)) for gone in (0, 1, 3)]
    assert len(set(told)) == 3
    assert "is-overdue" in told[2]
    with translation.override("en"):
        assert clock(due, NOON) not in told


def test_a_moment_that_is_kept_is_said_otherwise_the_day_after() -> None:
    assert "今天" in moment(NOON, NOON + timedelta(hours=1))
    assert "昨天" in moment(NOON, NOON + timedelta(days=1))
    with translation.override("en"):
        assert "今天" not in moment(NOON, NOON)
