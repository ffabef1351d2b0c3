"""Signing in and out in the browser, the second factor, and sessions that ran out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linli.ground.people import services
from linli.ground.people.middleware import SecondFactorMiddleware
from linli.ground.people.models import Account
from linli.ground.people.queries import find_member
from linli.ground.people.terms import Role

from .factories import PASSWORD, AccountFactory, hold_post

pytestmark = pytest.mark.django_db


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    """Fill in the sign-in form."""
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def test_the_sign_in_page_asks_for_login_or_phone_in_both_languages(client: Client) -> None:
    assert "登录名或手机号" in client.get("/accounts/login/").content.decode()
    english = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()
    assert "Login name or phone" in english
    assert 'autocomplete="current-password"' in english


@pytest.mark.parametrize("typed", ["clerk", "13900001111", "+86 139-0000-1111"])
def test_somebody_signs_in_by_login_name_or_by_phone(client: Client, typed: str) -> None:
    AccountFactory(login="clerk", phone="13900001111")
    answer = sign_in(client, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")


def test_staff_start_at_their_desk(client: Client) -> None:
    AccountFactory(login="clerk", intake_clerk=True)
    assert sign_in(client, "clerk").headers["Location"] == "/desk/"


def test_a_wrong_password_is_refused_and_the_login_stays_in_the_form(client: Client) -> None:
    AccountFactory(login="clerk")
    page = sign_in(client, "clerk", "not-the-password").content.decode()
    assert "登录名（或手机号）与密码不符" in page
    assert 'value="clerk"' in page


def test_a_closed_account_is_told_so_kindly(client: Client) -> None:
    AccountFactory(login="gone", is_active=False)
    answer = client.post("/accounts/login/", {"login": "gone", "password": PASSWORD}, follow=True)
    assert "这个账号已停用" in answer.content.decode()


def test_signing_in_leads_back_to_the_page_and_never_to_another_site(client: Client) -> None:
    AccountFactory(login="clerk")
    assert sign_in(client, "clerk", next="/notices/").headers["Location"] == "/notices/"
    client.logout()
    assert sign_in(client, "clerk", next="https://elsewhere.example/").headers["Location"] == "/me"


def test_signing_out_asks_first_and_then_ends_the_session(client: Client) -> None:
    client.force_login(AccountFactory())
    assert client.get("/accounts/logout/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/me").status_code == 302


def test_nobody_signs_up_or_resets_by_mail(client: Client) -> None:
    for address in ("/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"):
        assert client.get(address).status_code == 404


def test_the_password_is_changed_and_the_session_stays(client: Client) -> None:
    account = AccountFactory(login="clerk")
    sign_in(client, "clerk")
    fresh = "another-good-one-2026"
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )
    assert answer.headers["Location"] == "/me"
    page = client.get("/me")
    assert page.status_code == 200
    assert "密码已更改" in page.content.decode()
    account.refresh_from_db()
    assert account.check_password(fresh)


def test_a_wrong_old_password_changes_nothing(client: Client) -> None:
    client.force_login(AccountFactory())
    page = client.post(
        "/accounts/password/change/",
        {"oldpassword": "no", "password1": "x-1-x-1-x", "password2": "x-1-x-1-x"},
    )
    assert "现在的密码不对" in page.content.decode()


def set_up_second_factor(client: Client) -> str:
    """Confirm the password, read the secret as an app would, and enter its first code."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found is not None
    code = totp.format_hotp_value(totp.hotp_value(found[1], counters()[0]))
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    return found[1]


def counters() -> list[int]:
    """The counter of the present half minute."""
    return list(totp.yield_hotp_counters_from_time())


def test_a_second_factor_is_set_up_and_then_asked_for(client: Client) -> None:
    account = AccountFactory(login="clerk", intake_clerk=True)
    sign_in(client, "clerk")
    secret = set_up_second_factor(client)
    assert Authenticator.objects.filter(user=account).count() == 2
    codes = client.get("/accounts/2fa/recovery-codes/").content.decode()
    recovery = re.findall(r"<code>(\d+)</code>", codes)
    assert len(recovery) == 10
    assert secret not in codes

    other = Client()
    assert sign_in(other, "clerk").headers["Location"] == "/accounts/2fa/authenticate/"
    assert other.get("/me").status_code == 302
    page = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "验证码不对" in page.content.decode()
    assert other.post("/accounts/2fa/authenticate/", {}, follow=True).status_code == 200
    answer = other.post("/accounts/2fa/authenticate/", {"code": recovery[0]})
    assert answer.headers["Location"] == "/desk/"


def test_every_page_of_the_second_factor_opens(client: Client) -> None:
    AccountFactory(login="clerk")
    sign_in(client, "clerk")
    assert "还没有开启" in client.get("/accounts/2fa/").content.decode()
    set_up_second_factor(client)
    for address in (
        "/accounts/2fa/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/recovery-codes/download/",
    ):
        assert client.get(address).status_code == 200, address
    client.post("/accounts/2fa/recovery-codes/generate/")
    client.post("/accounts/2fa/totp/deactivate/")
    assert "还没有开启" in client.get("/accounts/2fa/").content.decode()


def test_what_matters_asks_who_one_is_again(client: Client) -> None:
    client.force_login(AccountFactory())
    answer = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert "请确认是您本人" in answer.content.decode()


def go_through_second_factor(path: str, login: str, **headers: str) -> HttpResponse:
    """Send a request of this account through the middleware that asks for a second factor."""
    account = Account.objects.get(login=login)
    request = RequestFactory().get(path, headers=headers)
    request.user = account
    request.member = find_member(account.pk, account.created_at)  # type: ignore[attr-defined]
    return SecondFactorMiddleware(lambda _request: HttpResponse("in"))(request)


def test_staff_without_a_second_factor_are_led_to_set_one_up(client: Client) -> None:
    account = AccountFactory(login="clerk")
    hold_post(account, Role.INTAKE_CLERK)
    AccountFactory(login="resident")
    assert go_through_second_factor("/accounts/2fa/totp/activate/", "clerk").content == b"in"
    assert go_through_second_factor("/me", "resident").content == b"in"
    answer = go_through_second_factor("/api/v1/cases", "clerk")
    assert answer.status_code == 403
    Authenticator.objects.create(
        user=account,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt("ABCDEFGHIJKLMNOP")},
    )
    assert go_through_second_factor("/desk/", "clerk").content == b"in"


def test_a_page_of_staff_leads_to_the_set_up_with_a_sentence(client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "linli.ground.people.middleware.SecondFactorMiddleware",
    ]
    AccountFactory(login="clerk", intake_clerk=True)
    sign_in(client, "clerk")
    answer = client.get("/me", follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/2fa/totp/activate/"
    assert "您的岗位需要两步验证" in answer.content.decode()


def test_an_expired_session_leads_back_to_the_same_page(client: Client) -> None:
    answer = client.get("/me?part=looks")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fme%3Fpart%3Dlooks"


def test_what_was_written_when_the_session_ran_out_is_offered_again(client: Client) -> None:
    AccountFactory(login="clerk")
    written = {"reason": "来电核对 2026-0000123", "purpose": "service"}
    answer = client.post("/people/12/", written)
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fcontinue%2F"
    sign_in(client, "clerk", next="/continue/")
    page = client.get("/continue/").content.decode()
    assert 'action="/people/12/"' in page
    assert "来电核对 2026-0000123" in page


def test_a_password_is_never_kept_for_later(client: Client) -> None:
    AccountFactory(login="clerk")
    client.post("/me/language", {"language": "en", "password": "secret-words"})
    sign_in(client, "clerk")
    assert "secret-words" not in client.get("/continue/").content.decode()


def test_without_anything_kept_one_goes_on_to_ones_own_page(client: Client) -> None:
    client.force_login(AccountFactory())
    assert client.get("/continue/").headers["Location"] == "/me"


def test_a_part_of_a_page_is_told_in_a_sentence_and_stays_as_it_is(client: Client) -> None:
    answer = client.post("/me/language", {"language": "en"}, headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert "登录已过期" in answer.content.decode()


def test_a_program_is_told_with_a_code(client: Client) -> None:
    answer = client.get("/me", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (401, "people.session_over")


def test_acting_for_a_demonstration_account_needs_the_demonstration(
    settings: Any, at: datetime
) -> None:
    AccountFactory(login="dispatcher", is_demonstration=True)
    request = RequestFactory().post("/")
    assert not services.act_as_demonstration_account(request, login="dispatcher")
    settings.DEMONSTRATION = True
    assert not services.act_as_demonstration_account(request, login="nobody")


def test_the_demonstration_switches_who_one_is_without_a_password(
    client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    AccountFactory(login="dispatcher", is_demonstration=True)
    AccountFactory(login="real")
    assert client.post("/demonstration/act-as/dispatcher").status_code == 302
    assert "dispatcher" in client.get("/me").content.decode()
    assert client.post("/demonstration/act-as/real").status_code == 404


def test_guessing_a_password_ends_after_five_tries(client: Client) -> None:
    AccountFactory(login="guessed")
    for _try in range(5):
        sign_in(client, "guessed", "wrong")
    assert "尝试次数过多" in sign_in(client, "guessed").content.decode()


def test_an_address_that_signs_in_without_end_is_told_to_wait(
    client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in(client, f"nobody{number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "<main" in answers[-1].content.decode()
