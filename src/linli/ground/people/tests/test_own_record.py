"""What people correct of their own record, and what is left when they close the account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Subject
from linli.ground.people.events import AccountClosed
from linli.ground.people.models import Account, Person, PhoneCode, SignIn

from .factories import AccountFactory, PersonFactory
from .phones import Phones

pytestmark = pytest.mark.django_db
PHONE = "13900007777"


@pytest.fixture
def account(client: Client, phones: Phones) -> Account:
    """A resident signed in by phone, without a person on record."""
    client.post("/accounts/phone/", {"phone": PHONE})
    client.post("/accounts/phone/code/", {"code": phones.last_code})
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_rate")
    return Account.objects.get(phone=PHONE)


def test_a_name_is_given_and_corrected(client: Client, account: Account) -> None:
    answer = client.post("/me/name", {"name": "  示例  阿姨 "}, follow=True)
    assert "已更正" in answer.content.decode()
    account.refresh_from_db()
    assert account.called == "示例 阿姨"
    assert account.get_full_name() == "示例 阿姨"


def test_a_person_on_record_corrects_the_record(client: Client) -> None:
    person = PersonFactory(name="示列居民")
    client.force_login(AccountFactory(person=person))
    client.post("/me/name", {"name": "示例居民"})
    person.refresh_from_db()
    assert person.name == "示例居民"


def test_the_name_of_an_office_is_kept_by_the_office(client: Client) -> None:
    account = AccountFactory(dispatcher=True)
    client.force_login(account)
    answer = client.post("/me/name", {"name": "别的名字"})
    assert answer.status_code == 422
    assert "由街道办更正" in answer.content.decode()
    assert account.person is not None
    assert Person.objects.get(pk=account.person.pk).name == account.person.name


@pytest.mark.parametrize("name", ["", "   ", "名" * 41])
def test_a_name_is_short_and_not_nothing(client: Client, account: Account, name: str) -> None:
    assert client.post("/me/name", {"name": name}).status_code == 422


def test_a_new_number_counts_once_its_code_came_back(
    client: Client, account: Account, phones: Phones
) -> None:
    assert client.post("/me/phone", {"phone": "13900008888"}).headers["Location"] == (
        "/me/phone/code"
    )
    account.refresh_from_db()
    assert account.phone == PHONE
    assert client.post("/me/phone/code", {"code": phones.wrong_code}).status_code == 422
    client.post("/me/phone/code", {"code": phones.last_code})
    account.refresh_from_db()
    assert account.phone == "13900008888"
    assert account.phone_proved_at is not None


def test_a_number_of_another_account_is_told_only_to_who_holds_it(
    client: Client, account: Account, phones: Phones
) -> None:
    AccountFactory(phone="13900008888")
    assert client.post("/me/phone", {"phone": "13900008888"}).status_code == 302
    page = client.post("/me/phone/code", {"code": phones.last_code}).content.decode()
    assert "已是另一个账号的登录号" in page
    account.refresh_from_db()
    assert account.phone == PHONE


def test_a_code_for_a_change_signs_nobody_in_and_serves_no_other_account(
    client: Client, account: Account, phones: Phones
) -> None:
    client.post("/me/phone", {"phone": "13900008888"})
    assert client.post("/accounts/phone/code/", {"code": phones.last_code}).status_code == 302
    kept = client.session["people_code"]
    other = Client()
    other.force_login(AccountFactory())
    session = other.session
    session["people_code"] = kept
    session.save()
    assert other.post("/me/phone/code", {"code": phones.last_code}).status_code == 422


def test_closing_says_first_what_goes_and_what_stays(client: Client, account: Account) -> None:
    page = client.get("/me/close").content.decode()
    for words in ("会删除", "会留下", "案件本身", "您收到的通知"):
        assert words in page, words
    assert client.post("/me/close", {}).status_code == 422
    account.refresh_from_db()
    assert account.is_active


def test_a_closed_account_holds_nothing_and_opens_no_more(
    client: Client, account: Account, phones: Phones
) -> None:
    answer = client.post("/me/close", {"sure": "on"}, follow=True)
    assert "账号已注销" in answer.content.decode()
    account.refresh_from_db()
    assert not account.is_active
    assert (account.phone, account.called, account.person_id) == (None, "", None)
    assert not PhoneCode.objects.filter(phone=PHONE).exists()
    assert not SignIn.objects.filter(account=account).exists()
    assert client.get("/me").status_code == 302
    told = list_occurrences(Subject(kind="people.Account", id=str(account.pk)))
    assert isinstance(told[-1].event, AccountClosed)


def test_the_number_of_a_closed_account_opens_a_new_one(
    client: Client, account: Account, phones: Phones
) -> None:
    client.post("/me/close", {"sure": "on"})
    client.post("/accounts/phone/", {"phone": PHONE})
    client.post("/accounts/phone/code/", {"code": phones.last_code})
    assert Account.objects.get(phone=PHONE).pk != account.pk


def test_the_person_goes_unless_a_post_must_stay_readable(client: Client) -> None:
    nobody, former = PersonFactory(housed=True), AccountFactory(dispatcher=True)
    client.force_login(AccountFactory(person=nobody))
    client.post("/me/close", {"sure": "on"})
    assert not Person.objects.filter(pk=nobody.pk).exists()
    assert former.person is not None
    former.person.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(former)
    client.post("/me/close", {"sure": "on"})
    kept = Person.objects.get(pk=former.person.pk)
    assert kept.phone == ""
    assert kept.name == former.person.name


def test_who_holds_a_post_hands_it_over_first(client: Client) -> None:
    account = AccountFactory(dispatcher=True)
    client.force_login(account)
    page = client.post("/me/close", {"sure": "on"}).content.decode()
    assert "请先卸任" in page
    account.refresh_from_db()
    assert account.is_active


def test_the_accounts_of_the_demonstration_stay(client: Client) -> None:
    account = AccountFactory(is_demonstration=True)
    client.force_login(account)
    assert client.post("/me/close", {"sure": "on"}).status_code == 422
    account.refresh_from_db()
    assert account.is_active
