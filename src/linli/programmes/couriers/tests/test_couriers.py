"""A courier applies, the community confirms or says why not; employers see nothing."""

from __future__ import annotations

import pytest

from linli.ground.notices.queries import list_notices
from linli.ground.people.holdings import collect
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Role
from linli.ground.people.tests.factories import AccountFactory, OrganisationFactory, member_of
from linli.programmes.couriers.models import Asked, Courier
from linli.programmes.couriers.queries.couriers import find_own, list_couriers
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.services.couriers import apply, decide, leave
from linli.programmes.couriers.terms import Company, CourierState
from linli.spine.cases.tests.factories import START, Office

from .conftest import Round

SECRETARY = Role.COMMUNITY_SECRETARY


def kinds(account_id: int) -> list[str]:
    return [one.kind for one in list_notices(account_id=account_id, limit=50)]


def ask(office: Office, **changes: object) -> int:
    account = AccountFactory()
    given = {
        "company": Company.OTHER,
        "company_name": "同城跑腿",
        "area_code": office.place.communities[0].code,
        "member": member_of(account, at=START),
        "at": office.tick(),
    }
    return apply(**{**given, **changes})  # type: ignore[arg-type]


def test_the_secretary_is_asked_and_the_courier_told(ride: Round) -> None:
    secretary = ride.office.accounts[SECRETARY]
    assert "couriers.to_confirm" in kinds(secretary.pk)
    assert "couriers.confirmed" in kinds(ride.account.pk)


def test_a_refusal_needs_a_reason_which_the_courier_reads(office: Office) -> None:
    courier_id = ask(office)
    given = {"courier_id": courier_id, "confirms": False, "member": office[SECRETARY]}
    with pytest.raises(CourierRefused) as refusal:
        decide(**given, at=office.tick())  # type: ignore[arg-type]
    assert (refusal.value.code, refusal.value.field) == ("couriers.reason_missing", "reason")
    decide(reason="登记的社区不对", at=office.tick(), **given)  # type: ignore[arg-type]
    row = Courier.objects.get(pk=courier_id)
    own = find_own(account_id=row.account_id)
    assert own is not None
    assert (own.state, own.reason) == (CourierState.REFUSED, "登记的社区不对")
    assert "couriers.refused" in kinds(row.account_id)


def test_who_was_refused_may_ask_again_and_nobody_twice_at_once(ride: Round) -> None:
    office = ride.office
    with pytest.raises(CourierRefused) as refusal:
        ask(office, member=ride.courier)
    assert refusal.value.code == "couriers.applied_already"
    leave(member=ride.courier, at=office.tick())
    assert ask(office, member=ride.courier) == ride.courier_id


def test_another_company_is_named_and_a_community_known(office: Office) -> None:
    for changes, code in (
        ({"company_name": " "}, "couriers.company_missing"),
        ({"company_name": "长" * 41}, "couriers.too_long"),
        ({"area_code": office.place.street.code}, "couriers.area_unknown"),
    ):
        with pytest.raises(CourierRefused) as refusal:
            ask(office, **changes)
        assert refusal.value.code == code


def test_only_the_own_community_lists_and_confirms(office: Office) -> None:
    courier_id = ask(office)
    other = member_of(
        AccountFactory(community_secretary=True, area=office.place.communities[1]), at=START
    )
    assert list_couriers(member=other, state=CourierState.APPLIED) == []
    with pytest.raises(CourierRefused) as refusal:
        decide(courier_id=courier_id, confirms=True, member=other, at=office.tick())
    assert refusal.value.code == "couriers.not_found"
    (waiting,) = list_couriers(member=office[SECRETARY], state=CourierState.APPLIED)
    assert (waiting.id, waiting.company_name) == (courier_id, "同城跑腿")


def test_an_employer_sees_nothing(ride: Round) -> None:
    ride.send()
    employer = OrganisationFactory(name="美团")
    account = AccountFactory(handler=True, organisation=employer)
    member = member_of(account, at=START)
    for state in CourierState:
        assert list_couriers(member=member, state=state) == []
    with_right = {role for role in Role if Action.COURIER_CONFIRM in PERMISSIONS[role]}
    assert with_right == {Role.COMMUNITY_SECRETARY, Role.SHIFT_LEADER}


def test_who_leaves_is_no_longer_tied_to_the_reports(ride: Round) -> None:
    ride.send()
    leave(member=ride.courier, at=ride.office.tick())
    assert Asked.objects.get().courier_id is None
    holdings = collect(account_id=ride.account.pk, person_id=ride.account.person_id)
    (mine,) = [one for one in holdings if (one.room, one.part) == ("couriers", "reports")]
    assert mine.rows == ()
