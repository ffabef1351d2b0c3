"""Areas, places and the catalogue are open to everybody."""

from __future__ import annotations

from typing import Any

import pytest

from linli.ground.territory.tests.factories import Street, middle
from linli.spine.cases.models import Category

from .calls import LAT, LON, Caller, outcome

pytestmark = pytest.mark.django_db


def test_areas_are_listed_by_level_and_inside_another(anybody: Caller, street: Street) -> None:
    grids = anybody.get("/areas", {"kind": "grid"}).json()
    inside = anybody.get("/areas", {"kind": "grid", "within": street.communities[0].code}).json()

    assert (grids["total"], inside["total"]) == (6, 3)
    assert grids["areas"][0]["geometry"] is None


def test_areas_come_with_their_polygons_when_asked(anybody: Caller, street: Street) -> None:
    answer = anybody.get("/areas", {"kind": "grid", "geometry": "true", "page_size": 1}).json()

    assert answer["areas"][0]["geometry"]["type"] == "Polygon"
    assert (answer["total"], answer["pages"]) == (6, 6)


def test_a_point_is_in_a_grid_a_community_and_a_street(anybody: Caller, street: Street) -> None:
    answer = anybody.get("/locate", {"lon": LON, "lat": LAT}).json()

    assert answer["area"]["code"] == street.grids[0].code
    assert [area["kind"] for area in answer["within"]] == ["street", "community", "grid"]
    assert (answer["outside"], answer["candidates"]) == (False, [])


def test_near_a_border_both_grids_are_candidates(anybody: Caller, street: Street) -> None:
    (west, lat), (east, _) = middle(0, 0), middle(1, 0)

    answer = anybody.get("/locate", {"lon": (west + east) / 2, "lat": lat}).json()

    assert {area["code"] for area in answer["candidates"]} == {
        street.grids[0].code,
        street.grids[1].code,
    }


def test_outside_is_said_clearly(anybody: Caller, street: Street) -> None:
    answer = anybody.get("/locate", {"lon": 116.4, "lat": 39.9}).json()

    assert (answer["outside"], answer["area"], answer["within"]) == (True, None, [])


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/locate", {"lon": 125.3}, (422, "api.field_missing", "lat")),
        ("/locate", {"lon": "x", "lat": 1}, (422, "api.field_wrong_type", "lon")),
        ("/locate", {"lon": "nan", "lat": 1}, (422, "territory.point_not_a_number", "lon")),
        ("/locate", {"lon": LAT, "lat": LON}, (422, "territory.point_swapped", "lon")),
        ("/areas", {"kind": "planet"}, (422, "api.field_not_allowed", "kind")),
        ("/areas", {"on": "soon"}, (422, "api.field_wrong_type", "on")),
        ("/areas", {"within": "a\0b"}, (400, "api.nul_character", None)),
        ("/areas", {"within": "9" * 99}, (422, "api.field_too_long", "within")),
        ("/catalogue", {"kind": "weather"}, (422, "api.field_not_allowed", "kind")),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(
    anybody: Caller, street: Street, path: str, query: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    assert outcome(anybody.get(path, query)) == expected


def test_the_catalogue_lists_keys_a_report_can_use(anybody: Caller, category: Category) -> None:
    answer = anybody.get("/catalogue").json()

    assert [one["key"] for one in answer["categories"]] == ["matter:06012"]
    assert anybody.get("/catalogue", {"text": "垃圾"}).json()["total"] == 1
    assert anybody.get("/catalogue", {"text": "大象"}).json()["total"] == 0
