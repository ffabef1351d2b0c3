"""What would route differently is counted before anything does, in a fixed number of statements."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.programmes.keeping.queries.preview import DraftPreview, foresee
from linli.programmes.keeping.terms import DraftView, Matter

from .keeping_places import AT, Desk, file_case


def look(draft: DraftView) -> DraftPreview:
    """Foresee a draft."""
    return foresee(draft, at=AT)


def test_cases_that_would_go_elsewhere_are_counted_and_open_ones_listed(desk: Desk) -> None:
    moved = file_case()
    file_case(step="void", days_ago=30)
    file_case(step="void", days_ago=300)
    file_case(key="matter:06012")
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    found = look(draft).rerouting
    assert (found.open_cases, found.open_moved) == (2, 1)
    assert (found.late_cases, found.late_moved) == (3, 2)
    (shift,) = found.shifts
    assert (shift.before, shift.after) == ("单位cleansing", "单位team")
    assert (shift.open_cases, shift.late_cases) == (1, 2)
    assert [one.number for one in found.cases] == [moved.number]


def test_other_helpers_are_told_apart_from_another_lead(desk: Desk) -> None:
    file_case()
    draft = desk.revise(desk.begin(Matter.LIST), "1", helpers=("team",))
    found = look(draft).rerouting
    assert (found.open_moved, found.late_moved) == (0, 0)
    (shift,) = found.shifts
    assert not shift.is_lead
    assert shift.helpers_after == ("单位team",)
    assert found.cases == ()


def test_an_item_for_one_community_moves_only_its_cases(desk: Desk) -> None:
    file_case()
    draft = desk.begin(Matter.LIST)
    draft = desk.revise(draft, "1", area="220104004001")
    assert look(draft).rerouting.shifts == ()


def test_a_category_that_ends_is_routed_as_its_successor(desk: Desk) -> None:
    file_case()
    draft = desk.end(desk.begin(Matter.CATALOGUE), "matter:06010", successor="matter:06012")
    found = look(draft)
    (shift,) = found.rerouting.shifts
    assert (shift.before, shift.after) == ("单位cleansing", "单位team")
    assert found.open_cases == {"matter:06010": 1}


def test_what_has_no_category_stays_where_it_is_when_one_changes(desk: Desk) -> None:
    filed = file_case()
    filed.category = None
    filed.save()
    changed = desk.revise(desk.begin(Matter.CATALOGUE), "matter:06010", limit_amount=2)
    assert look(changed).rerouting.shifts == ()
    ended = desk.end(desk.begin(Matter.CATALOGUE), "matter:06010", successor="matter:06012")
    assert look(ended).rerouting.shifts == ()


def test_a_complaint_about_a_unit_follows_no_list(desk: Desk) -> None:
    filed = file_case()
    filed.about_organisation = desk.units["team"]
    filed.save()
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    assert look(draft).rerouting.open_cases == 0


def test_what_is_wrong_with_a_draft_is_all_shown(desk: Desk) -> None:
    draft = desk.begin(Matter.LIST, version="2026-1")
    assert [one.refusal.code for one in look(draft).faults] == ["keeping.nothing_in_it"]
    draft = desk.revise(draft, "1", lead="team")
    desk.units["team"].is_active = False
    desk.units["team"].save()
    from linli.ground.people.queries.organisations import announce_organisations

    announce_organisations()
    faults = look(draft).faults
    assert [one.refusal.code for one in faults] == [
        "responsibilities.version_taken",
        "responsibilities.unknown_organisation",
        "responsibilities.unknown_organisation",
    ]
    assert [one.key for one in faults] == ["", "1", "2"]


def test_more_cases_take_no_more_statements(desk: Desk) -> None:
    file_case()
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    look(draft)
    with CaptureQueriesContext(connection) as few:
        look(draft)
    for _ in range(20):
        file_case()
    with CaptureQueriesContext(connection) as many:
        look(draft)
    assert len(many) == len(few) <= 24
