"""Reports: placed, numbered, answered the same twice, and refused in words when unfit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.terms import ANONYMOUS
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import SOUTH, STEP_LON, WEST, middle
from linli.spine.cases.models import Case, Clock, Reporter
from linli.spine.cases.queries import find_duplicates, get_case, my_work, public_case
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services import (
    doubt_repeated_places,
    report_case,
    set_case_settings,
)
from linli.spine.cases.terms import ActionName, Channel, Contact, Point, Step

from .factories import START, CategoryFactory, Office, make_photo, new_report, resident


def place(column: int, row: int) -> Point:
    lon, lat = middle(column, row)
    return Point(lon=lon, lat=lat)


def test_a_report_lands_in_its_grid_and_its_clock_runs(office: Office) -> None:
    reported = office.report(point=place(1, 1))
    assert reported.grid is not None
    assert reported.community is not None
    assert reported.grid.code == "220104004002002"
    assert reported.community.code == "220104004002"
    assert reported.number.startswith("2026-")
    case = Case.objects.get(id=reported.case_id)
    assert Clock.objects.get(case=case).due_at == case.due_at
    assert case.due_at is not None
    assert case.due_at - case.reported_at == timedelta(hours=6)


@pytest.mark.django_db(transaction=True)
def test_a_report_costs_two_statements_when_the_process_is_warm(office: Office) -> None:
    office.report()
    told = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        told.append(sql.split(maxsplit=1)[0])
        return execute(sql, *rest)

    with CaptureQueriesContext(connection) as captured, connection.execute_wrapper(listen):
        office.report(point=replace(place(0, 0), lat=place(0, 0).lat + 0.0007))
    assert told == ["SELECT", "WITH"]
    assert len(captured) == len(told)


def test_the_same_report_again_gets_the_same_answer(office: Office) -> None:
    report = new_report(id=new_id())
    first = report_case(report=report, actor=ANONYMOUS, at=office.tick())
    again = report_case(report=report, actor=ANONYMOUS, at=office.tick(timedelta(days=8)))
    assert first.created
    assert again == replace(first, created=False)
    assert Case.objects.count() == 1


def test_the_same_id_with_another_body_is_refused(office: Office) -> None:
    report = new_report(id=new_id())
    report_case(report=report, actor=ANONYMOUS, at=office.tick())
    with pytest.raises(Refusal, match=r"report\.id_reused"):
        report_case(report=replace(report, text="别的事"), actor=ANONYMOUS, at=office.tick())


def test_a_report_with_photos_may_be_sent_again(office: Office) -> None:
    report = new_report(id=new_id(), photos=(make_photo(),))
    first = report_case(report=report, actor=ANONYMOUS, at=office.tick())
    assert report_case(report=report, actor=ANONYMOUS, at=office.tick()).number == first.number


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "空\x00字符"}, "report.nul_character"),
        ({"text": "残缺\ud83d"}, "report.broken_character"),
        ({"text": "字" * 10_001}, "report.text_too_long"),
        ({"text": " \n"}, "report.text_missing"),
        ({"address": "址" * 201}, "report.field_too_long"),
        ({"contact": Contact(name="王\x00")}, "report.nul_character"),
        ({"id": uuid4()}, "report.id_not_v7"),
        ({"point": None}, "report.place_missing"),
        ({"point": Point(lon=0, lat=0)}, "territory.point_zero"),
        ({"point": Point(lon=SOUTH, lat=WEST)}, "territory.point_swapped"),
        ({"point": Point(lon=float("nan"), lat=43)}, "territory.point_not_a_number"),
        ({"category_key": "matter:00000"}, "catalogue.unknown"),
        ({"category_key": "06010"}, "catalogue.unknown"),
        ({"about_organisation_id": 999_999}, "report.about_unknown"),
    ],
)
def test_an_unfit_report_is_refused_by_name(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        office.report(**changes)
    assert refused.value.code == code
    assert "%(" not in refused.value.words()
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "text", ["龘䶮㐂 😀👨‍👩‍👧", "字" * 10_000, "<script>alert(1)</script>", "'; DROP TABLE x"]
)
def test_any_words_are_kept_as_they_are(office: Office, text: str) -> None:
    reported = office.report(text=text)
    assert Case.objects.get(id=reported.case_id).text == text
    assert public_case(code=reported.tracking_code, at=office.at).text == text


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=300))
def test_every_text_is_either_kept_or_refused_in_words(office: Office, text: str) -> None:
    if text.strip() and "\x00" not in text:
        reported = office.report(text=text)
        assert Case.objects.get(id=reported.case_id).text == text
        return
    with pytest.raises(Refusal) as refused:
        office.report(text=text)
    assert refused.value.words()


def test_a_place_outside_is_taken_in_and_waits_for_the_clerk(office: Office) -> None:
    reported = office.report(point=Point(lon=WEST - 0.1, lat=SOUTH))
    assert (reported.is_outside, reported.grid) == (True, None)
    assert reported.street is not None
    item = my_work(member=office[Role.VERIFIER], at=office.at)[0]
    assert item.row.id == reported.case_id
    view = office.act(reported.case_id, ActionName.RELOCATE, Role.INTAKE_CLERK, place=place(0, 1))
    assert view.grid is not None
    assert view.grid.code == "220104004002001"


def test_a_point_on_a_border_names_the_grids_on_both_sides(office: Office) -> None:
    border = Point(lon=WEST + STEP_LON, lat=place(0, 0).lat)
    reported = office.report(point=border)
    view = get_case(case_id=reported.case_id, member=office[Role.VERIFIER], at=office.at)
    assert {one.code for one in view.candidates} == {"220104004001001", "220104004001002"}


def test_an_address_alone_is_enough_and_waits_to_be_placed(office: Office) -> None:
    reported = office.report(point=None, address="永昌路 12 号")
    assert (reported.grid, reported.is_outside) == (None, False)


def test_a_listed_default_point_is_not_trusted(office: Office) -> None:
    point = place(0, 0)
    set_case_settings(street_id=office.place.street.pk, suspicious_points=[(point.lon, point.lat)])
    reported = office.report(point=point)
    assert (reported.is_suspicious_place, reported.grid) == (True, None)


def test_a_point_reported_far_too_often_loses_its_grid_for_all(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, suspicious_repeats=4)
    for _ in range(4):
        assert not office.report().is_suspicious_place
    late = office.report()
    assert late.is_suspicious_place
    assert doubt_repeated_places(at=office.tick()) == 4
    assert not Case.objects.filter(grid__isnull=False).exists()
    case_id = Case.objects.earliest("reported_at").id
    assert replayed_state(case_id) == live_state(case_id)


def test_likely_duplicates_are_near_in_place_time_and_kind(office: Office) -> None:
    CategoryFactory(code="06099")
    first = office.report(category_key="matter:06010")
    near = office.report(
        category_key="matter:06010",
        point=replace(place(0, 0), lat=place(0, 0).lat + 0.0003),
    )
    assert [one.number for one in near.duplicates] == [first.number]
    assert near.duplicates[0].distance_m in range(32, 35)
    far = office.report(
        category_key="matter:06010",
        point=replace(place(0, 0), lat=place(0, 0).lat + 0.0012),
    )
    assert far.duplicates == ()
    office.tick(timedelta(hours=25))
    assert office.report(category_key="matter:06010").duplicates == ()


def test_a_sub_district_sets_how_near_in_place_and_time_that_is(office: Office) -> None:
    set_case_settings(street_id=office.place.street.pk, duplicate_radius_m=100, duplicate_hours=48)
    first = office.report(category_key="matter:06010")
    ninety = replace(place(0, 0), lat=place(0, 0).lat + 0.00081)
    office.tick(timedelta(hours=47))
    wide = office.report(category_key="matter:06010", point=ninety)
    assert [one.number for one in wide.duplicates] == [first.number]
    assert wide.duplicates[0].distance_m in range(89, 92)
    set_case_settings(street_id=office.place.street.pk, duplicate_radius_m=10, duplicate_hours=1)
    assert office.report(category_key="matter:06010").duplicates == ()


def test_a_report_without_a_category_is_compared_with_all(office: Office) -> None:
    office.report(category_key="matter:06010")
    office.report()
    assert len(office.report().duplicates) == 2
    assert len(office.report(category_key="matter:06010").duplicates) == 1


def test_residents_are_not_shown_what_is_not_public(office: Office) -> None:
    CategoryFactory(not_public=True, code="06098")
    office.report(category_key="matter:06098")
    asked: dict[str, Any] = {
        "category_key": "matter:06098",
        "lon": place(0, 0).lon,
        "lat": place(0, 0).lat,
    }
    assert find_duplicates(**asked, at=office.at) == []
    assert len(find_duplicates(**asked, at=office.at, public_only=False)) == 1


def test_an_anonymous_reporter_leaves_nothing_but_the_code(office: Office) -> None:
    account = office.accounts[Role.RESIDENT]
    reported = report_case(
        report=new_report(is_anonymous=True, device=place(0, 0)),
        actor=resident(account),
        at=office.tick(),
    )
    row = Reporter.objects.get(case_id=reported.case_id)
    assert (row.account_id, row.name, row.phone, row.door) == (None, "", "", "")
    assert row.photographer_lon is None


def test_a_clerk_who_writes_down_a_call_is_not_the_reporter(office: Office) -> None:
    clerk = office[Role.INTAKE_CLERK]
    reported = office.report(actor=clerk.actor(role=Role.INTAKE_CLERK), channel=Channel.PHONE)
    assert reported.step is Step.VERIFYING
    assert Reporter.objects.get(case_id=reported.case_id).account_id is None


def test_the_statement_of_a_report_writes_every_column_the_model_has(office: Office) -> None:
    reported = office.report()
    written = Case.objects.get(id=reported.case_id)
    made = Case(kind="incident", step="verifying", channel="web")
    for field in Case._meta.concrete_fields:
        if field.has_default() and field.name not in ("id", "version"):
            assert getattr(written, field.attname) == getattr(made, field.attname), field.name
    assert written.version == 1
    assert written.reported_at == START + timedelta(minutes=10)
