"""Signing in by WeChat: off unless set up, an id and nothing more, residents only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from pytest_django import Settings

from linli.ground.people.models import Account
from linli.ground.people.terms import Role

from .factories import AccountFactory, PersonFactory, hold_post
from .phones import Phones
from .wechat import FakeWeChat, wechat_running

pytestmark = pytest.mark.django_db
INSIDE = {"user-agent": "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0.40"}
APP = {"APP": {"client_id": "wx-app", "secret": "wx-secret"}}


@pytest.fixture
def wechat(settings: Settings) -> Iterator[FakeWeChat]:
    """WeChat set up both ways, with one resident it knows."""
    with wechat_running() as fake:
        fake.people["good"] = {"openid": "o-resident", "nickname": "不该留下的昵称"}
        settings.WECHAT_API = fake.url
        settings.SOCIALACCOUNT_PROVIDERS = {"wechat": APP, "wechat_website": APP}
        yield fake


def go(client: Client, *, way: str = "wechat", code: str = "good", process: str = "login") -> Any:
    """Go to WeChat and come back with a code."""
    sent = client.post(f"/accounts/{way}/begin/?process={process}")
    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
    return client.get(f"/accounts/{way}/back/", {"code": code, "state": state})


def test_without_being_set_up_it_is_not_there(client: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "微信" not in client.get("/accounts/phone/", headers=INSIDE).content.decode()
    assert client.post("/accounts/wechat/begin/").status_code == 404
    assert client.get("/accounts/wechat/back/").status_code == 404


@pytest.mark.parametrize(
    ("headers", "way"), [(INSIDE, "wechat"), ({"user-agent": "Firefox"}, "wechat_website")]
)
def test_the_page_offers_the_way_this_browser_can_go(
    client: Client, wechat: FakeWeChat, headers: dict[str, str], way: str
) -> None:
    page = client.get("/accounts/phone/", headers=headers).content.decode()
    assert f'action="/accounts/{way}/begin/?process=login"' in page


@pytest.mark.parametrize(
    ("way", "path", "scope"),
    [
        ("wechat", "/connect/oauth2/authorize", "snsapi_base"),
        ("wechat_website", "/connect/qrconnect", "snsapi_login"),
    ],
)
def test_it_asks_wechat_for_the_id_only(
    client: Client, wechat: FakeWeChat, way: str, path: str, scope: str
) -> None:
    sent = client.post(f"/accounts/{way}/begin/?process=login").headers["Location"]
    parts = urlsplit(sent)
    asked = parse_qs(parts.query)
    assert (parts.netloc, parts.path, parts.fragment) == (
        "open.weixin.qq.com",
        path,
        "wechat_redirect",
    )
    assert (asked["appid"], asked["scope"]) == (["wx-app"], [scope])
    assert asked["redirect_uri"] == [f"http://testserver/accounts/{way}/back/"]


def test_the_first_time_an_account_is_opened_and_asked_once_for_a_phone(
    client: Client, wechat: FakeWeChat
) -> None:
    assert go(client).headers["Location"] == "/me/phone"
    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert (account.phone, account.called, account.email) == (None, "", "")
    known = SocialAccount.objects.get()
    assert (known.uid, known.extra_data) == ("o-resident", {"openid": "o-resident"})
    assert not SocialToken.objects.exists()
    assert wechat.asked[0]["secret"] == ["wx-secret"]
    assert "o-resident" in client.get("/me").content.decode()


def test_the_next_time_it_is_the_same_account(client: Client, wechat: FakeWeChat) -> None:
    go(client)
    later = Client()
    assert go(later).headers["Location"] == "/me"
    assert Account.objects.count() == 1


@pytest.mark.parametrize("code", ["bad", ""])
def test_a_code_wechat_does_not_know_signs_nobody_in(
    client: Client, wechat: FakeWeChat, code: str
) -> None:
    answer = go(client, code=code)
    assert answer.headers["Location"] == "/accounts/phone/"
    assert "微信登录没有成功" in client.get("/accounts/phone/").content.decode()
    assert not Account.objects.exists()


def test_an_answer_without_an_id_signs_nobody_in(client: Client, wechat: FakeWeChat) -> None:
    wechat.people["odd"] = {"openid": ""}
    assert go(client, code="odd").headers["Location"] == "/accounts/phone/"
    assert not Account.objects.exists()


def test_another_state_signs_nobody_in(client: Client, wechat: FakeWeChat) -> None:
    client.post("/accounts/wechat/begin/?process=login")
    answer = client.get("/accounts/wechat/back/", {"code": "good", "state": "another"})
    assert answer.headers["Location"] == "/accounts/phone/"
    assert wechat.asked == []


def test_wechat_alone_never_opens_a_post(client: Client, wechat: FakeWeChat) -> None:
    go(client)
    account = Account.objects.get()
    account.person = PersonFactory()
    account.save()
    hold_post(account, Role.DISPATCHER)
    other = Client()
    assert go(other).headers["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in other.session


def test_who_has_an_account_connects_wechat_to_it(client: Client, wechat: FakeWeChat) -> None:
    account = AccountFactory()
    client.force_login(account)
    assert go(client, process="connect").headers["Location"] == "/me"
    assert "微信登录已连上" in client.get("/me").content.decode()
    other = Client()
    go(other)
    assert other.session["_auth_user_id"] == str(account.pk)


def test_a_closed_account_is_forgotten_by_wechat_too(
    client: Client, wechat: FakeWeChat, phones: Phones
) -> None:
    go(client)
    client.post("/me/close", {"sure": "on"})
    assert not SocialAccount.objects.exists()
    assert go(Client()).headers["Location"] == "/me/phone"
