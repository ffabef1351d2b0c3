"""Keepers read people, organisations and posts; nobody changes them, phones and doors stay shut."""

from __future__ import annotations

import pytest
from django.db.models import Model
from django.test import Client

from linli.ground.kernel.services import ensure_partitions
from linli.ground.people.terms import Role

from .factories import (
    NOW,
    AccountFactory,
    AppointmentFactory,
    HouseholdFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db: None) -> list[Model]:
    """One row of each model, with a phone and a door that must not be read."""
    ensure_partitions(first=NOW.date(), last=NOW.date())
    household = HouseholdFactory(door="四零四室")
    person = PersonFactory(household=household, phone="13911112222")
    account = AccountFactory(person=person, phone="13911112222")
    post = AppointmentFactory(person=person, role=Role.GRID_WORKER, area=household.area)
    return [household, person, account, post, OrganisationFactory()]


def address(row: Model) -> str:
    """The admin's list of this row's model."""
    return f"/admin/people/{row._meta.model_name}/"


def test_a_keeper_reads_lists_and_rows_without_phones_and_doors(
    client: Client, rows: list[Model]
) -> None:
    client.force_login(AccountFactory(keeper=True, is_staff=True))
    for row in rows:
        for page in (address(row), f"{address(row)}{row.pk}/change/"):
            answer = client.get(page)
            assert answer.status_code == 200, page
            words = answer.content.decode()
            assert "13911112222" not in words
            assert "四零四室" not in words


def test_nothing_can_be_added_changed_or_deleted(client: Client, rows: list[Model]) -> None:
    client.force_login(AccountFactory(keeper=True, is_staff=True, is_superuser=True))
    for row in rows:
        assert client.get(f"{address(row)}add/").status_code == 403
        assert client.post(f"{address(row)}{row.pk}/change/", {}).status_code == 403
        assert client.post(f"{address(row)}{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("post", ["dispatcher", "shift_leader", "street_leader", "handler"])
def test_other_posts_do_not_read_the_administration(
    client: Client, rows: list[Model], post: str
) -> None:
    client.force_login(AccountFactory(**{post: True}, is_staff=True, is_superuser=True))
    for row in rows:
        assert client.get(address(row), follow=True).status_code == 403
