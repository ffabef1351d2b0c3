"""The pages of posts: vacancies, giving a post step by step, prolonging and ending one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.ground.kernel.models import SearchMade
from linli.ground.people.models import Appointment, Person
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import (
    AccountFactory,
    AppointmentFactory,
    HouseholdFactory,
    PersonFactory,
)
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

KEEPER = Role.KEEPER


def resident(office: Office, name: str = "司徒明") -> Person:
    """Put somebody in a home of the first grid."""
    grid = office.place.grids[0]
    return PersonFactory(
        name=name,
        street_code=office.place.street.code,
        household=HouseholdFactory(area=grid, street_code=office.place.street.code),
    )


def leader_of(office: Office) -> tuple[Client, Appointment]:
    """Sign in a leader of the street, and give their post."""
    account = AccountFactory(street_leader=True, street=office.place.street)
    client = Client()
    client.force_login(account)
    return client, Appointment.objects.get(person=account.person)


def given(person: Person, **changes: Any) -> dict[str, Any]:
    """Give the form of an election, with changes."""
    usual: dict[str, Any] = {
        "person": person.pk,
        "starts_on": "2026-11-23",
        "ends_on": "2029-11-23",
        "basis": "elected",
        "decided_on": "2026-11-20",
        "entitled": "380",
        "cast": "301",
        "in_favour": "288",
        "document": "",
    }
    return {**usual, **changes}


def address_of(office: Office, role: str = "order_helper") -> str:
    return f"/desk/posts/new/?role={role}&area={office.place.grids[0].pk}"


def test_the_list_names_vacancies_first_and_leads_to_filling_them(
    office: Office, sign_in: SignIn
) -> None:
    page = sign_in(KEEPER).get("/desk/posts/").content.decode()
    assert "空缺" in page
    assert f"role=order_helper&amp;area={office.place.grids[0].pk}" in page
    assert "?state=ending" in page


def test_a_vacancy_is_filled_by_search_and_form(office: Office, sign_in: SignIn) -> None:
    person, client = resident(office), sign_in(KEEPER)
    address = f"{address_of(office)}&q=司徒"
    assert "司徒明" in client.get(address).content.decode()
    assert SearchMade.objects.get().words == "司徒"
    page = client.post(address, given(person), follow=True).content.decode()
    assert "赞成 288" in page
    post = Appointment.objects.get(person=person)
    assert (post.role, post.basis, post.ends_on) == ("order_helper", "elected", date(2029, 11, 23))


def test_a_refused_form_keeps_what_was_typed(office: Office, sign_in: SignIn) -> None:
    person, client = resident(office), sign_in(KEEPER)
    address = f"{address_of(office)}&q=司徒"
    answer = client.post(address, given(person, in_favour="999", document="永办〔7〕号"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "票数不对" in page
    assert "永办〔7〕号" in page
    nobody = client.post(address_of(office), given(person))
    assert nobody.status_code == 422
    assert "请先查到人" in nobody.content.decode()


def test_without_a_role_one_chooses_it(office: Office, sign_in: SignIn) -> None:
    page = sign_in(KEEPER).get("/desk/posts/new/").content.decode()
    assert "什么岗位，在哪里？" in page
    refused = sign_in(Role.COMMUNITY_SECRETARY).get(
        f"/desk/posts/new/?role=shift_leader&area={office.place.street.pk}"
    )
    assert refused.status_code == 403


def test_a_term_is_prolonged_and_ended_on_its_page(office: Office) -> None:
    post = AppointmentFactory(
        role="order_helper", area=office.place.grids[0], ends_on=date(2027, 1, 1)
    )
    client, address = leader_of(office)[0], f"/desk/posts/{post.pk}/"
    assert client.post(f"{address}prolong", {"ends_on": "2026-12-01"}).status_code == 422
    client.post(f"{address}prolong", {"ends_on": "2028-01-01"})
    client.post(f"{address}door", {"shows": "1"})
    post.refresh_from_db()
    assert (post.ends_on, post.shows_name) == (date(2028, 1, 1), True)
    assert client.post(f"{address}end", {"reason": ""}).status_code == 422
    page = client.post(f"{address}end", {"reason": "moved", "note": ""}, follow=True)
    assert "搬离辖区" in page.content.decode()


def test_one_does_not_keep_ones_own_post(office: Office) -> None:
    client, own = leader_of(office)
    assert "由他人办理" in client.get(f"/desk/posts/{own.pk}/").content.decode()
    answer = client.post(f"/desk/posts/{own.pk}/end", {"reason": "resigned"})
    assert answer.status_code == 422


def test_the_days_are_set_by_who_keeps_the_office(office: Office, sign_in: SignIn) -> None:
    client, _own = leader_of(office)
    assert client.post("/desk/posts/days", {"days": "2"}).status_code == 422
    page = client.post("/desk/posts/days", {"days": "90"}, follow=True).content.decode()
    assert "90 天内到期" in page
    assert sign_in(Role.COMMUNITY_SECRETARY).post("/desk/posts/days").status_code == 403


@pytest.mark.parametrize("role", [Role.HANDLER, Role.INTAKE_CLERK, Role.UNIT_LEADER])
def test_the_pages_are_closed_to_others(office: Office, sign_in: SignIn, role: Role) -> None:
    if role in office.accounts:
        assert sign_in(role).get("/desk/posts/").status_code == 403
    assert sign_in(Role.SUPERVISOR).get("/desk/posts/new/").status_code == 403
    assert Client().get("/desk/posts/").status_code == 302


def test_what_is_out_of_reach_looks_as_if_it_were_not_there(office: Office) -> None:
    _client, own = leader_of(office)
    client = Client()
    client.force_login(AccountFactory(grid_leader=True, area=office.place.grids[1]))
    assert client.get(f"/desk/posts/{own.pk}/").status_code == 404
    assert client.get("/desk/posts/999999/").status_code == 404


def test_the_list_is_taken_as_a_file(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(KEEPER).post("/desk/exports/posts/", {"query": "state=vacant"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_ten_times_the_posts_take_no_more_queries(office: Office, sign_in: SignIn) -> None:
    client = sign_in(KEEPER)
    few = count_queries(client, "/desk/posts/")
    for _ in range(10):
        AppointmentFactory(role="order_helper", area=office.place.grids[0])
    assert count_queries(client, "/desk/posts/") == few
    assert few <= 10
