"""Public cases under way around a place, and who met the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from math import cos, hypot, radians
from uuid import UUID

import h3.api.basic_int as h3
from django.db.models import Count, OuterRef, QuerySet, Subquery

from linli.ground.territory.locator import locate
from linli.spine.cases.models import Case, CasePhoto, MetToo
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.queries.gathering import list_group
from linli.spine.cases.queries.settings import home_street
from linli.spine.cases.queries.words import name_of
from linli.spine.cases.rules.cells import METRES_PER_DEGREE, cell_of
from linli.spine.cases.terms import OPEN_STEPS, CaseKind, PhotoStage, Step, Visibility
from linli.spine.cases.terms.around import AROUND_M, AroundCase, FollowedCase

MOST_AROUND = 40
# Cells of 66 m from middle to edge: five rings hold everything within 500 m.
RINGS = 5
# Some eleven metres: enough to find a broken lamp, too little to name a door.
POINT_DIGITS = 4
NOT_FOR_ALL = (CaseKind.COMPLAINT.value, CaseKind.REPORT.value)
# Nothing a reporter wrote is even read.
_UNREAD = ("text", "title", "address", "place_note")


def list_around(*, lon: float, lat: float, at: datetime) -> list[AroundCase]:
    """List the public cases under way within 500 m, the nearest first, in a few statements.

    Args:
        lon, lat: degrees WGS-84.
        at: aware instant of asking.
    """
    street_id = locate(lon, lat).street_id or home_street(at.date())
    cells = [int(cell) for cell in h3.grid_disk(cell_of(lon, lat), RINGS)]
    rows = open_to_all().filter(street_id=street_id, h3__in=cells, is_suspicious_place=False)
    near = [(one, _metres(lon, lat, one)) for one in _with_facts(rows)]
    within = sorted((metres, one.pk, one) for one, metres in near if metres <= AROUND_M)
    return [_view(one, metres) for metres, _id, one in within[:MOST_AROUND]]


def find_around(case_id: UUID) -> AroundCase | None:
    """Find one public case under way, as everybody may read it."""
    row = _with_facts(open_to_all().filter(id=case_id, lon__isnull=False)).first()
    return _view(row, 0) if row else None


def open_to_all() -> QuerySet[Case]:
    """List what is under way and may be read by all; lazy, for this room only."""
    return Case.objects.filter(
        visibility=Visibility.PUBLIC.value, step__in=[step.value for step in OPEN_STEPS]
    ).exclude(kind__in=NOT_FOR_ALL)


def list_followers(case_id: UUID) -> list[tuple[int, str]]:
    """List the accounts that met the same with the number each knows it by; for notices only."""
    rows = MetToo.objects.filter(case_id__in=list_group(case_id), account__isnull=False)
    found: dict[int, str] = {}
    for account_id, number in rows.order_by("said_at").values_list("account_id", "case__number"):
        if account_id is not None:
            found.setdefault(account_id, number)
    return list(found.items())


def list_followed(*, account_id: int, limit: int = 50) -> list[FollowedCase]:
    """List what an account met too, the newest first, as everybody may read it."""
    rows = MetToo.objects.filter(account_id=account_id).order_by("-said_at")
    return list(_followed(rows.select_related("case__category", "case__grid")[:limit]))


def _followed(rows: QuerySet[MetToo]) -> Iterator[FollowedCase]:
    for row in rows:
        yield FollowedCase(
            case_id=row.case_id,
            number=row.case.number,
            category_name=name_of(row.case.category),
            grid_name=name_of(row.case.grid),
            step=Step(row.case.step),
            said_at=row.said_at,
        )


def _with_facts(rows: QuerySet[Case]) -> QuerySet[Case]:
    photos = CasePhoto.objects.filter(
        case=OuterRef("pk"), stage=PhotoStage.REPORT.value, is_approved=True
    ).order_by("id")
    return (
        rows.select_related("category", "grid")
        .defer(*_UNREAD, *SHAPES)
        .annotate(met=Count("met_too"), shown_photo=Subquery(photos.values("photo_id")[:1]))
    )


def _view(row: Case, metres: float) -> AroundCase:
    return AroundCase(
        case_id=row.pk,
        number=row.number,
        category_name=name_of(row.category),
        grid_name=name_of(row.grid),
        step=Step(row.step),
        reported_at=row.reported_at,
        lon=round(row.lon or 0, POINT_DIGITS),
        lat=round(row.lat or 0, POINT_DIGITS),
        distance_m=round(metres / 10) * 10,
        met_too=row.met,  # type: ignore[attr-defined]
        photo_id=row.shown_photo,  # type: ignore[attr-defined]
    )


def _metres(lon: float, lat: float, row: Case) -> float:
    if row.lon is None or row.lat is None:
        return float("inf")
    return hypot((row.lon - lon) * cos(radians(lat)), row.lat - lat) * METRES_PER_DEGREE
