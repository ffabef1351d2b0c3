"""The ladder: remind, yellow, red, one level up; each once, oldest first, and never reset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.calendars import Limit, Unit, WorkingCalendar, due_after
from linli.ground.kernel.models import Event
from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Clock, Instruction, RungMark
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.queries.settings import calendar_of
from linli.spine.cases.rules.ladder import DEFAULT_LADDER, Running, complete, find_next, list_rungs
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services import (
    accept_silently,
    climb_ladder,
    plan_anew,
    plan_ladder,
    set_case_settings,
)
from linli.spine.cases.supervision_events import RungReached
from linli.spine.cases.terms import ActionName, Channel, Step
from linli.spine.cases.terms.supervision import Base, Rung, RungAt, Way

from .factories import Office, make_office, make_photo

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CALENDAR = WorkingCalendar()


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def sweep(at: datetime) -> int:
    """Plan and climb until nothing is left, and say how many rungs were reached."""
    while plan_ladder():
        pass
    before = RungMark.objects.count()
    while climb_ladder(at=at):
        pass
    return RungMark.objects.count() - before


def rungs_of(case_id: UUID) -> list[tuple[str, str]]:
    """List clock and rung as the events of a case tell them."""
    rows = Event.objects.filter(name=RungReached.name, subject_id=str(case_id))
    told = [row.facts for row in rows.order_by("recorded_at", "id")]
    return [(facts["clock"] or str(facts["task_no"]), facts["rung"]) for facts in told]


def running(office: Office, case_id: UUID) -> Clock:
    return Clock.objects.filter(case_id=case_id, stopped_at=None).latest("id")


def test_the_usual_ladder_of_two_working_days() -> None:
    limit = Limit(2, Unit.WORKING_DAYS)
    due_at = due_after(MONDAY, limit, CALENDAR)
    one = Running(started_at=MONDAY, due_at=due_at, unit=Unit.WORKING_DAYS)
    steps = list_rungs(one, DEFAULT_LADDER, CALENDAR)
    # From Monday nine to Wednesday nine there are sixteen hours of work.
    assert [(step.rung.value, f"{step.at:%a %H:%M}") for step in steps] == [
        ("remind", "Tue 15:00"),
        ("yellow", "Tue 17:24"),
        ("red", "Wed 11:00"),
        ("up", "Thu 09:00"),
    ]


def test_a_clock_that_runs_always_climbs_at_night_too() -> None:
    due_at = due_after(MONDAY, Limit(12, Unit.URGENT_HOURS), CALENDAR)
    one = Running(started_at=MONDAY, due_at=due_at, unit=Unit.URGENT_HOURS)
    steps = [step.at - MONDAY for step in list_rungs(one, DEFAULT_LADDER, CALENDAR)]
    assert steps == [timedelta(hours=9), timedelta(hours=10.8)] + [
        timedelta(hours=12 + later) for later in (2, 8)
    ]


def test_a_rung_is_never_reached_before_those_below_it() -> None:
    ladder = complete(
        {Rung.YELLOW: RungAt(Base.BEFORE, 7), Rung.RED: RungAt(Base.SHARE, 10), Rung.UP: None}
    )
    due_at = due_after(MONDAY, Limit(1, Unit.WORKING_DAYS), CALENDAR)
    one = Running(started_at=MONDAY, due_at=due_at, unit=Unit.WORKING_DAYS)
    steps = list(list_rungs(one, ladder, CALENDAR))
    assert [step.rung for step in steps] == [Rung.REMIND, Rung.YELLOW, Rung.RED]
    assert len({step.at for step in steps}) == 1


@pytest.mark.parametrize(("base", "amount"), [(Base.SHARE, 0), (Base.SHARE, 101), (Base.AFTER, -1)])
def test_a_rung_that_makes_no_sense_can_not_be_set(base: Base, amount: int) -> None:
    with pytest.raises(ValueError, match="takes"):
        RungAt(base, amount)


def test_a_case_nobody_takes_up_climbs_to_the_top_once(office: Office) -> None:
    reported = office.report()
    assert sweep(office.at) == 0
    late = office.at + timedelta(days=30)
    assert [sweep(late), sweep(late)] == [4, 0]
    assert rungs_of(reported.case_id) == [
        ("verify", "remind"), ("verify", "yellow"), ("verify", "red"), ("verify", "up"),
    ]  # fmt: skip
    clock = running(office, reported.case_id)
    assert (clock.rung, clock.ladder_at) == ("up", None)
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_each_rung_comes_in_the_minute_it_is_due(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    clock = running(office, reported.case_id)
    one = Running(started_at=clock.started_at, due_at=clock.due_at, unit=Unit(clock.limit_unit))
    calendar = calendar_of(office.place.street.pk)
    for step in list_rungs(one, DEFAULT_LADDER, calendar):
        assert sweep(step.at - timedelta(microseconds=1)) == 0
        assert sweep(step.at) == 1
        assert rungs_of(reported.case_id)[-1] == ("handle", step.rung)


def test_a_comment_resets_no_clock(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    sweep(office.at)
    before = Clock.objects.filter(case_id=reported.case_id).values().order_by("id")
    held = list(before)
    office.act(reported.case_id, ActionName.COMMENT, Role.HANDLER, note="在看了")
    office.act(reported.case_id, ActionName.REMIND, Role.DISPATCHER, channel=Channel.PHONE)
    assert list(before.all()) == held
    assert sweep(clock_due(reported.case_id) + timedelta(days=9)) == 4


def clock_due(case_id: UUID) -> datetime:
    return Clock.objects.get(case_id=case_id, stopped_at=None).due_at


def test_a_task_climbs_by_its_own_time(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.act(
        reported.case_id,
        ActionName.ADD_TASK,
        Role.DISPATCHER,
        unit_id=office.other.pk,
        note="清走围挡",
        limit=Limit(2, Unit.WORKING_HOURS),
    )
    task = Assignment.objects.get(case_id=reported.case_id, task_no=1)
    assert task.due_at is not None
    assert sweep(task.due_at) == 2
    assert rungs_of(reported.case_id) == [("1", "remind"), ("1", "yellow")]
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_the_longest_waiting_climbs_first(office: Office) -> None:
    first = office.report()
    second = office.report()
    late = office.at + timedelta(days=9)
    plan_ladder()
    assert climb_ladder(at=late, batch=1) == 1
    assert (rungs_of(first.case_id), rungs_of(second.case_id)) == ([("verify", "remind")], [])


def test_a_suspended_clock_stays_where_it_is(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    sweep(office.at)
    Clock.objects.filter(case_id=reported.case_id, name="handle").update(suspended_at=office.at)
    late = office.at + timedelta(days=9)
    assert sweep(late) == 0
    with pytest.raises(ActionRefused, match="暂停"):
        office.act(
            reported.case_id, ActionName.SUPERVISE, Role.SUPERVISOR, rung=Rung.RED, note="快办"
        )
    # It runs on with the time it was stopped for.
    moved = Clock.objects.get(case_id=reported.case_id, name="handle").due_at + timedelta(days=30)
    Clock.objects.filter(case_id=reported.case_id, name="handle").update(
        suspended_at=None, due_at=moved
    )
    assert sweep(late) == 0
    assert sweep(moved) == 2


def test_an_extension_moves_what_is_still_to_come_and_gives_no_card_twice(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    due_at = clock_due(reported.case_id)
    assert sweep(due_at) == 2
    Clock.objects.filter(case_id=reported.case_id, name="handle").update(
        due_at=due_at + timedelta(days=7)
    )
    assert sweep(due_at + timedelta(days=2)) == 0
    assert sweep(due_at + timedelta(days=30)) == 2
    assert [rung for _, rung in rungs_of(reported.case_id)] == list(Rung)


def test_rework_goes_on_where_the_clock_stood(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    due_at = clock_due(reported.case_id)
    assert sweep(due_at) == 2
    office.at = due_at
    office.step_on(reported.case_id, ActionName.FEED_BACK)
    office.step_on(reported.case_id, ActionName.REWORK)
    assert sweep(due_at + timedelta(days=30)) == 2
    handling = [rung for clock, rung in rungs_of(reported.case_id) if clock == "handle"]
    assert handling == list(Rung)


def test_a_card_by_hand_needs_a_reason_and_the_sweep_goes_on_above_it(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    give: dict[str, Any] = {
        "case_id": reported.case_id,
        "action": ActionName.SUPERVISE,
        "role": Role.SUPERVISOR,
    }
    with pytest.raises(ActionRefused) as refused:
        office.act(**give, rung=Rung.RED)
    assert refused.value.code == "cases.note_missing"
    office.act(**give, rung=Rung.RED, note="临近供暖，抓紧派出")
    with pytest.raises(ActionRefused) as refused:
        office.act(**give, rung=Rung.YELLOW, note="再发一次")
    assert refused.value.code == "cases.rung_reached"
    assert sweep(office.at + timedelta(days=30)) == 1
    assert rungs_of(reported.case_id) == [("dispatch", "red"), ("dispatch", "up")]
    assert [mark.is_by_hand for mark in RungMark.objects.order_by("id")] == [True, False]
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_a_task_is_supervised_by_hand_alone(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.act(
        reported.case_id,
        ActionName.ADD_TASK,
        Role.DISPATCHER,
        unit_id=office.other.pk,
        note="清走围挡",
    )
    office.act(
        reported.case_id,
        ActionName.SUPERVISE_TASK,
        Role.SHIFT_LEADER,
        task_no=1,
        rung=Rung.YELLOW,
        note="昨天就该清",
    )
    assert rungs_of(reported.case_id) == [("1", "yellow")]
    assert running(office, reported.case_id).rung == ""


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.HANDLER, Role.INTAKE_CLERK])
def test_others_may_not_supervise(office: Office, role: Role) -> None:
    reported = office.play(to=Step.HANDLING)
    with pytest.raises(ActionRefused) as refused:
        office.act(reported.case_id, ActionName.SUPERVISE, role, rung=Rung.RED, note="快办")
    assert refused.value.code == "cases.not_your_turn"


def test_the_database_holds_that_a_rung_is_reached_once(office: Office) -> None:
    reported = office.report()
    mark: dict[str, Any] = {"case_id": reported.case_id, "clock": running(office, reported.case_id)}
    RungMark.objects.create(**mark, rung="red", at=office.at)
    with transaction.atomic(), pytest.raises(IntegrityError, match="clock_once"):
        RungMark.objects.create(**mark, rung="red", at=office.at)


def test_a_changed_ladder_holds_for_what_runs_already(office: Office) -> None:
    reported = office.report()
    sweep(office.at)
    due_at = clock_due(reported.case_id)
    street_id = office.place.street.pk
    set_case_settings(
        street_id=street_id,
        ladder={Rung.REMIND: None, Rung.YELLOW: None, Rung.RED: RungAt(Base.AFTER, 0)},
    )
    assert plan_anew(street_id=street_id) == 1
    assert sweep(due_at) == 1
    assert rungs_of(reported.case_id) == [("verify", "red")]


def test_a_plan_of_a_ladder_no_longer_set_gives_no_card(office: Office) -> None:
    reported = office.report()
    sweep(office.at)
    due_at = clock_due(reported.case_id)
    set_case_settings(
        street_id=office.place.street.pk,
        ladder={Rung.REMIND: RungAt(Base.AFTER, 1), Rung.YELLOW: RungAt(Base.AFTER, 2)},
    )
    assert sweep(due_at) == 0
    assert (
        find_next(
            Running(started_at=office.at, due_at=due_at, unit=Unit.WORKING_HOURS, rung=Rung.UP),
            DEFAULT_LADDER,
            CALENDAR,
        )
        is None
    )
    assert rungs_of(reported.case_id) == []


def test_silence_that_accepts_stops_the_clock_of_acceptance(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    late = office.at + timedelta(hours=30)
    accept_silently(at=late)
    sweep(late)
    assert {clock for clock, _ in rungs_of(reported.case_id)} <= {"handle"}


def instruct(office: Office, case_id: UUID, **form: Any) -> None:
    usual: dict[str, Any] = {
        "instructed_by": "赵示例主任",
        "way": Way.VOICE,
        "note": "今天必须清完",
    }
    office.act(case_id, ActionName.INSTRUCT, Role.SHIFT_LEADER, **{**usual, **form})


def test_an_instruction_is_answered_in_one_line_by_the_lead(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    instruct(office, reported.case_id)
    with pytest.raises(ActionRefused) as refused:
        office.act(reported.case_id, ActionName.ANSWER_INSTRUCTION, Role.SHIFT_LEADER, note="代答")
    assert refused.value.code == "cases.not_your_turn"
    office.act(
        reported.case_id, ActionName.ANSWER_INSTRUCTION, Role.HANDLER, note="已清一半，\n下午清完"
    )
    row = Instruction.objects.get()
    assert (row.organisation_id, row.answer) == (office.lead.pk, "已清一半， 下午清完")
    assert replayed_state(reported.case_id) == live_state(reported.case_id)
    assert sweep(office.at + timedelta(days=30)) == 4


def test_the_centre_answers_where_nobody_has_the_case_yet(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    instruct(office, reported.case_id)
    office.act(
        reported.case_id, ActionName.ANSWER_INSTRUCTION, Role.DISPATCHER, note="马上派城管队"
    )
    assert Instruction.objects.get().answered_at == office.at


def test_an_instruction_unanswered_climbs_by_its_own_clock(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    instruct(office, reported.case_id, limit=Limit(1, Unit.HOURS))
    assert sweep(Instruction.objects.get().due_at) == 2
    rows = Event.objects.filter(name=RungReached.name)
    assert [row.facts["instruction_no"] for row in rows] == [1, 1]


def test_the_oldest_instruction_is_answered_or_withdrawn_first(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    for words in ("先清垃圾", "再补绿", "报我结果"):
        instruct(office, reported.case_id, note=words)
    office.act(reported.case_id, ActionName.ANSWER_INSTRUCTION, Role.HANDLER, note="清了")
    office.act(reported.case_id, ActionName.WITHDRAW_INSTRUCTION, Role.SUPERVISOR, note="登记重了")
    rows = Instruction.objects.order_by("no")
    assert [(bool(row.answered_at), bool(row.withdrawn_at)) for row in rows] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_an_instruction_goes_only_to_a_unit_that_sees_the_case(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    with pytest.raises(ActionRefused) as refused:
        instruct(office, reported.case_id, unit_id=office.other.pk)
    assert refused.value.code == "cases.instruction_unit_not_at_work"


def test_an_answer_is_owed_even_after_the_case_was_closed(office: Office) -> None:
    reported = office.play(to=Step.CHECKING)
    instruct(office, reported.case_id)
    office.act(reported.case_id, ActionName.PASS_CHECK, Role.VERIFIER, photos=(make_photo(),))
    office.step_on(reported.case_id, ActionName.CLOSE)
    office.act(reported.case_id, ActionName.ANSWER_INSTRUCTION, Role.HANDLER, note="已办完")
    assert Instruction.objects.get().answer == "已办完"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"instructed_by": ""}, "cases.instructed_by_missing"),
        ({"way": None}, "cases.way_missing"),
        ({"note": "字" * 501}, "cases.instruction_too_long"),
        ({"instructed_by": "字" * 61}, "cases.instruction_too_long"),
        ({"instructed_by": "赵\x00"}, "cases.text_unfit"),
    ],
)
def test_an_instruction_says_who_and_how(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    reported = office.play(to=Step.HANDLING)
    with pytest.raises(ActionRefused) as refused:
        instruct(office, reported.case_id, **changes)
    assert refused.value.code == code
