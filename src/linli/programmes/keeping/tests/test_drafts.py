"""A draft from the first change to its day: what is refused, what takes effect, what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.models import Event
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.queries.drafts import get_draft, list_drafts
from linli.programmes.keeping.services.applying import apply_due_drafts
from linli.programmes.keeping.services.drafting import (
    approve_draft,
    begin_draft,
    drop_change,
    put_change,
    set_draft_day,
    withdraw_draft,
)
from linli.programmes.keeping.terms import Change, DraftState, Matter, Op, Value
from linli.spine.cases.models import Case, Responsibility, ResponsibilityList
from linli.spine.cases.queries.catalogue import (
    find_category,
    get_category,
    list_categories,
    list_category_versions,
)
from linli.spine.cases.queries.responsibilities import list_written_items
from linli.spine.cases.queries.routing import propose_for_place
from linli.spine.cases.tests.catalogue_places import GRID, SINCE, STREET, publish

from .keeping_places import AT, DAY, ON_THE_DAY, Desk, file_case


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal by its code."""
    return pytest.RaisesExc(Refusal, match=f"^{code}")


def test_a_list_takes_effect_on_its_day_and_not_before(desk: Desk) -> None:
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team", helpers=("centre",))
    desk.approve(draft)
    assert apply_due_drafts(at=AT) == 0
    assert apply_due_drafts(at=ON_THE_DAY) == 1
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    kept = {one.item_no: one for one in list_written_items(street_code=STREET, on=DAY)}
    assert (kept[1].lead, kept[1].helpers) == ("team", ("centre",))
    assert kept[2].lead == "team"
    before = list_written_items(street_code=STREET, on=DAY - timedelta(days=1))
    assert before[0].lead == "cleansing"
    routed = propose_for_place(category_key="matter:06010", street_code=STREET, on=DAY)
    assert routed.lead_id == desk.units["team"].pk
    assert get_draft(draft.id).state is DraftState.APPLIED
    assert Event.objects.filter(name="keeping.draft_applied").count() == 1


def test_a_category_gets_its_version_and_a_case_keeps_what_was_promised(desk: Desk) -> None:
    filed = file_case()
    promised = get_category("matter:06010")
    draft = desk.begin(Matter.CATALOGUE)
    draft = desk.revise(draft, "matter:06010", limit_amount=2, limit_unit="working_days")
    desk.approve(draft)
    assert find_category("matter:06010") == promised
    apply_due_drafts(at=ON_THE_DAY)
    assert get_category("matter:06010", on=DAY).limit_amount == 2
    assert get_category("matter:06010", on=DAY - timedelta(days=1)) == replace(
        promised, effective_to=DAY
    )
    assert Case.objects.get().category_id == filed.category_id == promised.id
    assert len(list_category_versions("matter:06010")) == 2


def test_a_category_is_added_to_the_local_extensions(desk: Desk) -> None:
    major = next(one for one in list_categories() if one.key == "local:L01")
    whole: dict[str, Value] = {
        "name": "占用盲道",
        "name_en": "Blocked tactile paving",
        "limit_amount": 4,
        "limit_unit": "working_hours",
        "major_code": major.major_code,
    }
    draft = desk.begin(Matter.CATALOGUE)
    change = Change(key="local:L99", op=Op.ADD, fields=whole)
    draft = put_change(draft_id=draft.id, change=change, seen=0, member=desk.keeper, at=AT)
    desk.approve(draft)
    apply_due_drafts(at=ON_THE_DAY)
    made = get_category("local:L99", on=DAY)
    assert made.is_extension
    assert made.major_name == major.major_name
    assert made.initials == "zymd"


def test_a_category_still_used_ends_only_with_a_successor(desk: Desk) -> None:
    filed = file_case()
    draft = desk.begin(Matter.CATALOGUE)
    with pytest.raises(Refusal) as no:
        desk.end(draft, "matter:06010")
    assert (no.value.code, no.value.field) == ("catalogue.still_used", "successor")
    assert "1 件" in no.value.words()
    with refused("catalogue.unknown_successor"):
        desk.end(draft, "matter:06010", successor="matter:99999")
    draft = desk.end(draft, "matter:06010", successor="matter:06001")
    desk.approve(draft)
    apply_due_drafts(at=ON_THE_DAY)
    assert "matter:06010" not in {one.key for one in list_categories(on=DAY)}
    assert "matter:06010" not in {one.key for one in list_categories()}
    for key in ("matter:06010", "matter:06001"):
        routed = propose_for_place(category_key=key, street_code=STREET, area_code=GRID, on=DAY)
        assert routed.lead_id == desk.units["cleansing"].pk, key
    (written, *_rest) = list_written_items(street_code=STREET, on=DAY)
    assert written.categories == ("matter:06001",)
    assert Case.objects.get().category_id == filed.category_id


def test_a_successor_with_an_item_of_its_own_keeps_it(desk: Desk) -> None:
    draft = desk.end(desk.begin(Matter.CATALOGUE), "matter:06010", successor="matter:06012")
    desk.approve(draft)
    apply_due_drafts(at=ON_THE_DAY)
    routed = propose_for_place(category_key="matter:06012", street_code=STREET, on=DAY)
    assert routed.lead_id == desk.units["team"].pk
    assert [note.code for note in routed.notes] == []


def test_an_unused_category_ends_without_a_successor(desk: Desk) -> None:
    desk.approve(desk.end(desk.begin(Matter.CATALOGUE), "matter:07001"))
    apply_due_drafts(at=ON_THE_DAY)
    assert "matter:07001" not in {one.key for one in list_categories(on=DAY)}


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"limit_unit": "fortnights"}, "catalogue.unknown_unit", "limit_unit"),
        ({"limit_amount": 0}, "catalogue.limit_out_of_range", "limit_amount"),
        ({"limit_amount": "soon"}, "catalogue.limit_out_of_range", "limit_amount"),
        ({"name": "  "}, "catalogue.no_name", "name"),
        ({"checked_by": "nobody"}, "catalogue.unknown_check", "checked_by"),
        ({"filing_condition": "x" * 2001}, "catalogue.too_long", "filing_condition"),
        ({}, "keeping.nothing_changed", ""),
    ],
)
def test_a_category_that_could_not_be_evaluated_is_refused_beside_its_field(
    desk: Desk, fields: dict[str, Any], code: str, field: str
) -> None:
    draft = desk.begin(Matter.CATALOGUE)
    with pytest.raises(Refusal) as no:
        desk.revise(draft, "matter:06010", **fields)
    assert (no.value.code, no.value.field) == (code, field)
    assert get_draft(draft.id) == draft


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"lead": "nobody"}, "responsibilities.unknown_organisation"),
        ({"helpers": ("cleansing",)}, "responsibilities.lead_helps"),
        ({"categories": ("matter:99999",)}, "responsibilities.unknown_category"),
        ({"categories": ()}, "responsibilities.covers_nothing"),
        ({"kind": "volunteer"}, "responsibilities.unknown_kind"),
        ({"area": "999999999999"}, "responsibilities.unknown_area"),
        ({"title": ""}, "responsibilities.no_title"),
    ],
)
def test_an_item_that_could_not_be_evaluated_is_refused(
    desk: Desk, fields: dict[str, Value], code: str
) -> None:
    draft = desk.begin(Matter.LIST)
    change = Change(key="1", op=Op.REVISE, fields=fields)
    with refused(code):
        put_change(draft_id=draft.id, change=change, seen=0, member=desk.keeper, at=AT)
    assert get_draft(draft.id) == draft


def test_a_draft_needs_a_name_a_reason_a_day_to_come_and_its_own_version(desk: Desk) -> None:
    for changed, code in (
        ({"title": " "}, "keeping.no_title"),
        ({"reason": ""}, "keeping.no_reason"),
        ({"version": ""}, "keeping.no_version"),
        ({"effective_on": AT.date()}, "keeping.day_over"),
    ):
        whole: dict[str, Any] = {
            "title": "冬季调整",
            "reason": "除雪",
            "version": "2026-2",
            "effective_on": DAY,
            **changed,
        }
        with refused(code):
            begin_draft(matter=Matter.LIST, street_code=STREET, member=desk.keeper, at=AT, **whole)
    draft = desk.begin(Matter.LIST, version="2026-1")
    draft = desk.revise(draft, "1", lead="team")
    with refused("responsibilities.version_taken"):
        desk.approve(draft)


def test_the_drafter_does_not_approve_nor_does_anybody_unseen_changes(desk: Desk) -> None:
    first = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    with refused("keeping.by_another"):
        approve_draft(draft_id=first.id, seen_revision=first.revision, member=desk.keeper, at=AT)
    desk.revise(first, "2", lead="centre")
    with refused("keeping.draft_changed_meanwhile"):
        desk.approve(first)
    with refused("keeping.nothing_in_it"):
        desk.approve(desk.begin(Matter.LIST, on=DAY + timedelta(days=3), version="2027-1"))


def test_who_has_no_right_neither_drafts_nor_approves(desk: Desk) -> None:
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    change = Change(key="1", op=Op.REVISE, fields={"lead": "centre"})
    with refused("keeping.not_yours"):
        put_change(draft_id=draft.id, change=change, seen=1, member=desk.leader, at=AT)
    with refused("keeping.draft_unknown"):
        get_draft(draft.id + 1)


def test_what_two_people_write_at_once_is_kept_or_told(desk: Desk) -> None:
    draft = desk.begin(Matter.LIST)
    desk.revise(draft, "1", lead="team")
    other = Change(key="2", op=Op.REVISE, fields={"lead": "centre"})
    both = put_change(draft_id=draft.id, change=other, seen=0, member=desk.other, at=AT)
    assert {one.key for one in both.changes} == {"1", "2"}
    with refused("keeping.changed_meanwhile"):
        desk.revise(draft, "2", lead="team")
    again = desk.revise(draft, "2", seen=1, lead="cleansing")
    change = again.find("2")
    assert change is not None
    assert (change.fields["lead"], change.revision) == ("cleansing", 2)
    with refused("keeping.changed_meanwhile"):
        drop_change(draft_id=draft.id, key="2", seen=1, member=desk.keeper, at=AT)
    left = drop_change(draft_id=draft.id, key="2", seen=2, member=desk.keeper, at=AT)
    assert [one.key for one in left.changes] == ["1"]


def test_a_change_written_back_to_what_is_in_force_leaves_the_draft(desk: Desk) -> None:
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    assert desk.revise(draft, "1", seen=1, lead="cleansing").changes == ()


def test_two_approved_drafts_never_change_the_same(desk: Desk) -> None:
    desk.approve(desk.revise(desk.begin(Matter.LIST), "1", lead="team"))
    same_day = desk.begin(Matter.LIST, version="2026-3")
    same_day = desk.revise(same_day, "2", lead="centre")
    with refused("keeping.same_day"):
        desk.approve(same_day)
    with refused("keeping.clashes"):
        desk.revise(same_day, "1", lead="centre")
    later = set_draft_day(
        draft_id=same_day.id, effective_on=DAY + timedelta(days=9), member=desk.keeper, at=AT
    )
    desk.approve(later)
    assert apply_due_drafts(at=ON_THE_DAY + timedelta(days=10)) == 2
    kept = list_written_items(street_code=STREET, on=DAY + timedelta(days=9))
    assert [one.lead for one in kept] == ["team", "centre", "cleansing"]


def test_what_no_longer_fits_on_its_day_is_stopped_and_says_why(desk: Desk) -> None:
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    desk.approve(draft)
    publish(
        *[
            replace(one, lead="centre") if one.item_no == 1 else one
            for one in list_written_items(street_code=STREET, on=SINCE)
        ],
        version="2026-1b",
        since=date(2026, 11, 25),
    )
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    stopped = get_draft(draft.id)
    assert stopped.state is DraftState.STOPPED
    assert "已经被别的修订改过" in stopped.stopped_message
    assert stopped.stopped_params == {"key": "1"}
    assert ResponsibilityList.objects.filter(version="2026-2").count() == 0


def test_what_another_version_changed_elsewhere_is_kept(desk: Desk) -> None:
    desk.approve(desk.revise(desk.begin(Matter.LIST), "1", lead="team"))
    publish(
        *[
            replace(one, title="门前三包") if one.item_no in (1, 2) else one
            for one in list_written_items(street_code=STREET, on=SINCE)
        ],
        version="2026-1b",
        since=date(2026, 11, 25),
    )
    assert apply_due_drafts(at=ON_THE_DAY) == 1
    (first, *_rest) = list_written_items(street_code=STREET, on=DAY)
    assert (first.title, first.lead) == ("门前三包", "team")


def test_a_draft_is_withdrawn_by_who_drafts_or_approves_before_its_day(desk: Desk) -> None:
    draft = desk.revise(desk.begin(Matter.LIST), "1", lead="team")
    desk.approve(draft)
    gone = withdraw_draft(draft_id=draft.id, member=desk.leader, at=AT)
    assert gone.state is DraftState.WITHDRAWN
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    with refused("keeping.over_already"):
        withdraw_draft(draft_id=draft.id, member=desk.keeper, at=AT)
    with refused("keeping.not_a_draft"):
        desk.revise(draft, "2", lead="centre")
    (listed,) = list_drafts(matter=Matter.LIST, street_code=STREET)
    assert listed == gone


def test_items_are_added_and_ended(desk: Desk) -> None:
    draft = desk.begin(Matter.LIST)
    fields: dict[str, Value] = {
        "kind": "department",
        "title": "除雪",
        "lead": "cleansing",
        "categories": ("matter:06001",),
        "parent_no": "12",
    }
    new = Change(key="4", op=Op.ADD, fields=fields)
    draft = put_change(draft_id=draft.id, change=new, seen=0, member=desk.keeper, at=AT)
    with refused("keeping.item_taken"):
        taken = replace(new, key="2")
        put_change(draft_id=draft.id, change=taken, seen=0, member=desk.keeper, at=AT)
    draft = desk.end(draft, "3")
    desk.approve(draft)
    apply_due_drafts(at=ON_THE_DAY)
    kept = list_written_items(street_code=STREET, on=DAY)
    assert [one.item_no for one in kept] == [1, 2, 4]
    assert kept[-1].parent_no == "12"
    assert Responsibility.objects.filter(list__version="2026-1").count() == 3
    assert Draft.objects.get().state == "applied"
