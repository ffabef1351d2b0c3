"""Reads of the territory."""

from __future__ import annotations

from datetime import date

import pytest

from linli.ground.territory import queries
from linli.ground.territory.errors import InvalidPoint, UnknownArea
from linli.ground.territory.services.rows import initials
from linli.ground.territory.terms import AreaKind

from .factories import AreaFactory, make_street, middle

pytestmark = pytest.mark.django_db


def test_an_area_is_got_by_id_and_found_by_code() -> None:
    street = AreaFactory(name="示例街道")
    assert queries.get_area(street.id).ref == queries.find_area(street.code).ref  # type: ignore[union-attr]


def test_an_unknown_id_is_refused_and_an_unknown_code_is_none() -> None:
    with pytest.raises(UnknownArea):
        queries.get_area(-1)
    assert queries.find_area("990000000000") is None


def test_what_has_ended_is_found_only_for_its_days() -> None:
    street = AreaFactory(valid_to=date(2025, 1, 1))
    assert queries.find_area(street.code) is None
    assert queries.find_area(street.code, on=date(2024, 12, 31)) is not None


def test_areas_are_listed_within_another() -> None:
    make_street(columns=2, rows=2)
    AreaFactory(community=True, code="220104005001")
    communities = queries.list_areas(kind=AreaKind.COMMUNITY, within_code="220104004000")
    assert [area.code for area in communities] == ["220104004001", "220104004002"]
    assert len(queries.list_areas(within_code="220104004002")) == 3


def test_ancestors_come_from_the_top() -> None:
    made = make_street(columns=1, rows=1)
    names = [area.name for area in queries.list_ancestors(made.grids[0].id)]
    assert names == ["示例街道", "示例社区1"]


def test_ancestors_of_an_ended_area_are_those_of_its_time() -> None:
    AreaFactory(code="220104004000", name="旧名", valid_to=date(2025, 1, 1))
    AreaFactory(code="220104004000", name="新名", valid_from=date(2025, 1, 1))
    ended = AreaFactory(community=True, code="220104004001", valid_to=date(2024, 6, 1))
    assert [area.name for area in queries.list_ancestors(ended.id)] == ["旧名"]


def building(number: int, name: str, **changes: object) -> None:
    alias = str(changes.get("alias", ""))
    AreaFactory(
        code=f"220104004001001{number:03d}",
        kind="building",
        name=name,
        pinyin=initials(name, alias),
        **changes,
    )


@pytest.mark.parametrize(
    "text", ["牡丹园", "mdy", "mudan", "MDY", "牡 丹", "光明路8号", "老纺织厂", "lfzc"]
)
def test_a_building_is_found_as_people_name_it(text: str) -> None:
    building(1, "牡丹园3号楼", address="光明路8号", alias="老纺织厂宿舍", lon=125.3, lat=43.87)
    building(2, "杏花村1号楼", address="杏花路1号")
    (found,) = queries.find_places(text)
    assert (found.area.name, found.lon, found.lat) == ("牡丹园3号楼", 125.3, 43.87)


def test_the_closest_match_comes_first_and_the_limit_holds() -> None:
    building(1, "东牡丹园")
    building(2, "牡丹园二期")
    building(3, "牡丹园")
    names = [found.area.name for found in queries.find_places("牡丹园", limit=2)]
    assert names == ["牡丹园", "牡丹园二期"]


def test_places_are_found_only_within_the_given_area() -> None:
    building(1, "牡丹园")
    assert queries.find_places("牡丹园", within_code="220104005000") == []
    assert len(queries.find_places("牡丹园", within_code="220104004000")) == 1


def test_a_found_place_names_its_community() -> None:
    make_street(columns=1, rows=1)
    building(1, "牡丹园")
    assert queries.find_places("牡丹园")[0].within == "示例社区1"


@pytest.mark.parametrize("text", ["", "  ", "\0", "%", "_", "'; DROP TABLE", "龘䶮㐂", "😀"])
def test_odd_words_find_nothing(text: str) -> None:
    building(1, "牡丹园")
    assert queries.find_places(text) == []


def test_maps_get_polygons_with_their_system_stated() -> None:
    made = make_street(columns=2, rows=1)
    AreaFactory(grid=True, code="220104004001009", geometry=None)
    drawn = queries.areas_geojson(AreaKind.GRID, "220104004000")
    assert (drawn["type"], drawn["coordinate_system"]) == ("FeatureCollection", "WGS-84")
    assert [feature["id"] for feature in drawn["features"]] == [grid.id for grid in made.grids]
    assert drawn["features"][0]["geometry"]["type"] == "Polygon"
    assert drawn["features"][0]["properties"]["name"] == made.grids[0].name


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (float("nan"), 43.87, "territory.point_not_a_number"),
        (125.3, float("inf"), "territory.point_not_a_number"),
        (0.0, 0.0, "territory.point_zero"),
        (200.0, 43.87, "territory.point_out_of_range"),
        (181.0, 91.0, "territory.point_out_of_range"),
        (43.87, 125.3, "territory.point_swapped"),
    ],
)
def test_points_that_cant_be_meant_are_refused(lon: float, lat: float, code: str) -> None:
    with pytest.raises(InvalidPoint) as refused:
        queries.check_point(lon, lat)
    assert (refused.value.code, refused.value.field) == (code, "lon")


def test_a_swapped_point_is_told_the_right_way_round() -> None:
    with pytest.raises(InvalidPoint, match=r"经度 125.3、纬度 43.87"):
        queries.check_point(43.87, 125.3)


def test_a_swap_within_range_is_known_by_our_own_areas() -> None:
    AreaFactory(
        grid=True,
        geometry={
            "type": "Polygon",
            "coordinates": [[[-71.1, 42.3], [-71.0, 42.3], [-71.0, 42.4], [-71.1, 42.3]]],
        },
    )
    with pytest.raises(InvalidPoint) as refused:
        queries.check_point(42.35, -71.05)
    assert refused.value.code == "territory.point_swapped"


def test_a_point_outside_our_areas_passes() -> None:
    make_street()
    queries.check_point(2.35, 48.85)
    queries.check_point(*middle(0, 0))
