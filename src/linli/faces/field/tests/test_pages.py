"""The phone's page is the same for everybody, in two languages, and says what phones keep of it."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from linli.ground.people.models import DutyDesk
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.tests.factories import Street, make_street

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(db: None) -> Street:
    """A small street."""
    return make_street()


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
    assert client.get("/field/who").json() == {"account": "", "name": "", "token": ""}
    account = AccountFactory()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])

    told = client.get("/field/who").json()

    assert told["account"] == str(account.pk)
    assert told["token"]


def test_a_scanned_door_says_where_it_is(client: Client, street: Street) -> None:
    grid = street.grids[0]

    told = client.get("/field/place", {"at": grid.code}).json()

    assert told["name"] == grid.name
    assert told["lon"] is not None


@pytest.mark.parametrize("code", ["", "x", "9" * 21, "220104999999"])
def test_a_door_that_is_not_there_is_not_found(client: Client, street: Street, code: str) -> None:
    assert client.get("/field/place", {"at": code}).status_code == 404
