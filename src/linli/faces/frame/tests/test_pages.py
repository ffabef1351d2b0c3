"""The layout's switches and the error pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils.translation import override
from pytest_django.fixtures import Settings

from linli.faces.frame import errors
from linli.ground.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def asked(path: str = "/") -> HttpRequest:
    """Make a request as the middleware would leave it."""
    request = RequestFactory().get(path)
    request.member = None  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("status", list(errors.FAULTS))
@pytest.mark.parametrize(("language", "home"), [("zh-hans", "回到首页"), ("en", "start page")])
def test_every_error_page_says_where_to_go(status: int, language: str, home: str) -> None:
    with override(language):
        response = errors.show_error(asked(), status=status)
    page = response.content.decode()

    assert response.status_code == status
    assert 'class="error-steps"' in page
    assert home in page or status == 413


def test_an_unknown_address_is_answered_in_words(client: Client) -> None:
    response = client.get("/nowhere")

    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_the_page_of_last_resort_needs_neither_session_nor_bundles() -> None:
    page = errors.server_error(RequestFactory().get("/")).content.decode()

    assert "我们这边出错了" in page
    assert "built" not in page


def test_a_body_too_large_is_told_apart_from_a_broken_one() -> None:
    too_large = errors.bad_request(asked(), RequestDataTooBig())

    assert too_large.status_code == 413
    assert errors.bad_request(asked(), ValueError()).status_code == 400


def test_a_reason_given_with_a_denial_is_shown() -> None:
    page = errors.permission_denied(asked(), PermissionDenied("只有核查员能看。"))

    assert "只有核查员能看。" in page.content.decode()


def test_an_expired_token_is_explained() -> None:
    client = Client(enforce_csrf_checks=True)

    page = client.post("/preferences/large-type", {"on": "1"})

    assert page.status_code == 403
    assert "安全凭证过期" in page.content.decode()


def test_large_type_is_switched_on_and_off_and_returns_to_the_page(client: Client) -> None:
    on = client.post("/preferences/large-type", {"on": "1", "next": "/report"})
    assert on.headers["Location"] == "/report"
    assert "large-type" in client.get("/t/").content.decode().split("<head>")[0]

    client.post("/preferences/large-type", {"on": "0", "next": "/report"})
    assert "large-type" not in client.get("/t/").content.decode().split("<head>")[0]


def test_large_type_goes_with_the_account_and_stays_on_the_device(client: Client) -> None:
    account, other = AccountFactory(), Client()
    client.force_login(account)
    client.post("/preferences/large-type", {"on": "1"})
    assert client.cookies["large_type"].value == "1"
    assert not is_large(other)
    other.force_login(account)
    assert is_large(other)

    other.post("/preferences/large-type", {"on": "0"})

    assert not is_large(client)


def test_an_account_takes_over_the_large_type_of_the_device_it_is_signed_in_on(
    client: Client,
) -> None:
    account = AccountFactory()
    request = RequestFactory().get("/", headers={"cookie": "large_type=1"})
    user_logged_in.send(sender=type(account), request=request, user=account)

    client.force_login(account)

    assert is_large(client)


def is_large(client: Client) -> bool:
    """Say whether a page comes in large type."""
    return "large-type" in client.get("/t/").content.decode().split("<head>")[0]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_a_switch_never_leads_off_the_site(client: Client, elsewhere: str) -> None:
    response = client.post("/preferences/large-type", {"on": "1", "next": elsewhere})

    assert response.headers["Location"] == "/"


def test_pages_are_written_in_the_language_chosen(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/t/"})
    page = client.get("/t/").content.decode()

    assert '<html lang="en"' in page
    assert "How far is my report?" in page


class TestActingInTheDemonstration:
    """The bar that lets one person be everybody."""

    def test_switching_stays_on_the_same_page(self, client: Client, settings: Settings) -> None:
        settings.DEMONSTRATION = True
        AccountFactory(login="zhou", is_demonstration=True)

        response = client.post("/demonstration/act-as/zhou", {"next": "/t/?a=1"})

        assert response.headers["Location"] == "/t/?a=1"
        assert client.session["_auth_user_id"]

    def test_switching_keeps_the_language_the_visitor_sees(
        self, client: Client, settings: Settings
    ) -> None:
        settings.DEMONSTRATION = True
        AccountFactory(login="zhou", is_demonstration=True, language="zh-hans")
        browser = {"Accept-Language": "en-GB,en;q=0.9"}

        with override("en"):
            client.post("/demonstration/act-as/zhou", {"next": "/t/"}, headers=browser)
            page = client.get("/t/", headers=browser).content.decode()

        assert client.session["_auth_user_id"]
        assert '<html lang="en"' in page

    def test_one_may_stop_being_anybody(self, client: Client, settings: Settings) -> None:
        settings.DEMONSTRATION = True
        client.force_login(AccountFactory(is_demonstration=True))

        client.post("/demonstration/act-as/nobody", {"next": "/"})

        assert "_auth_user_id" not in client.session

    def test_real_accounts_and_unknown_ones_are_not_to_be_had(
        self, client: Client, settings: Settings
    ) -> None:
        settings.DEMONSTRATION = True
        AccountFactory(login="real", is_demonstration=False)

        for login in ("real", "unknown"):
            assert client.post(f"/demonstration/act-as/{login}").status_code == 404

    def test_outside_the_demonstration_there_is_no_such_page(self, client: Client) -> None:
        AccountFactory(login="zhou", is_demonstration=True)

        assert client.post("/demonstration/act-as/zhou").status_code == 404
        assert "demonstration" not in client.get("/t/").content.decode()

    def test_every_page_says_that_the_data_are_invented(
        self, client: Client, settings: Settings
    ) -> None:
        settings.DEMONSTRATION = True

        for path in ("/", "/t/", "/nowhere"):
            assert "虚构数据 · fictional data" in client.get(path).content.decode()
