"""The reporter acts by code through the API, also when the report has joined another."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.people.terms import Role
from linli.spine.cases.models import Case
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.tests.factories import Office, make_office

from .calls import Caller, outcome


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give a small office; the API's clock is the office's."""
    made = make_office()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def joined(office: Office) -> tuple[Reported, Reported]:
    """Close a matter that two have reported."""
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK, ActionName.CLOSE):
        office.step_on(main.case_id, action)
    return main, second


def path(reported: Reported, action: str) -> str:
    return f"/reports/{reported.tracking_code}/actions/{action}"


def test_who_joined_rates_and_reopens_the_matter(
    joined: tuple[Reported, Reported], anybody: Caller
) -> None:
    main, second = joined
    rated = anybody.post(path(second, "rate"), {"solved": False, "satisfaction": 1}).json()
    assert (rated["solved"], rated["joined_number"]) == (False, main.number)
    assert (rated["headline"], rated["answer"]) == ("已经办结", "请您看看是不是真的解决了。")
    answer = anybody.post(path(second, "reopen"), {"note": "还在"})
    assert (answer.status_code, answer.json()["step"]) == (200, "dispatching")
    assert Case.objects.get(id=main.case_id).step == "dispatching"
    again = anybody.post(path(second, "reopen"), {"note": "还在"})
    assert outcome(again)[:2] == (409, "cases.not_at_this_step")


def test_what_is_missing_or_unknown_is_said(
    joined: tuple[Reported, Reported], anybody: Caller
) -> None:
    _main, second = joined
    assert outcome(anybody.post(path(second, "reopen"), {"note": " "}))[0] == 422
    assert (
        outcome(anybody.post(path(second, "rate"), {"solved": True, "satisfaction": 9}))[0] == 422
    )
    assert outcome(anybody.post(path(second, "close"), {}))[0] == 422
    unknown = Caller(Client()).post("/reports/NOSUCHCODE/actions/reopen", {"note": "还在"})
    assert outcome(unknown)[:2] == (404, "cases.no_such_code")
