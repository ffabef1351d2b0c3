"""Cases near by in place and time: hints of duplicates, and places reported far too often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, hypot, radians
from uuid import UUID

import h3.api.basic_int as h3

from linli.ground.kernel.prepared import prepared_cursor
from linli.ground.territory.locator import locate
from linli.spine.cases.queries.catalogue import find_category, get_category_by_id
from linli.spine.cases.queries.settings import home_street
from linli.spine.cases.terms import (
    NEARBY_HOURS,
    NEARBY_M,
    Duplicate,
    Step,
    Visibility,
)

# Edge 76 m: a cell and its six neighbours hold everything within 50 m of any point of the cell.
CELL_RESOLUTION = 10
LOOK_BACK = timedelta(days=7)
MOST_DUPLICATES = 5
METRES_PER_DEGREE = 111_195.0

# The newest rows of each cell only, so that a crowded cell costs no more than a quiet one; of
# these, what lies in a square around the point, with the first photo of its report.
_NEAR = """
SELECT near.*, shown.photo_id, shown.approved_id
FROM unnest(%s::bigint[]) AS cell CROSS JOIN LATERAL (
    SELECT id, number, category_id, step, visibility, reported_at, lon, lat
    FROM cases_case
    WHERE street_id = %s AND h3 = cell AND reported_at > %s AND reported_at <= %s
    ORDER BY reported_at DESC LIMIT %s
) AS near CROSS JOIN LATERAL (
    SELECT (array_agg(photo_id ORDER BY id))[1] AS photo_id,
           (array_agg(photo_id ORDER BY id) FILTER (WHERE is_approved))[1] AS approved_id
    FROM cases_casephoto WHERE case_id = near.id AND stage = 'report'
) AS shown
WHERE near.lon BETWEEN %s AND %s AND near.lat BETWEEN %s AND %s
"""


@dataclass(frozen=True, slots=True)
class NearCase:
    """One case of the last week in the cells around a point."""

    id: UUID
    number: str
    category_id: int | None
    step: str
    visibility: str
    reported_at: datetime
    lon: float
    lat: float
    photo_id: UUID | None
    approved_id: UUID | None


def cell_of(lon: float, lat: float) -> int:
    """Give the H3 cell of a point (degrees WGS-84) as a number."""
    return int(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))


def list_near(*, street_id: int, lon: float, lat: float, at: datetime, most: int) -> list[NearCase]:
    """List the newest cases of the last week within some 50 m of a point, in one statement.

    Args:
        at: aware instant; later cases are left out.
        most: rows per cell.
    """
    cells = list(h3.grid_disk(cell_of(lon, lat), 1))
    north = NEARBY_M / METRES_PER_DEGREE
    east = north / cos(radians(lat))
    square = (lon - east, lon + east, lat - north, lat + north)
    with prepared_cursor() as cursor:
        cursor.execute(_NEAR, [cells, street_id, at - LOOK_BACK, at, most, *square])
        return [NearCase(*row) for row in cursor.fetchall()]


def count_at_point(near: Sequence[NearCase], *, lon: float, lat: float) -> int:
    """Count the cases at exactly this point."""
    return sum(case.lon == lon and case.lat == lat for case in near)


def duplicates_among(
    near: Sequence[NearCase],
    *,
    category_id: int | None,
    lon: float,
    lat: float,
    at: datetime,
    public_only: bool,
) -> list[Duplicate]:
    """Pick the likely duplicates: same category, within 50 m and 24 h, nearest first.

    A report without a category is compared with all categories.
    """
    fitting = [
        (round(distance_m(lon, lat, case.lon, case.lat)), case)
        for case in near
        if case.step != Step.VOID
        and (category_id is None or case.category_id == category_id)
        and (not public_only or case.visibility == Visibility.PUBLIC)
        and case.reported_at > at - timedelta(hours=NEARBY_HOURS)
    ]
    close = sorted((pair for pair in fitting if pair[0] <= NEARBY_M), key=lambda pair: pair[0])
    return _duplicates(close[:MOST_DUPLICATES], public_only) if close else []


def find_duplicates(
    *, category_key: str, lon: float, lat: float, at: datetime, public_only: bool = True
) -> list[Duplicate]:
    """Find likely duplicates of a matter before it is reported.

    Args:
        category_key: kind and code, or empty for any category.
        lon, lat: degrees WGS-84.
        at: aware instant of asking.
        public_only: leave out what the public may not see, as for residents.
    """
    category = find_category(category_key) if category_key else None
    street_id = locate(lon, lat).street_id or home_street(at.date())
    near = list_near(street_id=street_id, lon=lon, lat=lat, at=at, most=20)
    return duplicates_among(
        near,
        category_id=category.id if category else None,
        lon=lon,
        lat=lat,
        at=at,
        public_only=public_only,
    )


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Give the distance of two near points in metres; flat earth, right to a few centimetres."""
    east = (other_lon - lon) * cos(radians(lat))
    return hypot(east, other_lat - lat) * METRES_PER_DEGREE


def _duplicates(close: list[tuple[int, NearCase]], public_only: bool) -> list[Duplicate]:
    return [
        Duplicate(
            case_id=case.id,
            number=case.number,
            category_name=get_category_by_id(case.category_id).name if case.category_id else "",
            step=Step(case.step),
            reported_at=case.reported_at,
            distance_m=distance,
            photo_id=case.approved_id if public_only else case.photo_id,
        )
        for distance, case in close
    ]
