"""The working calendar in a draft: what it holds, what a draft makes of it, what can't be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from linli.ground.kernel.calendars import Hours, WorkingCalendar, length_of
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import HOURS_KEY, REST, WORK, Change, Op, Value

MOST_SPANS, MOST_NOTE = 3, 60
LEAST_HOURS, MOST_HOURS = timedelta(hours=1), timedelta(hours=16)
FARTHEST = timedelta(days=3 * 366)
# However long the holidays, a limit in working days must run out within a month of them.
MOST_RESTED_DAYS = 30
_ONE_DAY = timedelta(days=1)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})")


def day_values(*, is_workday: bool, note: str) -> dict[str, Value]:
    """Give the fields of a day that a draft may change."""
    return {"work": WORK if is_workday else REST, "note": note}


def write_hours(hours: Hours) -> tuple[str, ...]:
    """Write working hours as a draft holds them: 08:00-12:00, one text a span."""
    return tuple(f"{_write(opens)}-{_write(closes)}" for opens, closes in hours)


def read_hours(written: Sequence[str]) -> Hours:
    """Read working hours, and see that a day can be worked by them.

    Raises:
        UnableToKeep: unreadable, overlapping, none, or too many in a day.
    """
    hours = tuple(_span(one) for one in written)
    edges = [edge for span in hours for edge in span]
    if edges != sorted(set(edges)):
        raise UnableToKeep("keeping.hours_overlap", field="hours")
    if not LEAST_HOURS <= length_of(hours) <= MOST_HOURS or len(hours) > MOST_SPANS:
        least, most = LEAST_HOURS // timedelta(hours=1), MOST_HOURS // timedelta(hours=1)
        raise UnableToKeep("keeping.hours_too_many", field="hours", least=least, most=most)
    return hours


def read_day(key: str) -> date | None:
    """Read the day a change is about; None for the working hours, or when it is no day."""
    try:
        return date.fromisoformat(key) if len(key) == len("2027-02-12") else None
    except ValueError:
        return None


def lay_calendar(
    calendar: WorkingCalendar, changes: Iterable[Change], *, on: date
) -> WorkingCalendar:
    """Give the calendar as it would be with the changes of a draft.

    Args:
        on: day from which new working hours hold.

    Raises:
        UnableToKeep: when the working hours can't be.
    """
    days, later = dict(calendar.exceptions), calendar.later
    for change in changes:
        day = read_day(change.key)
        if change.key == HOURS_KEY:
            hours = read_hours(_several(change.fields.get("hours")))
            later = (*(one for one in later if one[0] < on), (on, hours))
        elif day is not None and change.op is Op.END:
            days.pop(day, None)
        elif day is not None and "work" in change.fields:
            days[day] = change.fields["work"] == WORK
    return replace(calendar, exceptions=days, later=later)


def find_calendar_faults(
    calendar: WorkingCalendar, changes: Sequence[Change], *, on: date
) -> Iterator[tuple[str, UnableToKeep]]:
    """Find everything that stands against changes of a calendar, each with its key."""
    found = [(one.key, wrong) for one in changes if (wrong := _wrong(one, on)) is not None]
    yield from found
    if not found:
        yield from _without_work(lay_calendar(calendar, changes, on=on), changes)


def take_back(
    entries: Mapping[str, tuple[str, dict[str, Value]]], changes: Iterable[Change]
) -> dict[str, tuple[str, dict[str, Value]]]:
    """Give the days as they stood before changes took effect; hours know their own days."""
    before = dict(entries)
    for change in changes:
        if change.key == HOURS_KEY:
            continue
        held = before.pop(change.key, (change.key, {}))[1]
        if change.op is not Op.ADD and change.base:
            before[change.key] = (change.key, {**held, **change.base})
    return before


def first_changed(changes: Iterable[Change], *, on: date) -> date:
    """Give the first day that would be worked otherwise: new hours hold from `on`."""
    days = (read_day(one.key) if one.key != HOURS_KEY else on for one in changes)
    return min((day for day in days if day is not None), default=on)


def _wrong(change: Change, on: date) -> UnableToKeep | None:
    if change.key == HOURS_KEY:
        return _wrong_hours(change)
    day = read_day(change.key)
    if day is None:
        return UnableToKeep("keeping.no_day", field="first", key=change.key)
    if day < on:
        return UnableToKeep("keeping.day_before_effect", field="first", day=on.isoformat())
    if day > on + FARTHEST:
        return UnableToKeep("keeping.day_too_far", field="last")
    if change.op is not Op.END:
        return _wrong_values(change.fields, is_new=change.op is Op.ADD)
    return None


def _wrong_hours(change: Change) -> UnableToKeep | None:
    if change.op is Op.END:
        return UnableToKeep("keeping.hours_stay", field="hours")
    try:
        read_hours(_several(change.fields.get("hours")))
    except UnableToKeep as wrong:
        return wrong
    return None


def _wrong_values(fields: Mapping[str, Value], *, is_new: bool) -> UnableToKeep | None:
    if (is_new or "work" in fields) and fields.get("work") not in (REST, WORK):
        return UnableToKeep("keeping.rest_or_work", field="work")
    note = str(fields.get("note", ""))
    if len(note) > MOST_NOTE or "\x00" in note:
        return UnableToKeep("keeping.note_too_long", field="note", most=MOST_NOTE)
    return None


def _without_work(
    calendar: WorkingCalendar, changes: Iterable[Change]
) -> Iterator[tuple[str, UnableToKeep]]:
    """Find where so many days on end would be without work that no limit could run out."""
    told: set[date] = set()
    for change in changes:
        day = read_day(change.key)
        if day is None or calendar.is_workday(day):
            continue
        first, last = _rest_around(calendar, day)
        if (last - first).days >= MOST_RESTED_DAYS and first not in told:
            told.add(first)
            yield (
                change.key,
                UnableToKeep(
                    "keeping.no_workdays",
                    field="last",
                    first=first.isoformat(),
                    last=last.isoformat(),
                    most=MOST_RESTED_DAYS,
                ),
            )


def _rest_around(calendar: WorkingCalendar, day: date) -> tuple[date, date]:
    first = last = day
    while not calendar.is_workday(first - _ONE_DAY) and (day - first).days <= MOST_RESTED_DAYS:
        first -= _ONE_DAY
    while not calendar.is_workday(last + _ONE_DAY) and (last - day).days <= MOST_RESTED_DAYS:
        last += _ONE_DAY
    return first, last


def _several(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _span(written: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(written.strip())
    if found is None:
        raise UnableToKeep("keeping.hours_unreadable", field="hours", value=written[:20])
    opens, closes, until, minutes = found.groups()
    try:
        is_midnight = (until, minutes) == ("24", "00")
        end = time.max if is_midnight else time(int(until), int(minutes))
        return time(int(opens), int(closes)), end
    except ValueError as wrong:
        unreadable = UnableToKeep("keeping.hours_unreadable", field="hours", value=written[:20])
        raise unreadable from wrong


def _write(wall: time) -> str:
    return "24:00" if wall == time.max else f"{wall:%H:%M}"
