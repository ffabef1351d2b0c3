"""The couriers' page: help first, three taps, the own record and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.opening import Hours
from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.services.names import add_place_names
from linli.ground.territory.terms import NewPlaceName, PlaceKind
from linli.ground.territory.tests.factories import middle
from linli.programmes.couriers.models import Courier
from linli.programmes.couriers.services.couriers import decide
from linli.programmes.couriers.services.places import open_rest_place
from linli.programmes.couriers.terms import Comfort, NewRestPlace
from linli.spine.cases.models import Case, Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.tests.factories import START, Office

from .conftest import photo_file

LON, LAT = middle(0, 0)


@pytest.fixture
def account(office: Office) -> Account:
    """Give somebody with an account, and a category couriers report."""
    Category.objects.filter(pk=office.category.pk).update(for_couriers=True)
    touch_catalogue(at=START)
    return AccountFactory()


@pytest.fixture
def courier(client: Client, office: Office, account: Account) -> Client:
    """Sign a confirmed courier in."""
    client.force_login(account)
    given = {"company": "meituan", "area_code": office.place.communities[0].code}
    assert client.post("/courier/join", given).status_code == 302
    secretary = office[Role.COMMUNITY_SECRETARY]
    courier_id = Courier.objects.get().pk
    decide(courier_id=courier_id, confirms=True, member=secretary, at=office.tick())
    return client


def taps(**changes: object) -> dict[str, object]:
    usual = {
        "id": str(new_id()),
        "category": "matter:06010",
        "photos": photo_file(),
        "lon": str(LON),
        "lat": str(LAT),
    }
    return {**usual, **changes}


def shown(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_strangers_find_doors_and_are_led_to_sign_in(client: Client, office: Office) -> None:
    page = shown(client, "/courier/?q=网格")
    assert office.place.grids[0].name in page
    assert "/accounts/login/?next=%2Fcourier%2F" in page
    assert client.get("/courier/report").status_code == 302


def test_a_gate_is_shown_as_one_with_the_way_to_it(client: Client, office: Office) -> None:
    gate = NewPlaceName(kind=PlaceKind.GATE, name="同德里东门", lon=LON, lat=LAT)
    add_place_names(rows=[gate], actor=SYSTEM, at=START)
    page = shown(client, "/courier/?q=同德里东")
    assert "同德里东门" in page
    assert "大门 · " in page
    assert f'href="geo:{LAT:.6f},{LON:.6f}"' in page
    client.cookies["language"] = "en"
    assert "Gate · " in shown(client, "/courier/?q=同德里东")


def test_a_form_refused_keeps_what_was_typed(client: Client, account: Account) -> None:
    client.force_login(account)
    answer = client.post("/courier/join", {"company": "other", "company_name": "同城"})
    assert answer.status_code == 422
    assert 'value="同城"' in answer.content.decode()


def test_three_taps_make_a_case_shown_in_the_own_record(courier: Client, office: Office) -> None:
    answer = courier.post("/courier/report", taps(), follow=True)
    case = Case.objects.get()
    page = answer.content.decode()
    assert f"收到了，编号 {case.number}" in page
    assert "前有人接下" in page
    assert (case.channel, case.text) == ("courier", office.category.name)
    stranger = Client()
    stranger.force_login(AccountFactory())
    assert case.number not in shown(stranger, "/courier/")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": ""}, "请选是哪一类问题"),
        ({"photos": ""}, "请拍一张照片"),
        ({"lon": "", "lat": "", "address": ""}, 'id="courier_address-error"'),
    ],
)
def test_what_is_missing_is_said_beside_it(
    courier: Client, changes: dict[str, object], said: str
) -> None:
    answer = courier.post("/courier/report", taps(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Case.objects.count() == 0


def test_a_refusal_is_read_with_its_reason_and_somewhere_else_to_go(
    client: Client, office: Office, account: Account
) -> None:
    client.force_login(account)
    given = {"company": "sf", "area_code": office.place.communities[0].code}
    client.post("/courier/join", given)
    assert "等社区确认" in shown(client, "/courier/")
    decide(
        courier_id=Courier.objects.get().pk,
        confirms=False,
        reason="不常来这里",
        member=office[Role.COMMUNITY_SECRETARY],
        at=office.tick(),
    )
    page = shown(client, "/courier/")
    assert "理由：不常来这里" in page
    assert "12345" in page


def test_who_leaves_has_no_record_any_more(courier: Client) -> None:
    courier.post("/courier/report", taps(), follow=True)
    courier.post("/courier/leave", follow=True)
    assert Case.objects.get().number not in shown(courier, "/courier/")


def test_places_to_rest_stand_by_distance(client: Client, office: Office) -> None:
    for name, column in (("东头小站", 2), ("西头小站", 0)):
        lon, lat = middle(column, 0)
        place = NewRestPlace(
            name=name,
            address="路边",
            lon=lon,
            lat=lat,
            hours=Hours(on_holidays=True),
            comforts=(Comfort.WATER,),
        )
        member = office[Role.COMMUNITY_SECRETARY]
        open_rest_place(place=place, member=member, at=office.tick())
    page = shown(client, f"/rest/?lon={LON}&lat={LAT}")
    assert page.index("西头小站") < page.index("东头小站")
    assert "0 米" in page.replace("\u2009", " ")
    assert "热水" in page
    assert shown(client, "/rest/?lon=x&lat=nan").index("东头小站") > 0
    assert len(client.get("/rest/points.json").json()["features"]) == 2
