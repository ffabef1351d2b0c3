"""Figures of returns over a year of cases: the pages say the same, and so does a plain recount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.demonstration.places import STREET_CODE
from linli.ground.people.models import Account
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member
from linli.programmes.callback.queries.rates import list_rates
from linli.programmes.callback.terms import By, Shown
from linli.programmes.returns.models import ReturnFigure
from linli.programmes.returns.queries.counting import (
    Place,
    count_parts,
    evaluate,
    list_counted,
    parts_of,
)
from linli.programmes.returns.queries.forms import get_form, list_forms
from linli.programmes.returns.rules.figures import FIGURES, share
from linli.programmes.returns.rules.periods import days_of, period_of, window_of
from linli.programmes.returns.terms import PeriodKind, Span, Target
from linli.programmes.whistle.queries.lists import list_year
from linli.spine.cases.models import Case, Clock
from linli.spine.cases.queries.check_figures import count_checks
from linli.spine.cases.queries.counts import count_steps
from linli.spine.cases.queries.lists import count_cases
from linli.spine.cases.queries.pending import count_register
from linli.spine.cases.terms import CaseFilters, Channel, Level, Step

from .conftest import AS_OF, until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

DECEMBER = period_of(PeriodKind.MONTH, date(2025, 12, 1))
ZONE = "Asia/Shanghai"


def shift() -> Member:
    return load_member(Account.objects.get(login="shift").pk, until())


def place(kind: PeriodKind = PeriodKind.MONTH, day: date = DECEMBER.first) -> Place:
    return Place(street_code=STREET_CODE, period=period_of(kind, day), at=until())


def number(figure: str, where: Place | None = None, **narrowed: Any) -> Decimal | None:
    target = Target(figure=figure, **narrowed)
    return evaluate([target], where or place())[target]


def test_received_is_what_the_list_of_cases_counts() -> None:
    member = shift()
    ((first, last),) = days_of(DECEMBER, Span.THIS)
    since, before = window_of((first, last), zone=ZONE, at=until())
    case = Case.objects.filter(reported_at__gte=since, reported_at__lt=before).exclude(
        step=Step.MERGED.value
    )
    community = case.exclude(community=None).earliest("reported_at").community
    category = case.exclude(category=None).earliest("reported_at").category
    assert community is not None
    assert category is not None
    narrowings: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
        ({}, {}),
        ({"area_code": community.code}, {"area_code": community.code}),
        ({"channel": "hotline"}, {"channel": Channel.HOTLINE}),
        ({"level": "street"}, {"level": Level.STREET}),
        ({"major_code": category.major_code}, {"major_code": category.major_code}),
    )
    for narrowed, filters in narrowings:
        listed = CaseFilters(reported_from=since, reported_before=before, **filters)
        counted = count_cases(member=member, filters=listed, at=until())
        assert counted > 0, narrowed
        assert number("cases.received", **narrowed) == counted, narrowed
    reworked = CaseFilters(reported_from=since, reported_before=before, is_reworked=True)
    counted = count_cases(member=member, filters=reworked, at=until())
    assert number("cases.reworked") == counted


def test_what_is_open_is_what_the_desk_shows() -> None:
    now = place(day=AS_OF)
    member, at = shift(), until()
    steps = count_steps(member=member, at=at)
    assert number("cases.open", now) == sum(one.count for one in steps)
    assert number("cases.overdue", now) == sum(one.overdue for one in steps)
    assert number("cases.pending", now) == count_register(member=member) > 0


def test_checks_are_those_of_the_page_of_checks() -> None:
    for day in (DECEMBER.first, AS_OF):
        shown = count_checks(member=shift(), month=day)
        there = place(day=day)
        assert number("cases.checked", there) == shown.result.done
        assert number("cases.check_failed", there) == shown.result.failed
        assert number("cases.sampled", there) == shown.sample.drawn
        assert number("cases.sample_wrong", there) == shown.sample.wrong
    assert number("cases.checked", place(PeriodKind.YEAR, AS_OF)) != 0


def test_rates_are_those_of_the_page_of_rates() -> None:
    table = list_rates(
        member=shift(), by=By.MONTH, first=DECEMBER.first, last=DECEMBER.first, at=until()
    )
    assert table.total.counts is not None
    for part, rate in (
        (Shown.IN_TIME, table.total.response),
        (Shown.SOLVED, table.total.solved),
        (Shown.SATISFIED, table.total.satisfied),
    ):
        assert rate.permille is not None
        assert number(f"rates.{part.value}") == Decimal(rate.permille) / 10
    for part in (Shown.MADE, Shown.DUE, Shown.ANSWERED, Shown.SATISFIED, Shown.NOT_SATISFIED):
        assert number(f"callbacks.{part.value}") == table.total.counts[part]


def test_whistles_are_those_of_the_year_by_organisation() -> None:
    years = {year: list_year(member=shift(), year=year) for year in (2025, 2026)}
    assert any(years.values())
    for year, lines in years.items():
        there = place(PeriodKind.YEAR, date(year, 1, 1))
        assert number("calls.called", there) == sum(one.called for one in lines)
        assert number("calls.came", there) == sum(one.came for one in lines)
        assert number("calls.in_time", there) == sum(one.in_time or 0 for one in lines)


def test_closed_in_time_and_late_by_a_plain_recount() -> None:
    (days,) = days_of(DECEMBER, Span.THIS)
    since, before = window_of(days, zone=ZONE, at=until())
    in_time = late = 0
    for case in Case.objects.filter(step=Step.CLOSED.value):
        assert case.closed_at is not None
        if not since <= case.closed_at < before:
            continue
        clocks = Clock.objects.filter(case=case, name="handle")
        if any(one.stopped_at and one.stopped_at > one.due_at for one in clocks):
            late += 1
        else:
            in_time += 1
    assert in_time > 0
    assert late > 0
    assert number("cases.closed") == in_time + late
    assert number("cases.in_time") == in_time
    assert number("cases.late") == late
    assert number("cases.in_time_share") == share(in_time, in_time + late)


def test_communities_and_what_lies_outside_add_up() -> None:
    codes = set(
        Case.objects.exclude(community=None).values_list("community__code", flat=True).distinct()
    )
    parts = [number("cases.received", area_code=code) or 0 for code in codes]
    ((days),) = days_of(DECEMBER, Span.THIS)
    since, before = window_of(days, zone=ZONE, at=until())
    outside = Case.objects.filter(
        community=None, reported_at__gte=since, reported_at__lt=before
    ).exclude(step=Step.MERGED.value)
    assert sum(parts) + outside.count() == number("cases.received")


def test_every_number_is_as_long_as_the_list_it_opens() -> None:
    member, year = shift(), place(PeriodKind.YEAR, date(2025, 1, 1))
    lengths = {}
    for figure in FIGURES.values():
        for part in count_parts(Target(figure=figure.key), year):
            page = list_counted(part=part, member=member, at=until(), page=1)
            lengths[figure.key] = page.total + page.hidden
            # Several calls, checks, notices or measures may be about one matter.
            is_of_matters = figure.source.value in ("cases", "callbacks", "rates", "whistles")
            if is_of_matters and not figure.key.startswith(("cases.check", "cases.sample")):
                assert lengths[figure.key] == part.count, figure.key
            else:
                assert (lengths[figure.key] > 0) == (part.count > 0), figure.key
    assert sum(length > 0 for length in lengths.values()) > 25


def test_a_whole_form_is_counted_in_a_few_statements() -> None:
    targets = [Target(figure=figure, span=span) for figure in FIGURES for span in Span]
    there = place()
    evaluate(targets[:1], there)
    with CaptureQueriesContext(connection) as asked:
        numbers = evaluate(targets, there)
    assert len(numbers) == len(targets)
    # More than a hundred counts in some statements, whatever the number of cases.
    assert len({part.ask for one in targets for part in parts_of(one, there)}) > 100
    assert len(asked) <= 20


def test_a_newcomer_finds_a_form_filled_in_for_two_months() -> None:
    member = load_member(Account.objects.get(login="leader").pk, until())
    (form,) = list_forms(member=member)
    assert get_form(form_id=form.id, member=member).mapped > 40
    assert form.last_return is not None
    assert form.last_return.period.first == DECEMBER.first
    figures = ReturnFigure.objects.filter(filled_id=form.last_return.id)
    assert figures.filter(corrected_at__isnull=False).count() == 1
    received = figures.get(cell="C4")
    assert received.amount == number("cases.received")
