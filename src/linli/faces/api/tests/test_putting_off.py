"""More time and the pending register through the API: asked, decided, read by the reporter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.ground.people.tokens import TokenScope, mint_token
from linli.spine.cases.services import wake_due
from linli.spine.cases.terms import Reported, Step
from linli.spine.cases.tests.factories import Office, make_office

from .calls import Caller, outcome


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give a small office with a leader; the API's clock is the office's."""
    made = make_office()
    made.lead_street()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


def act(office: Office, role: Role, reported: Reported, action: str, **given: Any) -> Any:
    """Let a program that acts for somebody of this role take one action."""
    token = mint_token(
        account_id=office.accounts[role].pk,
        name="测试",
        scopes=set(TokenScope),
        expires_at=office.at + timedelta(days=1),
        at=office.at,
    )
    caller = Caller(Client(), {"Authorization": f"Bearer {token}"})
    office.tick()
    return caller.post(f"/cases/{reported.case_id}/actions/{action}", given)


def tracked(reported: Reported) -> dict[str, Any]:
    return dict(Caller(Client()).get(f"/reports/{reported.tracking_code}").json())


def test_more_time_is_asked_for_and_granted(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    asked = {"cause": "weather", "until": "2026-11-25", "note": "雪大"}
    assert act(office, Role.HANDLER, reported, "ask_extension", **asked).status_code == 200
    assert tracked(reported)["extended_until"] is None
    granted = act(office, Role.SHIFT_LEADER, reported, "grant_extension").json()["case"]
    told = tracked(reported)
    assert (told["extended_until"], told["extended_why"]) == (granted["due_at"], "天气")
    assert told["promised_at"] == granted["promised_at"] < granted["due_at"]


def test_what_is_wrong_with_the_wish_for_more_time_is_said(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    unknown = act(office, Role.HANDLER, reported, "ask_extension", cause="fatigue")
    assert outcome(unknown)[0] == 422
    sunday = {"cause": "weather", "until": "2026-11-29", "note": "雪大"}
    told = outcome(act(office, Role.HANDLER, reported, "ask_extension", **sunday))
    assert told == (422, "cases.until_not_worked", "until")


def wish(office: Office, **changes: Any) -> dict[str, Any]:
    given = {
        "obstacle": "money",
        "measure": "围挡，每天看一次",
        "unit_id": office.lead.pk,
        "post": "值班岗",
        "wake_on": "2026-12-14",
        "note": "已报预算",
    }
    return given | changes


def test_a_case_goes_onto_the_register_and_its_reporter_reads_of_it(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    asked = act(office, Role.HANDLER, reported, "ask_pending", **wish(office))
    assert (asked.status_code, tracked(reported)["pending"]) == (200, None)
    answer = act(office, Role.STREET_LEADER, reported, "approve_pending").json()["case"]
    assert (answer["step"], answer["due_at"]) == ("pending", None)
    told = tracked(reported)
    assert told["pending"] == {
        "why": "要花的钱还没有落实",
        "measure": "围挡，每天看一次",
        "since": told["pending"]["since"],
        "until": "2026-12-14T00:00:00Z",
    }
    assert "已报预算" not in str(told)
    assert wake_due(at=office.tick(timedelta(days=25))) == 1
    woken = tracked(reported)
    assert (woken["pending"], woken["step"]) == (None, "handling")
    assert woken["resumed_until"] > woken["promised_at"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"wake_on": "2026-12-13"}, "cases.wake_on_not_worked", "wake_on"),
        ({"measure": ""}, "cases.measure_missing", "measure"),
        ({"obstacle": None}, "cases.obstacle_missing", "obstacle"),
    ],
)
def test_what_is_wrong_with_the_wish_to_rest_is_said(
    office: Office, changes: dict[str, Any], code: str, field: str
) -> None:
    reported = office.play(to=Step.HANDLING)
    given = wish(office, **changes)
    assert outcome(act(office, Role.HANDLER, reported, "ask_pending", **given)) == (
        422,
        code,
        field,
    )
