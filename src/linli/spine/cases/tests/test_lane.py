"""Many reports at once: each answered or refused for itself, written as if it had come alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Event, Photo
from linli.ground.kernel.terms import ANONYMOUS
from linli.spine.cases.lane import Outcome, report_cases
from linli.spine.cases.models import Case, CasePhoto, Clock, Reporter
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.services.drafting import Arrival
from linli.spine.cases.services.settings import set_case_settings
from linli.spine.cases.terms import NewReport, Point, Reported

from .factories import Office, make_photo, new_report


def arrivals(office: Office, *reports: NewReport) -> list[Arrival]:
    return [Arrival(report=report, actor=ANONYMOUS, at=office.tick()) for report in reports]


def codes(outcomes: list[Outcome]) -> list[str]:
    return [
        one.step if isinstance(one, Reported) else getattr(one, "code", type(one).__name__)
        for one in outcomes
    ]


def test_many_reports_cost_two_statements(office: Office) -> None:
    office.report()
    batch = arrivals(office, *(new_report() for _ in range(30)))
    told = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        told.append(sql.split(maxsplit=1)[0])
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        outcomes = report_cases(batch)
    assert all(isinstance(one, Reported) for one in outcomes)
    assert [kind for kind in told if kind not in ("SAVEPOINT", "RELEASE")] == ["SELECT", "WITH"]
    assert Case.objects.count() == Reporter.objects.count() == Clock.objects.count() == 31
    assert Event.objects.filter(name="cases.reported").count() == 31


def test_each_gets_its_own_answer_in_order(office: Office) -> None:
    reports = [new_report(text=f"第 {n} 件") for n in range(5)]
    outcomes = report_cases(arrivals(office, *reports))
    for report, outcome in zip(reports, outcomes, strict=True):
        assert isinstance(outcome, Reported)
        case = Case.objects.get(number=outcome.number)
        assert (case.id, case.text) == (outcome.case_id, report.text)
        assert replayed_state(case.id) == live_state(case.id)


@pytest.fixture
def last_of_seven_digits(db: None) -> Iterator[None]:
    """Let the next number be the first with eight digits, and go on as before afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT setval('cases_number', 9999999)")
        yield
        cursor.execute("SELECT setval('cases_number', %s)", [before])


def test_the_ten_millionth_case_has_a_number_too(
    office: Office, last_of_seven_digits: None
) -> None:
    outcomes = report_cases(arrivals(office, new_report(), new_report()))
    numbers = [one.number.partition("-")[2] for one in outcomes if isinstance(one, Reported)]
    assert numbers == ["10000000", "10000001"]


def test_what_can_be_refused_alone_refuses_nobody_else(office: Office) -> None:
    outcomes = report_cases(
        arrivals(
            office,
            new_report(),
            new_report(text=" "),
            new_report(point=Point(lon=0, lat=0)),
            new_report(category_key="matter:00000"),
            new_report(),
        )
    )
    assert codes(outcomes) == [
        "verifying",
        "report.text_missing",
        "territory.point_zero",
        "catalogue.unknown",
        "verifying",
    ]
    assert Case.objects.count() == 2


def test_a_report_the_database_refuses_refuses_only_itself(office: Office) -> None:
    outcomes = report_cases(
        arrivals(office, new_report(), new_report(language="far too long for it"), new_report())
    )
    assert isinstance(outcomes[1], DataError)
    assert codes([outcomes[0], outcomes[2]]) == ["verifying", "verifying"]
    assert Case.objects.count() == Reporter.objects.count() == 2


def test_an_id_sent_twice_at_once_is_taken_once(office: Office) -> None:
    report = new_report(id=new_id())
    first, again, other = report_cases(
        arrivals(office, report, report, replace(report, text="别的事"))
    )
    assert isinstance(first, Reported)
    assert again == replace(first, created=False)
    assert codes([other]) == ["report.id_reused"]
    assert Case.objects.count() == 1


def test_an_id_known_already_does_not_hold_up_the_others(office: Office) -> None:
    known = new_report(id=new_id())
    (before,) = report_cases(arrivals(office, known))
    again, other, fresh = report_cases(
        arrivals(office, known, replace(known, text="别的事"), new_report())
    )
    assert isinstance(before, Reported)
    assert again == replace(before, created=False)
    assert codes([other, fresh]) == ["report.id_reused", "verifying"]
    assert Case.objects.count() == 2


def test_a_photo_named_twice_goes_to_the_first(office: Office) -> None:
    photo = make_photo()
    first, second, third = report_cases(
        arrivals(
            office,
            new_report(photos=(photo,)),
            new_report(photos=(photo,)),
            new_report(photos=(make_photo(),)),
        )
    )
    assert isinstance(first, Reported)
    assert codes([second, third]) == ["photo.already_attached", "verifying"]
    assert Photo.objects.get(id=photo.id).subject_id == str(first.case_id)
    assert CasePhoto.objects.count() == Case.objects.count() == 2


def test_repeats_within_a_batch_make_a_place_doubtful(office: Office) -> None:
    street = Case.objects.get(id=office.report().case_id).street_id
    set_case_settings(street_id=street, suspicious_repeats=3)
    spot = Point(lon=new_report().point.lon + 0.0003, lat=new_report().point.lat)  # type: ignore[union-attr]
    outcomes = report_cases(arrivals(office, *(new_report(point=spot) for _ in range(5))))
    doubted = [one.is_suspicious_place for one in outcomes if isinstance(one, Reported)]
    assert doubted == [False, False, False, True, True]
    assert Case.objects.filter(is_suspicious_place=True, grid=None).count() == 2


def test_reports_of_different_days_count_from_their_own_instant(office: Office) -> None:
    today = Arrival(report=new_report(), actor=ANONYMOUS, at=office.tick())
    tomorrow = Arrival(report=new_report(), actor=ANONYMOUS, at=today.at + timedelta(days=1))
    for arrival, outcome in zip((today, tomorrow), report_cases([today, tomorrow]), strict=True):
        assert isinstance(outcome, Reported)
        assert Case.objects.get(id=outcome.case_id).reported_at == arrival.at


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_nobodys_own_fault(office: Office) -> None:
    batch = arrivals(office, new_report(), new_report())
    report_cases(batch[:1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    with pytest.raises(OperationalError):
        report_cases(batch)
    connection.close()
    assert codes(report_cases(batch)) == ["verifying", "verifying"]
