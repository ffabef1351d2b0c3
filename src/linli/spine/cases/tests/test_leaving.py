"""Somebody leaves: their open work goes to a successor or the unit, and nothing hangs on nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.kernel.models import Event
from linli.ground.notices.models import Notice
from linli.ground.people.errors import NotPermitted, UnableToHandOver
from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Account, Appointment, DutyShift, WorkHandover
from linli.ground.people.queries.leaving import find_work_handover
from linli.ground.people.rules import may
from linli.ground.people.services.leaving import (
    confirm_work_handover,
    hand_over_for_leave,
    leave_post,
    release_ended,
)
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Role
from linli.ground.people.terms.leaving import WorkKind
from linli.ground.people.terms.posts import EndReason
from linli.ground.people.tests.factories import AccountFactory, hold_post, member_of
from linli.spine.cases.models import Assignment, Check
from linli.spine.cases.queries.checking import list_waiting
from linli.spine.cases.queries.closing import get_closing
from linli.spine.cases.queries.facts import open_file, target_of
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.queries.seeing import has_handled
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.checking import pass_on_left_checks
from linli.spine.cases.terms import ActionName, Step

from .factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def leaves(office: Office, account: Account, *, successor: Account | None = None) -> int | None:
    """Let the keeper end the first post of an account."""
    post = Appointment.objects.filter(person=account.person).earliest("id")
    return leave_post(
        appointment_id=post.pk,
        reason=EndReason.TRANSFERRED,
        note="",
        successor_id=successor.person_id if successor else None,
        member=office[Role.KEEPER],
        at=office.tick(),
    )


def colleague(office: Office) -> Account:
    """Put somebody else to work for the lead."""
    return AccountFactory(handler=True, organisation=office.lead)


def in_hand(office: Office) -> Assignment:
    """Give a case that the handler of the lead has in hand."""
    case_id = office.play(to=Step.HANDLING).case_id
    return Assignment.objects.get(case_id=case_id, duty="lead", state="accepted")


def test_the_successor_has_the_work_by_name_on_record(office: Office) -> None:
    lead, leaver, successor = in_hand(office), office.accounts[Role.HANDLER], colleague(office)
    assert lead.account_id == leaver.pk
    made = leaves(office, leaver, successor=successor)
    lead.refresh_from_db()
    assert lead.account_id == successor.pk
    record = find_work_handover(made or 0)
    assert record is not None
    assert [(one.kind, one.number, one.to_unit) for one in record.lines] == [
        (WorkKind.ASSIGNMENT, lead.case.number, False)
    ]
    assert count_orphans(at=office.at) == 0
    assert Event.objects.filter(name="cases.work_taken_over").count() == 1
    assert replayed_state(lead.case_id) == live_state(lead.case_id)


def test_without_a_successor_it_goes_back_to_the_unit(office: Office) -> None:
    lead = in_hand(office)
    made = leaves(office, office.accounts[Role.HANDLER])
    lead.refresh_from_db()
    assert (lead.account_id, lead.organisation_id) == (None, office.lead.pk)
    record = find_work_handover(made or 0)
    assert record is not None
    assert [one.to_unit for one in record.lines] == [True]


def test_both_confirm_and_nobody_twice_or_for_another(office: Office) -> None:
    in_hand(office)
    leaver, successor = office.accounts[Role.HANDLER], colleague(office)
    made = leaves(office, leaver, successor=successor) or 0
    giver, taker = member_of(leaver, at=office.at), member_of(successor, at=office.at)
    assert not giver.is_staff
    for member in (giver, taker):
        confirm_work_handover(handover_id=made, member=member, at=office.tick())
        with pytest.raises(UnableToHandOver):
            confirm_work_handover(handover_id=made, member=member, at=office.tick())
    with pytest.raises(NotPermitted):
        confirm_work_handover(handover_id=made, member=office[Role.KEEPER], at=office.tick())
    row = WorkHandover.objects.get()
    assert (row.given_at is not None, row.taken_by_id) == (True, successor.person_id)


def test_for_the_unit_whoever_keeps_the_post_confirms(office: Office) -> None:
    in_hand(office)
    made = leaves(office, office.accounts[Role.HANDLER]) or 0
    with pytest.raises(NotPermitted):
        confirm_work_handover(handover_id=made, member=office[Role.VERIFIER], at=office.tick())
    confirm_work_handover(handover_id=made, member=office[Role.KEEPER], at=office.tick())
    assert WorkHandover.objects.get().taken_at is not None


def test_nobody_outside_the_unit_takes_it_over(office: Office) -> None:
    in_hand(office)
    with pytest.raises(UnableToHandOver):
        leaves(office, office.accounts[Role.HANDLER], successor=office.accounts[Role.SUPERVISOR])
    assert Appointment.objects.get(person=office.accounts[Role.HANDLER].person).ended_at is None


def test_who_keeps_another_post_keeps_what_hangs_on_that_one(office: Office) -> None:
    lead, leaver = in_hand(office), office.accounts[Role.HANDLER]
    other = hold_post(leaver, Role.VERIFIER, street=office.place.street)
    leave_post(
        appointment_id=other.pk,
        reason=EndReason.OTHER,
        note="",
        successor_id=None,
        member=office[Role.KEEPER],
        at=office.tick(),
    )
    lead.refresh_from_db()
    assert lead.account_id == leaver.pk
    assert not WorkHandover.objects.exists()


def test_shifts_go_to_the_successor_or_leave_a_gap(office: Office) -> None:
    leaver = office.accounts[Role.INTAKE_CLERK]
    shift = DutyShift.objects.create(
        street_code=office.place.street.code,
        role="centre",
        account=leaver,
        starts_at=office.at + timedelta(days=1),
        ends_at=office.at + timedelta(days=1, hours=8),
    )
    successor = AccountFactory(intake_clerk=True, street=office.place.street)
    leaves(office, leaver, successor=successor)
    shift.refresh_from_db()
    assert shift.account_id == successor.pk
    leaves(office, successor)
    assert not DutyShift.objects.exists()
    assert count_orphans(at=office.at) == 0


def test_on_leave_the_work_goes_and_the_post_stays(office: Office) -> None:
    lead, leaver, successor = in_hand(office), office.accounts[Role.HANDLER], colleague(office)
    post = Appointment.objects.get(person=leaver.person)
    hand_over_for_leave(
        appointment_id=post.pk,
        successor_id=successor.person_id or 0,
        member=office[Role.KEEPER],
        at=office.tick(),
    )
    lead.refresh_from_db()
    post.refresh_from_db()
    assert (lead.account_id, post.ended_at) == (successor.pk, None)


def test_a_term_that_runs_out_leaves_nothing_behind(office: Office) -> None:
    lead, leaver = in_hand(office), office.accounts[Role.HANDLER]
    Appointment.objects.filter(person=leaver.person).update(ends_on=office.at.date())
    assert count_orphans(at=office.at) == 1
    assert release_ended(at=office.at) == 1
    lead.refresh_from_db()
    assert (lead.account_id, count_orphans(at=office.at)) == (None, 0)
    assert release_ended(at=office.at) == 0
    assert WorkHandover.objects.get().made_by_id is None


def test_nothing_hangs_on_nobody_whoever_leaves(office: Office) -> None:
    in_hand(office)
    in_hand(office)
    for role in (Role.HANDLER, Role.VERIFIER, Role.DISPATCHER, Role.INTAKE_CLERK):
        leaves(office, office.accounts[role])
        assert count_orphans(at=office.at) == 0


def test_a_check_goes_to_another_who_may_make_it_never_to_the_handler(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    leaver = office.accounts[Role.GRID_WORKER]
    leader = AccountFactory(grid_leader=True, area=office.place.grids[0])
    assert Check.objects.get().verifier_id == leaver.pk
    hold_post(office.accounts[Role.HANDLER], Role.GRID_WORKER, area=office.place.grids[0])
    made = leaves(office, leaver)
    check = Check.objects.get()
    assert check.verifier_id == leader.pk
    record = find_work_handover(made or 0)
    assert record is not None
    assert [(one.kind, one.number) for one in record.lines] == [(WorkKind.CHECK, reported.number)]
    passed_on = Event.objects.get(name="cases.check_passed_on")
    assert passed_on.actor_id == office.accounts[Role.KEEPER].pk
    assert Notice.objects.filter(account=leader, kind="cases.check_given").exists()
    assert count_orphans(at=office.at) == 0
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_successor_who_may_check_is_asked_first(office: Office) -> None:
    office.play(to=Step.CHECKING)
    grid = {"area": office.place.grids[0]}
    AccountFactory(grid_worker=True, **grid)
    successor = AccountFactory(grid_leader=True, **grid)
    leaves(office, office.accounts[Role.GRID_WORKER], successor=successor)
    assert Check.objects.get().verifier_id == successor.pk


def test_a_check_of_somebody_who_is_gone_is_swept_up(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    leaver = office.accounts[Role.GRID_WORKER]
    Appointment.objects.filter(person=leaver.person).update(ends_on=office.at.date())
    assert count_orphans(at=office.at) == 1
    assert pass_on_left_checks(at=office.at) == 1
    assert pass_on_left_checks(at=office.at) == 0
    assert Check.objects.get().verifier_id == office.accounts[Role.VERIFIER].pk
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_who_handed_the_lead_over_never_checks_it(office: Office) -> None:
    lead, leaver, successor = in_hand(office), office.accounts[Role.HANDLER], colleague(office)
    hold_post(leaver, Role.VERIFIER, street=office.place.street)
    leaves(office, leaver, successor=successor)
    lead.refresh_from_db()
    assert (lead.account_id, lead.earlier_account_ids) == (successor.pk, [leaver.pk])
    office.accounts = {
        **office.accounts,
        Role.HANDLER: successor,
        Role.VERIFIER: leaver,
    }
    office.members.clear()
    office.step_on(lead.case_id, ActionName.FEED_BACK)
    checker = office[Role.VERIFIER]
    assert may(checker, Right.CASE_CHECK, target_of(open_file(lead.case_id)))
    assert list_waiting(member=checker, at=office.at, everybodys=True).total == 0
    with pytest.raises(ActionRefused, match=r"cases\.handler_may_not_check"):
        office.step_on(lead.case_id, ActionName.PASS_CHECK)
    handlers = get_closing(lead.case_id).handler_account_ids
    assert handlers == {leaver.pk, successor.pk}
    assert has_handled(open_file(lead.case_id), checker)
