"""The hotline of the demonstration: what a clerk finds in the morning."""

from __future__ import annotations

import pytest

from linli.demonstration.models import Loading
from linli.ground.people.models import Account
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.programmes.hotline.queries import (
    count_calls,
    list_answers,
    list_drafts,
    list_wanted,
    search_answers,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def clerk(db: None) -> Member:
    """Give the clerk of the start page."""
    return load_member(Account.objects.get(login="clerk").pk, Loading.objects.get().as_of)


def test_the_library_answers_what_callers_ask(clerk: Member) -> None:
    at = Loading.objects.get().as_of
    entries = list_answers(member=clerk)
    assert len(entries) >= 30
    assert any(entry.needs_review(at.date()) for entry in entries)
    for entry in entries:
        found = search_answers(text=entry.question, member=clerk, at=at)
        assert found[0].question == entry.question


def test_the_morning_has_calls_of_every_outcome(clerk: Member) -> None:
    figures = count_calls(member=clerk, at=Loading.objects.get().as_of)
    assert min(figures.answered, figures.wanted, figures.abandoned) > 0
    assert 10 < figures.median_seconds < 120


def test_two_calls_are_in_hand_and_questions_wait(clerk: Member) -> None:
    assert len(list_drafts(member=clerk)) == 2
    assert len(list_wanted(member=clerk)) == 2
