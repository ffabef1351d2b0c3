"""A phone names the courier's channel: the half-hour begins, photos follow; others may not."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.couriers.models import Asked
from linli.programmes.couriers.services.couriers import apply, decide
from linli.programmes.couriers.terms import Company
from linli.spine.cases.models import Case, Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.tests.factories import START, Office, make_office

PATH = "/api/v1/reports"


@pytest.fixture
def office(db: None) -> Office:
    """Give an office whose couriers report rubbish."""
    made = make_office()
    Category.objects.filter(pk=made.category.pk).update(for_couriers=True)
    touch_catalogue(at=START)
    return made


@pytest.fixture
def courier(office: Office) -> Account:
    """Give a courier the community confirmed."""
    account = AccountFactory()
    courier_id = apply(
        company=Company.SF,
        company_name="",
        area_code=office.place.communities[0].code,
        member=member_of(account, at=START),
        at=office.tick(),
    )
    secretary = office[Role.COMMUNITY_SECRETARY]
    decide(courier_id=courier_id, confirms=True, member=secretary, at=office.tick())
    return account


def send(account: Account | None, **changes: object) -> tuple[int, str]:
    client = Client()
    if account is not None:
        client.force_login(account)
    body = {
        "id": str(new_id()),
        "text": "垃圾满了",
        "category": "matter:06010",
        "channel": "courier",
        "lon": 125.30125,
        "lat": 43.8709,
        **changes,
    }
    answer = client.post(PATH, body, content_type="application/json")
    told = answer.json()
    said = told.get("error", {}).get("code") or told.get("answerer", {}).get("words", "")
    return answer.status_code, str(said)


def test_a_couriers_report_has_its_half_hour_and_photos_follow(courier: Account) -> None:
    status, words = send(courier)
    assert status == 201
    assert words.startswith("半小时内有人接下或转给该管的人。")
    assert Case.objects.get().channel == "courier"
    assert Asked.objects.count() == 1


def test_nobody_else_comes_by_this_door(office: Office) -> None:
    assert send(AccountFactory()) == (422, "couriers.not_one")
    assert send(None)[0] == 403
    assert Case.objects.count() == 0


def test_persons_are_not_reported(courier: Account) -> None:
    assert send(courier, category="")[0] == 422
    assert send(courier, kind="complaint")[0] == 422
    assert Case.objects.count() == 0
