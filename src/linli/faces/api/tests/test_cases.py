"""Staff read and act through the API within their rights; nothing of the reporter gets out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linli.ground.people.terms import Role
from linli.ground.people.tokens import TokenScope, mint_token, revoke_token
from linli.spine.cases.terms import ActionName, Contact, Step
from linli.spine.cases.tests.factories import Office, make_office

from .calls import Caller, outcome, refusal

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
CANARY = "金丝雀王某"
CONTACT = Contact(name=CANARY, phone="13812345678", door="9-9-909")


@pytest.fixture
def office(db: None) -> Office:
    """A small office in one street."""
    return make_office()


@pytest.fixture
def scratch(settings: Settings) -> None:
    """An instance that believes instants from outside, as a replay needs."""
    settings.SCRATCH = True


def at(office: Office) -> dict[str, str]:
    """State the office's own next instant."""
    return {"X-Linli-At": office.tick().isoformat()}


def program(office: Office, role: Role, *scopes: TokenScope) -> Caller:
    """Give a program that acts for somebody of this role."""
    token = mint_token(
        account_id=office.accounts[role].pk,
        name="测试",
        scopes=set(scopes or TokenScope),
        expires_at=NOW + timedelta(days=1),
        at=NOW,
    )
    return Caller(Client(), {"Authorization": f"Bearer {token}"})


def test_staff_see_a_case_with_exactly_what_they_may_do(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)

    answer = program(office, Role.DISPATCHER).get(f"/cases/{reported.case_id}").json()

    assert answer["case"]["number"] == reported.number
    assert "dispatch" in [action["name"] for action in answer["allowed"]]
    assert "close" not in [action["name"] for action in answer["allowed"]]
    assert len(answer["timeline"]) == 3


def test_a_case_is_found_by_its_number_too(office: Office) -> None:
    reported = office.play(to=Step.FILING)

    answer = program(office, Role.INTAKE_CLERK).get(f"/cases/{reported.number}").json()

    assert answer["case"]["id"] == str(reported.case_id)


@pytest.mark.usefixtures("scratch")
def test_an_action_answers_the_case_and_what_is_allowed_next(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    dispatcher = program(office, Role.DISPATCHER)
    seen = dispatcher.get(f"/cases/{reported.case_id}").json()["case"]["version"]

    response = dispatcher.post(
        f"/cases/{reported.case_id}/actions/dispatch",
        {"version": seen, "lead_id": office.lead.pk},
        **at(office),
    )

    assert response.status_code == 200
    assert response.json()["case"]["step"] == "accepting"
    assert response.json()["case"]["version"] > seen


@pytest.mark.usefixtures("scratch")
def test_who_sends_a_case_back_out_of_sight_is_told_that_it_is_done(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    handler = program(office, Role.HANDLER)
    given = {"note": "不在本单位职责内", "responsibility_id": office.responsibility.pk}

    response = handler.post(f"/cases/{reported.case_id}/actions/return", given, **at(office))

    assert (response.status_code, response.json()["case"]["step"]) == (200, "dispatching")
    assert response.json()["allowed"] == response.json()["timeline"] == []
    assert outcome(handler.get(f"/cases/{reported.case_id}"))[:2] == (404, "cases.not_found")


@pytest.mark.usefixtures("scratch")
def test_the_second_to_act_is_told_who_did_what(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    first, second = (program(office, role) for role in (Role.DISPATCHER, Role.SHIFT_LEADER))
    seen = first.get(f"/cases/{reported.case_id}").json()["case"]["version"]
    given = {"version": seen, "lead_id": office.lead.pk}
    first.post(f"/cases/{reported.case_id}/actions/dispatch", given, **at(office))

    response = second.post(f"/cases/{reported.case_id}/actions/dispatch", given, **at(office))

    assert outcome(response)[:2] == (409, "cases.already_done")
    assert office[Role.DISPATCHER].name in refusal(response)["message"]


@pytest.mark.parametrize(
    ("role", "action", "expected"),
    [
        (Role.HANDLER, "dispatch", (404, "cases.not_found")),
        (Role.INTAKE_CLERK, "dispatch", (403, "cases.not_your_turn")),
        (Role.DISPATCHER, "dispatch", (422, "cases.lead_missing")),
        (Role.DISPATCHER, "explode", (404, "api.unknown_action")),
    ],
)
def test_what_is_not_right_now_is_refused(
    office: Office, role: Role, action: str, expected: tuple[int, str]
) -> None:
    reported = office.play(to=Step.DISPATCHING)

    response = program(office, role).post(f"/cases/{reported.case_id}/actions/{action}", {})

    assert outcome(response)[:2] == expected


def test_a_list_is_filtered_paged_and_holds_only_what_the_caller_may_see(office: Office) -> None:
    for step in (Step.VERIFYING, Step.FILING, Step.DISPATCHING):
        office.play(to=step)
    clerk, handler = (program(office, role) for role in (Role.INTAKE_CLERK, Role.HANDLER))

    listed = clerk.get("/cases", {"page_size": 2}).json()
    filing = clerk.get("/cases", {"step": ["filing", "dispatching"], "open": "true"}).json()

    assert (listed["total"], listed["pages"], len(listed["cases"])) == (3, 2, 2)
    assert {row["step"] for row in filing["cases"]} == {"filing", "dispatching"}
    assert handler.get("/cases").json()["total"] == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"step": "flying"}, "step.0"),
        ({"page": "0"}, "page"),
        ({"page_size": "1000"}, "page_size"),
        ({"category_id": "x"}, "category_id"),
        ({"reported_from": "2026-11-22T08:00:00"}, "reported_from"),
        ({"order": "random()"}, "order"),
    ],
)
def test_a_wrong_filter_is_named(office: Office, query: dict[str, str], field: str) -> None:
    response = program(office, Role.INTAKE_CLERK).get("/cases", query)

    assert (response.status_code, refusal(response)["field"]) == (422, field)


def test_no_answer_to_anybody_else_carries_the_reporter(office: Office) -> None:
    reported = office.play(to=Step.CLOSED, contact=CONTACT)
    said = []
    for role in Role:
        if role in office.accounts:
            caller = program(office, role)
            said += [
                caller.get("/cases"),
                caller.get("/cases", {"text": CANARY}),
                caller.get(f"/cases/{reported.case_id}"),
                caller.post(f"/cases/{reported.case_id}/actions/comment", {"note": "看过"}),
            ]
    stranger = Caller(Client())
    said += [stranger.get(f"/reports/{reported.tracking_code}"), stranger.get("/areas")]

    together = "".join(response.content.decode() for response in said)
    assert reported.number in together
    for word in (CANARY, CONTACT.phone, CONTACT.door, reported.tracking_code):
        assert word not in together


def test_the_reporter_follows_by_code_however_it_is_typed(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    code = reported.tracking_code
    typed = f"{code[:4]} {code[4:8]}-{code[8:]}".lower()

    answer = Caller(Client()).get(f"/reports/{typed}").json()

    assert (answer["number"], answer["step"]) == (reported.number, "handling")
    assert answer["lead"] == office.lead.name
    assert answer["promised_at"] is not None
    assert outcome(Caller(Client()).get("/reports/NOSUCHCODE"))[:2] == (
        404,
        "cases.no_such_code",
    )


def test_without_signing_in_cases_stay_closed(office: Office) -> None:
    reported = office.play(to=Step.FILING)
    stranger = Caller(Client())

    for response in (
        stranger.get("/cases"),
        stranger.get(f"/cases/{reported.case_id}"),
        stranger.post(f"/cases/{reported.case_id}/actions/file", {}),
    ):
        assert outcome(response) == (401, "api.sign_in_needed", None)
        assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer linli_0000", "Basic eDp5", "Bearer", "linli"])
def test_a_token_that_is_none_opens_nothing(db: None, header: str) -> None:
    response = Caller(Client(), {"Authorization": header}).get("/areas")

    assert outcome(response)[:2] == (401, "api.token_unknown")


def test_a_token_reaches_no_further_than_its_scopes(office: Office) -> None:
    reported = office.play(to=Step.FILING)
    reader = program(office, Role.INTAKE_CLERK, TokenScope.READ)

    assert reader.get("/cases").status_code == 200
    response = reader.post(f"/cases/{reported.case_id}/actions/comment", {"note": "x"})
    assert outcome(response)[:2] == (403, "api.scope_missing")


def test_a_revoked_token_is_refused(office: Office) -> None:
    from linli.ground.people.models import ApiToken

    caller = program(office, Role.INTAKE_CLERK)
    revoke_token(token_id=ApiToken.objects.get().pk, at=NOW)

    assert outcome(caller.get("/cases"))[:2] == (401, "api.token_unknown")


def test_a_session_acts_only_with_the_pages_own_token(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.accounts[Role.DISPATCHER])
    caller = Caller(browser)
    path = f"/cases/{reported.case_id}/actions/comment"

    assert caller.get("/cases").status_code == 200
    assert outcome(caller.post(path, {"note": "x"}))[:2] == (403, "api.csrf_failed")

    browser.cookies["csrftoken"] = "a" * 32
    response = caller.post(path, {"note": "x"}, **{"X-CSRFToken": "a" * 32})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name", ["0190a5d0-0000-7000-8000-000000000000", "2026-9999999", "x", "龘", "a" * 300]
)
def test_a_case_that_is_not_there_is_not_found(office: Office, name: str) -> None:
    response = program(office, Role.SUPERVISOR).get(f"/cases/{name}")

    assert outcome(response)[:2] == (404, "cases.not_found")


def test_actions_of_the_api_are_those_of_the_procedure(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    answer = program(office, Role.HANDLER).get(f"/cases/{reported.case_id}").json()

    assert {action["name"] for action in answer["allowed"]} <= set(ActionName)
    assert json.dumps(answer["allowed"])
    assert UUID(answer["case"]["id"]) == reported.case_id
