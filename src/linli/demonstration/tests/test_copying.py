"""COPY writes every column as it is, and tells of columns it was not given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.demonstration.copying import MissingColumns, copy_rows
from linli.demonstration.worktime import WorkingTime
from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import EventText

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
CALENDAR = WorkingCalendar(
    exceptions={
        (FIRST + timedelta(days=3)).date(): True,
        (FIRST + timedelta(days=5)).date(): False,
    }
)
HOURS = WorkingTime(CALENDAR, FIRST - timedelta(days=10), FIRST + timedelta(days=200))


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["龘䶮㐂😀", "a\tb\nc\\d\r", "\\N", "", "“引号”"])
def test_words_come_back_as_they_were_written(body: str) -> None:
    event_id = new_id()
    row = {"event_id": event_id, "key": "note", "body": body, "erased_at": None}
    assert copy_rows("kernel.EventText", [row]) == 1
    assert EventText.objects.get(event_id=event_id).body == body


@pytest.mark.django_db
def test_a_column_left_out_is_named() -> None:
    with pytest.raises(MissingColumns, match="erased_at"):
        copy_rows("kernel.EventText", [{"event_id": new_id(), "key": "note", "body": ""}])


@pytest.mark.django_db
def test_nothing_is_copied_from_nothing() -> None:
    assert copy_rows("kernel.EventText", []) == 0
    assert not connection.needs_rollback


@given(
    minutes=st.integers(0, 100 * 24 * 60),
    microseconds=st.integers(0, 59_999_999),
    amount=st.integers(1, 15),
    unit=st.sampled_from(list(Unit)),
)
def test_due_times_looked_up_fast_are_those_counted(
    minutes: int, microseconds: int, amount: int, unit: Unit
) -> None:
    start = FIRST + timedelta(minutes=minutes, microseconds=microseconds)
    limit = Limit(amount, unit)
    assert HOURS.due_after(start, limit) == due_after(start, limit, CALENDAR)


@given(minutes=st.integers(0, 100 * 24 * 60), spent=st.floats(0, 3_000))
def test_people_get_to_things_at_working_hours(minutes: int, spent: float) -> None:
    at = FIRST + timedelta(minutes=minutes)
    reached = HOURS.after(at, spent)
    assert reached >= at
    assert CALENDAR.is_workday(reached.date())
    assert any(opens <= reached.time() <= closes for opens, closes in CALENDAR.hours)
