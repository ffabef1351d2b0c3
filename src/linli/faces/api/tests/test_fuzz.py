"""Calls made up from the API's own description never find a fault of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.core import NotSet

from linli.ground.territory.tests.factories import Street

from .calls import ROOT, Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(street: Street) -> schemathesis.BaseSchema:
    """The description as callers get it."""
    described = json.loads(Client().get(f"{ROOT}/openapi.json").content)
    return schemathesis.openapi.from_dict(described)


def _call(case: schemathesis.Case[Any]) -> Response:
    """Call as a client would, through Django's own test client, which keeps the transaction."""
    body = b"" if isinstance(case.body, NotSet) else json.dumps(case.body).encode()
    query = urlencode(case.query or {}, doseq=True)
    return Client().generic(
        case.method,
        f"{case.formatted_path}?{query}",
        body,
        content_type="application/json",
        headers=dict(case.headers or {}),
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/reports"),
        ("GET", "/reports/{code}"),
        ("GET", "/cases"),
        ("GET", "/areas"),
        ("GET", "/locate"),
        ("GET", "/catalogue"),
    ],
)
def test_no_made_up_call_is_answered_with_a_server_error(
    schema: schemathesis.BaseSchema, method: str, path: str
) -> None:
    operation = schema[f"{ROOT}{path}"][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def call(case: schemathesis.Case[Any]) -> None:
        response = _call(case)
        assert response.status_code < 500, response.content.decode()
        if response.status_code >= 400:
            assert set(response.json()) == {"error"}

    call()
