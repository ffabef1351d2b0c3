"""Signing in by phone and code: alike for every number, bounded, and never into a post."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Subject
from linli.ground.people.errors import UnableToProve, UnableToSendCode
from linli.ground.people.events import AccountOpened, PhoneProved
from linli.ground.people.middleware import member_of
from linli.ground.people.models import Account, PhoneCode
from linli.ground.people.services import phone_codes
from linli.ground.people.terms import Post, Role
from linli.ground.people.terms.codes import MOST_TRIES, CodePurpose, CodesGo

from .factories import AccountFactory, PersonFactory, hold_post
from .phones import Phones

pytestmark = pytest.mark.django_db
PHONE = "13900007777"


def ask(client: Client, phone: str = PHONE, **more: str) -> Any:
    """Ask for a code."""
    return client.post("/accounts/phone/", {"phone": phone, **more})


def enter(client: Client, code: str, **more: str) -> Any:
    """Type the code."""
    return client.post("/accounts/phone/code/", {"code": code, **more})


def let_time_pass() -> None:
    """Forget how often was asked, as an hour does."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_rate")


def test_a_new_phone_gets_an_account_whose_name_tells_nothing(
    client: Client, phones: Phones
) -> None:
    assert ask(client, "+86 139-0000-7777").headers["Location"] == "/accounts/phone/code/"
    assert [phone for phone, _code in phones.sent] == [PHONE]
    page = client.get("/accounts/phone/code/").content.decode()
    assert "139****7777" in page
    assert enter(client, phones.last_code).headers["Location"] == "/me"
    account = Account.objects.get(phone=PHONE)
    assert PHONE not in account.login
    assert account.phone_proved_at is not None
    assert not account.has_usable_password()
    told = list_occurrences(Subject(kind="people.Account", id=str(account.pk)))
    assert {type(one.event) for one in told} == {AccountOpened, PhoneProved}
    assert PHONE in client.get("/me").content.decode()


def test_a_known_phone_signs_in_to_its_own_account(client: Client, phones: Phones) -> None:
    account = AccountFactory(login="resident", phone=PHONE)
    ask(client, next="/t/")
    assert enter(client, f" {phones.last_code} ").headers["Location"] == "/t/"
    assert client.session["_auth_user_id"] == str(account.pk)
    account.refresh_from_db()
    assert account.phone_proved_at is not None
    assert client.session.get_expiry_age() <= 12 * 3600


def test_who_wants_to_stays_signed_in_for_thirty_days(client: Client, phones: Phones) -> None:
    ask(client)
    enter(client, phones.last_code, remember="on")
    assert 29 * 24 * 3600 < client.session.get_expiry_age() <= 30 * 24 * 3600


def test_asking_never_tells_whether_a_number_is_known(phones: Phones) -> None:
    AccountFactory(phone="13900001111")
    AccountFactory(phone="13900002222", dispatcher=True)
    AccountFactory(phone="13900003333", is_active=False)
    seen = set()
    for phone in ("13900001111", "13900002222", "13900003333", "13900004444"):
        visitor = Client()
        answer = ask(visitor, phone)
        page = visitor.get("/accounts/phone/code/").content.decode()
        typed = phones.wrong_code
        wrong = enter(visitor, typed).content.decode().replace(typed, "CODE")
        plain = [_without_secrets(text, phone) for text in (page, wrong)]
        seen.add((answer.status_code, answer.headers["Location"], *plain))
    assert len(seen) == 1
    assert len(phones.sent) == 4


def _without_secrets(page: str, phone: str) -> str:
    page = page.replace(phone, "PHONE").replace(f"{phone[:3]}****{phone[-4:]}", "PHONE")
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", page)


def test_a_code_alone_never_opens_the_account_of_staff(client: Client, phones: Phones) -> None:
    AccountFactory(phone=PHONE, dispatcher=True)
    ask(client)
    answer = client.post("/accounts/phone/code/", {"code": phones.last_code}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/"
    assert "请用密码登录" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_account_of_the_administration_needs_its_password(
    client: Client, phones: Phones
) -> None:
    AccountFactory(phone=PHONE, is_staff=True)
    ask(client)
    assert enter(client, phones.last_code).headers["Location"] == "/accounts/login/"
    assert client.get("/admin/").status_code == 302


def test_a_post_given_later_is_not_open_to_a_session_that_began_by_code(
    client: Client, phones: Phones
) -> None:
    ask(client)
    enter(client, phones.last_code)
    account = Account.objects.get(phone=PHONE)
    account.person = PersonFactory()
    account.save()
    hold_post(account, Role.DISPATCHER)
    assert _posts_of(client) == ()
    by_password = Client()
    by_password.force_login(account)
    assert [post.role for post in _posts_of(by_password)] == [Role.DISPATCHER]


def _posts_of(client: Client) -> tuple[Post, ...]:
    member = member_of(client.get("/me").wsgi_request)
    assert member is not None
    return member.appointments


def test_a_resident_with_a_second_factor_is_asked_for_it_too(
    client: Client, phones: Phones
) -> None:
    totp.TOTP.activate(AccountFactory(phone=PHONE), totp.generate_totp_secret())
    ask(client)
    assert enter(client, phones.last_code).headers["Location"].startswith("/accounts/2fa/")
    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(client: Client, phones: Phones) -> None:
    AccountFactory(phone=PHONE, is_active=False)
    ask(client)
    assert enter(client, phones.last_code).headers["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_code_serves_once_and_in_its_own_session_only(client: Client, phones: Phones) -> None:
    ask(client)
    code = phones.last_code
    other = Client()
    assert enter(other, code).headers["Location"] == "/accounts/phone/"
    enter(client, code)
    client.logout()
    let_time_pass()
    ask(other)
    assert enter(other, code).status_code == (422 if code != phones.last_code else 302)


def test_after_five_wrong_tries_the_right_code_is_dead(client: Client, phones: Phones) -> None:
    ask(client)
    for _try in range(MOST_TRIES):
        assert "验证码不对" in enter(client, phones.wrong_code).content.decode()
    assert "已失效或试错太多次" in enter(client, phones.last_code).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_expires(client: Client, phones: Phones) -> None:
    ask(client)
    long_ago = timezone.now() - timedelta(minutes=6)
    PhoneCode.objects.update(asked_at=long_ago, expires_at=long_ago + timedelta(minutes=5))
    assert "已失效" in enter(client, phones.last_code).content.decode()


def test_tries_on_one_phone_are_counted_over_all_its_codes(phones: Phones) -> None:
    at = timezone.now()
    for number in range(phone_codes.TRIES_PER_PHONE_AN_HOUR):
        phone_codes._count_trying(PHONE, f"198.51.100.{number}", at)
    with pytest.raises(UnableToProve) as refused:
        phone_codes._count_trying(PHONE, "198.51.100.200", at)
    assert refused.value.code == "people.tries_too_often"


def test_a_phone_gets_one_code_a_minute(client: Client, phones: Phones) -> None:
    # Windows begin with the minute: both are asked for within one.
    now = timezone.now().replace(second=20)
    with mock.patch("django.utils.timezone.now", return_value=now):
        ask(client)
        again = ask(client)
    assert "请过一分钟再试" in again.content.decode()
    assert PHONE in again.content.decode()
    assert len(phones.sent) == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_a_phone_gets_few_codes_an_hour_known_or_not(phones: Phones, is_known: bool) -> None:
    if is_known:
        AccountFactory(phone=PHONE)
    at = timezone.now().replace(minute=0, second=0)
    for minute in range(phone_codes.PER_PHONE_AN_HOUR):
        phone_codes.send_code(
            phone=PHONE,
            purpose=CodePurpose.SIGN_IN,
            address=f"198.51.100.{minute}",
            at=at + timedelta(minutes=minute),
        )
    with pytest.raises(UnableToSendCode) as refused:
        phone_codes.send_code(
            phone=PHONE,
            purpose=CodePurpose.SIGN_IN,
            address="198.51.100.99",
            at=at + timedelta(minutes=30),
        )
    assert refused.value.code == "people.code_too_often"


def test_an_address_does_not_try_out_number_after_number(phones: Phones) -> None:
    at = timezone.now().replace(minute=0, second=0)
    for number in range(phone_codes.PER_ADDRESS_AN_HOUR):
        _send_to(f"1390001{number:04d}", at)
    with pytest.raises(UnableToSendCode) as refused:
        _send_to("13900029999", at)
    assert refused.value.code == "people.code_too_often"
    assert len(phones.sent) == phone_codes.PER_ADDRESS_AN_HOUR


def _send_to(phone: str, at: datetime) -> None:
    purpose = CodePurpose.SIGN_IN
    phone_codes.send_code(phone=phone, purpose=purpose, address="198.51.100.7", at=at)


@pytest.mark.parametrize("typed", ["", "12345", "010-8888 7777", "139000077", "abc", "1" * 29])
def test_what_is_no_mobile_number_gets_no_code(client: Client, phones: Phones, typed: str) -> None:
    assert ask(client, typed).status_code == 422
    assert phones.sent == []


def test_a_number_of_another_country_is_taken_with_its_plus(client: Client, phones: Phones) -> None:
    ask(client, "+44 7700 900123")
    assert [phone for phone, _code in phones.sent] == ["447700900123"]


def test_a_gateway_that_fails_is_told_and_the_number_stays(client: Client, phones: Phones) -> None:
    phones.is_broken = True
    page = ask(client).content.decode()
    assert "没有发出去" in page
    assert PHONE in page


def test_without_a_way_for_sms_the_page_says_what_works(client: Client, phones: Phones) -> None:
    phones.goes = CodesGo.NOWHERE
    page = client.get("/accounts/phone/").content.decode()
    assert "这里还没有开通短信" in page
    assert "发送验证码" not in page
    assert ask(client).status_code == 422


def test_only_the_demonstration_shows_the_code(phones: Phones, settings: Settings) -> None:
    quiet, shown = Client(), Client()
    ask(quiet)
    assert phones.last_code not in quiet.get("/accounts/phone/code/").content.decode()
    settings.DEMONSTRATION = True
    ask(shown, "13900008888")
    page = shown.get("/accounts/phone/code/").content.decode()
    assert phones.last_code in page
    assert "演示环境不发短信" in page


def test_nobody_is_led_elsewhere_after_signing_in(client: Client, phones: Phones) -> None:
    ask(client, next="https://elsewhere.example/")
    assert enter(client, phones.last_code).headers["Location"] == "/me"


def test_codes_are_kept_hashed_and_forgotten_after_a_day(client: Client, phones: Phones) -> None:
    ask(client)
    row = PhoneCode.objects.get()
    assert phones.last_code.encode() not in bytes(row.digest)
    assert phone_codes.forget_codes(at=timezone.now()) == 0
    assert phone_codes.forget_codes(at=timezone.now() + timedelta(hours=25)) == 1


def test_the_page_speaks_english(client: Client, phones: Phones) -> None:
    page = client.get("/accounts/phone/", headers={"accept-language": "en"}).content.decode()
    assert "Sign in with your phone" in page
    assert "Send the code" in page
