"""A courier's report: public space only, half an hour to be accepted or passed on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.notices.queries import list_notices
from linli.ground.people.errors import NotPermitted
from linli.ground.people.models import DutyShift
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.couriers.models import Asked
from linli.programmes.couriers.queries.reports import find_asked, list_for_couriers, list_own
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.services.reports import (
    accept_report,
    mark_late,
    pass_on_report,
    send_report,
)
from linli.programmes.couriers.terms import AskedOf, PassedTo
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.queries import timeline
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import CaseKind
from linli.spine.cases.tests.factories import START, CategoryFactory, make_photo, new_report

from .conftest import Round


def kinds(account_id: int) -> list[str]:
    return [one.kind for one in list_notices(account_id=account_id, limit=50)]


def test_it_is_a_case_like_others_and_the_grid_leader_is_asked(ride: Round) -> None:
    reported = ride.send()
    case = Case.objects.get()
    assert (case.channel, case.number) == ("courier", reported.number)
    reporter = Reporter.objects.get()
    assert (reporter.account_id, reporter.name, reporter.phone) == (ride.account.pk, "", "")
    asked = find_asked(case_id=case.id)
    assert asked is not None
    assert asked.asked_of is AskedOf.GRID
    assert asked.answer_by == ride.office.at + timedelta(minutes=30)
    assert "couriers.asked" in kinds(ride.leader_account.pk)


def test_sent_twice_it_is_one(ride: Round) -> None:
    same = {"id": new_id(), "photos": (make_photo(),)}
    assert ride.send(**same).number == ride.send(**same).number
    assert Asked.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"category_key": ""}, "couriers.category_missing"),
        ({"category_key": "matter:99999"}, "couriers.category_not_public"),
        ({"kind": CaseKind.COMPLAINT}, "couriers.category_not_public"),
        ({"photos": ()}, "couriers.photo_missing"),
    ],
)
def test_nothing_on_persons_and_nothing_without_a_photo(
    ride: Round, changes: dict[str, object], code: str
) -> None:
    CategoryFactory(code="99999", name="流浪乞讨")
    touch_catalogue(at=START)
    with pytest.raises(CourierRefused) as refusal:
        ride.send(**changes)
    assert refusal.value.code == code
    assert Case.objects.count() == 0
    assert [one.key for one in list_for_couriers(on=START)] == ["matter:06010"]


def test_who_is_not_confirmed_reports_as_everybody_does(ride: Round) -> None:
    stranger = member_of(AccountFactory(), at=START)
    with pytest.raises(CourierRefused) as refusal:
        send_report(report=new_report(), member=stranger, at=ride.office.tick())
    assert refusal.value.code == "couriers.not_one"


def test_accepting_stops_the_half_hour_and_tells_the_courier(ride: Round) -> None:
    reported = ride.send()
    accept_report(case_id=reported.case_id, member=ride.leader, at=ride.office.tick())
    assert "couriers.accepted" in kinds(ride.account.pk)
    (line,) = list_own(account_id=ride.account.pk)
    assert (line.number, line.accepted_at) == (reported.number, ride.office.at)
    with pytest.raises(CourierRefused) as refusal:
        accept_report(case_id=reported.case_id, member=ride.leader, at=ride.office.tick())
    assert refusal.value.code == "couriers.not_asked"
    assert mark_late(at=ride.office.tick(timedelta(hours=1))) == 0


def test_passing_on_says_why_and_tells_who_has_it_now(ride: Round) -> None:
    reported = ride.send()
    given = {"case_id": reported.case_id, "to": PassedTo.COMMUNITY, "member": ride.leader}
    with pytest.raises(CourierRefused) as refusal:
        pass_on_report(note=" ", at=ride.office.tick(), **given)  # type: ignore[arg-type]
    assert refusal.value.field == "note"
    pass_on_report(note="是社区的花坛", at=ride.office.tick(), **given)  # type: ignore[arg-type]
    secretary = ride.office.accounts[Role.COMMUNITY_SECRETARY]
    assert "couriers.passed_to_you" in kinds(secretary.pk)
    assert "couriers.passed_on" in kinds(ride.account.pk)
    assert "是社区的花坛" in {
        one.note for one in timeline(case_id=reported.case_id, audience=Audience.STAFF)
    }


def test_nobody_else_answers(ride: Round) -> None:
    reported = ride.send()
    elsewhere = AccountFactory(grid_leader=True, area=ride.office.place.grids[1])
    for member in (member_of(elsewhere, at=START), ride.courier, ride.office[Role.HANDLER]):
        with pytest.raises(NotPermitted):
            accept_report(case_id=reported.case_id, member=member, at=ride.office.tick())


def test_late_is_marked_once_and_told_one_level_up(ride: Round) -> None:
    reported = ride.send()
    due = ride.office.at + timedelta(minutes=30)
    assert mark_late(at=due) == 0
    assert mark_late(at=due + timedelta(seconds=1)) == 1
    assert mark_late(at=due + timedelta(minutes=5)) == 0
    for role in (Role.COMMUNITY_SECRETARY, Role.SHIFT_LEADER):
        assert kinds(ride.office.accounts[role].pk).count("couriers.late") == 1
    accept_report(case_id=reported.case_id, member=ride.leader, at=due + timedelta(hours=1))
    asked = find_asked(case_id=reported.case_id)
    assert asked is not None
    assert asked.is_late


def test_at_night_the_roster_is_asked(ride: Round) -> None:
    on_duty = ride.office.accounts[Role.SHIFT_LEADER]
    night = START + timedelta(hours=14)
    DutyShift.objects.create(
        street_code=ride.office.place.street.code,
        role="centre",
        account=on_duty,
        starts_at=START + timedelta(hours=10),
        ends_at=START + timedelta(hours=24),
    )
    ride.office.at = night
    reported = ride.send()
    asked = find_asked(case_id=reported.case_id)
    assert asked is not None
    assert asked.asked_of is AskedOf.DUTY
    assert "couriers.asked" in kinds(on_duty.pk)
    assert "couriers.asked" not in kinds(ride.leader_account.pk)


def test_the_own_record_is_the_own_alone(ride: Round) -> None:
    ride.send()
    assert list_own(account_id=ride.leader_account.pk) == []
    assert len(list_own(account_id=ride.account.pk)) == 1
