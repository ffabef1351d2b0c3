"""Lays the demonstration's ground: areas, calendar, organisations, catalogue, responsibilities."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from linli.ground.kernel.calendar_store import fill_holidays, set_calendar
from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.queries.organisations import announce_organisations
from linli.ground.territory.queries import list_areas
from linli.ground.territory.services.areas import add_areas
from linli.ground.territory.services.names import add_place_names
from linli.ground.territory.services.national import load_national_codes
from linli.ground.territory.terms import AreaKind, NewArea, NewPlaceName, PlaceKind
from linli.spine.cases.rules.responsibilities import item_from_row
from linli.spine.cases.services.catalogue import load_standard
from linli.spine.cases.services.responsibilities import publish_list

from . import keeping, network, places
from .copying import copy_rows, move_sequences, next_ids
from .network import Body
from .places import Plot

HERE = Path(__file__).parent


def draw_areas(*, since: date, at: datetime) -> dict[str, int]:
    """Enter the sub-district down to its units and give the ids of all areas by code."""
    load_national_codes(branch=places.STREET_CODE, valid_from=since, actor=SYSTEM, at=at)
    plots = [
        places.street(),
        *places.communities(),
        *places.grids(),
        *places.buildings(),
        *places.units(),
    ]
    add_areas(areas=[_area(plot) for plot in plots], valid_from=since, actor=SYSTEM, at=at)
    return {area.code: area.id for area in list_areas(on=since)}


def _area(plot: Plot) -> NewArea:
    ring = [list(corner) for corner in plot.ring]
    return NewArea(
        code=plot.code,
        kind=AreaKind(plot.kind),
        name=plot.name,
        name_en=plot.name_en,
        geometry={"type": "Polygon", "coordinates": [ring]} if ring else None,
        lon=plot.point[0],
        lat=plot.point[1],
        address=plot.address,
        source="虚构，示意",
    )


def name_places(*, at: datetime) -> None:
    """Enter the names people use: compounds, crossings, shops, and what is called so."""
    add_place_names(rows=list(_named()), actor=SYSTEM, at=at)


def _named() -> Iterator[NewPlaceName]:
    for line in _lines("place_names.csv"):
        lon, lat = places.inside_lattice(float(line["column"]), float(line["row"]))
        yield NewPlaceName(
            kind=PlaceKind(line["kind"]),
            name=line["name"],
            area_code=line["area"],
            lon=None if line["area"] else lon,
            lat=None if line["area"] else lat,
            address=line["address"],
            source="虚构，示意",
        )


def set_hours(*, years: Iterable[int]) -> None:
    """Give the sub-district its working hours and the holidays of the years that are published."""
    set_calendar(street_code=places.STREET_CODE)
    for year in years:
        fill_holidays(street_code=places.STREET_CODE, year=year)


def found_organisations(areas: Mapping[str, int]) -> dict[str, int]:
    """Enter offices, departments, teams and the network, and give their ids by code."""
    ids = next_ids("people.Organisation")
    bodies = [*_offices(), *network.bodies()]
    by_code = {body.code: next(ids) for body in bodies}
    copy_rows(
        "people.Organisation",
        (
            {
                "id": by_code[body.code],
                "code": body.code,
                "name": body.name,
                "name_en": body.name_en,
                "kind": body.kind,
                "parent_id": by_code[body.parent_code] if body.parent_code else None,
                "area_id": areas[body.area_code] if body.area_code else None,
                "members_count": body.members_count,
                "is_active": True,
            }
            for body in bodies
        ),
    )
    move_sequences(["people.Organisation"])
    announce_organisations()
    return by_code


def _offices() -> Iterator[Body]:
    for line in _lines("organisations.csv"):
        yield Body(
            code=line["code"],
            name=line["name"],
            name_en=line["name_en"],
            kind=line["kind"],
            parent_code=line["parent"],
            area_code=line["area"],
        )


def publish_catalogue(*, since: date, this_year: date, at: datetime) -> None:
    """Load the standard's categories with the local ones, and publish the 131 responsibilities.

    Args:
        since: when the version before begins.
        this_year: when the version of this year begins.
    """
    load_standard(effective_from=since, actor=SYSTEM, at=at)
    keeping.revise_some(since=this_year, at=at)
    items = keeping.derived([item_from_row(line) for line in _lines("responsibilities.csv")])
    keeping.enter_parent_lists(items, since=since, this_year=this_year, at=at)
    for year, effective_from, listed in (
        (this_year.year - 1, since, keeping.former_items(items)),
        (this_year.year, this_year, items),
    ):
        publish_list(
            street_code=places.STREET_CODE,
            version=f"{year}-1",
            effective_from=effective_from,
            items=listed,
            basis="示例清单，虚构",
            actor=SYSTEM,
            at=at,
        )


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
