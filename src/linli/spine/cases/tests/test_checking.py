"""Checks: proposed by the grid, never the own work or find; asked where only a reporter knows."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.people.models import Account
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, hold_post
from linli.spine.cases.models import Assignment, Case, Check, CheckAnswer
from linli.spine.cases.queries import allowed_actions, list_cases, my_work, public_case
from linli.spine.cases.queries.case import may_open_reporter
from linli.spine.cases.queries.checking import list_checks, list_waiting
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.checking import choose
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase, UnableToOpenReporter
from linli.spine.cases.services import (
    erase_reporter,
    give_missing_checks,
    mark_unanswered,
    open_reporter,
    set_case_settings,
)
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import ActionName, CaseFilters, Channel, Reported, Step
from linli.spine.cases.terms.checking import Chosen

from .factories import CategoryFactory, Office, give_post, make_photo

PASS, REWORK, REDO = ActionName.PASS_CHECK, ActionName.REWORK, ActionName.REDO
ANSWER = ActionName.ANSWER_CHECK


def assert_told(reported: Reported) -> None:
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def open_check(reported: Reported) -> Check:
    return Check.objects.get(case_id=reported.case_id, done_at=None)


def give_leader(office: Office) -> Account:
    """Give the first grid a leader, who stands in for its worker."""
    return AccountFactory(grid_leader=True, area=office.place.grids[0])


def ask(office: Office) -> Reported:
    """Let noise be handled, so that its reporter is asked."""
    office.category = CategoryFactory(by_reporter=True)
    reported = office.play(to=Step.HANDLING)
    office.act(reported.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
    return reported


def found_by_worker(office: Office, *, to: Step) -> Reported:
    worker = office[Role.GRID_WORKER]
    reported = office.report(actor=worker.actor(role=Role.GRID_WORKER), channel=Channel.PATROL)
    for action in (ActionName.FILE, ActionName.DISPATCH, ActionName.ACCEPT, ActionName.FEED_BACK):
        if Case.objects.get(id=reported.case_id).step != to:
            office.step_on(reported.case_id, action)
    return reported


def test_the_grid_of_the_place_proposes_who_checks(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    check = open_check(reported)
    assert check.verifier_id == office.accounts[Role.GRID_WORKER].pk
    assert (check.chosen, check.organisation_id) == (Chosen.GRID, office.lead.pk)
    assert check.due_at == Case.objects.get(id=reported.case_id).due_at
    assert_told(reported)


def test_of_several_the_one_with_the_fewest_in_hand(office: Office) -> None:
    second = AccountFactory(grid_worker=True, area=office.place.grids[0])
    first = [open_check(office.play(to=Step.CHECKING)).verifier_id for _ in range(3)]
    assert first == [
        office.accounts[Role.GRID_WORKER].pk,
        second.pk,
        office.accounts[Role.GRID_WORKER].pk,
    ]


def test_somebody_stands_in_where_the_worker_found_it(office: Office) -> None:
    leader = give_leader(office)
    check = open_check(found_by_worker(office, to=Step.CHECKING))
    assert (check.verifier_id, check.chosen) == (leader.pk, Chosen.STAND_IN)


def test_somebody_stands_in_where_the_worker_handled_it(office: Office) -> None:
    leader = give_leader(office)
    reported = office.play(to=Step.IN_GRID)
    office.step_on(reported.case_id, ActionName.SOLVE_IN_GRID)
    assert (open_check(reported).verifier_id, open_check(reported).chosen) == (
        leader.pk,
        Chosen.STAND_IN,
    )


def test_nobody_of_the_handling_organisation_checks(office: Office) -> None:
    worker = office.accounts[Role.GRID_WORKER]
    give_post(office, worker, Role.HANDLER, office.lead)
    reported = office.play(to=Step.CHECKING)
    check = open_check(reported)
    assert (check.verifier_id, check.chosen) == (office.accounts[Role.VERIFIER].pk, Chosen.STREET)
    with pytest.raises(ActionRefused, match=r"cases\.handler_may_not_check"):
        office.act(reported.case_id, PASS, Role.GRID_WORKER, photos=(make_photo(),))


def test_a_post_without_handling_at_that_organisation_is_enough(office: Office) -> None:
    hold_post(office.accounts[Role.VERIFIER], Role.SUPERVISOR, organisation=office.lead)
    office.members.clear()
    reported = office.play(to=Step.CHECKING)
    with pytest.raises(ActionRefused, match=r"cases\.handler_may_not_check"):
        office.step_on(reported.case_id, PASS)
    verifier = office[Role.VERIFIER]
    assert PASS not in {one.action for one in my_work(member=verifier, at=office.at)}


def test_the_finder_never_checks(office: Office) -> None:
    reported = found_by_worker(office, to=Step.CHECKING)
    with pytest.raises(ActionRefused, match=r"cases\.finder_may_not_check"):
        office.act(reported.case_id, PASS, Role.GRID_WORKER, photos=(make_photo(),))
    worker = office[Role.GRID_WORKER]
    assert my_work(member=worker, at=office.at) == []
    assert list_waiting(member=worker, at=office.at, everybodys=True).total == 0


def test_a_complaint_is_checked_by_the_sub_district_as_grids_never_see_one(
    office: Office,
) -> None:
    reported = office.play(to=Step.CHECKING)
    Case.objects.filter(id=reported.case_id).update(kind="complaint")
    Check.objects.all().delete()
    assert give_missing_checks(at=office.tick()) == 1
    assert open_check(reported).verifier_id == office.accounts[Role.VERIFIER].pk


def test_where_nobody_fits_anybody_with_the_right_may(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    gone = [office.accounts[role].pk for role in (Role.GRID_WORKER, Role.VERIFIER)]
    Account.objects.filter(id__in=gone).update(is_active=False)
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    assert (open_check(reported).verifier_id, open_check(reported).chosen) == (
        None,
        Chosen.NOBODY,
    )
    assert_told(reported)


def test_rework_is_counted_and_says_to_whom(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    office.act(reported.case_id, REWORK, Role.GRID_WORKER, note="还剩一半")
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    office.step_on(reported.case_id, PASS)
    first, second = list_checks(case_id=reported.case_id, member=office[Role.VERIFIER])
    assert (first.passed, first.unit_name, first.words) == (False, "示例环卫所", "还剩一半")
    assert (second.no, second.passed, second.is_open) == (2, True, False)
    reworked = CaseFilters(is_reworked=True)
    assert list_cases(member=office[Role.SUPERVISOR], filters=reworked, at=office.at).total == 1
    office.play(to=Step.CHECKING)
    assert list_cases(member=office[Role.SUPERVISOR], filters=reworked, at=office.at).total == 1
    assert_told(reported)


def test_my_list_is_by_due_time_and_can_be_narrowed_to_a_grid(office: Office) -> None:
    one, other = office.play(to=Step.CHECKING), office.play(to=Step.CHECKING)
    worker = office[Role.GRID_WORKER]
    page = list_waiting(member=worker, at=office.at)
    assert [item.row.number for item in page.items] == [one.number, other.number]
    grid = office.place.grids[0]
    assert page.grids == ((grid.code, grid.name, 2),)
    here = list_waiting(member=worker, at=office.at, grid_code=grid.code)
    elsewhere = list_waiting(member=worker, at=office.at, grid_code=office.place.grids[1].code)
    assert (here.total, elsewhere.total) == (2, 0)
    assert list_waiting(member=office[Role.VERIFIER], at=office.at).total == 0
    assert list_waiting(member=office[Role.VERIFIER], at=office.at, everybodys=True).total == 2


def test_what_leaves_the_step_unchecked_lapses_and_is_given_out_again(office: Office) -> None:
    main, second = office.report(), office.play(to=Step.CHECKING)
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    assert not Check.objects.filter(case_id=second.case_id, done_at=None).exists()
    assert_told(second)
    office.act(second.case_id, ActionName.UNMERGE, Role.INTAKE_CLERK, note="不是同一件")
    assert open_check(second).no == 2
    assert_told(second)


def test_a_case_without_a_check_gets_one_once(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    Check.objects.all().delete()
    assert give_missing_checks(at=office.tick()) == 1
    assert give_missing_checks(at=office.tick()) == 0
    assert open_check(reported).verifier_id == office.accounts[Role.GRID_WORKER].pk


def test_where_only_the_reporter_knows_the_reporter_is_asked(office: Office) -> None:
    reported = ask(office)
    check = open_check(reported)
    assert check.answer_by is not None
    assert check.due_at > check.answer_by
    seen = public_case(code=reported.tracking_code, at=office.at)
    assert (seen.can_answer, seen.answered, seen.answer_until) == (True, None, check.answer_by)
    office.by_code(reported, ANSWER, solved=False, note="半夜还在响")
    office.by_code(reported, ANSWER, solved=True, note="现在静了")
    [answer] = list_checks(case_id=reported.case_id, member=office[Role.VERIFIER])[0].answers
    assert (answer.solved, answer.words) == (True, "现在静了")
    assert public_case(code=reported.tracking_code, at=office.at).answered is True
    assert_told(reported)
    view = office.act(reported.case_id, PASS, Role.GRID_WORKER, note="反映人说静了")
    assert view.step is Step.CLOSING
    assert_told(reported)


def test_what_leaves_a_trace_asks_nobody(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    assert not public_case(code=reported.tracking_code, at=office.at).can_answer
    with pytest.raises(ActionRefused, match=r"cases\.not_asked"):
        office.by_code(reported, ANSWER, solved=True)


def test_what_staff_found_is_looked_at_by_another_though_it_leaves_no_trace(
    office: Office,
) -> None:
    office.category = CategoryFactory(by_reporter=True)
    reported = found_by_worker(office, to=Step.CHECKING)
    assert (open_check(reported).way, open_check(reported).answer_by) == ("spot", None)
    view = office.act(reported.case_id, PASS, Role.VERIFIER, note="去听了，没有声音")
    assert view.step is Step.CLOSING


def test_those_who_joined_are_asked_too_and_none_reads_another(office: Office) -> None:
    office.category = CategoryFactory(by_reporter=True)
    main, second = office.play(to=Step.HANDLING), office.report()
    office.act(second.case_id, ActionName.MERGE, Role.INTAKE_CLERK, target_id=main.case_id)
    office.act(main.case_id, ActionName.FEED_BACK, Role.HANDLER, note="已劝止")
    office.by_code(second, ANSWER, solved=False, note="我这边还响")
    assert public_case(code=second.tracking_code, at=office.at).answered is False
    own = public_case(code=main.tracking_code, at=office.at)
    assert own.answered is None
    assert "我这边还响" not in str(own.timeline)
    [answer] = CheckAnswer.objects.all()
    assert answer.case_id == second.case_id
    erase_reporter(case_id=second.case_id, at=office.tick())
    [check] = list_checks(case_id=main.case_id, member=office[Role.VERIFIER])
    assert [(one.solved, one.words) for one in check.answers] == [(False, "")]
    assert_told(main)


def test_the_checker_opens_the_reporter_only_when_the_time_to_answer_is_over(
    office: Office,
) -> None:
    reported, worker = ask(office), office[Role.GRID_WORKER]

    def opens(role: Role = Role.GRID_WORKER) -> bool:
        return may_open_reporter(case_id=reported.case_id, member=office[role], at=office.at)

    assert not opens()
    with pytest.raises(UnableToOpenReporter, match=r"cases\.reporter_not_yours"):
        open_reporter(case_id=reported.case_id, member=worker, reason="问好了没有", at=office.at)
    assert mark_unanswered(at=office.tick(timedelta(days=3))) == 1
    assert mark_unanswered(at=office.tick()) == 0
    assert opens()
    assert not opens(Role.VERIFIER)
    assert not opens(Role.HANDLER)
    seen = open_reporter(
        case_id=reported.case_id, member=worker, reason="问好了没有", at=office.tick()
    )
    assert seen.phone == "13900001234"
    office.by_code(reported, ANSWER, solved=True)
    assert not opens()
    assert_told(reported)


def test_how_long_a_reporter_may_take_is_a_setting(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, asking_days=5)
    check = open_check(ask(office))
    assert check.answer_by is not None
    assert check.answer_by - check.given_at >= timedelta(days=6)


def test_a_check_is_decided_whole_and_one_at_a_time(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    with pytest.raises(IntegrityError, match="cases_check_decided_whole"), transaction.atomic():
        Check.objects.update(passed=True, done_at=office.at)
    row = open_check(reported)
    row.pk, row.no = None, 2
    with pytest.raises(IntegrityError, match="cases_check_one_open"), transaction.atomic():
        row.save()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_checks_without_the_right(office: Office, role: Role) -> None:
    if role not in office.accounts:
        office.accounts = {**office.accounts, role: AccountFactory()}
        hold_post(office.accounts[role], role, area=office.place.street)
    reported = office.play(to=Step.CHECKING)
    try:
        offered = allowed_actions(case_id=reported.case_id, member=office[role], at=office.at)
    except NoSuchCase:
        offered = []
    may = Right.CASE_CHECK in PERMISSIONS[role]
    assert ({PASS, REWORK} <= {one.name for one in offered}) is may


@given(loads=st.dictionaries(st.integers(1, 50), st.integers(0, 9), max_size=8))
def test_the_least_burdened_is_chosen_whoever_stands_first(loads: dict[int, int]) -> None:
    chosen = choose(loads)
    assert (chosen is None) is (not loads)
    if chosen is not None:
        assert loads[chosen] == min(loads.values())
        assert chosen == choose(dict(reversed(loads.items())))


MOVES = st.tuples(
    st.sampled_from(
        [
            *[ActionName.FEED_BACK, PASS, REWORK, REDO, ANSWER],
            *[ActionName.LOWER_TO_GRID, ActionName.SOLVE_IN_GRID],
            *[ActionName.DISPATCH, ActionName.ACCEPT, ActionName.MERGE, ActionName.UNMERGE],
        ]
    ),
    st.sampled_from([Role.GRID_WORKER, Role.VERIFIER, Role.HANDLER, Role.DISPATCHER]),
)


def try_one(office: Office, reported: Reported, other: Reported, move: Any) -> None:
    action, role = move
    form: dict[str, Any] = {"note": "看过了", "photos": (make_photo(),), "solved": False}
    form |= {"lead_id": office.lead.pk, "target_id": other.case_id}
    with contextlib.suppress(ActionRefused, NoSuchCase), transaction.atomic():
        if action is ANSWER:
            office.by_code(reported, action, solved=False)
        elif action in (ActionName.LOWER_TO_GRID, ActionName.DISPATCH):
            office.step_on(reported.case_id, action)
        else:
            office.act(reported.case_id, action, role, **form)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    walk=st.lists(MOVES, min_size=3, max_size=25), by_reporter=st.booleans(), found=st.booleans()
)
def test_whatever_happens_no_check_is_decided_by_who_handled_or_found(
    office: Office, walk: list[tuple[ActionName, Role]], by_reporter: bool, found: bool
) -> None:
    if by_reporter:
        office.category = CategoryFactory(by_reporter=True)
        touch_catalogue(at=office.at)
    other = office.report()
    begin = found_by_worker if found else Office.play
    reported = begin(office, to=Step.HANDLING)
    for move in walk:
        try_one(office, reported, other, move)
        case = Case.objects.get(id=reported.case_id)
        waiting = Check.objects.filter(case=case, done_at=None).count()
        assert waiting == (case.step == Step.CHECKING)
    for check in Check.objects.filter(case_id=reported.case_id, passed__isnull=False):
        before = Assignment.objects.filter(
            case_id=reported.case_id, duty="lead", offered_at__lt=check.done_at
        )
        handlers = {row.account_id for row in before}
        assert check.done_by_id not in {*handlers, check.case.finder_id}
    assert_told(reported)
