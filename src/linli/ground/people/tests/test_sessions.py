"""Somebody sees where they are signed in, signs one device out; the keeper signs a person out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from linli.ground.kernel.models import Event, EventText
from linli.ground.people.errors import NotPermitted, UnableToEndSession
from linli.ground.people.models import Account, SignIn
from linli.ground.people.queries.sessions import list_sessions
from linli.ground.people.services.sessions import sign_out_person
from linli.ground.people.terms.sessions import device_code, device_labels
from linli.ground.territory.tests.factories import AreaFactory

from .factories import NOW, AccountFactory, member_of

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/130 Mobile MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0"


def signed_in(account: Account, device: str = DESK) -> Client:
    """Sign in on a device."""
    client = Client(HTTP_USER_AGENT=device)
    client.force_login(account)
    SignIn.objects.filter(session_key=client.session.session_key).update(device=device_code(device))
    return client


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (PHONE, ("微信", "安卓手机或平板")),
        (DESK, ("Edge 浏览器", "Windows 电脑")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1", ("Safari 浏览器", "苹果手机")),
        ("curl/8", ("其他浏览器", "别的设备")),
        ("", ("其他浏览器", "别的设备")),
    ],
)
def test_a_device_is_named_in_plain_words(agent: str, said: tuple[str, str]) -> None:
    assert device_labels(device_code(agent)) == said


def test_no_address_is_kept() -> None:
    names = {field.name for field in SignIn._meta.get_fields()}
    assert names == {"id", "account", "session_key", "device", "began_at", "used_at"}


def test_my_page_lists_where_i_am_signed_in_and_ends_one() -> None:
    account = AccountFactory()
    here, there = signed_in(account), signed_in(account, PHONE)
    page = here.get("/me").content.decode()
    assert "就是这台" in page
    assert "安卓手机或平板" in page
    other = SignIn.objects.get(session_key=there.session.session_key)
    here.post(f"/me/sessions/{other.pk}/end")
    assert there.get("/me").status_code == 302
    assert here.get("/me").status_code == 200
    assert Event.objects.get(name="people.SessionEnded").facts["device"] == "wechat-android"
    again = here.post(f"/me/sessions/{other.pk}/end", follow=True).content.decode()
    assert "没有这个登录" in again


def test_nobody_ends_anothers_session() -> None:
    mine, theirs = signed_in(AccountFactory()), signed_in(AccountFactory())
    row = SignIn.objects.get(session_key=theirs.session.session_key)
    mine.post(f"/me/sessions/{row.pk}/end")
    assert theirs.get("/me").status_code == 200


def test_a_session_that_is_over_is_not_listed() -> None:
    account = AccountFactory()
    signed_in(account)
    Session.objects.update(expire_date=NOW - timedelta(days=1))
    assert list_sessions(account_id=account.pk, session_key="", at=NOW) == []


def test_use_is_noted_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    account = AccountFactory()
    client = signed_in(account)
    for minutes, noted in ((14, 0), (16, 16), (20, 16), (40, 40)):
        later = NOW + timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda later=later: later)
        client.get("/me")
        assert SignIn.objects.get().used_at == NOW + timedelta(minutes=noted)


def test_the_keeper_signs_a_person_out_with_a_reason() -> None:
    street = AreaFactory()
    keeper = member_of(AccountFactory(keeper=True, street=street))
    account = AccountFactory(dispatcher=True, street=street)
    client = signed_in(account)
    with pytest.raises(UnableToEndSession):
        sign_out_person(
            account_id=account.pk, street_code=street.code, reason=" ", member=keeper, at=NOW
        )
    sign_out_person(
        account_id=account.pk, street_code=street.code, reason="手机丢失", member=keeper, at=NOW
    )
    assert client.get("/me").status_code == 302
    assert not SignIn.objects.exists()
    event = Event.objects.get(name="people.SignedOutEverywhere")
    assert event.actor_role == "keeper"
    assert EventText.objects.get(event_id=event.id).body == "手机丢失"


@pytest.mark.parametrize("trait", ["street_leader", "shift_leader", "supervisor"])
def test_who_keeps_no_accounts_signs_nobody_out(trait: str) -> None:
    street = AreaFactory()
    member = member_of(AccountFactory(**{trait: True, "street": street}))
    with pytest.raises(NotPermitted):
        sign_out_person(
            account_id=1, street_code=street.code, reason="手机丢失", member=member, at=NOW
        )
