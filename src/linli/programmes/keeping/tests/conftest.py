"""What the tests of keeping share."""

from __future__ import annotations

import pytest

from .keeping_places import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Give a small office with its catalogue and its list."""
    return make_desk()
