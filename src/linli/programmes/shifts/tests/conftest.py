"""What the tests of hand-overs share: a small office at work."""

from __future__ import annotations

import pytest

from linli.spine.cases.tests.factories import Office, make_office


@pytest.fixture
def office(db: None) -> Office:
    """Give a small office in one street."""
    return make_office()
