"""Values kept in memory are never far behind, never from an undone change, and read by one."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread

import pytest
from django.db import transaction

from linli.ground.kernel import fresh
from linli.ground.kernel.fresh import Fresh


class Source:
    """Something to be read, that counts how often it was."""

    def __init__(self) -> None:
        self.value = 1
        self.version = 1
        self.reads = 0
        self.fault: Exception | None = None
        self.may_read = Event()
        self.may_read.set()
        self.is_reading = Event()

    def read(self) -> int:
        """Give the value, once that is allowed."""
        self.reads += 1
        self.is_reading.set()
        assert self.may_read.wait(10)
        if self.fault:
            raise self.fault
        return self.value

    def ask_version(self) -> int:
        """Give the version."""
        return self.version


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def kept(source: Source) -> Fresh[int]:
    return Fresh("test", source.read)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Put the clock into the test's hand."""
    now = [100.0]
    monkeypatch.setattr(fresh, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def hearing() -> Iterator[None]:
    """Say that changes are heard of."""
    fresh.begin_to_hear()
    yield
    fresh.stop_hearing()


def elsewhere(kept: Fresh[int]) -> int:
    """Ask in another thread."""
    answers: list[int] = []
    asking = Thread(target=lambda: answers.append(kept.get()))
    asking.start()
    asking.join(10)
    return answers[0]


def test_a_value_is_read_once_a_second(
    source: Source, kept: Fresh[int], clock: list[float]
) -> None:
    assert (kept.get(), kept.get(), source.reads) == (1, 1, 1)
    source.value = 2
    clock[0] += 0.9
    assert kept.get() == 1
    clock[0] += 0.1
    assert (kept.get(), source.reads) == (2, 2)


@pytest.mark.usefixtures("hearing")
def test_who_hears_of_changes_looks_seldom(
    source: Source, kept: Fresh[int], clock: list[float]
) -> None:
    assert kept.get() == 1
    clock[0] += fresh.HEARD_SECONDS - 1
    assert (kept.get(), source.reads) == (1, 1)
    clock[0] += 1
    assert (kept.get(), source.reads) == (1, 2)


@pytest.mark.usefixtures("hearing")
def test_a_change_that_is_heard_of_is_looked_at_by_its_name(
    source: Source, kept: Fresh[int], clock: list[float]
) -> None:
    assert kept.get() == 1
    source.value = 2
    fresh.renew({"another"})
    assert kept.get() == 1
    fresh.renew({"test"})
    assert (kept.get(), source.reads) == (2, 2)


def test_what_nobody_asked_for_is_not_read(source: Source, kept: Fresh[int]) -> None:
    fresh.renew({"test"})
    fresh.renew_everything()
    assert source.reads == 0


def test_everything_is_looked_at_when_hearing_begins_and_again_when_it_ends(
    source: Source, kept: Fresh[int], clock: list[float]
) -> None:
    assert kept.get() == 1
    source.value = 2
    fresh.begin_to_hear()
    assert (kept.get(), source.reads) == (2, 2)
    source.value = 3
    fresh.stop_hearing()
    assert (kept.get(), source.reads) == (3, 3)


def test_a_costly_value_is_read_when_its_version_differs(
    source: Source, clock: list[float]
) -> None:
    kept = Fresh("test", source.read, version=source.ask_version)
    assert kept.get() == 1
    clock[0] += 2
    assert (kept.get(), source.reads) == (1, 1)
    source.value, source.version = 2, 2
    clock[0] += 2
    assert (kept.get(), source.reads) == (2, 2)


def test_others_answer_from_the_old_value_while_one_reads(source: Source, kept: Fresh[int]) -> None:
    assert kept.get() == 1
    source.value = 2
    source.may_read.clear()
    source.is_reading.clear()
    reading = Thread(target=fresh.renew, args=[{"test"}])
    reading.start()
    assert source.is_reading.wait(10)
    assert kept.get() == 1
    source.may_read.set()
    reading.join(10)
    assert kept.get() == 2


def test_what_cannot_be_read_is_looked_at_again(source: Source, kept: Fresh[int]) -> None:
    assert kept.get() == 1
    source.value = 2
    source.fault = OSError("gone")
    with pytest.raises(OSError, match="gone"):
        fresh.renew({"test"})
    source.fault = None
    assert kept.get() == 2


@pytest.mark.django_db
def test_a_change_made_here_is_seen_at_once(source: Source, kept: Fresh[int]) -> None:
    assert kept.get() == 1
    source.value = 2
    kept.forget()
    assert (kept.get(), kept.get(), source.reads) == (2, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_until_it_is_committed_others_do_not_see_a_change(source: Source, kept: Fresh[int]) -> None:
    assert kept.get() == 1
    with transaction.atomic():
        source.value = 2
        kept.forget()
        assert kept.get() == 2
        assert elsewhere(kept) == 1
    assert elsewhere(kept) == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_was_never_there(source: Source, kept: Fresh[int]) -> None:
    assert kept.get() == 1
    with transaction.atomic():
        source.value = 2
        kept.forget()
        assert kept.get() == 2
        transaction.set_rollback(True)
    source.value = 1
    with transaction.atomic():
        assert (kept.get(), source.reads) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_the_one_undone_is_forgotten_and_the_other_stays(
    source: Source, kept: Fresh[int]
) -> None:
    assert kept.get() == 1
    with transaction.atomic():
        source.value = 2
        kept.forget()
        assert kept.get() == 2
        with transaction.atomic():
            source.value = 3
            kept.forget()
            assert kept.get() == 3
            transaction.set_rollback(True)
        source.value = 2
        assert kept.get() == 2
    assert (kept.get(), source.reads) == (2, 4)


@pytest.mark.django_db(transaction=True)
def test_what_the_changer_has_read_is_kept_once_it_is_committed(source: Source) -> None:
    kept = Fresh("test", source.read, version=source.ask_version)
    assert kept.get() == 1
    with transaction.atomic():
        source.value, source.version = 2, 2
        kept.forget()
        assert kept.get() == 2
    assert (kept.get(), elsewhere(kept), source.reads) == (2, 2, 2)
