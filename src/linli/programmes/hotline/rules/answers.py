"""Finding an answer while the caller still speaks: by initials, by words, by a whole sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from linli.programmes.hotline.rules.refusals import AnswerRefused
from linli.programmes.hotline.terms import MAX_ANSWER, AnswerText, AnswerView

MOST_FOUND = 6
LEAST_SHARE = 0.22
_SPLIT = re.compile(r"[\s，。！？、；：,.!?;:]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Words every caller uses; they tell nothing about what is asked.
_HOLLOW = re.compile(
    r"你好|您好|请问|我想|问一下|一下|什么|怎么|怎样|如何|多少|哪里|哪儿|可以|能不能|[吗呢吧啊的了我]"
)


def rank_answers(
    *, text: str, entries: Iterable[AnswerView], on: date, limit: int = MOST_FOUND
) -> list[AnswerView]:
    """Rank the valid entries that may answer what was typed, best first.

    Letters are read as pinyin initials, a few characters as words that must occur, a sentence by
    the pairs of characters it shares with an entry.
    """
    wanted = text.casefold().strip()
    if not wanted:
        return []
    scored = [
        (score, -position, entry)
        for position, entry in enumerate(entries)
        if entry.is_valid(on) and (score := _score(entry, wanted)) > 0
    ]
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [entry for _score_, _position, entry in scored[:limit]]


def _score(entry: AnswerView, wanted: str) -> float:
    parts = [part for part in _SPLIT.split(wanted) if part]
    if not parts:
        return 0
    fits = [_fit(entry, part) for part in parts]
    if all(fits):
        return 10 + sum(fits)
    return 10 * _shared(entry, wanted)


def _fit(entry: AnswerView, part: str) -> int:
    """Say how well one word fits: 0 not at all."""
    question, keywords = entry.question.casefold(), entry.keywords.casefold()
    tests = (
        (part in keywords.split(), 6),
        (question.startswith(part), 5),
        (part in question, 4),
        (part in keywords, 3),
        (part.isascii() and any(one.startswith(part) for one in entry.pinyin.split()), 4),
        (part.isascii() and len(part) > 1 and part in entry.pinyin, 2),
        (len(part) > 1 and part in entry.text.casefold(), 1),
    )
    return next((score for fits, score in tests if fits), 0)


def _shared(entry: AnswerView, sentence: str) -> float:
    """Share of the sentence's pairs of characters that the entry's words hold, or 0 if few."""
    asked = pairs(_HOLLOW.sub("，", sentence))
    if not asked:
        return 0
    held = pairs(f"{entry.question}，{entry.keywords}")
    share = len(asked & held) / len(asked)
    named = max((len(one) for one in entry.keywords.split() if one in sentence), default=0)
    share += 0.3 if named > 1 else 0
    return share if share >= LEAST_SHARE else 0


def pairs(text: str) -> set[str]:
    """Give the pairs of neighbouring Chinese characters of a text."""
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if _HAN.match(text[at]) and _HAN.match(text[at + 1])
    }


def check_answer(text: AnswerText) -> None:
    """Refuse an entry that says nothing, too much, or ends before it begins.

    Raises:
        AnswerRefused: naming the field.
    """
    for name, most in (("question", 120), ("text", MAX_ANSWER), ("keywords", 200)):
        body: str = getattr(text, name)
        if name != "keywords" and not body.strip():
            raise AnswerRefused("hotline.answer_empty", field=name)
        if len(body) > most or "\x00" in body:
            raise AnswerRefused("hotline.answer_too_long", field=name, most=most)
    if text.valid_to is not None and text.valid_to < text.valid_from:
        raise AnswerRefused("hotline.answer_backward", field="valid_to")
