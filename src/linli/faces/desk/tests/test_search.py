"""One box: what each may find, what is logged, what is marked; names of places; the log itself."""

from __future__ import annotations

import pytest

from linli.ground.kernel.searches import list_searches
from linli.ground.people.queries import list_looks
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, HouseholdFactory, PersonFactory
from linli.ground.territory.queries import find_places, list_place_names
from linli.ground.territory.tests.factories import middle
from linli.spine.cases.services.indexing import index_due
from linli.spine.cases.terms import CaseKind, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

PAGE = "/desk/search"


def find(client: object, text: str) -> str:
    while index_due():
        pass
    page = client.get(PAGE, {"q": text}, headers={"HX-Request": "true"})  # type: ignore[attr-defined]
    assert page.status_code == 200
    return str(page.content.decode())


def test_one_box_finds_all_kinds(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.ACCEPTING)
    person = PersonFactory(name="王示例")
    client = sign_in(Role.INTAKE_CLERK)
    assert f"/desk/cases/{reported.number}/" in find(client, "垃圾")
    assert f"?area={office.place.grids[0].code}" in find(client, office.place.grids[0].name)
    assert f"?organisation={office.lead.pk}" in find(client, "环卫")
    assert "第 37 项" in find(client, "保洁")
    assert f"?category={office.category.pk}" in find(client, "06010")
    assert f"/people/{person.pk}/" in find(client, "王示例")


def test_a_slip_is_marked_as_one(office: Office, sign_in: SignIn) -> None:
    reported = office.report()
    client = sign_in(Role.SHIFT_LEADER)
    assert "您是不是要找" in find(client, f"{reported.number}9")
    assert "您是不是要找" in find(client, "06001")
    assert "您是不是要找" not in find(client, reported.number)


def test_what_is_found_is_marked_and_nothing_typed_becomes_markup(
    office: Office, sign_in: SignIn
) -> None:
    office.report(text="<b>井盖</b>不见了", address="<script>alert(1)</script>")
    page = find(sign_in(Role.SHIFT_LEADER), "井盖")
    assert "<mark>井盖</mark>" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "<img" not in find(sign_in(Role.SHIFT_LEADER), "<img src=x>")


def test_without_a_script_the_page_shows_the_same(office: Office, sign_in: SignIn) -> None:
    reported = office.report()
    client = sign_in(Role.SHIFT_LEADER)
    find(client, "垃圾")
    page = client.get(PAGE, {"q": "垃圾"}).content.decode()
    assert f"/desk/cases/{reported.number}/" in page
    assert 'value="垃圾"' in page
    assert "data-search-box" in client.get("/desk/").content.decode()


def test_htmx_gets_what_was_found_alone(office: Office, sign_in: SignIn) -> None:
    part = sign_in(Role.SHIFT_LEADER).get(PAGE, {"q": "没有"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "没有找到" in part.content.decode()
    assert part["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["", "a", " ", "%", "\0"])
def test_too_little_says_how_to_ask_and_is_not_logged(
    office: Office, sign_in: SignIn, text: str
) -> None:
    assert "<dl>" in find(sign_in(Role.SHIFT_LEADER), text)
    assert list_searches() == []


def test_strangers_and_residents_find_nothing(office: Office, sign_in: SignIn) -> None:
    reported = office.report()
    assert sign_in(Role.RESIDENT).get(PAGE, {"q": "垃圾"}).status_code == 403
    from django.test import Client

    stranger = Client().get(PAGE, {"q": "垃圾"})
    assert stranger.status_code == 302
    assert reported.number not in stranger.content.decode()


def test_the_keeper_finds_no_case_and_nobody(office: Office, sign_in: SignIn) -> None:
    reported = office.report()
    PersonFactory(name="王示例")
    client = sign_in(Role.KEEPER)
    assert reported.number not in find(client, "垃圾")
    assert reported.number not in find(client, reported.number)
    assert "/people/" not in find(client, "王示例")
    assert "环卫" in find(client, "环卫")


@pytest.mark.parametrize("role", [Role.GRID_OFFICER, Role.BUILDING_LEADER, Role.UNIT_LEADER])
def test_police_and_volunteers_find_no_complaint_and_nobody(
    office: Office, role: Role, client: object
) -> None:
    grid = office.place.grids[0]
    complaint = office.report(kind=CaseKind.COMPLAINT, about_organisation_id=office.other.pk)
    seen = office.report()
    PersonFactory(name="王示例", household=HouseholdFactory(area=grid))
    account = AccountFactory(**{role.value: True}, area=grid)
    client.force_login(account)  # type: ignore[attr-defined]
    page = find(client, "垃圾")
    assert (seen.number in page, complaint.number in page) == (True, False)
    assert complaint.number not in find(client, complaint.number)
    assert "/people/" not in find(client, "王示例")


def test_a_handler_finds_what_was_given_to_the_organisation(
    office: Office, sign_in: SignIn
) -> None:
    theirs, others = office.play(to=Step.ACCEPTING), office.report()
    client = sign_in(Role.HANDLER)
    assert theirs.number in find(client, "垃圾")
    for text in ("垃圾", others.number, others.number.replace("-", "")):
        assert f"/cases/{others.number}/" not in find(client, text)


def test_a_search_is_logged_and_read_by_the_supervisor_alone(
    office: Office, sign_in: SignIn
) -> None:
    find(sign_in(Role.INTAKE_CLERK), "王示例")
    (line,) = list_searches()
    assert (line.actor_id, line.words) == (office.accounts[Role.INTAKE_CLERK].pk, "王示例")
    assert line.kinds[0] == "cases"
    page = sign_in(Role.SUPERVISOR).get("/desk/searches/").content.decode()
    assert "王示例" in page
    assert office[Role.INTAKE_CLERK].name in page
    assert "王示例" in sign_in(Role.KEEPER).get("/desk/searches/").content.decode()
    assert sign_in(Role.INTAKE_CLERK).get("/desk/searches/").status_code == 403


def test_the_log_is_narrowed_by_words_day_and_person(office: Office, sign_in: SignIn) -> None:
    find(sign_in(Role.INTAKE_CLERK), "王示例")
    who, day = office.accounts[Role.INTAKE_CLERK].pk, f"{office.at:%Y-%m-%d}"
    client = sign_in(Role.SUPERVISOR)
    for query, is_shown in (
        (f"who={who}", True),
        ("who=0", False),
        ("words=王示", True),
        ("words=李", False),
        (f"since={day}&until={day}", True),
        ("since=2027-01-01", False),
        ("since=x&who=x", True),
    ):
        page = client.get(f"/desk/searches/?{query}").content.decode()
        assert (f"who={who}" in page and "<td" in page) == is_shown, query


def test_opening_a_person_found_asks_why_and_is_told_to_them(
    office: Office, sign_in: SignIn
) -> None:
    person = PersonFactory(name="王示例", phone="13912345678")
    client = sign_in(Role.INTAKE_CLERK)
    assert "13912345678" not in find(client, "13912345678")
    assert "13912345678" not in client.get(f"/people/{person.pk}/").content.decode()
    assert list_looks(person.pk) == []
    asked = {"purpose": "contact", "reason": "回访案件 2026-0000001"}
    assert "13912345678" in client.post(f"/people/{person.pk}/", asked).content.decode()
    assert [look.reason for look in list_looks(person.pk)] == [asked["reason"]]


def test_a_search_costs_the_same_however_much_there_is(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.SHIFT_LEADER)
    counts = []
    for _ in range(2):
        for _ in range(3):
            office.report()
            PersonFactory(name="垃圾王示例")
        find(client, "垃圾")
        counts.append(count_queries(client, f"{PAGE}?q=垃圾"))
    assert counts[0] == counts[1] <= 24


def test_places_are_given_to_forms_and_scripts(office: Office, sign_in: SignIn) -> None:
    grid = office.place.grids[0]
    client = sign_in(Role.INTAKE_CLERK)
    part = client.get("/desk/places/", {"place": grid.name}).content.decode()
    assert f'data-lon="{grid.lon}"' in part
    assert f"names/?of={grid.code}" in part
    (given,) = client.get("/desk/places.json", {"q": grid.name}).json()["places"]
    assert (given["name"], given["kind"], given["lon"]) == (grid.name, "网格", grid.lon)
    assert client.get("/desk/places.json").json() == {"places": []}
    assert "没有找到" in client.get("/desk/places/", {"q": "没有这里"}).content.decode()


def test_a_clerk_adds_and_closes_a_name(office: Office, sign_in: SignIn) -> None:
    grid = office.place.grids[0]
    client = sign_in(Role.INTAKE_CLERK)
    assert grid.name in client.get(f"/desk/places/names/?of={grid.code}").content.decode()
    typed = {"name": "老纺织厂", "kind": "local", "area_code": grid.code}
    assert client.post("/desk/places/names/", typed).status_code == 302
    assert [one.area.code for one in find_places("老纺织厂")] == [grid.code]
    again = client.post("/desk/places/names/", typed)
    assert (again.status_code, "已经有“老纺织厂”" in again.content.decode()) == (422, True)
    assert 'value="老纺织厂"' in again.content.decode()
    (name,) = list_place_names()
    assert "老纺织厂" in client.get("/desk/places/names/?q=fzc").content.decode()
    client.post(f"/desk/places/names/{name.id}/stop/")
    assert find_places("老纺织厂") == []
    assert client.post(f"/desk/places/names/{name.id}/stop/", follow=True).status_code == 200


def test_a_name_for_a_point_lies_where_one_may_name(office: Office, sign_in: SignIn) -> None:
    lon, lat = middle(0, 0)
    crossing = {"name": "邮局路口", "kind": "crossing", "lon": lon, "lat": lat, "address": "义和路"}
    worker = sign_in(Role.GRID_WORKER)
    assert worker.post("/desk/places/names/", crossing).status_code == 302
    elsewhere = crossing | {"lon": middle(2, 1)[0], "lat": middle(2, 1)[1]}
    refused = worker.post("/desk/places/names/", elsewhere)
    assert (refused.status_code, "任职范围" in refused.content.decode()) == (422, True)
    assert sign_in(Role.HANDLER).post("/desk/places/names/", crossing).status_code == 403
    (name,) = list_place_names()
    other = AccountFactory(grid_worker=True, area=office.place.grids[5])
    worker.force_login(other)
    assert worker.post(f"/desk/places/names/{name.id}/stop/").status_code == 403
