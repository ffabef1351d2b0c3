"""Accounts: opened once, one language, all sessions ended at will."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.terms import SYSTEM
from linli.ground.people import queries, services
from linli.ground.people.errors import UnableToChooseLanguage, UnableToOpenAccount
from linli.ground.people.models import Account
from linli.ground.people.terms import Role, plain_phone

from .factories import PASSWORD, AccountFactory, OrganisationFactory, PersonFactory, hold_post

pytestmark = pytest.mark.django_db


def test_an_account_is_opened_for_a_person(at: datetime) -> None:
    person = PersonFactory(name="示例王")
    number = services.open_account(
        login="wang",
        password=PASSWORD,
        person_id=person.pk,
        phone="139 0000 1111",
        actor=SYSTEM,
        at=at,
    )
    member = queries.load_member(number, at)
    assert (member.name, member.is_staff) == ("示例王", False)
    assert queries.find_account_id("wang") == number
    assert queries.get_account_name(number) == "示例王"


@pytest.mark.parametrize(
    ("login", "phone", "code"),
    [
        ("taken", "", "people.login_taken"),
        ("free", "13900001111", "people.phone_taken"),
        ("free", "打我电话", "people.phone_malformed"),
    ],
)
def test_a_login_and_a_phone_belong_to_one_account(
    at: datetime, login: str, phone: str, code: str
) -> None:
    AccountFactory(login="taken", phone="13900001111")
    with pytest.raises(UnableToOpenAccount) as refused:
        services.open_account(login=login, password=PASSWORD, phone=phone, actor=SYSTEM, at=at)
    assert refused.value.code == code


def test_a_closed_account_is_nobody(at: datetime) -> None:
    account = AccountFactory(is_active=False)
    assert queries.find_member(account.pk, at) is None
    assert queries.find_account_id(account.login) is None


def test_the_language_is_one_of_ours(at: datetime) -> None:
    account = AccountFactory()
    services.choose_language(account_id=account.pk, language="en", actor=SYSTEM, at=at)
    assert queries.load_member(account.pk, at).language == "en"
    with pytest.raises(UnableToChooseLanguage):
        services.choose_language(account_id=account.pk, language="fr", actor=SYSTEM, at=at)


def test_signing_out_everywhere_ends_every_session_and_no_one_elses(at: datetime) -> None:
    mine, others = AccountFactory(), AccountFactory()
    devices = [Client(), Client()]
    for device in devices:
        device.force_login(mine)
    other = Client()
    other.force_login(others)
    services.sign_out_everywhere(account_id=mine.pk, actor=SYSTEM, at=at)
    assert [device.get("/me").status_code for device in devices] == [302, 302]
    assert other.get("/me").status_code == 200


@override_settings(DEMONSTRATION=True)
def test_the_demonstration_lists_a_few_of_each_role_and_residents_last() -> None:
    team = OrganisationFactory()
    for number in range(5):
        hold_post(
            AccountFactory(login=f"h{number}", is_demonstration=True),
            Role.HANDLER,
            organisation=team,
        )
    AccountFactory(login="resident", is_demonstration=True)
    AccountFactory(login="real")
    shown = queries.list_demonstration_accounts()
    assert [person.login for person in shown] == ["h0", "h1", "h2", "resident"]
    assert shown[-1].role_label == "居民"


def test_installing_makes_a_first_account_that_may_nothing_by_itself(at: datetime) -> None:
    account = Account.objects.create_superuser("first", PASSWORD)
    assert account.is_staff
    assert not queries.load_member(account.pk, at).is_staff


@given(st.text(max_size=30))
def test_a_phone_is_digits_or_nothing(text: str) -> None:
    number = plain_phone(text)
    assert number == "" or (number.isascii() and number.isdigit())


@pytest.mark.parametrize("typed", ["13900001111", "+86 139 0000 1111", "0086-139-0000-1111"])
def test_a_phone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert plain_phone(typed) == "13900001111"
