"""What the tests of people share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache

from linli.ground.kernel.services import ensure_partitions

from .factories import NOW


@pytest.fixture
def at(db: None) -> datetime:
    """Give an instant that has partitions for its events."""
    ensure_partitions(first=NOW.date(), last=NOW.date())
    return NOW


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Let no test wait for what another one tried too often."""
    cache.clear()
    yield
    cache.clear()
