"""Extensions: asked in time, decided by another, twice at most; due moves, the promise stays."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.spine.cases.models import Assignment, Case, Clock, Extension
from linli.spine.cases.queries import allowed_actions, my_work, public_case
from linli.spine.cases.queries.putting_off import list_extensions
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import mark_overdue, set_case_settings
from linli.spine.cases.terms import ActionName, Reported, Step
from linli.spine.cases.terms.putting_off import Cause

from .factories import Office, give_post, make_office

ASK = ActionName.ASK_EXTENSION
GRANT, REFUSE = ActionName.GRANT_EXTENSION, ActionName.REFUSE_EXTENSION
LEADER_GRANT = ActionName.LEADER_GRANT_EXTENSION
# The clock of eight working hours that starts on Monday runs out on Tuesday.
WEDNESDAY, THURSDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 28)


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    leader = AccountFactory(street_leader=True, street=made.place.street)
    made.accounts = {**made.accounts, Role.STREET_LEADER: leader}
    return made


def ask(office: Office, reported: Reported, **changes: Any) -> None:
    form: dict[str, Any] = {
        "cause": Cause.WEATHER,
        "until": WEDNESDAY,
        "note": "连下三天雪，车上不去",
    } | changes
    office.act(reported.case_id, ASK, Role.HANDLER, **form)


def refused(office: Office, case_id: UUID, action: ActionName, role: Role, **form: Any) -> str:
    with pytest.raises(ActionRefused) as found, transaction.atomic():
        office.act(case_id, action, role, **form)
    return found.value.code


def dues(case_id: UUID) -> set[Any]:
    """Give every place that says when a case is due; they are one instant."""
    case = Case.objects.get(id=case_id)
    clock = Clock.objects.get(case=case, name="handle")
    lead = Assignment.objects.get(case=case, duty="lead")
    return {case.due_at, case.handle_due_at, clock.due_at, lead.due_at}


def test_until_somebody_decides_the_clock_runs_on(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    before = dues(reported.case_id)
    ask(office, reported)
    assert dues(reported.case_id) == before
    mark_overdue(at=office.tick(timedelta(days=1, hours=3)))
    assert Case.objects.get(id=reported.case_id).is_overdue
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_granted_extension_moves_what_is_due_and_nothing_that_was_promised(
    office: Office,
) -> None:
    reported = office.play(to=Step.HANDLING)
    promised = Case.objects.get(id=reported.case_id).promised_at
    ask(office, reported)
    view = office.act(reported.case_id, GRANT, Role.SHIFT_LEADER)
    [due] = dues(reported.case_id)
    assert f"{timezone.localtime(due):%m-%d %H:%M}" == "11-25 18:00"
    assert (view.promised_at, view.due_at) == (promised, due)
    clock = Clock.objects.get(case_id=reported.case_id, name="handle")
    assert clock.promised_at == promised
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_one_granted_after_its_time_is_no_longer_late_until_the_new_one(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    mark_overdue(at=office.tick(timedelta(days=1, hours=3)))
    office.act(reported.case_id, GRANT, Role.SHIFT_LEADER)
    assert not Case.objects.get(id=reported.case_id).is_overdue
    assert mark_overdue(at=office.at) == 0
    assert mark_overdue(at=office.tick(timedelta(days=2))) == 1


def test_a_refused_one_leaves_everything_and_may_be_asked_again(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    before = dues(reported.case_id)
    ask(office, reported)
    office.act(reported.case_id, REFUSE, Role.SHIFT_LEADER, note="人手够，先清一半")
    assert dues(reported.case_id) == before
    ask(office, reported)
    assert [one.is_granted for one in list_extensions(case_id=reported.case_id)] == [False, None]
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_the_second_is_a_leaders_and_there_is_no_third(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    office.act(reported.case_id, GRANT, Role.SHIFT_LEADER)
    ask(office, reported, until=THURSDAY)
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == (
        "cases.extension_for_leader"
    )
    office.act(reported.case_id, LEADER_GRANT, Role.STREET_LEADER)
    form: dict[str, Any] = {
        "cause": Cause.SUPPLIES,
        "until": date(2026, 11, 27),
        "note": "还差一车",
    }
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == "cases.extended_enough"


def test_works_are_a_leaders_from_the_first(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported, cause=Cause.WORKS, until=date(2026, 12, 18))
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == (
        "cases.extension_for_leader"
    )
    office.act(reported.case_id, LEADER_GRANT, Role.STREET_LEADER)
    assert Extension.objects.get(case_id=reported.case_id).is_granted


def test_a_leader_leaves_the_first_to_the_shift_leader(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    assert refused(office, reported.case_id, LEADER_GRANT, Role.STREET_LEADER) == (
        "cases.extension_for_shift"
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (SATURDAY, "cases.until_not_worked"),
        (date(2026, 11, 23), "cases.until_not_later"),
        (date(2026, 12, 4), "cases.until_too_far"),
    ],
)
def test_the_day_is_a_workday_later_and_not_too_far(office: Office, day: date, code: str) -> None:
    reported = office.play(to=Step.HANDLING)
    form: dict[str, Any] = {"cause": Cause.WEATHER, "until": day, "note": "雪大"}
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == code


def test_how_far_is_a_setting(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    set_case_settings(street_id=office.place.street.pk, extension_days=1)
    form: dict[str, Any] = {"cause": Cause.WEATHER, "until": THURSDAY, "note": "雪大"}
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == "cases.until_too_far"


def test_nobody_asks_once_it_is_late_nor_twice_at_once(office: Office) -> None:
    reported, late = office.play(to=Step.HANDLING), office.play(to=Step.HANDLING)
    ask(office, reported)
    form: dict[str, Any] = {"cause": Cause.WEATHER, "until": THURSDAY, "note": "雪大"}
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == "cases.extension_open"
    office.tick(timedelta(days=1, hours=3))
    assert refused(office, late.case_id, ASK, Role.HANDLER, **form) == "cases.extension_too_late"
    office.tick(timedelta(days=2))
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == "cases.extension_past"


def test_who_asked_does_not_decide(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    give_post(office, office.accounts[Role.SHIFT_LEADER], Role.HANDLER, office.lead)
    form: dict[str, Any] = {"cause": Cause.WEATHER, "until": WEDNESDAY, "note": "雪大"}
    office.act(reported.case_id, ASK, Role.SHIFT_LEADER, **form)
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == (
        "cases.asker_may_not_decide"
    )
    with pytest.raises(IntegrityError, match="cases_extension_by_another"), transaction.atomic():
        Extension.objects.update(
            is_granted=True,
            decided_at=office.tick(),
            decided_by=office.accounts[Role.SHIFT_LEADER],
        )


def test_what_is_decided_is_not_decided_again(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    office.act(reported.case_id, GRANT, Role.SHIFT_LEADER)
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == "cases.no_open_extension"
    assert refused(office, reported.case_id, REFUSE, Role.SHIFT_LEADER, note="不行") == (
        "cases.no_open_extension"
    )


def test_it_waits_for_the_one_who_decides(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    shift, leader = office[Role.SHIFT_LEADER], office[Role.STREET_LEADER]
    assert my_work(member=shift, at=office.at) == []
    ask(office, reported)
    assert [one.action for one in my_work(member=shift, at=office.at)] == [GRANT]
    assert my_work(member=leader, at=office.at) == []
    offers = allowed_actions(case_id=reported.case_id, member=shift, at=office.tick())
    assert {GRANT, REFUSE} <= {one.name for one in offers}
    office.act(reported.case_id, GRANT, Role.SHIFT_LEADER)
    ask(office, reported, until=THURSDAY)
    assert my_work(member=shift, at=office.at) == []
    assert [one.action for one in my_work(member=leader, at=office.at)] == [LEADER_GRANT]


def test_one_asked_before_another_dispatch_is_about_nothing_any_more(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    Case.objects.filter(id=reported.case_id).update(reroute_lead=office.other)
    office.act(reported.case_id, ActionName.REROUTE, Role.DISPATCHER)
    assert my_work(member=office[Role.SHIFT_LEADER], at=office.at) == []
    give_post(office, office.accounts[Role.HANDLER], Role.HANDLER, office.other)
    office.act(reported.case_id, ActionName.ACCEPT, Role.HANDLER)
    assert refused(office, reported.case_id, GRANT, Role.SHIFT_LEADER) == "cases.no_open_extension"


MOVES = st.tuples(
    st.sampled_from([ASK, ASK, GRANT, LEADER_GRANT, REFUSE, ActionName.COMMENT]),
    st.sampled_from([timedelta(minutes=5), timedelta(hours=5), timedelta(days=1)]),
    st.sampled_from([Cause.WEATHER, Cause.WORKS]),
    st.integers(1, 9),
)
DECIDERS = {GRANT: Role.SHIFT_LEADER, REFUSE: Role.SHIFT_LEADER, LEADER_GRANT: Role.STREET_LEADER}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(walk=st.lists(MOVES, min_size=3, max_size=14))
def test_due_moves_only_forward_and_only_by_what_was_granted(
    office: Office, walk: list[tuple[ActionName, timedelta, Cause, int]]
) -> None:
    reported = office.play(to=Step.HANDLING)
    for action, wait, cause, days in walk:
        office.tick(wait)
        [before] = dues(reported.case_id)
        form: dict[str, Any] = {"cause": cause, "until": (office.at + timedelta(days=days)).date()}
        with contextlib.suppress(ActionRefused), transaction.atomic():
            role = DECIDERS.get(action, Role.HANDLER)
            office.act(reported.case_id, action, role, note="随机走一步", **form)
        [after] = dues(reported.case_id)
        newest = Extension.objects.filter(case_id=reported.case_id, is_granted=True)
        moved = newest.filter(decided_at=office.at, until=after, former_due_at=before).exists()
        assert (after > before) if moved else (after == before)
        mark_overdue(at=office.at)
    assert Extension.objects.filter(case_id=reported.case_id, is_granted=True).count() <= 2
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_the_reporter_reads_the_new_time_and_why_but_no_words_of_staff(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    shown = public_case(code=reported.tracking_code, at=office.at)
    assert (shown.extended_until, shown.extended_why) == (None, "")
    office.act(reported.case_id, GRANT, Role.SHIFT_LEADER, note="只此一次")
    shown = public_case(code=reported.tracking_code, at=office.at)
    assert (shown.extended_until, shown.extended_why) == (dues(reported.case_id).pop(), "天气")
    told = [(one.what, one.note) for one in shown.timeline]
    assert told[-1] == ("延期到 11月25日 18:00（天气）", "")
    assert "连下三天雪" not in str(told)
