"""Two people sign, confirm or acknowledge the same thing at the same moment."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from linli.ground.kernel.importing import check_import, run_import, start_check, start_import
from linli.ground.kernel.imports import receive_file
from linli.ground.kernel.models import Event
from linli.ground.kernel.tests.sheets import separated
from linli.ground.notices.models import Alert, Notice
from linli.ground.notices.services import acknowledge, tell
from linli.ground.people.models import Appointment
from linli.ground.people.services.posts import fill_post
from linli.ground.people.terms import Basis, Role
from linli.ground.people.terms.posts import NewPost
from linli.ground.people.tests.factories import AccountFactory, PersonFactory, member_of
from linli.ground.territory.tests.factories import AreaFactory, middle
from linli.programmes.shifts import services as shifts
from linli.programmes.shifts.models import Handover
from linli.spine.cases.models import Case
from linli.spine.cases.terms import case_subject
from linli.spine.cases.tests.factories import Office

from .meeting import DONE, overlap

CLERK, DISPATCHER, LEADER = Role.INTAKE_CLERK, Role.DISPATCHER, Role.SHIFT_LEADER


def test_two_acknowledge_one_urgent_notice(office: Office) -> None:
    accounts = [office.accounts[role].pk for role in (CLERK, LEADER)]
    tell(
        account_ids=accounts,
        kind="cases.urgent_waiting",
        subject=case_subject(office.report(is_urgent=True).case_id),
        params={"number": "2026-0000001"},
        at=office.tick(),
        urgent=True,
        street_code=office.place.street.code,
    )
    first, second = (Notice.objects.get(account_id=one).pk for one in accounts)
    at = office.tick()
    outcome = overlap(
        lambda: acknowledge(account_id=accounts[0], notice_id=first, at=at),
        lambda: acknowledge(account_id=accounts[1], notice_id=second, at=at),
    )
    assert outcome == (True, False)
    alert = Alert.objects.get()
    assert (alert.acknowledged_by_id, alert.next_at) == (accounts[0], None)


def test_two_give_one_post_to_two_people(office: Office) -> None:
    building = AreaFactory(kind="building", code=f"{office.place.grids[0].code}701")
    keeper = office[Role.KEEPER]
    leader = member_of(AccountFactory(street_leader=True, street=office.place.street))
    said = [
        NewPost(
            person_id=PersonFactory().pk,
            role=Role.BUILDING_LEADER,
            area_id=building.pk,
            starts_on=date(2026, 11, 23),
            ends_on=date(2029, 11, 23),
            basis=Basis.APPOINTED,
        )
        for _ in range(2)
    ]
    at = office.tick()
    outcome = overlap(
        lambda: fill_post(said=said[0], member=keeper, at=at) and None,
        lambda: fill_post(said=said[1], member=leader, at=at) and None,
    )
    assert outcome == (DONE, "people.area_has_leader")
    assert [post.person_id for post in Appointment.objects.filter(area=building)] == [
        said[0].person_id
    ]


def test_a_hand_over_is_signed_twice(office: Office) -> None:
    handover_id = shifts.open_handover(
        street_code=office.place.street.code, member=office[CLERK], at=office.tick()
    )
    shifts.give_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())
    leader, dispatcher, at = office[LEADER], office[DISPATCHER], office.tick()
    outcome = overlap(
        lambda: shifts.confirm_handover(handover_id=handover_id, member=leader, at=at),
        lambda: shifts.confirm_handover(handover_id=handover_id, member=dispatcher, at=at),
    )
    assert outcome == (DONE, "shifts.not_handed")
    assert Handover.objects.get().confirmed_by_id == office.accounts[LEADER].pk


def test_a_hand_over_is_taken_back_while_it_is_signed(office: Office) -> None:
    handover_id = shifts.open_handover(
        street_code=office.place.street.code, member=office[CLERK], at=office.tick()
    )
    shifts.give_handover(handover_id=handover_id, member=office[CLERK], at=office.tick())
    leader, clerk, at = office[LEADER], office[CLERK], office.tick()
    outcome = overlap(
        lambda: shifts.take_back_handover(handover_id=handover_id, member=clerk, at=at),
        lambda: shifts.confirm_handover(handover_id=handover_id, member=leader, at=at),
    )
    assert outcome == (DONE, "shifts.not_handed")
    assert Handover.objects.get().confirmed_by_id is None


def test_two_open_a_hand_over(office: Office) -> None:
    street_code, at = office.place.street.code, office.tick()
    clerk, leader = office[CLERK], office[LEADER]
    outcome = overlap(
        lambda: shifts.open_handover(street_code=street_code, member=clerk, at=at),
        lambda: shifts.open_handover(street_code=street_code, member=leader, at=at),
    )
    assert outcome == (DONE, "shifts.under_way")
    assert Handover.objects.count() == 1


def test_an_import_is_confirmed_twice_and_taken_once(office: Office) -> None:
    lon, lat = middle(0, 0)
    rows: list[list[Any]] = [
        ["原编号", "反映的内容", "经度", "纬度"],
        ["A-1", "垃圾没有清", lon, lat],
    ]
    actor = office[CLERK].actor(role=CLERK)
    sent = receive_file(
        kind="cases",
        street_code=office.place.street.code,
        file_name="十一月.csv",
        stream=BytesIO(separated(*rows)),
        language="zh-hans",
        actor=actor,
        at=office.tick(),
    )
    options = {"coordinates": "WGS-84", "channel": "hotline", "system": "12345 热线"}
    start_check(import_id=sent.id, options=options)
    check_import(import_id=sent.id, at=office.tick())
    at = office.tick()

    def confirm() -> None:
        start_import(import_id=sent.id, actor=actor, at=at)

    done, late = overlap(confirm, confirm)
    assert (done, late.startswith("imports.")) == (DONE, True)
    assert ProcrastinateJob.objects.filter(task_name="kernel.run_import").count() == 1
    overlap(
        lambda: run_import(import_id=sent.id, at=at), lambda: run_import(import_id=sent.id, at=at)
    )
    assert Case.objects.filter(original_number="A-1").count() == 1
    confirmed = Event.objects.filter(name="kernel.ImportConfirmed", subject_id=str(sent.id))
    assert confirmed.count() == 1
