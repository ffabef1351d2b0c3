"""The public locator: what it sees of the database, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from linli.ground.kernel import fresh
from linli.ground.territory import locator
from linli.ground.territory.models import Area, TerritoryVersion
from linli.ground.territory.services import announce_change

from .factories import AreaFactory, cell, make_street, middle

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Put the locator's clock into the test's hand."""
    now = [1_000_000.0]
    monkeypatch.setattr(fresh, "monotonic", lambda: now[0])
    return now


@pytest.mark.django_db
def test_a_point_finds_grid_community_and_street() -> None:
    made = make_street()
    place = locator.locate(*middle(1, 1))
    assert place.grid_id == made.grids[4].id
    assert place.community_id == made.communities[1].id
    assert place.street_id == made.street.id
    assert not place.outside


@pytest.mark.django_db
def test_many_points_find_their_grids() -> None:
    made = make_street()
    lons, lats = zip(middle(0, 0), middle(2, 1), (0.0, 0.0), strict=True)
    found = locator.locate_many(lons, lats).tolist()
    assert found == [made.grids[0].id, made.grids[5].id, locator.OUTSIDE]


@pytest.mark.django_db
def test_borders_are_told_for_many_points_as_for_one() -> None:
    make_street()
    inside, border = middle(0, 0), (middle(0, 0)[0] + 0.00125, middle(0, 0)[1])
    lons, lats = zip(inside, border, strict=True)
    ids, doubtful = locator.locate_many_marked(lons, lats)
    assert ids.tolist() == locator.locate_many(lons, lats).tolist()
    assert doubtful.tolist() == [False, True]


@pytest.mark.django_db
def test_the_past_is_answered_with_its_own_areas() -> None:
    old = AreaFactory(grid=True, valid_to=date(2025, 1, 1), geometry=cell(0, 0))
    new = AreaFactory(grid=True, valid_from=date(2025, 1, 1), geometry=cell(0, 0))
    days = (date(2024, 12, 31), date(2025, 1, 1), None)
    found = [locator.locate(*middle(0, 0), day).grid_id for day in days]
    assert found == [old.id, new.id, new.id]


@pytest.mark.django_db(transaction=True)
def test_within_a_second_no_question_is_asked_and_after_it_one(
    clock: list[float], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_street()
    locator.locate(*middle(0, 0))
    clock[0] += 0.9
    with django_assert_num_queries(0):
        locator.locate(*middle(0, 0))
    clock[0] += 0.2
    with django_assert_num_queries(1):
        locator.locate(*middle(0, 0))


@pytest.mark.django_db(transaction=True)
def test_a_change_by_another_process_is_seen_within_a_second(clock: list[float]) -> None:
    make_street()
    assert not locator.locate(*middle(0, 0)).outside
    Area.objects.filter(kind="grid").update(valid_to=date(2021, 1, 1))
    TerritoryVersion.objects.update(token="00000000-0000-7000-8000-000000000001")
    assert not locator.locate(*middle(0, 0)).outside
    clock[0] += 1.1
    assert locator.locate(*middle(0, 0)).outside


@pytest.mark.django_db(transaction=True)
def test_a_change_of_our_own_is_seen_at_once(clock: list[float]) -> None:
    assert locator.locate(*middle(0, 0)).outside
    make_street()
    assert not locator.locate(*middle(0, 0)).outside


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_is_forgotten(clock: list[float]) -> None:
    make_street()
    with transaction.atomic():
        Area.objects.filter(kind="grid").update(valid_to=date(2021, 1, 1))
        announce_change(at=AT)
        assert locator.locate(*middle(0, 0)).outside
        transaction.set_rollback(True)
    assert not locator.locate(*middle(0, 0)).outside


@pytest.mark.django_db
def test_after_a_committed_change_questions_are_rare_again(
    clock: list[float],
    django_capture_on_commit_callbacks: object,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_street()
    locator.locate(*middle(0, 0))
    with django_assert_num_queries(0):
        locator.locate(*middle(0, 0))


@pytest.mark.django_db
def test_buildings_do_not_answer_for_points() -> None:
    make_street(columns=1, rows=1)
    AreaFactory(code="220104004001001001", kind="building", name="1号楼", geometry=cell(5, 5))
    assert locator.locate(*middle(5, 5)).outside
