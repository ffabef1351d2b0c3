"""Anybody may report; the same report is taken once, and every fault is named."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from linli.ground.kernel.ids import new_id
from linli.ground.territory.tests.factories import Street, middle
from linli.spine.cases.models import Case, Category, Reporter

from .calls import LAT, LON, Caller, outcome, refusal, report

pytestmark = pytest.mark.django_db


def test_a_report_is_placed_and_answered_with_number_and_code(
    anybody: Caller, street: Street, category: Category
) -> None:
    sent = report(category="matter:06012")

    response = anybody.post("/reports", sent)

    answer = response.json()
    assert response.status_code == 201
    assert answer["id"] == sent["id"]
    assert answer["area"]["code"] == street.grids[0].code
    assert len(answer["tracking_code"]) == 16
    assert (answer["outside"], answer["duplicates"], answer["ignored"]) == (False, [], [])
    assert Case.objects.get(number=answer["number"]).grid_id == street.grids[0].pk


def test_the_same_report_again_gets_the_same_answer_and_no_second_case(
    anybody: Caller, street: Street
) -> None:
    sent = report()
    first = anybody.post("/reports", sent)

    again = anybody.post("/reports", sent)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Case.objects.count() == 1


def test_the_same_id_with_another_body_is_a_conflict(anybody: Caller, street: Street) -> None:
    sent = report()
    anybody.post("/reports", sent)

    assert outcome(anybody.post("/reports", sent | {"text": "另一件事"})) == (
        409,
        "report.id_reused",
        "id",
    )


def test_a_report_with_an_address_alone_waits_for_a_person_to_place_it(
    anybody: Caller, street: Street
) -> None:
    response = anybody.post("/reports", report(lon=None, lat=None, address="重庆路 8 号"))

    assert response.status_code == 201
    assert response.json()["grid"] is None


def test_a_point_outside_all_areas_is_taken_and_said_to_be_outside(
    anybody: Caller, street: Street
) -> None:
    answer = anybody.post("/reports", report(lon=125.9, lat=43.1)).json()

    assert (answer["outside"], answer["area"]) == (True, None)


def test_a_public_case_of_the_same_kind_nearby_is_hinted_at(
    anybody: Caller, street: Street, category: Category
) -> None:
    first = anybody.post("/reports", report(category="matter:06012")).json()

    second = anybody.post("/reports", report(category="matter:06012", lat=LAT + 0.0001)).json()

    assert [one["number"] for one in second["duplicates"]] == [first["number"]]
    assert 5 < second["duplicates"][0]["distance_m"] < 20


def test_contact_is_kept_apart_and_never_answered(anybody: Caller, street: Street) -> None:
    contact = {"name": "王金丝雀", "phone": "13800009999", "agrees": True}

    response = anybody.post("/reports", report(contact=contact))

    kept = Reporter.objects.get()
    assert (kept.name, kept.phone, kept.agrees_contact) == ("王金丝雀", "13800009999", True)
    assert "金丝雀" not in response.content.decode()
    assert "13800009999" not in response.content.decode()


def test_unknown_fields_are_named_instead_of_silently_lost(anybody: Caller, street: Street) -> None:
    sent = report(catgory="matter:06012", contact={"mail": "a@b.c"})

    assert anybody.post("/reports", sent).json()["ignored"] == ["catgory", "contact.mail"]


@pytest.mark.parametrize("text", ["龘䶮㐂 👩‍👩‍👧‍👦 🇨🇳", "字" * 10_000, "<script>alert(1)</script>"])
def test_rare_characters_long_texts_and_script_are_kept_as_they_are(
    anybody: Caller, street: Street, text: str
) -> None:
    response = anybody.post("/reports", report(text=text))

    assert response.status_code == 201
    assert Case.objects.get().text == text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": None}, (422, "api.field_missing", "text")),
        ({"text": "  "}, (422, "report.text_missing", "text")),
        ({"text": 7}, (422, "api.field_wrong_type", "text")),
        ({"text": "字" * 10_001}, (422, "report.text_too_long", "text")),
        ({"lon": str(LON)}, (422, "api.field_wrong_type", "lon")),
        ({"lat": True}, (422, "api.field_wrong_type", "lat")),
        ({"lon": LAT, "lat": LON}, (422, "territory.point_swapped", "lon")),
        ({"lon": 0, "lat": 0}, (422, "territory.point_zero", "lon")),
        ({"lon": 500.0}, (422, "territory.point_out_of_range", "lon")),
        ({"lat": None}, (422, "api.point_incomplete", "lat")),
        ({"lon": None, "lat": None}, (422, "report.place_missing", "lon")),
        ({"id": str(uuid4())}, (422, "api.field_not_uuid7", "id")),
        ({"id": "7"}, (422, "api.field_wrong_type", "id")),
        ({"category": "matter:99999"}, (422, "catalogue.unknown", "category")),
        ({"kind": "revolt"}, (422, "api.field_not_allowed", "kind")),
        ({"photos": ["x"]}, (422, "api.field_wrong_type", "photos.0")),
        (
            {"photos": [{"id": str(new_id()), "secret": "0"}] * 10},
            (422, "api.too_many", "photos"),
        ),
        (
            {"photos": [{"id": str(new_id()), "secret": "0"}]},
            (422, "photo.unknown", "photos"),
        ),
        ({"contact": "13800009999"}, (422, "api.field_wrong_type", "contact")),
        ({"contact": {"phone": "1" * 99}}, (422, "report.field_too_long", "phone")),
        ({"channel": "hotline"}, (403, "people.not_permitted", None)),
    ],
)
def test_a_fault_is_named_with_its_field(
    anybody: Caller, street: Street, changes: dict[str, Any], expected: tuple[int, str, str | None]
) -> None:
    assert outcome(anybody.post("/reports", report(**changes))) == expected
    assert Case.objects.count() == 0


def test_all_faults_of_the_form_are_listed_at_once(anybody: Caller, street: Street) -> None:
    said = refusal(anybody.post("/reports", {"lon": "x", "lat": []}))

    assert [said["field"], *(other["field"] for other in said["others"])] == ["text", "lon", "lat"]


def _raw(**fields: str) -> bytes:
    body = {"text": '"坑"', "lon": str(LON), "lat": str(LAT)} | fields
    return ("{" + ",".join(f'"{key}":{value}' for key, value in body.items()) + "}").encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (400, "api.body_missing")),
        (b"{", (400, "api.body_not_json")),
        (b"[]", (400, "api.body_not_object")),
        (b"null", (400, "api.body_not_object")),
        (_raw(text='"\\u0000"'), (400, "api.nul_character")),
        (_raw(text='"\\ud800"'), (400, "api.broken_character")),
        (_raw().replace("坑".encode(), b"\xff\xfe"), (400, "api.body_not_utf8")),
        (_raw().decode().encode("utf-16"), (400, "api.body_not_utf8")),
        (_raw().replace("坑".encode(), "坑".encode("gb18030")), (400, "api.body_not_utf8")),
        (_raw().replace(b"}", b',"text":"2"}'), (400, "api.duplicate_key")),
        (_raw(lon="NaN"), (400, "api.number_not_finite")),
        (_raw(lat="-Infinity"), (400, "api.number_not_finite")),
        (_raw(lon="1e999"), (422, "territory.point_not_a_number")),
        (_raw(lon="1" * 5000), (400, "api.number_too_long")),
        (b'{"a":' * 100_000, (413, "api.body_too_large")),
        (b'{"a":' * 40 + b"1" + b"}" * 40, (400, "api.body_too_deep")),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, (400, "api.body_too_deep")),
    ],
)
def test_a_body_that_can_be_read_two_ways_is_not_read(
    anybody: Caller, street: Street, content: bytes, expected: tuple[int, str]
) -> None:
    assert outcome(anybody.send("/reports", content))[:2] == expected
    assert Case.objects.count() == 0


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read_as_json(anybody: Caller, street: Street, kind: str) -> None:
    response = anybody.send("/reports", json.dumps(report()).encode(), kind=kind)

    assert outcome(response)[:2] == (415, "api.media_type")


def test_the_public_api_refuses_instants_from_outside(anybody: Caller, street: Street) -> None:
    response = anybody.post("/reports", report(), **{"X-Linli-At": "2026-01-01T00:00:00+00:00"})

    assert outcome(response) == (400, "api.instants_are_ours", "X-Linli-At")
    assert Case.objects.count() == 0


def test_points_in_other_grids_fall_there(anybody: Caller, street: Street) -> None:
    lon, lat = middle(2, 1)

    answer = anybody.post("/reports", report(lon=lon, lat=lat)).json()

    assert answer["grid"]["code"] == street.grids[5].code


def test_a_report_costs_two_statements_of_its_own(
    anybody: Caller, street: Street, category: Category
) -> None:
    anybody.post("/reports", report(category="matter:06012"))

    told = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        told.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        anybody.post("/reports", report(category="matter:06012"))

    # The look around; then case, reporter, clock and event in one. What is held in memory is the
    # same for any number of reports.
    own = [sql.split()[0] for sql in told if "cases_case" in sql or "kernel_event" in sql]
    assert own == ["SELECT", "WITH"]
