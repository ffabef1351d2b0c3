"""A shift is handed over: counted, written, given, taken over by another, and never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Subject
from linli.ground.people.errors import NotPermitted
from linli.ground.people.terms import Role
from linli.programmes.shifts import queries, services
from linli.programmes.shifts.errors import NoSuchHandover, UnableToHandOver
from linli.programmes.shifts.models import Handover, HandoverPoint
from linli.programmes.shifts.terms import MOST_POINTS, HandoverState, NewPoint, Section
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import Office

CLERK, LEADER = Role.INTAKE_CLERK, Role.SHIFT_LEADER


def street_of(office: Office) -> str:
    return office.place.street.code


def open_one(office: Office) -> int:
    """Let the clerk begin to hand over."""
    return services.open_handover(
        street_code=street_of(office), member=office[CLERK], at=office.tick()
    )


def write(office: Office, handover_id: int, *points: NewPoint, remarks: str = "夜里风大") -> None:
    """Let the clerk write."""
    services.write_handover(
        handover_id=handover_id,
        remarks=remarks,
        points=points,
        member=office[CLERK],
        at=office.tick(),
    )


def give(office: Office, handover_id: int) -> None:
    services.give_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())


def confirm(office: Office, handover_id: int) -> None:
    services.confirm_handover(handover_id=handover_id, member=office[LEADER], at=office.tick())


def refused(act: object) -> str:
    """Give the code by which an act is refused."""
    with pytest.raises(UnableToHandOver) as refusal:
        act()  # type: ignore[operator]
    return refusal.value.code


def test_the_system_counts_what_stands_open(office: Office) -> None:
    urgent = office.play(to=Step.HANDLING, is_urgent=True)
    waiting = office.play(to=Step.DISPATCHING)
    returned = office.play(to=Step.ACCEPTING)
    office.step_on(returned.case_id, ActionName.RETURN)
    unreached = office.play(to=Step.HANDLING)
    office.act(unreached.case_id, ActionName.CONTACT_REQUEST, Role.HANDLER, note="哪一栋？")
    office.play(to=Step.CLOSED, is_urgent=True)
    view = queries.get_handover(handover_id=open_one(office), member=office[CLERK])
    counted = {one.section: one.numbers for one in view.sections}
    assert counted == {
        Section.URGENT: (urgent.number,),
        Section.OVERDUE: (),
        Section.DISPATCHING: (waiting.number,),
        Section.RULING: (returned.number,),
        Section.UNREACHED: (unreached.number,),
    }


def test_what_ran_out_is_counted_again_when_it_is_given(office: Office) -> None:
    office.play(to=Step.HANDLING)
    handover_id = open_one(office)
    office.tick(timedelta(days=20))
    give(office, handover_id)
    view = queries.get_handover(handover_id=handover_id, member=office[CLERK])
    assert {one.section: one.count for one in view.sections}[Section.OVERDUE] == 1


def test_a_shift_passes_from_one_to_the_other(office: Office) -> None:
    case = office.play(to=Step.HANDLING)
    handover_id = open_one(office)
    write(office, handover_id, NewPoint(text="早上再打一次", case_number=case.number))
    give(office, handover_id)
    confirm(office, handover_id)
    view = queries.get_handover(handover_id=handover_id, member=office[LEADER])
    assert view.state is HandoverState.CONFIRMED
    assert view.confirmed_by_id == office.accounts[LEADER].pk
    assert [point.text for point in view.points] == ["早上再打一次"]
    told = list_occurrences(Subject(kind="shifts.Handover", id=str(handover_id)))
    assert [one.event.name for one in told] == [
        "shifts.HandoverOpened",
        "shifts.HandoverGiven",
        "shifts.HandoverConfirmed",
    ]


def test_one_at_a_time_in_a_street(office: Office) -> None:
    handover_id = open_one(office)
    assert refused(lambda: open_one(office)) == "shifts.under_way"
    give(office, handover_id)
    confirm(office, handover_id)
    open_one(office)


def test_who_gave_does_not_confirm(office: Office) -> None:
    handover_id = open_one(office)
    assert refused(lambda: confirm(office, handover_id)) == "shifts.not_handed"
    give(office, handover_id)

    def confirm_own() -> None:
        services.confirm_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())

    assert refused(confirm_own) == "shifts.confirm_by_another"


def test_what_was_given_can_be_taken_back_until_it_is_confirmed(office: Office) -> None:
    handover_id = open_one(office)
    give(office, handover_id)
    assert refused(lambda: write(office, handover_id)) == "shifts.not_open"
    services.take_back_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())
    write(office, handover_id, remarks="改过")
    give(office, handover_id)
    confirm(office, handover_id)

    def take_back() -> None:
        services.take_back_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())

    assert refused(take_back) == "shifts.not_handed"


def test_a_confirmed_one_is_refused_any_change_by_the_database(office: Office) -> None:
    handover_id = open_one(office)
    write(office, handover_id, NewPoint(text="看一眼"))
    give(office, handover_id)
    confirm(office, handover_id)
    for rows, change in (
        (Handover.objects.filter(id=handover_id), {"remarks": "别的"}),
        (HandoverPoint.objects.filter(handover_id=handover_id), {"text": "别的"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverPoint.objects.create(handover_id=handover_id, position=9, text="加一条")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(id=handover_id).delete()


def test_points_stay_open_until_somebody_ticks_them_off(office: Office) -> None:
    handover_id = open_one(office)
    write(office, handover_id, NewPoint(text="第一件"), NewPoint(text="第二件"))
    street = [street_of(office)]
    assert queries.list_open_points(street_codes=street) == []
    give(office, handover_id)
    [first, _second] = queries.get_handover(handover_id=handover_id, member=office[LEADER]).points

    def tick() -> None:
        services.tick_point(point_id=first.id, member=office[LEADER], at=office.tick())

    assert refused(tick) == "shifts.point_not_taken_over"
    confirm(office, handover_id)
    tick()
    assert refused(tick) == "shifts.ticked_already"
    assert [point.text for point in queries.list_open_points(street_codes=street)] == ["第二件"]
    [line] = queries.list_handovers(street_code=street[0], member=office[LEADER])
    assert (line.points, line.open_points) == (2, 1)


def test_what_is_too_long_or_unknown_is_refused(office: Office) -> None:
    handover_id = open_one(office)
    many = [NewPoint(text="一") for _ in range(MOST_POINTS + 1)]
    for points, remarks, code in (
        ([], "长" * 4001, "shifts.remarks_too_long"),
        (many, "", "shifts.too_many_points"),
        ([NewPoint(text="长" * 301)], "", "shifts.point_too_long"),
        ([NewPoint(text="看", case_number="2026-9999999")], "", "shifts.unknown_case"),
    ):
        assert (
            refused(lambda p=points, r=remarks: write(office, handover_id, *p, remarks=r)) == code
        )


def test_others_neither_write_nor_read(office: Office) -> None:
    with pytest.raises(NotPermitted):
        services.open_handover(
            street_code=street_of(office), member=office[Role.HANDLER], at=office.tick()
        )
    handover_id = open_one(office)
    give(office, handover_id)
    with pytest.raises(NotPermitted):
        services.confirm_handover(
            handover_id=handover_id, member=office[Role.SUPERVISOR], at=office.tick()
        )
    with pytest.raises(NoSuchHandover):
        queries.get_handover(handover_id=handover_id, member=office[Role.HANDLER])
    handler = office[Role.HANDLER]
    assert queries.list_handovers(street_code=street_of(office), member=handler) == []
    assert queries.find_current(street_code=street_of(office), member=handler) is None
    assert queries.find_current(street_code=street_of(office), member=office[Role.SUPERVISOR])


def test_no_words_of_a_case_are_kept(office: Office) -> None:
    office.play(to=Step.HANDLING, is_urgent=True, text="王示例说 13900001234 家的墙要倒")
    handover_id = open_one(office)
    kept = str(Handover.objects.values().get(id=handover_id))
    for secret in ("王示例", "13900001234", "墙要倒"):
        assert secret not in kept


def test_ones_own_page_tells_of_the_hand_overs(office: Office) -> None:
    handover_id = open_one(office)
    give(office, handover_id)
    confirm(office, handover_id)
    for role in (CLERK, LEADER):
        [held] = queries.own_handovers(office.accounts[role].pk, None)
        assert len(held.rows) == 1
