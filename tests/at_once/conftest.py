"""An office whose rows are committed, so that several hands may meet on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from linli.spine.cases.tests.factories import Office, make_office


@pytest.fixture
def office(transactional_db: None, settings: Settings, tmp_path: Path) -> Office:
    """Give a small office in one street."""
    settings.MEDIA_ROOT = tmp_path
    return make_office()
