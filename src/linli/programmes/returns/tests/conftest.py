"""What the tests of the room share."""

from __future__ import annotations

import pytest

from linli.spine.cases.tests.factories import make_office

from .factories import Returning


@pytest.fixture
def desk(db: None) -> Returning:
    """Give an office with those who keep and fill in forms."""
    return Returning(office=make_office())
