"""Persons are found by those who may open them; organisations by everybody who works."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.people.models import Person
from linli.ground.people.queries import search_organisations, search_persons
from linli.ground.people.queries.search import _has_part
from linli.ground.people.rules import PERMISSIONS, may
from linli.ground.people.terms import Action, Member, Role
from linli.ground.territory.tests.factories import make_street

from .factories import (
    AccountFactory,
    HouseholdFactory,
    OrganisationFactory,
    PersonFactory,
    member_of,
)

pytestmark = pytest.mark.django_db


def clerk(**traits: Any) -> Member:
    street = make_street(columns=1, rows=1).street
    return member_of(AccountFactory(**traits or {"intake_clerk": True}, street=street))


def names(member: Member, text: str) -> list[str]:
    return [line.name for line in search_persons(member=member, text=text)]


@pytest.mark.parametrize(
    "text",
    ["王示例", "王示", "wsl", "WS", "13912345678", "139 1234 5678", "5678", "王 示"],
)
def test_a_person_is_found_as_people_are_asked_for(text: str) -> None:
    member = clerk()
    PersonFactory(name="王示例", phone="13912345678")
    PersonFactory(name="李示例", phone="13900000000")
    assert names(member, text) == ["王示例"]


@pytest.mark.parametrize("text", ["", "王", "w", "例", "678", "1391234", "%", "_", "\0", "w1"])
def test_too_little_finds_nobody(text: str) -> None:
    member = clerk()
    PersonFactory(name="王示例", phone="13912345678")
    assert names(member, text) == []


def test_whose_name_begins_so_comes_first() -> None:
    member = clerk()
    for name in ("安小林", "欧阳小林", "小林示例"):
        PersonFactory(name=name)
    assert names(member, "小林") == ["小林示例", "安小林", "欧阳小林"]
    assert names(member, "xl") == ["小林示例", "安小林", "欧阳小林"]
    assert names(member, "阳小") == ["欧阳小林"]
    assert names(member, "小阳") == []


def test_parts_of_names_are_looked_for_in_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = Person.objects.filter(_has_part("name", "%小林%", ["小林"]))
        assert "people_person_name_parts" in rows.explain()


def test_those_without_a_phone_are_not_found_by_its_end() -> None:
    member = clerk()
    PersonFactory(name="王示例", phone="")
    assert names(member, "0000") == []


def test_a_person_is_found_by_just_those_who_may_open_the_record() -> None:
    made = make_street(columns=2, rows=1)
    for number, grid in enumerate(made.grids):
        home = HouseholdFactory(area=grid)
        PersonFactory(name=f"王示例{number}", household=home)
    PersonFactory(name="王示例远", street_code="220104005000")
    PersonFactory(name="王示例街")
    for role in Role:
        if role is Role.RESIDENT:
            continue
        member = member_of(AccountFactory(**{role.value: True}, area=made.grids[0]))
        allowed = {
            person.name
            for person in Person.objects.filter(name__startswith="王示例")
            if may(member, Action.PERSON_OPEN, _target(person))
        }
        assert set(names(member, "王示例")) == allowed, role
        assert bool(allowed) <= (Action.PERSON_OPEN in PERMISSIONS[role])


def _target(person: Person) -> Any:
    from linli.ground.people.queries import find_person_target

    return find_person_target(person.pk)


def test_initials_follow_the_name() -> None:
    person = PersonFactory(name="王示例")
    person.name = "李示例"
    person.save(update_fields=["name"])
    assert Person.objects.get(initials="lsl").name == "李示例"


def test_nothing_is_told_but_name_and_area() -> None:
    member = clerk()
    PersonFactory(housed=True, name="王示例")
    (line,) = search_persons(member=member, text="王示例")
    assert set(line.__dataclass_fields__) == {"id", "name", "street_code", "area_name"}


def test_searches_cost_one_statement_each() -> None:
    member = clerk()
    for _ in range(5):
        PersonFactory(name="王示例")
        OrganisationFactory()
    with CaptureQueriesContext(connection) as asked:
        assert len(search_persons(member=member, text="王示例")) == 5
        assert len(search_organisations(text="示例部门")) == 5
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["环卫", "示例环卫所", "slhws", "hws", "cleansing", "dept-x1"])
def test_an_organisation_is_found_by_name_initials_and_code(text: str) -> None:
    OrganisationFactory(name="示例环卫所", name_en="Example cleansing", code="dept-x1")
    OrganisationFactory(name="另一处", name_en="Other", code="dept-x2")
    OrganisationFactory(name="旧环卫所hws", name_en="old cleansing", is_active=False)
    assert [one.name for one in search_organisations(text=text)] == ["示例环卫所"]


def test_organisations_that_begin_so_come_first() -> None:
    OrganisationFactory(name="区环卫局")
    OrganisationFactory(name="环卫所")
    assert [one.name for one in search_organisations(text="环卫")] == ["环卫所", "区环卫局"]
    assert search_organisations(text=" \0 ") == []
