"""What is held about me, who looked, the export; and a person opened for a reason."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.test import Client

from linli.ground.kernel.queries import list_looks, list_occurrences
from linli.ground.kernel.services import ensure_partitions
from linli.ground.kernel.terms import Subject
from linli.ground.people import holdings, services
from linli.ground.people.errors import UnableToOpenPerson
from linli.ground.people.models import Account, Household, Person
from linli.ground.people.terms import HeldField, Holding, LookPurpose
from linli.ground.territory.tests.factories import AreaFactory

from .factories import (
    NOW,
    AccountFactory,
    HouseholdFactory,
    OrganisationFactory,
    PersonFactory,
    member_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident(db: None) -> Account:
    """A resident with a door and an account."""
    ensure_partitions(first=NOW.date(), last=NOW.date())
    person = PersonFactory(
        name="示例龘䶮", phone="13900002222", household=HouseholdFactory(door="302室")
    )
    return AccountFactory(login="resident", person=person)


def test_a_resident_reads_everything_that_is_held(client: Client, resident: Account) -> None:
    client.force_login(resident)
    page = client.get("/me").content.decode()
    for held in ("示例龘䶮", "13900002222", "302室", "resident", "还没有人打开过您的资料"):
        assert held in page, held


def test_the_page_is_english_for_those_who_chose_it(client: Client, resident: Account) -> None:
    client.force_login(resident)
    answer = client.post("/me/language", {"language": "en"}, follow=True)
    page = answer.content.decode()
    assert "What is kept about me" in page
    assert "Nobody has opened your record yet" in page
    resident.refresh_from_db()
    assert resident.language == "en"
    fresh = Client()
    fresh.force_login(resident)
    assert "What is kept about me" in fresh.get("/me").content.decode()


def test_posts_name_organisation_and_place_in_the_language_of_the_page(client: Client) -> None:
    ensure_partitions(first=NOW.date(), last=NOW.date())
    unit = OrganisationFactory(name="示例水务", name_en="Example Water")
    account = AccountFactory(handler=True, organisation=unit)
    client.force_login(account)
    assert "示例水务" in client.get("/me").content.decode()
    page = client.post("/me/language", {"language": "en"}, follow=True).content.decode()
    assert "Example Water" in page
    assert "示例水务" not in page


def test_a_language_we_do_not_have_changes_nothing(client: Client, resident: Account) -> None:
    client.force_login(resident)
    client.post("/me/language", {"language": "xx"})
    resident.refresh_from_db()
    assert resident.language == "zh-hans"


def test_a_grid_leader_opens_a_person_of_the_grid_and_the_person_sees_who_and_why(
    client: Client, resident: Account
) -> None:
    person = resident.person
    assert person is not None
    assert person.household is not None
    leader = AccountFactory(grid_leader=True, area=person.household.area)
    desk = Client()
    desk.force_login(leader)
    asked = desk.get(f"/people/{person.pk}/").content.decode()
    assert "13900002222" not in asked
    assert "302室" not in asked
    opened = desk.post(
        f"/people/{person.pk}/", {"purpose": "contact", "reason": "核对停水通知 <b>急</b>"}
    ).content.decode()
    assert "13900002222" in opened
    assert "这次查看已经记录" in opened
    client.force_login(resident)
    page = client.get("/me").content.decode()
    assert "核对停水通知 &lt;b&gt;急&lt;/b&gt;" in page
    assert leader.get_full_name() in page
    assert "网格长" in page


def test_without_a_reason_nothing_opens_and_nothing_is_logged(resident: Account) -> None:
    person = resident.person
    assert person is not None
    assert person.household is not None
    desk = Client()
    desk.force_login(AccountFactory(grid_leader=True, area=person.household.area))
    page = desk.post(f"/people/{person.pk}/", {"purpose": "contact", "reason": "  "})
    assert "13900002222" not in page.content.decode()
    assert list_looks(person_id=person.pk) == []


@pytest.mark.parametrize(
    "post", ["dispatcher", "handler", "keeper", "grid_officer", "building_leader"]
)
def test_those_who_do_not_serve_a_person_cannot_open_the_record(
    resident: Account, post: str, at: datetime
) -> None:
    person = resident.person
    assert person is not None
    assert person.household is not None
    area = person.household.area
    member = member_of(AccountFactory(**{post: True}, area=area))
    with pytest.raises(UnableToOpenPerson) as refused:
        services.open_person(
            person_id=person.pk,
            member=member,
            purpose=LookPurpose.SERVICE,
            reason="想看看",
            at=at,
        )
    assert refused.value.code == "people.reason_needed"
    with pytest.raises(UnableToOpenPerson) as refused:
        services.open_person(
            person_id=person.pk,
            member=member,
            purpose=LookPurpose.SERVICE,
            reason="想看看资料",
            at=at,
        )
    assert refused.value.code == "people.unknown_person"


def test_a_person_elsewhere_and_a_person_who_is_not_there_look_the_same(
    resident: Account,
) -> None:
    desk = Client()
    desk.force_login(AccountFactory(grid_leader=True, area=AreaFactory(grid=True)))
    assert resident.person is not None
    elsewhere = desk.get(f"/people/{resident.person.pk}/")
    nowhere = desk.get("/people/999999999/")
    assert elsewhere.status_code == nowhere.status_code == 404
    assert "您无权查看" in elsewhere.content.decode()


def test_the_export_holds_the_same_and_is_logged(client: Client, resident: Account) -> None:
    client.force_login(resident)
    answer = client.post("/me/export")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    taken = json.loads(answer.content)
    by_part = {part["part"]: part for part in taken["held"]}
    assert by_part["person"]["rows"][0]["name"]["value"] == "示例龘䶮"
    assert by_part["household"]["rows"][0]["door"]["value"] == "302室"
    assert "password" not in answer.content.decode()
    subject = Subject(kind="people.Account", id=str(resident.pk))
    assert [it.event.name for it in list_occurrences(subject)] == ["people.HoldingsExported"]
    assert "本人导出" in client.get("/me").content.decode()


def test_following_a_link_exports_nothing(client: Client, resident: Account) -> None:
    client.force_login(resident)
    assert client.get("/me/export").status_code == 405


def test_a_room_above_declares_what_it_holds(
    client: Client, resident: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(account_id: int, person_id: int | None) -> list[Holding]:
        row = (HeldField("number", "编号", f"2026-{account_id}"),)
        return [
            Holding(
                room="later",
                part="reports",
                title="我的上报",
                purpose="",
                retention="",
                rows=(row,),
            )
        ]

    monkeypatch.setattr(holdings, "_PROVIDERS", dict(holdings._PROVIDERS))
    holdings.register("later", held)
    client.force_login(resident)
    assert f"2026-{resident.pk}" in client.get("/me").content.decode()


def test_an_account_without_a_person_has_a_page_too(client: Client) -> None:
    client.force_login(AccountFactory(login="lonely", person=None))
    assert "lonely" in client.get("/me").content.decode()


def test_a_record_has_no_place_for_health_minors_or_identity_numbers() -> None:
    names = {field.name for model in (Person, Household) for field in model._meta.get_fields()}
    assert names == {
        "id",
        "name",
        "initials",
        "phone",
        "street_code",
        "household",
        "wants_contact",
        "appointments",
        "account",
        "area",
        "door",
        "persons",
    }


def test_what_is_empty_is_said_once_and_a_word_stands_for_its_figure() -> None:
    def row(phone: str) -> tuple[HeldField, ...]:
        return (
            HeldField("phone", "电话", phone, is_contact=True),
            HeldField("door", "门牌", "", is_contact=True),
            HeldField("satisfaction", "满意程度", 3, word="满意"),
        )

    part = Holding(
        room="later", part="reports", title="", purpose="", retention="", rows=(row("1"), row(""))
    )

    assert part.absent == ("门牌",)
    assert [one.lacks_contact for one in part.told] == [False, True]
    assert [[field.name for field in one.fields] for one in part.told] == [
        ["phone", "satisfaction"],
        ["satisfaction"],
    ]
