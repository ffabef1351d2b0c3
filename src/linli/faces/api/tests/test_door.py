"""Whatever comes to the API's door, the answer has one form and a sentence in one's language."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from linli.faces.api import limits, reports
from linli.faces.api.statuses import STATUSES, status_of
from linli.faces.api.terms import ApiRefusal
from linli.ground.kernel.errors import Refusal
from linli.ground.territory.tests.factories import Street
from linli.spine.cases.models import Case

from .calls import ROOT, Caller, outcome, refusal, report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/nothing", "/nothing/", "/cases/a/b/c", "/reports/", "/龘"])
def test_an_address_that_is_not_there_is_not_found(anybody: Caller, path: str) -> None:
    assert outcome(anybody.get(path))[:2] == (404, "api.not_found")


@pytest.mark.parametrize(("method", "path"), [("delete", "/cases"), ("put", "/photos")])
def test_a_wrong_method_is_told_the_right_ones(anybody: Caller, method: str, path: str) -> None:
    response = getattr(anybody.client, method)(f"{ROOT}{path}")

    assert outcome(response)[:2] == (405, "api.method_not_allowed")
    assert response["Allow"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", "请求没有正文"), ("en-GB,en;q=0.8", "has no body"), ("", "请求没有正文")],
)
def test_a_refusal_speaks_the_callers_language(anybody: Caller, language: str, words: str) -> None:
    response = anybody.send("/reports", b"", **{"Accept-Language": language})

    assert words in refusal(response)["message"]
    assert "Accept-Language" in response["Vary"]


def test_every_sentence_of_the_api_can_be_said_in_english(anybody: Caller) -> None:
    answer = anybody.get("/nothing", **{"Accept-Language": "en"})

    assert refusal(answer)["message"].isascii()
    assert answer["Content-Language"] == "en"


def test_too_many_requests_are_put_off_until_the_next_minute(
    anybody: Caller, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = limits.Limit("few", by_address=2, by_account=2)
    at = datetime.now(UTC)
    for _ in range(2):
        limits.check_rate(few, address="192.0.2.1", account_id=None, at=at)

    with pytest.raises(ApiRefusal) as caught:
        limits.check_rate(few, address="192.0.2.1", account_id=None, at=at)

    assert caught.value.code == "api.too_many_requests"
    limits.check_rate(few, address="192.0.2.2", account_id=None, at=at)
    monkeypatch.setattr(reports, "intake", _raising(caught.value))
    response = anybody.post("/reports", report())
    assert outcome(response)[:2] == (429, "api.too_many_requests")
    assert 1 <= int(response["Retry-After"]) <= 60


def test_a_scratch_instance_counts_nothing_and_believes_instants(
    anybody: Caller, street: Street, settings: Settings
) -> None:
    settings.SCRATCH = True
    stated = {"X-Linli-At": "2026-08-01T09:00:00+08:00"}

    assert anybody.post("/reports", report(), **stated).status_code == 201
    assert Case.objects.get().reported_at == datetime(2026, 8, 1, 1, tzinfo=UTC)
    for wrong in ("2026-08-01T09:00:00", "yesterday"):
        response = anybody.post("/reports", report(), **{"X-Linli-At": wrong})
        assert outcome(response) == (400, "api.instant_malformed", "X-Linli-At")


def _raising(fault: Exception) -> Any:
    """Give the API commands of its own that fail; nobody else's are touched."""

    def fail(**_given: object) -> None:
        raise fault

    return SimpleNamespace(report_case=fail)


def test_our_own_fault_is_admitted_without_its_inside(
    anybody: Caller, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "intake", _raising(ZeroDivisionError("secret")))

    response = anybody.post("/reports", report())

    assert outcome(response)[:2] == (500, "api.failed")
    assert "secret" not in response.content.decode()


def test_a_database_that_is_away_asks_for_another_try(
    anybody: Caller, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "intake", _raising(OperationalError()))

    response = anybody.post("/reports", report())

    assert outcome(response)[:2] == (503, "api.unavailable")
    assert response["Retry-After"] == "5"


def _refusals(kind: type[Refusal] = Refusal) -> set[type[Refusal]]:
    below = set(kind.__subclasses__())
    return below.union(*(_refusals(one) for one in below))


def test_every_status_belongs_to_a_refusal_that_exists() -> None:
    known = {code for one in _refusals() for code in one.messages}

    assert set(STATUSES) <= known
    assert {status_of(code) for code in known} <= set(STATUSES.values()) | {422}


def test_the_documentation_is_served_from_here_and_in_both_languages(anybody: Caller) -> None:
    page = anybody.client.get(f"{ROOT}/docs")
    schema = anybody.get("/openapi.json", **{"Accept-Language": "en"}).json()

    assert b"http" not in page.content.replace(b"http-equiv", b"")
    assert schema["info"]["title"] == "Linli API"
    assert schema["paths"][f"{ROOT}/reports"]["post"]["summary"].isascii()
    assert Client().get(f"{ROOT}/")["Location"].endswith("/docs")


def test_the_api_has_exactly_the_promised_routes(anybody: Caller) -> None:
    paths = anybody.get("/openapi.json").json()["paths"]

    assert {(method, path.removeprefix(ROOT)) for path in paths for method in paths[path]} == {
        ("post", "/photos"),
        ("post", "/uploads"),
        ("get", "/uploads/{key}/{upload_id}"),
        ("head", "/uploads/{key}/{upload_id}"),
        ("patch", "/uploads/{key}/{upload_id}"),
        ("post", "/reports"),
        ("get", "/reports/{code}"),
        ("post", "/reports/{code}/actions/{action}"),
        ("get", "/cases"),
        ("get", "/cases/{case_id}"),
        ("post", "/cases/{case_id}/actions/{action}"),
        ("get", "/areas"),
        ("get", "/locate"),
        ("get", "/catalogue"),
    }
