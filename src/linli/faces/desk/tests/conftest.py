"""What the tests of the desk share: an office at work on a Monday morning, and people signed in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.ground.kernel.fresh import begin_to_hear, stop_hearing
from linli.ground.people.terms import Role
from linli.spine.cases.tests.factories import Office, make_office

SignIn = Callable[[Role], Client]


@pytest.fixture
def office(db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give a small office in one street; the pages' clock is the office's."""
    made = make_office()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def sign_in(office: Office) -> SignIn:
    """Give a browser signed in as somebody of a role."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(office.accounts[role])
        return client

    return signed_in


def count_queries(client: Client, path: str) -> int:
    """Count the statements of one visit to a process that hears of changes and keeps the rest."""
    begin_to_hear()
    try:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
    finally:
        stop_hearing()
    return len(asked)


@pytest.fixture
def photo() -> Callable[[], SimpleUploadedFile]:
    """Make a real photo to be sent."""

    def make() -> SimpleUploadedFile:
        sent = BytesIO()
        Image.new("RGB", (40, 30), (90, 120, 90)).save(sent, "JPEG")
        return SimpleUploadedFile("photo.jpg", sent.getvalue(), content_type="image/jpeg")

    return make
