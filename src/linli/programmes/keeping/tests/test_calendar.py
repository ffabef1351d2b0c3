"""A working calendar from the draft to its day: what is refused, what follows, what stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.calendar_store import change_calendar, set_calendar, set_day
from linli.ground.kernel.calendars import DEFAULT_HOURS, Hours
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.queries import get_calendar, list_unusual_days
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.queries.drafts import get_draft, list_entries
from linli.programmes.keeping.queries.preview import DraftPreview, foresee
from linli.programmes.keeping.queries.versions import compare_days
from linli.programmes.keeping.rules.calendar import read_hours, write_hours
from linli.programmes.keeping.services.applying import apply_due_drafts
from linli.programmes.keeping.services.days import fill_year, put_days
from linli.programmes.keeping.terms import HOURS_KEY, DraftState, DraftView, Matter
from linli.spine.cases.models import Clock
from linli.spine.cases.queries import clock_words
from linli.spine.cases.tests.catalogue_places import STREET

from .keeping_places import AT, DAY, ON_THE_DAY, Desk, file_case
from .test_drafts import refused

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = date(2027, 1, 1)


def begin(desk: Desk, *, on: date = DAY) -> DraftView:
    """Begin a draft of the calendar."""
    return desk.begin(Matter.CALENDAR, on=on)


def put(
    desk: Desk,
    draft: DraftView,
    first: date,
    last: date | None = None,
    *,
    work: str = "rest",
    note: str = "元旦",
) -> DraftView:
    """Write a run of days into a draft."""
    return put_days(
        draft_id=draft.id,
        first=first,
        last=last or first,
        work=work,
        note=note,
        member=desk.keeper,
        at=AT,
    )


def look(draft: DraftView) -> DraftPreview:
    """Foresee a draft."""
    return foresee(draft, at=AT)


def run_clock(*, ends: datetime) -> Clock:
    """Let a clock of five working days run that ends then."""
    return Clock.objects.create(
        case=file_case(),
        name="handle",
        started_at=ends - timedelta(days=7),
        limit_amount=5,
        limit_unit="working_days",
        promised_at=ends,
        due_at=ends,
    )


def test_holidays_and_hours_hold_from_their_day_and_not_before(desk: Desk) -> None:
    draft = put(desk, begin(desk), NEW_YEAR, date(2027, 1, 3))
    draft = put(desk, draft, date(2027, 1, 9), work="work", note="补班")
    draft = desk.revise(draft, HOURS_KEY, hours=("08:30-12:00", "13:30-17:30"))
    desk.approve(draft)
    assert get_calendar(STREET).is_workday(NEW_YEAR)
    assert apply_due_drafts(at=ON_THE_DAY) == 1
    now = get_calendar(STREET)
    assert (now.is_workday(NEW_YEAR), now.is_workday(date(2027, 1, 9))) == (False, True)
    assert now.hours_on(DAY) == ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
    assert now.hours_on(DAY - timedelta(days=1)) == DEFAULT_HOURS
    assert [one.note for one in list_unusual_days(STREET)] == ["元旦", "补班"]


def test_days_that_are_so_by_the_week_are_left_out(desk: Desk) -> None:
    draft = put(desk, begin(desk), NEW_YEAR, date(2027, 1, 4))
    assert [one.key for one in draft.changes] == ["2027-01-01", "2027-01-04"]
    with refused("keeping.nothing_changed"):
        put(desk, draft, date(2027, 1, 9))


def test_a_day_is_revised_and_follows_the_week_again(desk: Desk) -> None:
    set_calendar(street_code=STREET)
    set_day(street_code=STREET, day=NEW_YEAR, is_workday=False, note="元旦")
    set_day(street_code=STREET, day=date(2027, 2, 8), is_workday=False, note="春节")
    draft = desk.revise(begin(desk), "2027-01-01", note="新年")
    desk.approve(desk.end(draft, "2027-02-08"))
    apply_due_drafts(at=ON_THE_DAY)
    assert [(one.day, one.is_workday, one.note) for one in list_unusual_days(STREET)] == [
        (NEW_YEAR, False, "新年")
    ]


def test_what_changed_between_two_days_is_what_the_drafts_changed(desk: Desk) -> None:
    set_calendar(street_code=STREET)
    for day in (NEW_YEAR, date(2027, 2, 8)):
        set_day(street_code=STREET, day=day, is_workday=False, note="元旦")
    draft = desk.revise(begin(desk), "2027-01-01", note="新年")
    draft = desk.end(put(desk, draft, date(2027, 1, 9), work="work"), "2027-02-08")
    desk.approve(desk.revise(draft, HOURS_KEY, hours=("08:30-12:00",)))
    apply_due_drafts(at=ON_THE_DAY)

    def changed(before: date, after: date) -> list[tuple[str, str, object]]:
        found = compare_days(matter=Matter.CALENDAR, street_code=STREET, before=before, after=after)
        return [(one.key, one.op.value, one.fields) for one in found]

    before = DAY - timedelta(days=1)
    usual = ("08:00-12:00", "14:00-18:00")
    assert changed(before, DAY) == [
        (HOURS_KEY, "revise", (("hours", usual, ("08:30-12:00",)),)),
        ("2027-01-01", "revise", (("note", "元旦", "新年"),)),
        ("2027-01-09", "add", (("work", None, "work"), ("note", None, "元旦"))),
        ("2027-02-08", "end", ()),
    ]
    assert [(key, op) for key, op, _fields in changed(DAY, before)][1:] == [
        ("2027-01-01", "revise"),
        ("2027-01-09", "end"),
        ("2027-02-08", "add"),
    ]
    assert changed(DAY, DAY + timedelta(days=9)) == []


def test_a_published_year_is_written_but_for_what_somebody_set(desk: Desk) -> None:
    set_calendar(street_code=STREET)
    set_day(street_code=STREET, day=date(2026, 10, 1), is_workday=True, note="抢修")
    draft = begin(desk, on=date(2026, 11, 21))
    Draft.objects.filter(id=draft.id).update(effective_on=date(2026, 9, 1))
    filled = fill_year(draft_id=draft.id, year=2026, member=desk.keeper, at=AT)
    keys = [one.key for one in filled.changes]
    assert "2026-10-02" in keys
    assert "2026-10-01" not in keys
    assert min(keys) >= "2026-09-01"
    with refused("keeping.year_unpublished"):
        fill_year(draft_id=draft.id, year=2031, member=desk.keeper, at=AT)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2027, 1, 5), date(2027, 1, 4), "keeping.days_backward"),
        (date(2027, 1, 1), date(2027, 3, 1), "keeping.days_backward"),
        (date(2026, 11, 30), date(2026, 12, 2), "keeping.day_before_effect"),
        (date(2031, 1, 1), date(2031, 1, 1), "keeping.day_too_far"),
        (date(2027, 2, 1), date(2027, 3, 3), "keeping.no_workdays"),
    ],
)
def test_days_no_limit_could_be_counted_by_are_refused(
    desk: Desk, first: date, last: date, code: str
) -> None:
    draft = begin(desk)
    with refused(code):
        put(desk, draft, first, last)
    assert get_draft(draft.id).changes == ()


def test_months_without_work_are_refused_also_when_written_bit_by_bit(desk: Desk) -> None:
    draft = put(desk, begin(desk), date(2027, 2, 1), date(2027, 2, 19))
    with refused("keeping.no_workdays"):
        put(desk, draft, date(2027, 2, 22), date(2027, 3, 12))


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        (("08:00-12:00", "11:00-18:00"), "keeping.hours_overlap"),
        (("12:00-08:00",), "keeping.hours_overlap"),
        (("08:00-12:00", "12:00-18:00"), "keeping.hours_overlap"),
        ((), "keeping.hours_too_many"),
        (("08:00-08:30",), "keeping.hours_too_many"),
        (("00:00-24:00",), "keeping.hours_too_many"),
        (("8点到12点",), "keeping.hours_unreadable"),
        (("08:00-25:00",), "keeping.hours_unreadable"),
    ],
)
def test_hours_that_can_not_be_are_refused(desk: Desk, hours: tuple[str, ...], code: str) -> None:
    draft = begin(desk)
    with refused(code):
        desk.revise(draft, HOURS_KEY, hours=hours)


def test_hours_are_never_ended_and_no_day_is_unknown(desk: Desk) -> None:
    draft = begin(desk)
    with refused("keeping.hours_stay"):
        desk.end(draft, HOURS_KEY)
    with refused("keeping.day_unknown"):
        desk.end(draft, "2027-01-01")


HALF_HOURS = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))


@given(st.sets(HALF_HOURS, min_size=2, max_size=6))
def test_hours_written_read_the_same(edges: set[time]) -> None:
    ordered = sorted(edges)
    hours: Hours = tuple(zip(ordered[::2], ordered[1::2], strict=False))
    try:
        assert read_hours(write_hours(hours)) == hours
    except Refusal as refusal:
        assert refusal.code == "keeping.hours_too_many"  # noqa: PT017 - too long a day is no day


def test_clocks_that_run_are_counted_and_keep_their_time(desk: Desk) -> None:
    after = run_clock(ends=datetime(2027, 1, 5, 2, tzinfo=UTC))
    run_clock(ends=datetime(2026, 12, 30, 2, tzinfo=UTC))
    draft = put(desk, begin(desk), NEW_YEAR)
    found = look(draft).reckoning
    assert found is not None
    assert (found.running, found.touched) == (2, 1)
    (kept,) = found.kept
    assert (kept.due_at, kept.would_be) == (
        after.due_at,
        datetime(2027, 1, 6, 10, tzinfo=SHANGHAI),
    )
    assert [(one.year, one.after - one.before) for one in found.years] == [(2027, -1)]
    assert found.starts_at == datetime(2026, 12, 31, 15, tzinfo=SHANGHAI)
    assert [one.after - one.before for one in found.examples] == [timedelta(days=3)] * 2 + [
        timedelta(days=1)
    ]
    desk.approve(draft)
    apply_due_drafts(at=ON_THE_DAY)
    after.refresh_from_db()
    assert after.due_at == after.promised_at == datetime(2027, 1, 5, 2, tzinfo=UTC)
    (told,) = clock_words(case_id=after.case_id, at=ON_THE_DAY)
    assert told.steps[-1] == "答应的是 1 月 5 日周二 10:00，照答应的算"


def test_a_day_an_approved_draft_writes_is_not_written_by_another(desk: Desk) -> None:
    desk.approve(put(desk, begin(desk), NEW_YEAR))
    other = begin(desk, on=date(2026, 12, 5))
    with refused("keeping.clashes"):
        put(desk, other, NEW_YEAR, note="新年")


def test_a_day_somebody_set_meanwhile_stops_the_draft(desk: Desk) -> None:
    desk.approve(put(desk, begin(desk), NEW_YEAR))
    change_calendar(street_code=STREET, begins_on=DAY, usual_days=())
    set_day(street_code=STREET, day=NEW_YEAR, is_workday=False, note="市里定的")
    apply_due_drafts(at=ON_THE_DAY)
    assert Draft.objects.get().state == DraftState.STOPPED.value
    entries = list_entries(matter=Matter.CALENDAR, street_code=STREET, on=DAY)
    assert entries["2027-01-01"][1]["note"] == "市里定的"
