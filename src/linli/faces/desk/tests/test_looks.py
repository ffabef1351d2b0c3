"""Who looked at whom: found by staff member, person, case, purpose and day; itself logged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection

from linli.faces.desk.admin_site import personal_fields
from linli.faces.desk.look_words import FIELD_LABELS
from linli.ground.kernel.models import Look
from linli.ground.kernel.services import record_look
from linli.ground.kernel.terms import Subject
from linli.ground.people import holdings
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, PersonFactory
from linli.ground.territory.tests.factories import AreaFactory
from linli.spine.cases.services.reporters import OPENED_FIELDS
from linli.spine.cases.terms import case_subject
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn, count_queries

KEEPER, SUPERVISOR = Role.KEEPER, Role.SUPERVISOR


def look(office: Office, role: Role = Role.INTAKE_CLERK, **changes: object) -> None:
    """Let somebody look at a person, an hour ago, with changes."""
    given: dict[str, object] = {
        "actor": office[role].actor(),
        "subject": Subject(kind="people.Person", id="7"),
        "person_id": None,
        "fields": ["phone"],
        "purpose": "service",
        "reason": "约时间上门",
        "at": office.at - timedelta(hours=1),
        **changes,
    }
    record_look(**given)  # type: ignore[arg-type]


def test_the_log_says_who_looked_at_whom_and_why(office: Office, sign_in: SignIn) -> None:
    person = PersonFactory(name="司徒明")
    look(office, person_id=person.pk)
    page = sign_in(KEEPER).get("/desk/looks/").content.decode()
    assert "司徒明" in page
    assert "约时间上门" in page
    assert office.accounts[Role.INTAKE_CLERK].get_full_name() in page


def test_fields_are_named_in_the_language_of_the_page(office: Office, sign_in: SignIn) -> None:
    look(office, fields=["name", "phone", "door"])
    client = sign_in(KEEPER)
    assert "姓名、电话、门牌" in client.get("/desk/looks/").content.decode()
    Account.objects.filter(id=office.accounts[KEEPER].pk).update(language="en")
    assert "Name, Phone, Door" in client.get("/desk/looks/").content.decode()


def test_every_field_that_is_logged_has_a_word(office: Office) -> None:
    account = office.accounts[KEEPER]
    admin.autodiscover()
    shown = {name for model in admin.site._registry for name in personal_fields(model)}
    shown |= {
        *OPENED_FIELDS,
        "actor_id",
        "person_id",
        "reason",
        "words",
        "position",
        "plate",
        "file",
    }
    shown |= {
        part.room for part in holdings.collect(account_id=account.pk, person_id=account.person_id)
    }
    assert shown - set(FIELD_LABELS) == set()


def test_reading_the_log_is_logged(office: Office, sign_in: SignIn) -> None:
    look(office)
    sign_in(SUPERVISOR).get("/desk/looks/")
    own = Look.objects.get(subject_kind="kernel.Look")
    assert (own.actor_id, own.purpose) == (office.accounts[SUPERVISOR].pk, "oversight")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?purpose=service", 2),
        ("?purpose=law", 1),
        ("?since=2026-11-23", 2),
        ("?until=2026-11-22", 1),
        ("?who=没有这个人", 0),
        ("?number=2026-9999999", 0),
        ("?person=x", 0),
    ],
)
def test_it_is_narrowed(office: Office, sign_in: SignIn, query: str, count: int) -> None:
    look(office)
    look(office, purpose="law")
    look(office, at=office.at - timedelta(days=3))
    page = sign_in(KEEPER).get(f"/desk/looks/{query}").content.decode()
    assert page.count('class="since"') == count


def test_it_is_found_by_name_person_and_case(office: Office, sign_in: SignIn) -> None:
    person, reported = PersonFactory(), office.report()
    look(office, person_id=person.pk)
    look(office, Role.DISPATCHER, subject=case_subject(reported.case_id))
    client = sign_in(KEEPER)
    login = office.accounts[Role.DISPATCHER].login
    for query in (f"who={login}", f"number={reported.number}", f"person={person.pk}"):
        assert client.get(f"/desk/looks/?{query}").content.decode().count('class="since"') == 1


def test_a_supervisor_sees_those_of_the_own_street(office: Office, sign_in: SignIn) -> None:
    stranger = AccountFactory(dispatcher=True, street=AreaFactory(code="330106009000"))
    look(office)
    record_look(
        actor=office[KEEPER].actor(),
        subject=Subject(kind="people.Person", id="7"),
        person_id=None,
        fields=["phone"],
        purpose="service",
        at=office.at,
    )
    Look.objects.filter(recorded_at=office.at).update(actor_id=stranger.pk)
    assert sign_in(SUPERVISOR).get("/desk/looks/").content.decode().count('class="since"') == 1
    assert sign_in(KEEPER).get("/desk/looks/").content.decode().count('class="since"') == 3


def test_pages_follow_each_other_without_gap_or_repetition(office: Office, sign_in: SignIn) -> None:
    for number in range(51):
        look(office, reason=f"第{number:02d}次查看", at=office.at - timedelta(hours=2))
    client = sign_in(KEEPER)
    first = client.get("/desk/looks/")
    following = first.context["next"]
    second = client.get("/desk/looks/", {"after": following, "until": "2026-11-23"})
    told = [line.reason for page in (first, second) for line in page.context["lines"]]
    assert len(told) == len(set(told)) == 51
    assert client.get("/desk/looks/?after=no-such-place").status_code == 200


def test_ten_times_the_looks_take_no_more_queries(office: Office, sign_in: SignIn) -> None:
    client = sign_in(KEEPER)
    look(office, person_id=PersonFactory().pk)
    few = count_queries(client, "/desk/looks/?purpose=service")
    for _ in range(10):
        look(office, person_id=PersonFactory().pk)
    assert count_queries(client, "/desk/looks/?purpose=service") == few
    assert few <= 12


def test_a_page_by_purpose_goes_by_an_index(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'kernel_look'")
        names = {name for (name,) in cursor.fetchall()}
    assert {"kernel_look_purpose", "kernel_look_subject", "kernel_look_actor"} <= names


def test_it_is_taken_as_a_file(office: Office, sign_in: SignIn) -> None:
    look(office)
    answer = sign_in(KEEPER).post("/desk/exports/looks/", {"query": "purpose=service"})
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("role", [Role.SHIFT_LEADER, Role.INTAKE_CLERK, Role.HANDLER])
def test_it_is_closed_to_others(office: Office, sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/desk/looks/").status_code == 403
