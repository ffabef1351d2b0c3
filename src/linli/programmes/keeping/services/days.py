"""Days of the calendar written into a draft many at a time: a holiday, or a published year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from linli.ground.kernel.queries import list_published_days
from linli.ground.people.terms import Member
from linli.programmes.keeping.queries.drafts import Entries, get_draft, list_entries
from linli.programmes.keeping.rules.calendar import day_values
from linli.programmes.keeping.rules.merging import differing
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import WORK, Change, DraftView, Op, Value

from .drafting import put_changes

MOST_DAYS = 31


def put_days(
    *, draft_id: int, first: date, last: date, work: str, note: str, member: Member, at: datetime
) -> DraftView:
    """Write a run of days into a draft of the calendar: all at rest, or all worked.

    Days that are so by the week anyway are left out.

    Args:
        work: `rest` or `work`.
        note: what the days are called.

    Raises:
        UnableToKeep: no draft of the member's, days that can't be, or nothing differs.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        raise UnableToKeep("keeping.days_backward", field="last", most=MOST_DAYS)
    draft = get_draft(draft_id)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    is_workday = work == WORK
    held = _held(draft)
    known = {*held, *(one.key for one in draft.changes)}
    wanted: dict[str, dict[str, Value]] = {
        day.isoformat(): {"work": work, "note": note.strip()}
        for day in days
        if day.isoformat() in known or (day.weekday() < 5) != is_workday
    }
    return _put(draft, held, wanted, member, at)


def fill_year(*, draft_id: int, year: int, member: Member, at: datetime) -> DraftView:
    """Write a year's published holidays and swapped workdays into a draft of the calendar.

    Days before the draft's, and days somebody has written already, stay as they are.

    Raises:
        UnableToKeep: the year is not published, or nothing of it is left to write.
    """
    draft = get_draft(draft_id)
    published = list_published_days(year)
    if not published:
        raise UnableToKeep("keeping.year_unpublished", field="year", year=year)
    held = _held(draft)
    known = {*held, *(one.key for one in draft.changes)}
    wanted = {
        one.day.isoformat(): day_values(is_workday=one.is_workday, note=one.note)
        for one in published
        if one.day >= draft.effective_on and one.day.isoformat() not in known
    }
    return _put(draft, held, wanted, member, at)


def _held(draft: DraftView) -> Entries:
    return list_entries(matter=draft.matter, street_code=draft.street_code, on=draft.effective_on)


def _put(
    draft: DraftView,
    held: Entries,
    wanted: dict[str, dict[str, Value]],
    member: Member,
    at: datetime,
) -> DraftView:
    changes = list(_changes(draft, held, wanted))
    if not changes:
        raise UnableToKeep("keeping.nothing_changed")
    return put_changes(draft_id=draft.id, changes=changes, member=member, at=at)


def _changes(
    draft: DraftView, held: Entries, wanted: dict[str, dict[str, Value]]
) -> Iterable[tuple[Change, int]]:
    """Give what has to be written, each with the revision of what the draft holds of it."""
    for key, values in wanted.items():
        entry, written = held.get(key), draft.find(key)
        if written is None and entry is not None and not differing(values, entry[1]):
            continue
        op = Op.REVISE if entry is not None else Op.ADD
        yield Change(key=key, op=op, fields=values), written.revision if written else 0
