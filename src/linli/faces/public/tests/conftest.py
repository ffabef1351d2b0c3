"""What the tests of public pages share."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from linli.spine.cases.tests.factories import Office, make_office


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    """Give a small office in one street; the pages live at its time."""
    office = make_office()
    with mock.patch("django.utils.timezone.now", side_effect=lambda: office.at):
        yield office


@pytest.fixture(autouse=True)
def photo_folder(tmp_path: Path, settings: Settings) -> Path:
    """Keep photos in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo_file(name: str = "bins.jpg", colour: str = "teal") -> SimpleUploadedFile:
    """Make a small photo as a phone would send it."""
    body = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(body, "JPEG")
    return SimpleUploadedFile(name, body.getvalue(), content_type="image/jpeg")


def photo_status(client: Client, path: str) -> int:
    """Ask for a photo, read it to its end so that its file is closed, and tell the status."""
    response = client.get(f"/photos/{path}")
    if response.streaming:
        assert b"".join(response).startswith(b"\xff\xd8\xff")
    return response.status_code
