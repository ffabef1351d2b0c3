"""Input nobody means well with is answered in words, never with a fault."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.ground.kernel.services import ensure_partitions

from .factories import NOW, PASSWORD, AccountFactory, PersonFactory

pytestmark = pytest.mark.django_db

NASTY = [
    "a\x00b",
    "龘䶮㐂😀" * 20,
    "x" * 10_000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\u202etxt",
]


@pytest.mark.parametrize("typed", NASTY)
def test_any_login_is_answered_with_the_form(client: Client, typed: str) -> None:
    answer = client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("typed", NASTY)
def test_any_reason_is_kept_as_text_or_refused(client: Client, typed: str) -> None:
    ensure_partitions(first=NOW.date(), last=NOW.date())
    person = PersonFactory(housed=True)
    assert person.household is not None
    client.force_login(AccountFactory(grid_leader=True, area=person.household.area))
    answer = client.post(f"/people/{person.pk}/", {"purpose": "service", "reason": typed})
    assert answer.status_code == 200
    owner = Client()
    owner.force_login(AccountFactory(person=person))
    assert "<script>alert" not in owner.get("/me").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/people/99999999999999999999999/",
        "/people/0/",
        "/notices/99999999999999999999999",
        "/notices/?page=99999999999999999999999",
        "/notices/?page=0",
        "/notices/?page=²",
        "/notices/?part=bell",
        "/continue/",
    ],
)
def test_any_number_in_an_address_is_answered(client: Client, address: str) -> None:
    client.force_login(AccountFactory(grid_leader=True))
    assert client.get(address).status_code in (200, 302, 404)


def test_a_second_step_without_a_code_is_asked_again(client: Client) -> None:
    assert client.post("/accounts/2fa/authenticate/", {}).status_code == 302


def test_a_purpose_nobody_offers_opens_nothing(client: Client) -> None:
    person = PersonFactory(housed=True, phone="13911113333")
    assert person.household is not None
    client.force_login(AccountFactory(grid_leader=True, area=person.household.area))
    for purpose in ("export", "curiosity", ""):
        answer = client.post(
            f"/people/{person.pk}/", {"purpose": purpose, "reason": "因为想看一看"}
        )
        assert "13911113333" not in answer.content.decode()
