"""Who may do what: every role and action, inside and outside, own and other organisations."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.people.rules import (
    CASE_ACTIONS,
    PERMISSIONS,
    find_role,
    may,
    may_in_role,
    never_about,
    reach,
)
from linli.ground.people.terms import Action, Member, Post, Reach, Role, Scope, Target

STREET, COMMUNITY, GRID = "220104004000", "220104004001", "220104004001002"
OTHER_GRID, OTHER_STREET = "220104004002001", "220104005001001"
MINE, ABOVE_MINE, ANOTHERS = 10, 1, 20
ME, SOMEBODY = 7, 8

# Written by hand from the mission, apart from the table in `rules`: who may do what, where.
# S street, A area of the post, O given to my organisation, M my own report, E everywhere.
EXPECTED = {
    "resident": "M: case.read case.list case.rate case.confirm case.reopen case.comment"
    " | E: catalogue.read area.read",
    "intake_clerk": "S: search.use place.name "
    "case.read case.list complaint.read case.intake case.file case.decline"
    " case.settle case.close case.comment case.recategorise case.relocate"
    " case.gather case.remind reporter.open"
    " photo.approve person.open duty.read handover.read handover.write call.take"
    " recording.listen list.export case.print case.share case.import callback.rates"
    " courier.answer",
    "shift_leader": "S: keeping.read check.read post.read search.use place.name "
    "case.read case.list complaint.read case.intake case.file case.decline"
    " case.settle case.close case.comment case.recategorise case.relocate"
    " case.gather case.remind case.forward precedent.withdraw reporter.open"
    " photo.approve person.open case.dispatch case.link case.rule case.reopen case.void"
    " enforcement.read enforcement.roster enforcement.review enforcement.publish"
    " whistle.read whistle.blow case.supervise case.instruct case.answer supervision.read"
    " settings.edit case.extension case.ask_pending case.wake"
    " duty.read duty.plan handover.read handover.write call.take"
    " recording.listen answer.edit"
    " callback.read callback.decide callback.rates"
    " list.export case.print case.share case.import territory.read"
    " courier.confirm courier.answer return.read return.fill",
    "dispatcher": "S: keeping.read search.use place.name "
    "case.read case.list complaint.read case.dispatch"
    " case.forward case.gather case.remind case.link case.rule"
    " case.comment case.recategorise case.relocate duty.read handover.read handover.write"
    " callback.rates"
    " whistle.read whistle.blow case.answer list.export case.print case.share courier.answer",
    "handler": "O: search.use "
    "case.read case.list complaint.read case.accept case.return case.feed_back"
    " case.comment case.contact_request case.link enforcement.read enforcement.reply"
    " whistle.read whistle.answer case.answer case.ask_extension case.ask_pending case.wake"
    " list.export case.print callback.rates",
    "joint_team_member": "O: search.use "
    "case.read case.list complaint.read case.accept case.return"
    " case.feed_back case.comment case.contact_request case.link enforcement.read"
    " enforcement.plan enforcement.work enforcement.party whistle.read whistle.answer"
    " case.answer case.ask_extension case.ask_pending case.wake"
    " list.export case.print callback.rates",
    "community_secretary": "A: check.read post.read post.keep search.use place.name "
    "case.read case.list complaint.read person.open case.community"
    " enforcement.read whistle.read whistle.blow supervision.read"
    " list.export case.print case.share territory.read"
    " talk.keep talk.host courier.confirm courier.answer"
    " | O: case.accept case.return case.feed_back case.comment case.contact_request whistle.answer"
    " case.answer case.ask_extension case.ask_pending case.wake callback.rates | S: duty.read",
    "grid_leader": "A: check.read post.read search.use place.name "
    "case.read case.list case.verify case.refute case.settle case.check"
    " case.comment case.grid person.open list.export case.print case.share courier.answer"
    " | O: case.accept case.return case.feed_back case.contact_request case.answer"
    " case.ask_extension case.ask_pending case.wake | S: talk.host",
    "grid_worker": "A: check.read search.use place.name "
    "case.read case.list case.verify case.refute case.settle case.check"
    " case.comment case.grid person.open case.print"
    " | O: case.accept case.return case.feed_back case.contact_request case.answer"
    " case.ask_extension case.ask_pending case.wake | S: talk.host",
    "building_leader": "A: search.use case.read case.list case.comment | S: talk.host",
    "unit_leader": "A: search.use case.read case.list case.comment",
    "grid_officer": "A: search.use case.read case.list case.comment",
    "order_helper": "A: search.use case.read case.list case.comment",
    "verifier": "S: check.read search.use "
    "case.read case.list complaint.read case.verify case.refute case.settle"
    " case.check case.comment duty.read case.print",
    "supervisor": "S: keeping.read check.read post.read look.log search.use search.log "
    "case.read case.list complaint.read case.comment case.reopen enforcement.read whistle.read"
    " case.supervise case.instruct supervision.read"
    " callback.read callback.decide callback.rates"
    " duty.read handover.read list.export case.print",
    "callback_clerk": "S: search.use "
    "case.read case.list complaint.read callback.read callback.work callback.rates"
    " case.redo_after_callback reporter.open case.comment duty.read list.export",
    "street_leader": "S: keeping.read keeping.approve "
    "check.read post.read post.keep staff.keep search.use callback.read "
    "callback.rates case.read case.list complaint.read case.comment enforcement.read"
    " enforcement.roster enforcement.approve enforcement.party enforcement.review"
    " whistle.read whistle.blow whistle.settle"
    " enforcement.publish enforcement.judge duty.read handover.read list.export case.print"
    " territory.read territory.approve supervision.read case.extension_leader"
    " case.pending case.wake courier.answer return.read return.fill return.keep",
    "keeper": "E: keeping.read keeping.draft keeping.approve "
    "post.read post.keep staff.keep account.keep look.log"
    " search.use search.log place.name admin.read list.export organisation.import"
    " settings.edit territory.read territory.plan territory.approve"
    " return.read return.fill return.keep talk.keep",
}
WITHOUT_COMPLAINTS = {
    "grid_leader",
    "grid_worker",
    "building_leader",
    "unit_leader",
    "grid_officer",
    "order_helper",
}


def expected(role: Role) -> dict[str, str]:
    """Read the hand-written expectation of one role: action → letter."""
    found = {}
    for part in EXPECTED[role.value].split(" | "):
        letter, actions = part.split(": ")
        found.update(dict.fromkeys(actions.split(), letter))
    return found


def post(role: Role, *, organisation: int = MINE) -> Post:
    """A post in the grid's community, at organisation MINE."""
    return Post(
        appointment_id=1,
        role=role,
        organisation_id=organisation,
        organisation_line=(organisation, ABOVE_MINE),
        area_id=3,
        area_code=COMMUNITY,
        area_kind="community",
        area_prefix=COMMUNITY,
        street_code=STREET,
        street_prefix=STREET[:9],
    )


def member(*roles: Role) -> Member:
    """Somebody who holds these posts."""
    return Member(
        account_id=ME,
        person_id=1,
        login="me",
        name="示例",
        language="zh-hans",
        appointments=tuple(post(role) for role in roles),
    )


PLACES = {
    "own area": GRID,
    "own street, other community": OTHER_GRID,
    "another street": OTHER_STREET,
}
ORGANISATIONS = {"given to mine": (MINE,), "given to another": (ANOTHERS,)}
REPORTERS = {"reported by me": ME, "reported by somebody": SOMEBODY}


def should_be_allowed(role: Role, action: Action, place: str, to: str, by: str) -> bool:
    """Say by the hand-written expectation whether somebody with this one post may."""
    letters = {expected(role).get(action.value), expected(Role.RESIDENT).get(action.value)}
    return bool(
        ("E" in letters)
        or ("S" in letters and place != "another street")
        or ("A" in letters and place == "own area")
        or ("O" in letters and to == "given to mine")
        or ("M" in letters and by == "reported by me")
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_exactly_what_is_expected_of_it(role: Role) -> None:
    who = member() if role is Role.RESIDENT else member(role)
    for action, place, to, by in itertools.product(Action, PLACES, ORGANISATIONS, REPORTERS):
        target = Target(
            street_code=STREET,
            area_code=PLACES[place],
            organisation_ids=ORGANISATIONS[to],
            reporter_account_id=REPORTERS[by],
            is_complaint=False,
        )
        wanted = should_be_allowed(role, action, place, to, by)
        assert may(who, action, target) is wanted, (role, action, place, to, by)


@pytest.mark.parametrize("role", list(Role))
def test_complaints_are_closed_to_those_who_walk_the_grid_and_volunteers(role: Role) -> None:
    who = member() if role is Role.RESIDENT else member(role)
    target = Target(
        area_code=GRID,
        organisation_ids=(MINE,),
        reporter_account_id=SOMEBODY,
        is_complaint=True,
        about_organisation_id=ANOTHERS,
    )
    for action in (Action.CASE_READ, Action.CASE_LIST):
        letter = expected(role).get(action.value)
        wanted = letter in ("S", "A", "O") and role.value not in WITHOUT_COMPLAINTS
        assert may(who, action, target) is wanted, (role, action)


def test_what_is_not_said_to_be_no_complaint_counts_as_one() -> None:
    assert not may(member(Role.GRID_OFFICER), Action.CASE_READ, Target(area_code=GRID))


@pytest.mark.parametrize("about", [MINE, ABOVE_MINE])
@pytest.mark.parametrize("role", [Role.HANDLER, Role.COMMUNITY_SECRETARY, Role.STREET_LEADER])
def test_nobody_reads_a_complaint_about_their_own_unit_or_one_above(role: Role, about: int) -> None:
    target = Target(area_code=GRID, organisation_ids=(MINE,), about_organisation_id=about)
    assert not may(member(role), Action.CASE_READ, target)
    assert about in reach(member(role), Action.CASE_READ).never_about


def test_the_centre_passes_on_a_complaint_about_its_own_office() -> None:
    target = Target(area_code=GRID, about_organisation_id=MINE)
    assert may(member(Role.DISPATCHER), Action.CASE_DISPATCH, target)


def test_a_reporter_always_reads_their_own_complaint_even_about_their_own_unit() -> None:
    target = Target(area_code=GRID, reporter_account_id=ME, about_organisation_id=MINE)
    assert may(member(Role.HANDLER), Action.CASE_READ, target)


def test_nobody_signed_in_means_nothing_is_allowed() -> None:
    target = Target(area_code=GRID, is_complaint=False, reporter_account_id=ME)
    assert not any(may(None, action, target) for action in Action)
    assert all(reach(None, action) == Scope() for action in Action)


def test_a_case_nobody_could_place_is_seen_by_the_street_and_not_by_a_grid() -> None:
    unplaced = Target(street_code=STREET, is_complaint=False)
    assert may(member(Role.DISPATCHER), Action.CASE_READ, unplaced)
    assert not may(member(Role.GRID_LEADER), Action.CASE_READ, unplaced)


def test_nowhere_is_inside_no_area() -> None:
    assert not may(member(Role.DISPATCHER), Action.CASE_READ, Target(is_complaint=False))


def test_a_post_without_an_area_reaches_no_street() -> None:
    nowhere = Post(appointment_id=1, role=Role.DISPATCHER, organisation_id=MINE)
    who = Member(
        account_id=ME,
        person_id=1,
        login="me",
        name="示例",
        language="en",
        appointments=(nowhere,),
    )
    assert not may(who, Action.CASE_READ, Target(area_code=GRID, is_complaint=False))
    assert reach(who, Action.CASE_READ).area_prefixes == ()


def test_the_act_is_signed_with_the_post_that_allows_it_before_the_resident() -> None:
    mine = Target(area_code=GRID, reporter_account_id=ME, is_complaint=False)
    assert find_role(member(Role.GRID_LEADER), Action.CASE_READ, mine) is Role.GRID_LEADER
    assert find_role(member(Role.KEEPER), Action.CASE_READ, mine) is Role.RESIDENT
    assert find_role(member(Role.KEEPER), Action.CASE_FILE, mine) is None
    assert may_in_role(member(Role.GRID_LEADER), Role.RESIDENT, Action.CASE_RATE, mine)


def test_two_posts_together_give_the_rights_of_both() -> None:
    target = Target(area_code=GRID, is_complaint=False)
    both = member(Role.INTAKE_CLERK, Role.DISPATCHER)
    assert may(both, Action.CASE_FILE, target)
    assert may(both, Action.CASE_DISPATCH, target)
    assert both.actor().role == "intake_clerk"
    assert both.actor(role=Role.DISPATCHER).organisation_id == MINE
    with pytest.raises(ValueError, match="does not hold"):
        both.actor(role=Role.KEEPER)


def test_a_clerk_who_is_also_at_the_unit_complained_about_is_kept_out() -> None:
    assert never_about(member(Role.INTAKE_CLERK)) == ()
    assert never_about(member(Role.INTAKE_CLERK, Role.HANDLER)) == (MINE, ABOVE_MINE)


def test_a_scope_can_say_all_that_the_table_grants() -> None:
    for role, rights in PERMISSIONS.items():
        for action, how_far in rights.items():
            if action in CASE_ACTIONS and how_far in (Reach.ORGANISATION, Reach.ALL):
                assert Action.COMPLAINT_READ in rights or role.value in WITHOUT_COMPLAINTS
        if Action.COMPLAINT_READ in rights:
            assert rights[Action.COMPLAINT_READ] is rights[Action.CASE_READ]


def inside(scope: Scope, target: Target) -> bool:
    """Filter as a room with a table would: the scope's own documentation, word by word."""
    code = target.area_code or target.street_code
    if scope.account_id is not None and target.reporter_account_id == scope.account_id:
        return True
    if target.is_complaint and target.about_organisation_id in scope.never_about:
        return False
    prefixes = scope.area_prefixes
    if not target.is_complaint:
        prefixes += scope.area_prefixes_without_complaints
    return (
        scope.all
        or any(code.startswith(prefix) for prefix in prefixes)
        or bool(set(target.organisation_ids) & set(scope.organisation_ids))
    )


@given(
    roles=st.lists(
        st.sampled_from([role for role in Role if role is not Role.RESIDENT]), max_size=3
    ),
    action=st.sampled_from([Action.CASE_READ, Action.CASE_LIST]),
    target=st.builds(
        Target,
        street_code=st.sampled_from(["", STREET]),
        area_code=st.sampled_from(["", GRID, OTHER_GRID, OTHER_STREET, COMMUNITY]),
        organisation_ids=st.sampled_from([(), (MINE,), (ANOTHERS,), (MINE, ANOTHERS)]),
        reporter_account_id=st.sampled_from([None, ME, SOMEBODY]),
        is_complaint=st.booleans(),
        about_organisation_id=st.sampled_from([None, MINE, ABOVE_MINE, ANOTHERS]),
    ),
)
def test_what_one_may_open_is_what_one_finds_in_the_list(
    roles: list[Role], action: Action, target: Target
) -> None:
    who = member(*roles)
    assert may(who, action, target) is inside(reach(who, action), target)
