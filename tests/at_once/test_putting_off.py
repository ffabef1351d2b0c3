"""Two decide on one request at the same moment, two workers wake one case: one does, once."""

from __future__ import annotations

from datetime import date, timedelta

from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.spine.cases.models import Case, Clock, Extension, Pending
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import act, wake_due
from linli.spine.cases.terms import ActionInput, ActionName, Reported, Step
from linli.spine.cases.terms.putting_off import Cause
from linli.spine.cases.tests.factories import Office

from .meeting import DONE, Act, overlap


def deciding(office: Office, reported: Reported, action: ActionName, trait: str) -> Act:
    """Prepare a decision of one more person who has the right to it."""
    account = AccountFactory(street=office.place.street, **{trait: True})
    member, at = member_of(account, at=office.at), office.tick()
    form = ActionInput(note="说明理由")
    return lambda: act(case_id=reported.case_id, action=action, member=member, at=at, form=form)


def handling(reported: Reported) -> Clock:
    return Clock.objects.get(case_id=reported.case_id, name="handle")


def is_true_to_its_history(reported: Reported) -> bool:
    return live_state(case_id=reported.case_id) == replayed_state(case_id=reported.case_id)


def asked_for_more_time(office: Office) -> Reported:
    reported = office.play(to=Step.HANDLING)
    office.act(
        reported.case_id,
        ActionName.ASK_EXTENSION,
        Role.HANDLER,
        cause=Cause.WEATHER,
        until=date(2026, 11, 25),
        note="雪大",
    )
    return reported


def asked_to_rest(office: Office) -> Reported:
    reported = office.play(to=Step.HANDLING)
    wish = office.wish_to_rest()
    office.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **wish)
    return reported


def test_an_extension_is_granted_twice(office: Office) -> None:
    reported = asked_for_more_time(office)
    due_at = handling(reported).due_at
    grant = ActionName.GRANT_EXTENSION
    first = deciding(office, reported, grant, "shift_leader")
    second = deciding(office, reported, grant, "shift_leader")
    assert overlap(first, second) == (DONE, "cases.no_open_extension")
    [row] = Extension.objects.filter(case_id=reported.case_id)
    assert handling(reported).due_at == row.until > due_at
    assert is_true_to_its_history(reported)


def test_an_extension_is_granted_while_it_is_refused(office: Office) -> None:
    reported = asked_for_more_time(office)
    due_at = handling(reported).due_at
    refuse = deciding(office, reported, ActionName.REFUSE_EXTENSION, "shift_leader")
    grant = deciding(office, reported, ActionName.GRANT_EXTENSION, "shift_leader")
    assert overlap(refuse, grant) == (DONE, "cases.no_open_extension")
    assert handling(reported).due_at == due_at
    assert is_true_to_its_history(reported)


def test_a_case_is_put_onto_the_register_twice(office: Office) -> None:
    reported = asked_to_rest(office)
    approve = ActionName.APPROVE_PENDING
    first = deciding(office, reported, approve, "street_leader")
    second = deciding(office, reported, approve, "street_leader")
    assert overlap(first, second) == (DONE, "cases.no_open_pending")
    assert Pending.objects.filter(case_id=reported.case_id, is_granted=True).count() == 1
    assert is_true_to_its_history(reported)


def test_it_is_approved_while_the_lead_says_that_it_is_done(office: Office) -> None:
    reported = asked_to_rest(office)
    approve = deciding(office, reported, ActionName.APPROVE_PENDING, "street_leader")
    outcome = overlap(approve, lambda: office.step_on(reported.case_id, ActionName.FEED_BACK))
    assert outcome == (DONE, "cases.not_at_this_step")
    assert Case.objects.get(id=reported.case_id).step == Step.PENDING
    assert is_true_to_its_history(reported)


def test_two_workers_wake_what_is_due(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    at = office.tick(timedelta(days=25))
    woken: list[int] = []
    overlap(
        lambda: woken.append(wake_due(at=at)),
        lambda: woken.append(wake_due(at=at)),
    )
    assert sorted(woken) == [0, 1]
    assert Case.objects.get(id=reported.case_id).step == Step.HANDLING
    assert is_true_to_its_history(reported)


def test_it_is_renewed_while_a_worker_wakes_it(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    office.tick(timedelta(days=20))
    wish = office.wish_to_rest()
    office.act(reported.case_id, ActionName.ASK_PENDING, Role.HANDLER, **wish)
    renew = deciding(office, reported, ActionName.APPROVE_PENDING, "street_leader")
    at = office.tick(timedelta(days=2))
    woken: list[int] = []
    overlap(renew, lambda: woken.append(wake_due(at=at)))
    assert (woken, wake_due(at=at)) == ([0], 0)
    assert Case.objects.get(id=reported.case_id).step == Step.PENDING
    assert is_true_to_its_history(reported)
