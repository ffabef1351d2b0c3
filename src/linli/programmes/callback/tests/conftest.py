"""What the tests of the room share."""

from __future__ import annotations

import pytest

from .factories import Crew, make_crew


@pytest.fixture
def crew(db: None) -> Crew:
    """Give an office with those who call back."""
    return make_crew()
