"""Open cases in grids that are to be re-drawn, counted by where they will go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from linli.spine.cases.models import Case
from linli.spine.cases.queries.facts import SHAPES
from linli.spine.cases.rules.following import FollowedBy, Ground, goes_to
from linli.spine.cases.terms import OPEN_STEPS


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFlow:
    """How many open cases go from one grid to another, by codes, and by what they find it."""

    from_code: str
    to_code: str
    by: FollowedBy
    count: int


def open_cases_in(codes: Iterable[str]) -> QuerySet[Case]:
    """List the open cases in these grids, in whatever version; lazy, for this room only."""
    rows = Case.objects.filter(
        grid__code__in=set(codes), step__in=[step.value for step in OPEN_STEPS]
    )
    return rows.select_related("grid").defer(*SHAPES).order_by("id")


def count_followers(ground: Ground) -> list[CaseFlow]:
    """Count the open cases that follow when grids are re-drawn, in one statement.

    Only counts leave: who plans grids sees no case.
    """
    rows = open_cases_in(ground.main_heirs).values_list("grid__code", "lon", "lat", "address")
    counts = Counter(
        (code, *goes_to(ground, grid=code, lon=lon, lat=lat, address=address))
        for code, lon, lat, address in rows
    )
    return [
        CaseFlow(from_code=code, to_code=to, by=by, count=count)
        for (code, to, by), count in sorted(counts.items())
    ]
