"""The start page, in the demonstration and outside it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linli.faces.public.terms import ROLE_TASKS
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def test_everybody_finds_how_to_report_and_how_to_follow(client: Client) -> None:
    page = client.get("/").content.decode()

    assert 'href="/report"' in page
    assert 'href="/t/"' in page
    assert "act-as" not in page


@pytest.mark.parametrize("path", ["/", "/report"])
def test_the_phones_page_is_one_tap_from_wherever_a_report_begins(
    client: Client, path: str
) -> None:
    assert 'href="/field/"' in client.get(path).content.decode()


def test_the_demonstration_offers_one_card_a_role(client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    AccountFactory(dispatcher=True, is_demonstration=True, login="first")
    AccountFactory(dispatcher=True, is_demonstration=True, login="second")
    AccountFactory(is_demonstration=True, login="resident")
    AccountFactory(keeper=True, is_demonstration=True, login="keeper")

    cards = client.get("/").content.decode().split('id="roles"')[1]

    assert 'action="/demonstration/act-as/first"' in cards
    assert 'action="/demonstration/act-as/second"' not in cards
    assert 'value="/desk/"' in cards
    assert 'value="/admin/"' in cards
    assert 'value="/report"' in cards


def test_a_demonstration_without_people_yet_says_so(client: Client, settings: Settings) -> None:
    settings.DEMONSTRATION = True

    assert "演示数据还在装载" in client.get("/").content.decode()


def test_every_role_says_what_it_does() -> None:
    assert set(ROLE_TASKS) == set(Role)
