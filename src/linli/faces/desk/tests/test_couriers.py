"""Couriers on the desk: confirmed or refused, their reports accepted or passed on."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.territory.tests.factories import middle
from linli.programmes.couriers.models import Asked, Courier, RestPlace
from linli.programmes.couriers.services.couriers import apply
from linli.programmes.couriers.services.reports import send_report
from linli.programmes.couriers.terms import Company
from linli.spine.cases.models import Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import ActionName, Reported
from linli.spine.cases.tests.factories import START, Office, make_photo, new_report

from .conftest import SignIn

LON, LAT = middle(0, 0)


@pytest.fixture
def courier(office: Office) -> Courier:
    """Give somebody who waits to be confirmed."""
    Category.objects.filter(pk=office.category.pk).update(for_couriers=True)
    touch_catalogue(at=START)
    apply(
        company=Company.OTHER,
        company_name="同城跑腿",
        area_code=office.place.communities[0].code,
        member=member_of(AccountFactory(), at=START),
        at=office.tick(),
    )
    return Courier.objects.get()


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    """Sign the community's secretary in."""
    return sign_in(Role.COMMUNITY_SECRETARY)


@pytest.fixture
def reported(office: Office, secretary: Client, courier: Courier) -> Reported:
    """Let the courier, once confirmed, report."""
    secretary.post(f"/desk/couriers/{courier.pk}/decide/", {"do": "confirm"})
    report = new_report(id=new_id(), category_key="matter:06010", photos=(make_photo(),))
    member = member_of(courier.account, at=START)
    return send_report(report=report, member=member, at=office.tick())


@pytest.fixture
def leader(office: Office) -> Client:
    """Sign the grid's leader in."""
    client = Client()
    client.force_login(AccountFactory(grid_leader=True, area=office.place.grids[0]))
    return client


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(
    secretary: Client, courier: Courier
) -> None:
    assert "同城跑腿" in shown(secretary, "/desk/couriers/")
    path = f"/desk/couriers/{courier.pk}/decide/"
    refused = secretary.post(path, {"do": "refuse", "reason": " "})
    assert (refused.status_code, "不确认要写明理由" in refused.content.decode()) == (422, True)
    secretary.post(path, {"do": "refuse", "reason": "不常来"})
    courier.refresh_from_db()
    assert (courier.state, courier.reason) == ("refused", "不常来")


def test_others_are_told_who_may(sign_in: SignIn, courier: Courier) -> None:
    for role in (Role.HANDLER, Role.GRID_WORKER, Role.KEEPER):
        assert sign_in(role).get("/desk/couriers/").status_code == 403


def test_the_leader_takes_it_on_the_page_of_the_case(
    leader: Client, reported: Reported, courier: Courier
) -> None:
    path = f"/desk/cases/{reported.number}/"
    page = shown(leader, path)
    assert "半小时内接下或转派" in page
    assert courier.account.get_full_name() not in page
    assert "同城跑腿" not in page
    assert "已接下" in leader.post(f"{path}courier/", {}, follow=True).content.decode()
    assert "有人接下" in shown(leader, path)
    assert Asked.objects.get().answered_by_id is not None


def test_passing_on_asks_why(leader: Client, reported: Reported) -> None:
    path = f"/desk/cases/{reported.number}/courier/"
    refused = leader.post(path, {"to": "community", "note": ""}, follow=True)
    assert "转派要写一句为什么" in refused.content.decode()
    leader.post(path, {"to": "community", "note": "是社区的花坛"})
    assert "转给了社区" in shown(leader, f"/desk/cases/{reported.number}/")


def test_an_employer_sees_the_matter_and_nothing_of_the_courier(
    office: Office, sign_in: SignIn, reported: Reported, courier: Courier
) -> None:
    for action in (ActionName.VERIFY, ActionName.FILE, ActionName.DISPATCH):
        office.step_on(reported.case_id, action)
    handler = sign_in(Role.HANDLER)
    page = shown(handler, f"/desk/cases/{reported.number}/")
    assert reported.number in page
    for words in (courier.account.get_full_name(), courier.account.login, "同城跑腿"):
        assert words not in page
    assert handler.post(f"/desk/cases/{reported.number}/courier/", {}).status_code == 403


def test_places_to_rest_are_entered_and_given_up(secretary: Client) -> None:
    given = {
        "name": "社区服务站",
        "address": "义和路 1 号",
        "comforts": ["water"],
        "weekdays": ["1", "2"],
        "opens": "08:00",
        "closes": "20:00",
        "lon": str(LON),
        "lat": str(LAT),
    }
    wrong = secretary.post("/desk/rest-places/", {**given, "closes": "07:00"})
    assert (wrong.status_code, "义和路 1 号" in wrong.content.decode()) == (422, True)
    assert secretary.post("/desk/rest-places/", given).status_code == 302
    place = RestPlace.objects.get()
    assert "社区服务站" in shown(secretary, "/desk/rest-places/")
    secretary.post(f"/desk/rest-places/{place.pk}/stop/")
    place.refresh_from_db()
    assert place.closed_at is not None
