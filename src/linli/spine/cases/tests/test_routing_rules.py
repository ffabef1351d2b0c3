"""Routing as pure rules: which item wins, who may never get a complaint, what is said."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from linli.spine.cases.catalogue_terms import ResponsibilityKind
from linli.spine.cases.rules.routing import (
    REASONS,
    Item,
    Matter,
    OrganisationTree,
    Proposal,
    Reason,
    propose,
)

GOVERNMENT, OFFICE, TEAM, CENTRE, DEPARTMENT, CLOSED = range(1, 7)
TODAY = date(2026, 11, 20)
TREE = OrganisationTree(
    parents={
        GOVERNMENT: None,
        OFFICE: GOVERNMENT,
        TEAM: OFFICE,
        CENTRE: OFFICE,
        DEPARTMENT: GOVERNMENT,
        CLOSED: GOVERNMENT,
    },
    active=frozenset({GOVERNMENT, OFFICE, TEAM, CENTRE, DEPARTMENT}),
    centre_id=CENTRE,
)


def an_item(number: int, **changes: object) -> Item:
    """Describe one item, by default the department's for fly-tipping."""
    fields: dict[str, object] = {
        "id": number * 10,
        "item_no": number,
        "version": "2026-1",
        "kind": ResponsibilityKind.DEPARTMENT,
        "lead_id": DEPARTMENT,
        "keys": frozenset({"matter:06010"}),
    }
    return Item(**(fields | changes))  # type: ignore[arg-type]


def route(
    *items: Item,
    key: str = "matter:06010",
    area_code: str = "220104004001001",
    about_id: int | None = None,
    tree: OrganisationTree = TREE,
) -> Proposal:
    """Route one matter of class matter:06 by these items."""
    matter = Matter(
        key=key, major_key="matter:06", area_code=area_code, on=TODAY, about_id=about_id
    )
    return propose(matter=matter, items=items, tree=tree)


def test_the_item_that_names_the_category_leads_and_is_cited() -> None:
    proposal = route(an_item(37, helper_ids=(TEAM, OFFICE, TEAM)))
    assert (proposal.lead_id, proposal.helper_ids) == (DEPARTMENT, (TEAM, OFFICE))
    assert proposal.responsibility_id == 370
    assert proposal.reason == Reason(
        code="routing.by_item", params={"lead": DEPARTMENT, "item": 37, "version": "2026-1"}
    )
    assert proposal.notes == ()


def test_a_named_category_beats_a_major_class_even_of_a_smaller_area() -> None:
    whole_class = an_item(
        1, keys=frozenset(), majors=frozenset({"matter:06"}), area_prefix="220104004001001"
    )
    assert route(whole_class, an_item(9)).responsibility_id == 90


def test_what_no_item_names_falls_to_its_major_class_and_says_so() -> None:
    proposal = route(an_item(1, keys=frozenset(), majors=frozenset({"matter:06"})))
    assert proposal.lead_id == DEPARTMENT
    assert proposal.reason.code == "routing.by_major_class"


def test_the_smaller_area_beats_the_wider() -> None:
    wide, small = an_item(1), an_item(2, lead_id=TEAM, area_prefix="220104004001")
    proposal = route(wide, small)
    assert proposal.lead_id == TEAM
    assert proposal.reason.code == "routing.by_item_in_area"
    assert proposal.notes == ()
    assert route(wide, small, area_code="220104004003001").lead_id == DEPARTMENT


def test_an_item_for_a_community_does_not_fit_when_only_the_street_is_known() -> None:
    assert route(an_item(2, area_prefix="220104004001"), area_code="220104004").lead_id == CENTRE


def test_a_tie_goes_to_the_lower_number_and_is_said() -> None:
    proposal = route(an_item(5, lead_id=TEAM), an_item(3))
    assert proposal.responsibility_id == 30
    assert proposal.notes == (Reason(code="routing.tie", params={"other": 5, "item": 3}),)


def test_a_list_counts_only_between_its_days() -> None:
    over = an_item(1, effective_to=TODAY)
    to_come = an_item(2, effective_from=date(2026, 11, 21))
    current = an_item(3, effective_from=TODAY)
    assert route(over, to_come, current).responsibility_id == 30
    assert route(over, to_come).reason.code == "routing.to_centre"


def test_a_whistle_never_routes_but_is_mentioned() -> None:
    whistle = an_item(8, kind=ResponsibilityKind.WHISTLE)
    assert route(whistle).lead_id == CENTRE
    note = Reason(code="routing.whistle", params={"item": 8})
    assert route(whistle, an_item(9)).notes == (note,)


def test_when_nothing_fits_the_centre_decides() -> None:
    proposal = route(an_item(1), key="matter:07001", area_code="x")
    assert proposal.lead_id == CENTRE
    assert proposal.responsibility_id is None
    assert proposal.reason == Reason(code="routing.to_centre", params={"lead": CENTRE})


def test_without_a_centre_nobody_is_made_up() -> None:
    tree = OrganisationTree(parents={}, active=frozenset(), centre_id=None)
    proposal = route(tree=tree)
    assert proposal.lead_id is None
    assert proposal.reason.code == "routing.no_centre"


def test_an_item_whose_lead_is_closed_is_shown_and_the_next_one_leads() -> None:
    proposal = route(an_item(1, lead_id=CLOSED), an_item(2))
    assert proposal.lead_id == DEPARTMENT
    assert proposal.notes == (
        Reason(
            code="routing.broken_lead",
            params={"item": 1, "version": "2026-1", "broken": CLOSED},
        ),
    )


def test_a_closed_helper_is_left_out_and_shown() -> None:
    proposal = route(an_item(1, helper_ids=(CLOSED, TEAM)))
    assert proposal.helper_ids == (TEAM,)
    assert [note.code for note in proposal.notes] == ["routing.broken_helper"]


def test_a_complaint_about_a_team_goes_to_the_office_above_whatever_the_list_says() -> None:
    proposal = route(an_item(1, lead_id=TEAM), about_id=TEAM)
    assert proposal.lead_id == OFFICE
    assert proposal.helper_ids == ()
    assert proposal.reason == Reason(
        code="routing.to_superior", params={"lead": OFFICE, "about": TEAM}
    )


def test_a_complaint_about_the_centre_or_its_office_never_comes_back_to_the_centre() -> None:
    assert route(about_id=CENTRE).lead_id == OFFICE
    assert route(about_id=OFFICE).lead_id == GOVERNMENT


def test_a_complaint_about_the_top_has_nobody_above_and_says_so() -> None:
    proposal = route(about_id=GOVERNMENT)
    assert proposal.lead_id is None
    assert proposal.reason.code == "routing.nobody_above"


def test_a_complaint_about_a_body_of_another_line_without_superior_goes_to_the_centre() -> None:
    tree = OrganisationTree(
        parents={**TREE.parents, 9: None}, active=TREE.active | {9}, centre_id=CENTRE
    )
    proposal = route(about_id=9, tree=tree)
    assert proposal.lead_id == CENTRE
    assert proposal.reason.code == "routing.no_superior"


def test_every_reason_has_an_english_sentence_with_the_same_places() -> None:
    path = Path(__file__).parents[1] / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        english = read_po(file)
    for text in REASONS.values():
        message = english.get(text)
        assert message is not None, text
        places = [sorted(re.findall(r"%\((\w+)\)s", one)) for one in (text, str(message.string))]
        assert places[0] == places[1], text


@st.composite
def forests(draw: st.DrawFn) -> OrganisationTree:
    """Draw organisations with any superiors at all, circles and gaps included."""
    count = draw(st.integers(1, 12))
    ids = st.integers(1, count)
    return OrganisationTree(
        parents={one: draw(st.none() | ids) for one in range(1, count + 1)},
        active=draw(st.frozensets(ids)),
        centre_id=draw(st.none() | ids),
    )


def _below(tree: OrganisationTree, unit: int) -> set[int]:
    found, grown = {unit}, True
    while grown:
        more = {one for one, above in tree.parents.items() if above in found} - found
        found, grown = found | more, bool(more)
    return found


@given(forests(), st.integers(1, 12), st.integers(1, 12))
def test_no_complaint_ever_reaches_the_unit_or_anything_below_it(
    tree: OrganisationTree, about: int, lead: int
) -> None:
    about = 1 + (about - 1) % len(tree.parents)
    proposal = route(an_item(1, lead_id=lead, helper_ids=(about,)), about_id=about, tree=tree)
    assert proposal.lead_id not in _below(tree, about)
    assert not set(proposal.helper_ids) & _below(tree, about)
    assert proposal.lead_id is None or proposal.lead_id in tree.active


items = st.builds(
    an_item,
    st.integers(1, 6),
    id=st.integers(1, 1000),
    lead_id=st.integers(1, 6),
    helper_ids=st.tuples(st.integers(1, 6)),
    keys=st.frozensets(st.sampled_from(["matter:06010", "matter:06011"])),
    majors=st.frozensets(st.sampled_from(["matter:06", "matter:07"])),
    area_prefix=st.sampled_from(["", "220104004", "220104004001", "220104004003"]),
    kind=st.sampled_from(ResponsibilityKind),
)


@given(st.lists(items, unique_by=lambda one: one.id), st.randoms())
def test_the_order_in_which_items_are_read_changes_nothing(
    drawn: list[Item], random: object
) -> None:
    shuffled = list(drawn)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert route(*drawn) == route(*shuffled)


@given(st.lists(items, unique_by=lambda one: one.id))
def test_every_proposal_can_be_said(drawn: list[Item]) -> None:
    proposal = route(*drawn)
    for reason in (proposal.reason, *proposal.notes):
        assert "%" not in REASONS[reason.code] % dict(reason.params)
