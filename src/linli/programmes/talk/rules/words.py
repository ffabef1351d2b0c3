"""What may hang on a wall: one sentence about a matter, and nobody in it."""

from __future__ import annotations

from linli.programmes.talk.rules.refusals import TalkRefused
from linli.programmes.talk.terms import (
    MOST_ADDRESS,
    MOST_ANSWER,
    MOST_ASKED,
    MOST_NAME,
    MOST_PHONE,
    NEVER_POSTED,
    NewMatter,
    NewPoint,
)
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import CaseKind


def check_point(point: NewPoint) -> None:
    """Refuse a point nobody could find or call.

    Raises:
        TalkRefused: naming the field.
    """
    for name, most in (("name", MOST_NAME), ("address", MOST_ADDRESS), ("phone", MOST_PHONE)):
        said = getattr(point, name)
        if not said.strip():
            raise TalkRefused(f"talk.{name}_missing", field=name)
        _check_length(said, name, most)
    _check_length(point.name_en, "name_en", MOST_NAME)


def check_matter(matter: NewMatter) -> None:
    """Refuse words that say nothing, or too much of somebody.

    Raises:
        TalkRefused: naming the field.
    """
    if not matter.asked.strip():
        raise TalkRefused("talk.asked_missing", field="asked")
    _check_wall(matter.asked, "asked", MOST_ASKED)
    if matter.answer:
        _check_wall(matter.answer, "answer", MOST_ANSWER)


def check_answer(answer: str) -> None:
    """Refuse an answer that can't hang at the point.

    Raises:
        TalkRefused: empty, too long, or with numbers of somebody in it.
    """
    if not answer.strip():
        raise TalkRefused("talk.answer_missing", field="answer")
    _check_wall(answer, "answer", MOST_ANSWER)


def may_hang(kind: CaseKind) -> bool:
    """Say whether a matter of this kind may hang at the point: none that is about somebody."""
    return kind not in NEVER_POSTED


def _check_wall(said: str, name: str, most: int) -> None:
    _check_length(said, name, most)
    if mask_numbers(said) != said:
        raise TalkRefused("talk.names_somebody", field=name)


def _check_length(said: str, name: str, most: int) -> None:
    if len(said) > most or "\x00" in said:
        raise TalkRefused("talk.too_long", field=name, most=most)
