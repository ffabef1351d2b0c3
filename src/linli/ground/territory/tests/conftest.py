"""What the tests of the territory share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linli.ground.kernel.services import ensure_partitions


@pytest.fixture
def at(db: None) -> datetime:
    """Give an instant that has partitions for its events."""
    instant = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    ensure_partitions(first=instant.date(), last=instant.date())
    return instant
