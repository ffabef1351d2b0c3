"""Values kept for a second are never far behind, and never from an undone change."""

from __future__ import annotations

import pytest
from django.db import transaction

from linli.ground.kernel import fresh
from linli.ground.kernel.fresh import Fresh


class Source:
    """Something to be read, that counts how often it was."""

    def __init__(self) -> None:
        self.value = 1
        self.reads = 0

    def read(self) -> int:
        """Give the value."""
        self.reads += 1
        return self.value


def test_a_value_is_read_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(fresh, "monotonic", lambda: now)
    source = Source()
    kept = Fresh(source.read)
    assert (kept.get(), kept.get(), source.reads) == (1, 1, 1)
    source.value, now = 2, now + 0.9
    assert kept.get() == 1
    now += 0.1
    assert (kept.get(), source.reads) == (2, 2)


@pytest.mark.django_db
def test_a_change_made_here_is_seen_at_once() -> None:
    source = Source()
    kept = Fresh(source.read)
    kept.get()
    source.value = 2
    kept.forget()
    assert kept.get() == 2


@pytest.mark.django_db(transaction=True)
def test_what_was_read_in_a_transaction_is_read_again_once_it_is_undone() -> None:
    source = Source()
    kept = Fresh(source.read)
    with transaction.atomic():
        source.value = 2
        kept.forget()
        assert kept.get() == 2
        transaction.set_rollback(True)
    source.value = 1
    assert kept.get() == 1
