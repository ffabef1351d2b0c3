"""What the tests of the room share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from .factories import Crew, make_crew


@pytest.fixture
def crew(db: None, tmp_path: Path, settings: Settings) -> Crew:
    """Give a crew at work; photos stay in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path
    return make_crew()
