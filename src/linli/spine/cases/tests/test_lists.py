"""Lists and work: within reach, in order, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.people.terms import Role
from linli.ground.territory.terms import Window
from linli.ground.territory.tests.factories import middle
from linli.spine.cases.models import Case
from linli.spine.cases.queries import allowed_actions, counted, list_cases, my_work
from linli.spine.cases.queries.facts import may_see, open_file
from linli.spine.cases.queries.lists import ORDERS, all_cases
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.services.indexing import index_due
from linli.spine.cases.terms import (
    ActionName,
    CaseFilters,
    CaseKind,
    Channel,
    Level,
    Step,
    Urgency,
)

from .factories import Office
from .test_reports import place

BUSY = {Role.INTAKE_CLERK, Role.DISPATCHER, Role.HANDLER, Role.VERIFIER, Role.SHIFT_LEADER}


@pytest.fixture
def many(office: Office) -> Office:
    """Give an office with a case at every step, one elsewhere and one complaint."""
    for step in Step:
        office.play(to=step)
    office.report(point=place(2, 1))
    office.report(
        kind=CaseKind.COMPLAINT,
        about_organisation_id=office.lead.pk,
        original_number="HL-7",
    )
    index_due()
    return office


def test_lists_show_just_what_the_table_of_rights_allows(many: Office) -> None:
    for role in many.accounts:
        member = many[role]
        listed = set(Case.objects.filter(visible_to(member)).values_list("id", flat=True))
        allowed = {
            case_id
            for case_id in Case.objects.values_list("id", flat=True)
            if may_see(open_file(case_id), member)
        }
        assert listed == allowed, role


def test_a_list_costs_the_same_however_long_it_is(many: Office) -> None:
    member = many[Role.SHIFT_LEADER]
    counts = []
    for size in (1, 20):
        with CaptureQueriesContext(connection) as captured:
            list_cases(member=member, filters=CaseFilters(page_size=size), at=many.at)
        counts.append(len(captured))
    assert counts == [5, 5]


def test_a_recording_without_words_is_listed_under_its_category_or_that_it_has_no_title(
    office: Office,
) -> None:
    office.report()
    office.play(to=Step.HANDLING)
    Case.objects.update(title="", text="")
    member = office[Role.SHIFT_LEADER]
    rows = list_cases(member=member, filters=CaseFilters(), at=office.at).rows
    assert {row.title for row in rows} == {office.category.name, "（没有标题）"}


def test_work_costs_as_many_statements_as_there_are_kinds_of_it(many: Office) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert my_work(member=many[Role.SHIFT_LEADER], at=many.at)
    # Cases, tasks and instructions; two of what is shown of a case.
    assert len(captured) == 6


def test_what_waits_for_somebody_is_what_they_may_do(many: Office) -> None:
    for role in many.accounts:
        member = many[role]
        waiting = {(item.row.id, item.action) for item in my_work(member=member, at=many.at)}
        allowed = {
            (case_id, action.name)
            for case_id in Case.objects.filter(visible_to(member)).values_list("id", flat=True)
            for action in allowed_actions(case_id=case_id, member=member, at=many.at)
        }
        assert waiting or role not in BUSY
        assert waiting <= allowed, role


def test_a_returned_case_waits_for_a_ruling(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    office.step_on(reported.case_id, ActionName.RETURN)
    work = my_work(member=office[Role.SHIFT_LEADER], at=office.at)
    assert [item.action for item in work] == [ActionName.RULE]


def test_the_most_urgent_stands_first(office: Office) -> None:
    office.report()
    urgent = office.report(is_urgent=True)
    work = my_work(member=office[Role.VERIFIER], at=office.at)
    assert work[0].row.id == urgent.case_id
    assert work[0].urgency is Urgency.URGENT
    later = my_work(member=office[Role.VERIFIER], at=office.at + timedelta(days=3))
    assert {item.urgency for item in later} == {Urgency.OVERDUE}


COUNTS = [
    (CaseFilters(), 18),
    (CaseFilters(steps=(Step.HANDLING, Step.CLOSED)), 2),
    (CaseFilters(is_open=False), 4),
    (CaseFilters(kind=CaseKind.COMPLAINT), 1),
    (CaseFilters(channel=Channel.PATROL), 1),
    (CaseFilters(area_code="220104004002"), 1),
    (CaseFilters(area_code="220104004001001"), 17),
    (CaseFilters(major_code="06"), 10),
    (CaseFilters(is_unplaced=True), 0),
    (CaseFilters(text="楼下垃圾"), 19),
    (CaseFilters(text="\x00没有这样的事"), 0),
    (CaseFilters(page=2, page_size=12), 18),
    (CaseFilters(steps=(Step.MERGED,)), 1),
    (CaseFilters(level=Level.GRID), 1),
    (CaseFilters(level=Level.DISTRICT), 1),
    (CaseFilters(is_silent=True), 0),
    (CaseFilters(is_reminded=True), 0),
    (CaseFilters(original_number="HL-7"), 1),
]


def test_filters_narrow_the_list(many: Office) -> None:
    member = many[Role.SHIFT_LEADER]
    found = [list_cases(member=member, filters=filters, at=many.at).total for filters, _ in COUNTS]
    assert found == [count for _, count in COUNTS]


@pytest.mark.parametrize("typed", ["{number}", "{bare}", "{digits}", "HL-7", "hl7 "])
def test_a_list_is_narrowed_by_any_number_a_case_has(many: Office, typed: str) -> None:
    case = Case.objects.get(original_number="HL-7")
    year, bare = case.number.split("-")
    text = typed.format(number=case.number, bare=bare.lstrip("0"), digits=year + bare)
    page = list_cases(member=many[Role.SHIFT_LEADER], filters=CaseFilters(text=text), at=many.at)
    assert [row.id for row in page.rows] == [case.id]


def test_a_long_list_is_counted_no_further_than_asked(many: Office) -> None:
    member = many[Role.SHIFT_LEADER]
    counted = {}
    for most in (None, 5, 18, 40):
        filters = CaseFilters(page_size=4)
        page = list_cases(member=member, filters=filters, at=many.at, most_counted=most)
        counted[most] = (page.total, page.is_more, [row.id for row in page.rows])
    whole = list_cases(member=member, filters=CaseFilters(page_size=4), at=many.at).rows
    first = [row.id for row in whole]
    assert counted == {
        None: (18, False, first),
        5: (5, True, first),
        18: (18, False, first),
        40: (18, False, first),
    }


def test_pages_end_where_the_count_ends(many: Office) -> None:
    member = many[Role.SHIFT_LEADER]
    sizes = []
    for page in (1, 2, 3):
        filters = CaseFilters(page=page, page_size=4)
        found = list_cases(member=member, filters=filters, at=many.at, most_counted=6)
        sizes.append(len(found.rows))
    assert sizes == [4, 2, 0]


def test_a_window_keeps_what_has_its_point_inside_or_on_its_edge(many: Office) -> None:
    def count(role: Role, *window: float, **others: Any) -> int:
        filters = CaseFilters(window=Window(*window), **others)
        return list_cases(member=many[role], filters=filters, at=many.at).total

    (lon, lat), (east, north) = middle(0, 0), middle(2, 1)
    first = (lon - 0.0005, lat - 0.0005, lon + 0.0005, lat + 0.0005)
    leader = Role.SHIFT_LEADER
    assert count(leader, *first) == 17
    assert count(leader, *first, steps=(Step.HANDLING,)) == 1
    assert count(leader, lon, lat, east, north) == 18
    assert count(leader, -180, -90, 180, 90) == 18
    assert count(leader, lon + 1e-6, lat, east, north) == 1
    assert count(leader, lon, lat, east - 1e-6, north) == 17
    assert count(leader, lon + 0.5, lat, lon + 0.6, north) == 0
    assert count(Role.HANDLER, *first) < 17


TOGETHER = [
    CaseFilters(),
    CaseFilters(text="楼下垃圾"),
    CaseFilters(text="楼下垃圾", steps=(Step.VOID,)),
    CaseFilters(text="没有这样的事"),
    CaseFilters(major_code="06", channel=Channel.WEB),
    CaseFilters(major_code="06", area_code="220104004001001", is_open=True),
    CaseFilters(channel=Channel.WEB, level=Level.GRID),
    CaseFilters(channel=Channel.WEB, steps=(Step.SETTLED,)),
    CaseFilters(is_open=False, area_code="220104004001001", channel=Channel.WEB),
    CaseFilters(window=Window(west=0, south=0, east=170, north=80), text="楼下垃圾"),
    CaseFilters(reported_from=datetime(2025, 1, 1, tzinfo=UTC), major_code="06", is_open=True),
]


@pytest.fixture(
    params=[(-1, -1), (-1, 12_000), (2, 12_000), (5_000, 12_000)],
    ids=["by eight weeks", "by years", "after a wrong guess", "at once"],
)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up to how many are taken at once, and up to how many are looked for by years."""
    for name, number in zip(("FEW", "FEW_OF_A_YEAR"), request.param, strict=True):
        monkeypatch.setattr(counted, name, number)


@pytest.mark.usefixtures("_way")
def test_every_way_to_a_page_gives_what_the_whole_list_has_there(many: Office) -> None:
    Case.objects.filter(number__endswith="1").update(reported_at=many.at - timedelta(days=700))
    index_due()
    office_led = CaseFilters(organisation_id=many.lead.pk)
    for filters, order in product([*TOGETHER, office_led], ORDERS):
        asked = replace(filters, order=order, page_size=4)
        for role in (Role.SHIFT_LEADER, Role.HANDLER):
            whole = [
                row.id for row in all_cases(member=many[role], filters=asked, at=many.at, most=100)
            ]
            for page, most in product((1, 2), (5, 100)):
                found = list_cases(
                    member=many[role],
                    filters=replace(asked, page=page),
                    at=many.at,
                    most_counted=most,
                )
                expected = whole[:most][4 * page - 4 : 4 * page]
                assert [row.id for row in found.rows] == expected, (role, asked, page, most)
                assert (found.total, found.is_more) == (min(len(whole), most), len(whole) > most)


@pytest.mark.usefixtures("_way")
def test_a_change_shows_in_narrowed_lists_before_its_marks_are_written(office: Office) -> None:
    office.play(to=Step.HANDLING)
    index_due()
    case = Case.objects.get()
    Case.objects.update(channel=Channel.PATROL.value)
    member = office[Role.SHIFT_LEADER]
    for channel, count in ((Channel.PATROL, 1), (Channel(case.channel), 0)):
        filters = CaseFilters(organisation_id=office.lead.pk, channel=channel)
        for order in ORDERS:
            asked = replace(filters, order=order)
            page = list_cases(member=member, filters=asked, at=office.at, most_counted=10)
            assert page.total == len(page.rows) == count, order


def test_late_cases_are_listed_apart(office: Office) -> None:
    office.play(to=Step.CLOSED)
    office.report()
    late = CaseFilters(is_overdue=True)
    member, later = office[Role.SHIFT_LEADER], office.at + timedelta(days=2)
    assert list_cases(member=member, filters=late, at=office.at).total == 0
    assert list_cases(member=member, filters=late, at=later).total == 1


def test_pages_together_show_every_case_once(many: Office) -> None:
    member = many[Role.SHIFT_LEADER]
    pages = [
        list_cases(member=member, filters=CaseFilters(page=n, page_size=5), at=many.at)
        for n in (1, 2, 3, 4)
    ]
    rows = [row.number for page in pages for row in page.rows]
    assert len(rows) == len(set(rows)) == pages[0].total
    assert pages[0].pages == 4
