"""What the tests of people share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache

from linli.ground.kernel.services import ensure_partitions
from linli.ground.people import code_sending

from .factories import NOW
from .phones import Phones


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


@pytest.fixture
def phones() -> Iterator[Phones]:
    """Let codes go to phones that the test reads."""
    usual = code_sending.find_sender()
    given = Phones()
    code_sending.register(given)
    yield given
    if usual is not None:
        code_sending.register(usual)
