"""The accounts that are offered can be signed in to, and cover every role that has one."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import check_password

from linli.demonstration import places
from linli.demonstration.accounts import RESIDENT_LOGIN, RESIDENT_PHONE
from linli.demonstration.neighbours import CASES
from linli.demonstration.queries import list_desks
from linli.ground.people.leaving import count_orphans
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.spine.cases.queries import list_my_reports
from linli.spine.cases.queries.around import list_around, list_followed
from linli.spine.cases.queries.left_with import list_left_with

from .conftest import until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_every_desk_can_be_signed_in_to() -> None:
    desks = list_desks()
    assert len({desk.login for desk in desks}) == len(desks) == 16
    for desk in desks:
        account = Account.objects.get(login=desk.login)
        assert account.is_demonstration
        assert account.is_active
        assert check_password(desk.password, account.password)


def test_every_role_with_a_face_is_there_and_residents_come_last() -> None:
    desks = list_desks()
    faceless = {Role.GRID_WORKER, Role.BUILDING_LEADER, Role.UNIT_LEADER, Role.ORDER_HELPER}
    assert {desk.role for desk in desks} == set(Role) - faceless
    assert desks[-1].role is Role.RESIDENT
    assert next(desk.login for desk in desks if desk.role is Role.HANDLER) == "handler-heat"


def test_desks_speak_both_languages() -> None:
    for chinese, english in zip(list_desks(), list_desks(language="en"), strict=True):
        assert re.search(r"[\u4e00-\u9fff]", chinese.task)
        assert not re.search(r"[\u4e00-\u9fff]", english.role_label + english.task)


def test_all_accounts_are_marked_as_the_demonstration_s() -> None:
    assert not Account.objects.filter(is_demonstration=False).exists()


def test_no_work_hangs_on_somebody_without_a_post() -> None:
    assert count_orphans(at=until()) == 0


def test_the_resident_s_phone_opens_an_account_that_shows_something() -> None:
    resident = Account.objects.get(login=RESIDENT_LOGIN)
    assert resident.phone == RESIDENT_PHONE
    assert resident.phone_proved_at is not None
    assert list_my_reports(account_id=resident.pk, at=until(), limit=5)
    assert len(list_left_with(phone=RESIDENT_PHONE)) == CASES
    assert list_followed(account_id=resident.pk)


def test_neighbours_met_the_same_around_the_first_building() -> None:
    lon, lat = next(iter(places.buildings())).point
    counts = [one.met_too for one in list_around(lon=lon, lat=lat, at=until())]
    assert max(counts) > 1
