"""Who is told what as joint enforcement goes on."""

from __future__ import annotations

import pytest

from linli.ground.notices.models import Notice
from linli.ground.notices.rules import list_wordings
from linli.ground.people.terms import Role
from linli.programmes.enforcement.terms import ActionName, Step
from linli.programmes.enforcement.tests.factories import (
    SECRET_NAME,
    SECRET_PHONE,
    SECRET_PLATE,
    AnotherOfficer,
    Team,
    make_team,
)
from linli.reactions.enforcement import CALLS


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def told(team: Team, who: str) -> list[str]:
    """List the kinds of notices somebody got, in order."""
    rows = Notice.objects.filter(account=team.accounts[who]).order_by("id")
    return [kind.partition(".")[2] for kind in rows.values_list("kind", flat=True)]


def test_each_hears_when_it_is_their_turn(team: Team) -> None:
    team.play(to=Step.FINISHED)
    assert told(team, "leader") == ["to_approve"]
    assert told(team, "market") == ["approved", "notice_served", "published", "judged"]
    assert told(team, "urban") == ["approved", "published", "judged"]
    assert told(team, "home") == ["published", "judged"]
    assert told(team, "shift") == ["to_publish"]
    assert told(team, "stranger") == told(team, "resident") == []


def test_an_objection_reaches_who_reviews_and_who_takes_part(team: Team) -> None:
    view = team.play(to=Step.GATHERING)
    team.answer(team.appeal(view))
    assert told(team, "leader") == ["to_approve", "to_review"]
    assert told(team, "shift") == ["to_review"]
    assert told(team, "helper") == ["approved", "notice_served", "heard", "answered"]


def test_who_stepped_aside_hears_nothing_more(team: Team) -> None:
    successor = AnotherOfficer(team).line
    view = team.play(to=Step.GATHERING, member_ids=(team.lines["urban"], team.lines["market"]))
    team.act(view.id, ActionName.STEP_ASIDE, "market", note="利害关系", successor_id=successor)
    before = told(team, "market")
    team.answer(team.appeal(view))
    assert told(team, "market") == before
    assert told(team, "verifier") == ["recused", "heard", "answered"]
    assert told(team, "leader")[-2:] == ["recused", "to_review"]


def test_no_notice_says_who_a_party_is(team: Team) -> None:
    team.play(to=Step.FINISHED)
    for notice in Notice.objects.filter(kind__startswith="enforcement."):
        assert set(notice.params) == {"number"}
        assert not any(
            secret in str(notice.params) for secret in (SECRET_NAME, SECRET_PLATE, SECRET_PHONE)
        )


def test_every_kind_has_its_words() -> None:
    kinds = {call.kind for calls in CALLS.values() for call in calls}
    assert kinds <= set(list_wordings())
    assert Role.RESIDENT not in {
        role for calls in CALLS.values() for c in calls for role in c.posts
    }
