"""Who asked the search for what: logged once per question, words for ninety days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linli.ground.kernel.searches import forget_searches, list_searches, record_search
from linli.ground.kernel.terms import Actor, ActorKind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
STREET = "220104004000"


def ask(words: str, *, after_s: int = 0, account_id: int = 7, street: str = STREET) -> None:
    record_search(
        actor=Actor(kind=ActorKind.STAFF, account_id=account_id, role="supervisor"),
        street_code=street,
        kinds=["cases", "people"],
        words=words,
        at=AT + timedelta(seconds=after_s),
    )


def words() -> list[str]:
    return [one.words for one in list_searches()]


def test_a_question_is_logged_with_who_when_and_in_what() -> None:
    ask("王示例")
    (line,) = list_searches()
    assert (line.at, line.actor_id, line.actor_role) == (AT, 7, "supervisor")
    assert (line.street_code, line.kinds, line.words) == (STREET, ("cases", "people"), "王示例")


def test_words_typed_on_are_one_question() -> None:
    ask("王")
    ask("王示", after_s=2)
    ask("王示例", after_s=4)
    ask("王示例", after_s=6, account_id=8)
    assert words() == ["王示例", "王示例"]


def test_other_words_and_later_ones_are_other_questions() -> None:
    ask("王示")
    ask("李示", after_s=2)
    ask("李示例", after_s=60)
    assert words() == ["李示例", "李示", "王示"]


def test_signs_of_the_database_are_words_like_others() -> None:
    ask("100%")
    ask("100", after_s=1)
    ask("'\0\"", after_s=2)
    assert words() == ["'\"", "100", "100%"]
    ask("好" * 300, after_s=90)
    assert words()[0] == "好" * 100


def test_the_log_is_narrowed() -> None:
    ask("垃圾")
    ask("井盖", after_s=60, account_id=8)
    ask("路灯", after_s=120, street="220104005000")
    assert [one.words for one in list_searches(street_codes=[STREET])] == ["井盖", "垃圾"]
    assert [one.words for one in list_searches(actor_id=8)] == ["井盖"]
    assert [one.words for one in list_searches(words="灯")] == ["路灯"]
    assert [one.words for one in list_searches(since=AT + timedelta(seconds=61))] == ["路灯"]
    assert [one.words for one in list_searches(until=AT + timedelta(seconds=60))] == ["垃圾"]
    assert [one.words for one in list_searches(limit=1)] == ["路灯"]
    assert list_searches(street_codes=[]) == []


def test_words_are_forgotten_after_ninety_days_and_lines_after_three_years() -> None:
    ask("王示例")
    forget_searches(at=AT + timedelta(days=90))
    assert words() == ["王示例"]
    forget_searches(at=AT + timedelta(days=91))
    assert words() == [""]
    forget_searches(at=AT + timedelta(days=1096))
    assert words() == []
