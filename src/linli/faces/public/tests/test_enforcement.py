"""Published results of joint enforcement: open to all, masked, gone once withdrawn."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.programmes.enforcement.terms import ActionName, Stage, Step
from linli.programmes.enforcement.tests.factories import (
    SECRET_NAME,
    SECRET_PHONE,
    SECRET_PLATE,
    STALL,
    Team,
    make_team,
)


@pytest.fixture
def team(db: None) -> Team:
    return make_team()


def test_nothing_is_shown_before_it_is_published(team: Team) -> None:
    view = team.play(to=Step.PUBLISHING)
    browser = Client()
    assert "还没有公示的行动" in browser.get("/enforcement/").content.decode()
    assert browser.get(f"/enforcement/{view.number}").status_code == 404
    photo_id = view.evidence[0].photo_id
    assert browser.get(f"/enforcement/photos/{photo_id}/full").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_result_names_departments_and_ways_up_and_nobody(team: Team, language: str) -> None:
    view = team.play(to=Step.FINISHED)
    browser = Client()
    browser.cookies["language"] = language
    for path in ("/enforcement/", f"/enforcement/{view.number}"):
        page = browser.get(path).content.decode()
        secrets = (SECRET_NAME, SECRET_PLATE, SECRET_PHONE, STALL.mark)
        assert not [secret for secret in secrets if secret in page]
        for account in team.accounts.values():
            assert account.person is not None
            assert account.person.name not in page
    assert ("行政复议" in page) is (language == "zh-hans")
    assert "90 / 100" in page


def test_only_chosen_photos_are_sent_and_only_while_public(team: Team) -> None:
    view = team.play(to=Step.PUBLISHING)
    after = next(one.photo_id for one in view.evidence if one.stage is Stage.AFTER)
    given = {"summary": "恢复通行。", "public_photo_ids": (after,)}
    team.act(view.id, ActionName.PUBLISH, "leader", **given)
    browser, path = Client(), f"/enforcement/photos/{after}/thumb"
    assert browser.get(path).getvalue().startswith(b"\xff\xd8\xff")
    assert browser.get(f"/enforcement/photos/{after}/huge").status_code == 404
    team.act(view.id, ActionName.WITHDRAW, "leader", note="复议撤销")
    assert browser.get(path).status_code == 404
    assert browser.get(f"/enforcement/{view.number}").status_code == 404


def test_strange_numbers_are_not_there(team: Team) -> None:
    for number in ("x", "ZF2026-0001%00", "界", "%2e%2e"):
        assert Client().get(f"/enforcement/{number}").status_code == 404
