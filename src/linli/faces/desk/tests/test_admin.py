"""The keepers' admin reads and never writes."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from linli.ground.kernel.models import Look
from linli.ground.people.models import Household, Person
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import HouseholdFactory
from linli.spine.cases.models import Reporter
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn


def test_only_a_keeper_comes_in(office: Office, sign_in: SignIn) -> None:
    assert sign_in(Role.KEEPER).get("/admin/").status_code == 200
    refused = sign_in(Role.SHIFT_LEADER).get("/admin/", follow=True)
    assert refused.status_code == 403
    assert "目录与辖区管理员" in refused.content.decode()
    stranger = Client().get("/admin/", follow=True)
    assert stranger.redirect_chain[-1][0].startswith("/accounts/login/")


def test_no_registered_model_can_be_changed(office: Office) -> None:
    request = RequestFactory().get("/admin/")
    request.member = office[Role.KEEPER]  # type: ignore[attr-defined]
    assert admin.site._registry
    for registered in admin.site._registry.values():
        assert not registered.has_add_permission(request)
        assert not registered.has_change_permission(request)
        assert not registered.has_delete_permission(request)
        assert registered.has_view_permission(request)


def test_the_reporter_is_not_among_them() -> None:
    assert Reporter not in admin.site._registry


def test_what_libraries_keep_is_not_among_them() -> None:
    assert all(model.__module__.startswith("linli.") for model in admin.site._registry)


def test_every_list_opens(office: Office, sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert keeper.get(path).status_code == 200, path


@pytest.mark.parametrize("method", ["post", "get"])
def test_adding_is_refused(office: Office, sign_in: SignIn, method: str) -> None:
    answer = getattr(sign_in(Role.KEEPER), method)("/admin/people/person/add/")
    assert answer.status_code == 403


def test_opening_personal_data_is_logged(office: Office, sign_in: SignIn) -> None:
    household = HouseholdFactory()
    person = Person.objects.first()
    assert person is not None
    keeper = sign_in(Role.KEEPER)
    assert keeper.get(f"/admin/people/person/{person.pk}/change/").status_code == 200
    look = Look.objects.get()
    assert (look.person_id, look.subject_kind) == (person.pk, "people.Person")
    assert look.actor_id == office.accounts[Role.KEEPER].pk
    if Household in admin.site._registry:
        keeper.get(f"/admin/people/household/{household.pk}/change/")
        assert Look.objects.count() == 2
