"""Cases near by in place and time: hints of duplicates, and places reported far too often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

import msgspec

from linli.ground.kernel.prepared import prepared_cursor
from linli.ground.territory.locator import locate
from linli.spine.cases.queries.catalogue import find_category, get_category_by_id
from linli.spine.cases.queries.settings import get_policy, home_street
from linli.spine.cases.rules.cells import METRES_PER_DEGREE, cell_of, cells_around
from linli.spine.cases.terms import (
    NEARBY_HOURS,
    NEARBY_M,
    Duplicate,
    PhotoStage,
    Step,
    Visibility,
)

__all__ = [
    "LOOK_BACK",
    "Around",
    "CloseCase",
    "Spot",
    "cell_of",
    "find_duplicates",
    "look_around",
    "show_duplicates",
]

LOOK_BACK = timedelta(days=7)
NEWEST_BESIDE = 5
MOST_DUPLICATES = 5

# The newest rows of each cell only, so that a crowded cell costs no more than a quiet one: of the
# point's own cell as many as tell a default point, of its neighbours a few. One row comes back for
# each question in any case, for the count at exactly this point.
_LOOK_AROUND = f"""
SELECT asked.n, around.* FROM json_to_recordset(%s) AS asked (
    n int, street bigint, cells bigint[], cell bigint, most int, lon float8, lat float8,
    narrowing float8, at timestamptz, category bigint, public_only bool, besides uuid,
    radius float8, hours int
) CROSS JOIN LATERAL (
    WITH near AS MATERIALIZED (
        SELECT newest.* FROM unnest(asked.cells) AS cell CROSS JOIN LATERAL (
            SELECT id, number, category_id, step, visibility, reported_at, lon, lat
            FROM cases_case
            WHERE street_id = asked.street AND h3 = cell AND reported_at <= asked.at
                AND reported_at > asked.at - interval '{LOOK_BACK.days} days'
            ORDER BY reported_at DESC
            LIMIT CASE WHEN cell = asked.cell THEN asked.most ELSE {NEWEST_BESIDE} END
        ) AS newest
    )
    SELECT seen.count, picked.id, picked.number, picked.category_id, picked.step,
        picked.reported_at, picked.metres, (
            SELECT photo_id FROM cases_casephoto AS photo
            WHERE photo.case_id = picked.id AND stage = '{PhotoStage.REPORT}'
                AND (is_approved OR NOT asked.public_only)
            ORDER BY photo.id LIMIT 1
        )
    FROM (SELECT count(*) FROM near WHERE lon = asked.lon AND lat = asked.lat) AS seen
    LEFT JOIN LATERAL (
        SELECT id, number, category_id, step, reported_at, metres FROM near, LATERAL (
            SELECT sqrt(((lon - asked.lon) * asked.narrowing) ^ 2 + (lat - asked.lat) ^ 2)
                * {METRES_PER_DEGREE} AS metres
        ) AS apart
        WHERE metres <= asked.radius
            AND reported_at > asked.at - make_interval(hours => asked.hours)
            AND step <> '{Step.VOID}' AND id <> asked.besides
            AND (asked.category IS NULL OR category_id = asked.category)
            AND (NOT asked.public_only OR visibility = '{Visibility.PUBLIC}')
        ORDER BY metres LIMIT {MOST_DUPLICATES}
    ) AS picked ON true
) AS around
"""  # noqa: S608 - only our own constants are written in
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class CloseCase:
    """One case near by in place and time, with the first photo of its report that may be shown."""

    id: UUID
    number: str
    category_id: int | None
    step: str
    reported_at: datetime
    metres: float
    photo_id: UUID | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a point: cases at exactly this point in a week, and the closest ones."""

    seen: int = 0
    close: tuple[CloseCase, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A point of which to ask what stands around it.

    Args:
        lon, lat: degrees WGS-84.
        at: aware instant; later cases are left out.
        category_id: without one, all categories are compared.
        most: newest rows looked at in the point's own cell.
        besides: a case to leave out, when it is the one that asks.
        radius_m, hours: how near in place and time a case is close.
    """

    street_id: int
    lon: float
    lat: float
    at: datetime
    category_id: int | None
    public_only: bool
    most: int = 20
    besides: UUID = NOBODY
    radius_m: int = NEARBY_M
    hours: int = NEARBY_HOURS


def look_around(spots: Sequence[Spot]) -> list[Around]:
    """Look for cases around each spot, all in one statement: same category, near in place and time.

    Returns:
        One answer for each spot, in their order.
    """
    if not spots:
        return []
    asked = msgspec.json.encode([_asked(n, spot) for n, spot in enumerate(spots)]).decode()
    seen = [0] * len(spots)
    close: list[list[CloseCase]] = [[] for _ in spots]
    with prepared_cursor() as cursor:
        cursor.execute(_LOOK_AROUND, (asked,))
        for n, count, *case in cursor.fetchall():
            seen[n] = count
            if case[0] is not None:
                close[n].append(CloseCase(*case))
    return [Around(count, tuple(cases)) for count, cases in zip(seen, close, strict=True)]


def _asked(n: int, spot: Spot) -> dict[str, object]:
    cells = cells_around(spot.lon, spot.lat, spot.radius_m)
    return {
        "n": n,
        "street": spot.street_id,
        "cells": cells,
        "cell": cells[0],
        "most": spot.most,
        "lon": spot.lon,
        "lat": spot.lat,
        "narrowing": cos(radians(spot.lat)),
        "at": spot.at,
        "category": spot.category_id,
        "public_only": spot.public_only,
        "besides": spot.besides,
        "radius": spot.radius_m,
        "hours": spot.hours,
    }


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
    policy = get_policy(street_id)
    spot = Spot(
        street_id=street_id,
        lon=lon,
        lat=lat,
        at=at,
        category_id=category.id if category else None,
        public_only=public_only,
        radius_m=policy.duplicate_radius_m,
        hours=policy.duplicate_hours,
    )
    return show_duplicates(look_around([spot])[0].close)


def show_duplicates(close: Sequence[CloseCase]) -> list[Duplicate]:
    """Name the category of cases near by, for those who report or decide."""
    return [
        Duplicate(
            case_id=case.id,
            number=case.number,
            category_name=get_category_by_id(case.category_id).name if case.category_id else "",
            step=Step(case.step),
            reported_at=case.reported_at,
            distance_m=round(case.metres),
            photo_id=case.photo_id,
        )
        for case in close
    ]
