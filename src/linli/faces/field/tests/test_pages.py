"""The phone's page is the same for everybody, in two languages, and says what phones keep of it."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from linli.ground.people.models import DutyDesk
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.territory.tests.factories import Street, make_street
from linli.programmes.couriers.services.couriers import apply, decide, leave
from linli.programmes.couriers.terms import Company
from linli.spine.cases.models import Category
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.tests.factories import START, Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(db: None) -> Street:
    """A small street."""
    return make_street()


@pytest.fixture
def office(db: None) -> Office:
    """An office that takes reports."""
    return make_office()


def test_the_page_bears_nothing_of_a_session(client: Client) -> None:
    unknown = client.get("/field/").content
    client.force_login(AccountFactory(), backend=settings.AUTHENTICATION_BACKENDS[0])

    known = client.get("/field/").content

    assert known == unknown
    assert b"csrf" not in known


@pytest.mark.parametrize(
    ("language", "lang", "words"),
    [("zh-hans", "zh-Hans", "按住说话"), ("en", "en", "Hold to talk")],
)
def test_phones_keep_the_page_in_both_languages(
    client: Client, language: str, lang: str, words: str
) -> None:
    page = client.get(f"/field/shell/{language}").content.decode()

    assert f'<html lang="{lang}"' in page
    assert words in page


def test_another_language_is_not_there(client: Client) -> None:
    assert client.get("/field/shell/fr").status_code == 404


def test_every_word_has_its_english(client: Client) -> None:
    def words(language: str) -> dict[str, str]:
        page = client.get(f"/field/shell/{language}").content.decode()
        held = page.partition('<script id="words" type="application/json">')[2]
        return dict(json.loads(held.partition("</script>")[0]))

    chinese, english = words("zh-hans"), words("en")

    assert chinese.keys() == english.keys()
    assert [name for name in english if english[name] == chinese[name]] == []


def test_the_worker_names_all_it_keeps_and_changes_with_the_page(
    client: Client, street: Street
) -> None:
    first = client.get("/field/worker.js")
    kept = json.loads(first.content.decode().split("\n")[0].partition("=")[2].rstrip(";"))

    assert first["Content-Type"] == "text/javascript"
    assert {one["url"] for one in kept} >= {"/field/shell/zh-hans", "/field/shell/en"}
    for one in kept:
        is_file = one["url"].startswith(settings.STATIC_URL)
        path = one["url"].removeprefix(settings.STATIC_URL)
        assert finders.find(path) if is_file else client.get(one["url"]).status_code == 200, one
    assert client.get("/field/worker.js").content == first.content
    DutyDesk.objects.create(street_code=street.street.code, phone="0431-85000000")
    assert client.get("/field/worker.js").content != first.content


def test_it_can_be_installed(client: Client) -> None:
    told = client.get("/field/manifest.webmanifest")

    assert told["Content-Type"] == "application/manifest+json"
    assert told.json()["scope"] == "/field/"
    for picture in told.json()["icons"]:
        assert finders.find(picture["src"].removeprefix(settings.STATIC_URL))


def test_who_is_signed_in_is_told_with_a_token_for_their_posts(client: Client) -> None:
    nobody = {"account": "", "name": "", "token": "", "courier": None, "large": None}
    assert client.get("/field/who").json() == nobody
    account = AccountFactory()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])

    told = client.get("/field/who").json()

    assert told["account"] == str(account.pk)
    assert told["token"]
    assert (told["courier"], told["large"]) == (None, None)


def test_a_phone_learns_of_its_courier_what_they_report_and_of_nobody_else(
    client: Client, office: Office
) -> None:
    Category.objects.filter(pk=office.category.pk).update(for_couriers=True)
    touch_catalogue(at=START)
    account = AccountFactory()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    courier_id = apply(
        company=Company.SF,
        company_name="",
        area_code=office.place.communities[0].code,
        member=member_of(account, at=START),
        at=office.tick(),
    )
    assert client.get("/field/who").json()["courier"] is None
    secretary = office[Role.COMMUNITY_SECRETARY]
    decide(courier_id=courier_id, confirms=True, member=secretary, at=office.tick())

    told = client.get("/field/who").json()["courier"]
    leave(member=member_of(account, at=START), at=office.tick())

    assert [one["key"] for one in told] == [office.category.key]
    assert all(one["zh"] and one["en"] for one in told)
    assert client.get("/field/who").json()["courier"] is None


def test_a_phone_learns_that_its_account_has_large_type(client: Client) -> None:
    account = AccountFactory(large_type=True)
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])

    assert client.get("/field/who").json()["large"] is True


def test_a_scanned_door_says_where_it_is(client: Client, street: Street) -> None:
    grid = street.grids[0]

    told = client.get("/field/place", {"at": grid.code}).json()

    assert told["name"] == grid.name
    assert told["lon"] is not None


@pytest.mark.parametrize("code", ["", "x", "9" * 21, "220104999999"])
def test_a_door_that_is_not_there_is_not_found(client: Client, street: Street, code: str) -> None:
    assert client.get("/field/place", {"at": code}).status_code == 404
