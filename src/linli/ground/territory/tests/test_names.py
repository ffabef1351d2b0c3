"""Names people use: entered once, found by, closed; a list is judged row by row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import SYSTEM, Subject
from linli.ground.territory import queries
from linli.ground.territory.errors import UnableToNamePlace
from linli.ground.territory.models import Area
from linli.ground.territory.services import (
    add_place_name,
    add_place_names,
    close_area,
    close_place_name,
)
from linli.ground.territory.terms import NewPlaceName, PlaceKind, PlaceNameView

from .factories import STREET_CODE, AreaFactory, make_street, middle

pytestmark = pytest.mark.django_db
LON, LAT = middle(1, 0)


def new(**changes: Any) -> NewPlaceName:
    usual: dict[str, Any] = {"kind": PlaceKind.SHOP, "name": "老李豆腐坊", "lon": LON, "lat": LAT}
    return NewPlaceName(**usual | changes)


def enter(at: datetime, **changes: Any) -> PlaceNameView:
    return add_place_name(name=new(**changes), actor=SYSTEM, at=at)


def alias(at: datetime, area: Area, name: str = "老纺织厂") -> PlaceNameView:
    return enter(at, kind=PlaceKind.LOCAL, name=name, area_code=area.code, lon=None, lat=None)


def test_a_shop_is_found_with_its_point_and_grid(at: datetime) -> None:
    street = make_street()
    enter(at, address="义和路8号")
    for text in ("豆腐坊", "老李", "lldf", "laolidou", "义和路8", "豆"):
        (found,) = queries.find_places(text)
        assert (found.name, found.kind_label) == ("老李豆腐坊", "店铺")
        assert (found.lon, found.lat, found.address) == (LON, LAT, "义和路8号")
        assert (found.area.id, found.grid) == (street.grids[1].id, street.grids[1].name)


def test_a_local_name_leads_to_the_area_it_names(at: datetime) -> None:
    grid = make_street().grids[0]
    alias(at, grid)
    (found,) = queries.find_places("纺织厂")
    assert (found.area.id, found.lon, found.lat) == (grid.id, grid.lon, grid.lat)
    assert (found.name, found.kind_label, found.address) == ("老纺织厂", "俗称", grid.name)


def test_a_local_name_outlives_a_redrawn_area(at: datetime) -> None:
    grid = make_street().grids[0]
    alias(at, grid)
    close_area(area_id=grid.id, valid_to=date(2026, 11, 1), actor=SYSTEM, at=at)
    drawn = AreaFactory(grid=True, code=grid.code, valid_from=date(2026, 11, 1))
    (found,) = queries.find_places("老纺织厂")
    assert found.area.id == drawn.id


def test_names_are_found_only_inside_the_area_asked_for(at: datetime) -> None:
    make_street()
    enter(at)
    assert queries.find_places("豆腐坊", within_code=STREET_CODE)
    assert not queries.find_places("豆腐坊", within_code="220104005000")


def test_areas_and_names_stand_in_one_order(at: datetime) -> None:
    grid = make_street().grids[0]
    AreaFactory(code=f"{grid.code}001", kind="building", name="东豆腐坊1号楼")
    enter(at, name="豆腐坊")
    assert [one.name for one in queries.find_places("豆腐坊")] == ["豆腐坊", "东豆腐坊1号楼"]
    assert [one.name for one in queries.find_places("豆腐坊", limit=1)] == ["豆腐坊"]


def test_a_search_costs_the_same_however_many_there_are(at: datetime) -> None:
    grid = make_street().grids[0]
    counts = []
    for number in range(6):
        alias(at, grid, f"豆腐巷{number}")
        enter(at, name=f"豆腐摊{number}")
        with CaptureQueriesContext(connection) as asked:
            queries.find_places("豆腐")
        counts.append(len(asked))
    assert set(counts) == {4}


def test_a_closed_name_is_no_longer_found_but_stays(at: datetime) -> None:
    make_street()
    name = enter(at)
    close_place_name(name_id=name.id, actor=SYSTEM, at=at)
    assert queries.find_places("豆腐坊") == []
    assert [one.name for one in queries.list_place_names(with_closed=True)] == ["老李豆腐坊"]
    assert queries.list_place_names() == []
    with pytest.raises(UnableToNamePlace, match="已经停用"):
        close_place_name(name_id=name.id, actor=SYSTEM, at=at)
    names = [one.event.name for one in list_occurrences(_subject(name))]
    assert names == ["territory.PlaceNameAdded", "territory.PlaceNameClosed"]


def _subject(name: PlaceNameView) -> Subject:
    return Subject(kind="territory.PlaceName", id=str(name.id))


def test_a_closed_name_may_be_entered_again(at: datetime) -> None:
    make_street()
    close_place_name(name_id=enter(at).id, actor=SYSTEM, at=at)
    assert enter(at).closed_at is None


FAULTY = [
    ({"name": "  "}, "territory.name_missing"),
    ({"name": "好" * 101}, "territory.name_too_long"),
    ({"address": "好" * 101}, "territory.name_too_long"),
    ({"name": "——"}, "territory.name_unreadable"),
    ({"name": "豆\0腐"}, "territory.name_unreadable"),
    ({"area_code": STREET_CODE}, "territory.name_twofold"),
    ({"lon": None, "lat": None}, "territory.name_nowhere"),
    ({"lon": None, "lat": None, "area_code": "9"}, "territory.name_area_unknown"),
    ({"lon": 2.35, "lat": 48.85}, "territory.name_outside"),
]


@pytest.mark.parametrize(("changes", "code"), FAULTY)
def test_a_name_that_cant_be_is_refused_in_words(
    at: datetime, changes: dict[str, Any], code: str
) -> None:
    make_street()
    with pytest.raises(UnableToNamePlace) as refused:
        enter(at, **changes)
    assert refused.value.code == code
    assert "%" not in refused.value.words()


def test_the_same_name_in_the_same_grid_is_refused(at: datetime) -> None:
    make_street()
    enter(at)
    with pytest.raises(UnableToNamePlace, match="已经有“老李豆腐坊”"):
        enter(at)
    assert enter(at, lon=middle(0, 1)[0], lat=middle(0, 1)[1]).name == "老李豆腐坊"


def test_a_list_is_taken_row_by_row(at: datetime) -> None:
    make_street()
    enter(at)
    rows = [
        new(row=1),
        new(row=2, name="十字街口", kind=PlaceKind.CROSSING),
        new(row=3, name=""),
        new(row=4, name="远处", lon=0.0, lat=0.0),
        new(row=5, name="天边", lon=2.35, lat=48.85),
    ]
    report = add_place_names(rows=rows, actor=SYSTEM, at=at)
    assert (report.rows, report.added, report.known) == (5, 1, 1)
    assert [(one.row, one.code) for one in report.faults] == [
        (3, "territory.name_missing"),
        (4, "territory.point_zero"),
        (5, "territory.name_outside"),
    ]
    assert all("%" not in one.reason() for one in report.faults)


def test_a_list_stays_inside_its_own_sub_district(at: datetime) -> None:
    make_street()
    report = add_place_names(rows=[new(row=1)], actor=SYSTEM, at=at, within_code="220104005000")
    assert [one.code for one in report.faults] == ["territory.name_outside"]
