"""The register: a case rests by somebody else's approval, wakes, and goes on with what was left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Clock, Pending, RungMark
from linli.spine.cases.queries import allowed_actions, my_work, public_case
from linli.spine.cases.queries.clocks import clock_words
from linli.spine.cases.queries.pending import list_asked, list_pendings
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.queries.supervision import build_board
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import (
    climb_ladder,
    mark_overdue,
    plan_ladder,
    set_case_settings,
    wake_due,
)
from linli.spine.cases.terms import ActionName, ClockName, Reported, Step
from linli.spine.cases.terms.pending import Obstacle
from linli.spine.cases.terms.putting_off import Cause

from .factories import Office, give_post, make_office, make_photo

ASK, APPROVE = ActionName.ASK_PENDING, ActionName.APPROVE_PENDING
REFUSE, WAKE = ActionName.REFUSE_PENDING, ActionName.WAKE
# The office begins on Monday the 23rd; this is the Monday three weeks later.
WAKES_ON = date(2026, 12, 14)
SATURDAY = date(2026, 12, 12)


@pytest.fixture
def office(db: None) -> Office:
    made = make_office()
    made.lead_street()
    return made


def ask(office: Office, reported: Reported, role: Role = Role.HANDLER, **changes: Any) -> None:
    office.act(reported.case_id, ASK, role, **office.wish_to_rest(**changes))


def approve(office: Office, reported: Reported, **form: Any) -> None:
    office.act(reported.case_id, APPROVE, Role.STREET_LEADER, **form)


def refused(office: Office, case_id: UUID, action: ActionName, role: Role, **form: Any) -> str:
    with pytest.raises(ActionRefused) as found, transaction.atomic():
        office.act(case_id, action, role, **form)
    return found.value.code


def handling(reported: Reported) -> Clock:
    return Clock.objects.get(case_id=reported.case_id, name="handle")


def left_of(office: Office, at: datetime, due_at: datetime) -> timedelta:
    """Say how much working time there is from one instant to another."""
    worked = calendar_of(office.place.street.pk).worked
    first, last = timezone.localtime(at), timezone.localtime(due_at)
    return worked.between(first, first.date(), last, last.date())


def sleep_until(office: Office, day: date, hour: int = 8) -> datetime:
    """Let time pass to an hour of a day."""
    then = datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_current_timezone())
    return office.tick(then - office.at)


def test_until_somebody_decides_everything_goes_on(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    due_at = handling(reported).due_at
    ask(office, reported, photos=(make_photo(),))
    clock = handling(reported)
    assert (clock.due_at, clock.suspended_at) == (due_at, None)
    office.tick(timedelta(days=1, hours=3))
    assert mark_overdue(at=office.at) == 1
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_on_the_register_nothing_is_due_and_nothing_climbs(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    case = Case.objects.get(id=reported.case_id)
    assert (case.step, case.due_at, handling(reported).suspended_at) == (
        Step.PENDING,
        None,
        office.at,
    )
    office.tick(timedelta(days=9))
    assert (mark_overdue(at=office.at), wake_due(at=office.at)) == (0, 0)
    plan_ladder()
    climb_ladder(at=office.at)
    assert not RungMark.objects.filter(clock__name="handle").exists()
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_it_wakes_by_itself_with_the_time_it_had_left(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    before = handling(reported)
    left = left_of(office, office.at, before.due_at)
    sleep_until(office, WAKES_ON)
    assert wake_due(at=office.at - timedelta(seconds=1)) == 0
    assert wake_due(at=office.at) == 1
    assert wake_due(at=office.at) == 0
    case, clock = Case.objects.get(id=reported.case_id), handling(reported)
    lead = Assignment.objects.get(case=case, duty="lead")
    assert case.step == Step.HANDLING
    assert {case.due_at, case.handle_due_at, lead.due_at} == {clock.due_at}
    assert left == left_of(office, office.at, clock.due_at) > timedelta()
    assert clock.promised_at == case.promised_at == before.promised_at
    assert clock.suspended_at is None
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_rung_is_reached_by_the_time_that_counted(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    sleep_until(office, WAKES_ON)
    wake_due(at=office.at)
    plan_ladder()
    climb_ladder(at=office.at)
    assert handling(reported).rung == ""
    clock = handling(reported)
    assert clock.ladder_at is not None
    assert office.at < clock.ladder_at < clock.due_at


def test_what_was_late_is_as_late_as_it_was(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    sleep_until(office, date(2026, 11, 25), 10)
    mark_overdue(at=office.at)
    ask(office, reported)
    approve(office, reported)
    assert not Case.objects.get(id=reported.case_id).is_overdue
    late = left_of(office, handling(reported).due_at, office.at)
    sleep_until(office, WAKES_ON)
    wake_due(at=office.at)
    clock = handling(reported)
    assert late == left_of(office, clock.due_at, office.at) > timedelta()
    assert Case.objects.get(id=reported.case_id).is_overdue
    assert mark_overdue(at=office.at) == 0


def test_it_is_woken_early_by_hand_with_a_reason(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    assert refused(office, reported.case_id, WAKE, Role.SHIFT_LEADER) == "cases.note_missing"
    office.tick(timedelta(days=3))
    view = office.act(reported.case_id, WAKE, Role.SHIFT_LEADER, note="天暖得早，能挖了")
    assert view.step is Step.HANDLING
    [shown] = list_pendings(case_id=reported.case_id)
    assert (shown.is_woken_early, shown.wake_words) == (True, "天暖得早，能挖了")
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_it_rests_longer_only_by_another_approval(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    since = Pending.objects.get(case_id=reported.case_id).since
    later = date(2026, 12, 28)
    ask(office, reported, wake_on=later, obstacle=Obstacle.MONEY)
    sleep_until(office, date(2026, 12, 11), 10)
    version = Case.objects.get(id=reported.case_id).version
    approve(office, reported)
    assert Case.objects.get(id=reported.case_id).version == version + 1
    first, second = Pending.objects.filter(case_id=reported.case_id).order_by("no")
    assert (first.ended_at, second.since, second.is_renewal) == (office.at, since, True)
    sleep_until(office, WAKES_ON)
    assert wake_due(at=office.at) == 0
    sleep_until(office, later)
    assert wake_due(at=office.at) == 1
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_renewal_not_decided_in_time_does_not_keep_it_asleep(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    ask(office, reported, wake_on=date(2026, 12, 28))
    sleep_until(office, WAKES_ON)
    assert wake_due(at=office.at) == 1
    # What was asked for may still be decided: the case would rest anew.
    approve(office, reported)
    assert Case.objects.get(id=reported.case_id).step == Step.PENDING
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_refusal_leaves_everything_and_it_may_be_asked_again(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported)
    office.act(reported.case_id, REFUSE, Role.STREET_LEADER, note="钱已经到了，照办")
    assert handling(reported).suspended_at is None
    ask(office, reported)
    told = [(one.is_granted, one.decision) for one in list_pendings(case_id=reported.case_id)]
    assert told == [(False, "钱已经到了，照办"), (None, "")]
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"obstacle": None}, "cases.obstacle_missing"),
        ({"measure": "  "}, "cases.measure_missing"),
        ({"measure": "长" * 301}, "cases.pending_words_too_long"),
        ({"post": "岗" * 61}, "cases.pending_words_too_long"),
        ({"unit_id": None}, "cases.unit_missing"),
        ({"wake_on": None}, "cases.wake_on_missing"),
        ({"wake_on": SATURDAY}, "cases.wake_on_not_worked"),
        ({"wake_on": date(2026, 11, 23)}, "cases.wake_on_not_later"),
        ({"wake_on": date(2027, 11, 30)}, "cases.wake_on_too_far"),
    ],
)
def test_who_asks_says_all_of_it(office: Office, changes: dict[str, Any], code: str) -> None:
    reported = office.play(to=Step.HANDLING)
    form = office.wish_to_rest(**changes)
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == code


def test_how_long_is_a_setting(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    set_case_settings(street_id=office.place.street.pk, pending_days=30)
    form = office.wish_to_rest(wake_on=date(2026, 12, 25))
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == "cases.wake_on_too_far"
    ask(office, reported, wake_on=date(2026, 12, 23))


def test_who_answers_meanwhile_is_at_work_on_it(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    form = office.wish_to_rest(unit_id=office.other.pk)
    code = "cases.pending_owner_not_at_work"
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **form) == code


def test_nobody_asks_while_tasks_are_open_nor_twice_nor_elsewhere(office: Office) -> None:
    reported, early = office.play(to=Step.HANDLING), office.play(to=Step.ACCEPTING)
    wish = office.wish_to_rest()
    assert refused(office, early.case_id, ASK, Role.HANDLER, **wish) == "cases.not_at_this_step"
    task: dict[str, Any] = {"unit_id": office.other.pk, "note": "先断电"}
    office.act(reported.case_id, ActionName.ADD_TASK, Role.DISPATCHER, **task)
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **wish) == (
        "cases.pending_tasks_open"
    )
    office.act(
        reported.case_id, ActionName.WITHDRAW_TASK, Role.DISPATCHER, task_no=1, note="不用了"
    )
    ask(office, reported)
    assert refused(office, reported.case_id, ASK, Role.HANDLER, **wish) == "cases.pending_open"
    office.act(reported.case_id, ActionName.ADD_TASK, Role.DISPATCHER, **task)
    assert refused(office, reported.case_id, APPROVE, Role.STREET_LEADER) == (
        "cases.pending_tasks_open"
    )


def test_it_is_either_more_time_or_the_register(office: Office) -> None:
    one, other = office.play(to=Step.HANDLING), office.play(to=Step.HANDLING)
    more: dict[str, Any] = {"cause": Cause.WEATHER, "until": date(2026, 11, 25), "note": "雪大"}
    office.act(one.case_id, ActionName.ASK_EXTENSION, Role.HANDLER, **more)
    wish = office.wish_to_rest()
    assert refused(office, one.case_id, ASK, Role.HANDLER, **wish) == (
        "cases.pending_extension_open"
    )
    ask(office, other)
    assert refused(office, other.case_id, ActionName.ASK_EXTENSION, Role.HANDLER, **more) == (
        "cases.pending_open"
    )


def test_the_shift_leader_asks_too_and_who_asked_never_decides(office: Office) -> None:
    reported, own = office.play(to=Step.HANDLING), office.play(to=Step.HANDLING)
    ask(office, reported)
    assert refused(office, reported.case_id, APPROVE, Role.SHIFT_LEADER) == "cases.not_your_turn"
    office.act(reported.case_id, REFUSE, Role.STREET_LEADER, note="由值班长申请")
    ask(office, reported, Role.SHIFT_LEADER)
    approve(office, reported)
    give_post(office, office.accounts[Role.STREET_LEADER], Role.HANDLER, office.lead)
    ask(office, own, Role.STREET_LEADER)
    assert refused(office, own.case_id, APPROVE, Role.STREET_LEADER) == (
        "cases.asker_may_not_decide"
    )
    with pytest.raises(IntegrityError, match="cases_pending_by_another"), transaction.atomic():
        Pending.objects.filter(case_id=own.case_id).update(
            is_granted=False,
            decided_at=office.tick(),
            decided_by=office.accounts[Role.STREET_LEADER],
        )


def test_what_is_decided_or_past_is_not_decided_again(office: Office) -> None:
    reported, late = office.play(to=Step.HANDLING), office.play(to=Step.HANDLING)
    assert refused(office, reported.case_id, APPROVE, Role.STREET_LEADER) == (
        "cases.no_open_pending"
    )
    ask(office, late)
    sleep_until(office, WAKES_ON, 9)
    assert refused(office, late.case_id, APPROVE, Role.STREET_LEADER) == "cases.pending_past"
    office.act(late.case_id, REFUSE, Role.STREET_LEADER, note="日期已过")
    assert refused(office, late.case_id, REFUSE, Role.STREET_LEADER, note="再来") == (
        "cases.no_open_pending"
    )


def test_it_waits_for_the_leader_and_lies_beside_the_board(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    leader, shift = office[Role.STREET_LEADER], office[Role.SHIFT_LEADER]
    ask(office, reported)
    assert [one.action for one in my_work(member=leader, at=office.at)] == [APPROVE]
    assert [one.number for one in list_asked(member=leader)] == [reported.number]
    assert list_asked(member=shift) == []
    offers = allowed_actions(case_id=reported.case_id, member=leader, at=office.tick())
    assert {APPROVE, REFUSE} <= {one.name for one in offers}
    approve(office, reported)
    office.tick(timedelta(days=6))
    assert my_work(member=leader, at=office.at) == []
    assert list_asked(member=leader) == []
    board = build_board(member=shift, at=office.at)
    assert (board.pending, sum(board.by_reason.values())) == (1, 0)
    assert sum(board.by_rung.values()) == 0


def test_voided_it_leaves_the_register(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    office.step_on(reported.case_id, ActionName.VOID)
    assert Pending.objects.get(case_id=reported.case_id).ended_at == office.at
    sleep_until(office, WAKES_ON)
    assert wake_due(at=office.at) == 0
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_the_sums_say_that_it_rests(office: Office) -> None:
    reported = office.play(to=Step.PENDING)
    at = office.tick(timedelta(days=30))
    told = {one.name: one for one in clock_words(case_id=reported.case_id, at=at)}
    assert told[ClockName.HANDLE].steps[-1].endswith("起挂账，暂停计时")
    assert not told[ClockName.HANDLE].is_overdue


def test_the_reporter_reads_why_what_is_done_and_until_when(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    ask(office, reported, note="内部的话")
    assert public_case(code=reported.tracking_code, at=office.at).pending is None
    approve(office, reported, note="同意")
    shown = public_case(code=reported.tracking_code, at=office.at)
    assert shown.pending is not None
    assert (shown.pending.why, shown.pending.measure) == (
        "现在的季节没法施工，要等天气合适",
        "围挡并挂警示牌，每天看一次",
    )
    assert timezone.localdate(shown.pending.until) == WAKES_ON
    assert shown.timeline[-1].what == "挂账到 2026年12月14日（季节），由示例环卫所看管"
    assert "内部的话" not in str(shown)
    sleep_until(office, WAKES_ON)
    wake_due(at=office.at)
    woken = public_case(code=reported.tracking_code, at=office.at)
    assert (woken.pending, woken.resumed_until) == (None, handling(reported).due_at)
    assert woken.timeline[-1].what == "唤醒日期到了，继续办理"
