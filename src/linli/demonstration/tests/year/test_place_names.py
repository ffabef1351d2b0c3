"""The names people use in the demonstration: all taken, each where it should be."""

from __future__ import annotations

import csv

import pytest

from linli.demonstration import ground, places
from linli.ground.territory.queries import find_places, list_place_names
from linli.ground.territory.terms import PlaceKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_every_name_of_the_list_is_in_use() -> None:
    with (ground.HERE / "place_names.csv").open(encoding="utf-8", newline="") as file:
        names = [line["name"] for line in csv.DictReader(file)]
    assert sorted(one.name for one in list_place_names()) == sorted(names)


def test_a_gate_is_found_by_initials_and_lies_inside_its_own_community() -> None:
    (gate,) = find_places("yhxqnm", within_code=places.STREET_CODE)
    assert (gate.name, gate.kind_label, gate.within) == ("义和小区南门", "大门", "义和社区")
    (compound, *_gates) = find_places("义和小区", within_code=places.STREET_CODE)
    assert compound.name == "义和小区"
    assert gate.lat is not None
    assert compound.lat is not None
    assert gate.lat < compound.lat


def test_gates_come_before_the_buildings_of_a_compound_where_they_are_looked_for() -> None:
    found = find_places("同德里", limit=12, first=PlaceKind.GATE)
    assert [one.name for one in found[:3]] == ["同德里", "同德里东门", "同德里南门"]
    usual = find_places("同德里", limit=12)
    assert usual[0].name == "同德里"
    assert {one.kind_label for one in usual[1:]} == {"楼栋"}


def test_shops_crossings_and_local_names_are_found() -> None:
    for text, grid in (("lldf", ""), ("老纺织厂", "义和第4网格"), ("五岔口", "")):
        found = find_places(text, within_code=places.STREET_CODE)
        assert found
        assert not grid or grid in {one.grid for one in found}
