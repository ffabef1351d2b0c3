"""What the tests of people share."""

from __future__ import annotations

from datetime import datetime

import pytest

from linli.ground.kernel.services import ensure_partitions

from .factories import NOW


@pytest.fixture
def at(db: None) -> datetime:
    """Give an instant that has partitions for its events."""
    ensure_partitions(first=NOW.date(), last=NOW.date())
    return NOW
