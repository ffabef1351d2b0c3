"""What the tests of cases share."""

from __future__ import annotations

import pytest

from .factories import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    """Give a small office in one street."""
    return make_office()
