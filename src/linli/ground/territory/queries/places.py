"""Places as people name them: areas and the names clerks have added, found through the index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.searching import holds, holds_all, like_anywhere, like_beginning
from linli.ground.kernel.tokens import query_text
from linli.ground.territory.errors import UnableToNamePlace
from linli.ground.territory.models import Area, PlaceName
from linli.ground.territory.rules.names import asked_neighbours, asked_signs
from linli.ground.territory.terms import (
    KIND_LABELS,
    AreaKind,
    FoundPlace,
    PlaceKind,
    PlaceNameView,
    code_prefix,
    prefix_of,
)

from .areas import in_force, view

# One for each sub-district, way to write and number of answers.
MOST_KEPT = 256
FOUND_KINDS = (AreaKind.GRID, AreaKind.COMMUNITY, AreaKind.BUILDING)


def find_places(
    text: str, within_code: str = "", limit: int = 10, *, first: PlaceKind | None = None
) -> list[FoundPlace]:
    """Find places by name, address, local name or pinyin initials, in four statements at most.

    Areas (buildings, grids, communities) and the names people use: compounds, gates, crossings,
    shops.

    Args:
        text: what was typed; spaces do not matter.
        within_code: only inside the area with this code.
        limit: most answers to give; the closest matches come first.
        first: names of this kind come before what matches as closely.
    """
    wanted = asked_signs(text)
    if not wanted:
        return []
    shape = prefix_of(within_code), wanted.isascii() and wanted.isalnum(), limit
    asked = {
        "query": query_text(asked_neighbours(wanted)),
        "wanted": wanted,
        "anywhere": like_anywhere(wanted),
        "beginning": like_beginning(wanted),
    }
    found: list[Area | PlaceName] = [*_areas(*shape).rows(on=timezone.localdate(), **asked)]
    found += _names(*shape).rows(**asked)
    return _found(sorted(found, key=lambda row: _closeness(row, first))[:limit])


def list_place_names(
    *, within_code: str = "", text: str = "", with_closed: bool = False, limit: int = 200
) -> list[PlaceNameView]:
    """List the names people use, the latest first.

    Args:
        within_code: only inside the area with this code.
        text: only those with this in name, address or pinyin.
        with_closed: also those no longer used.
        limit: how many at most.
    """
    rows = PlaceName.objects.filter(within_code__startswith=prefix_of(within_code))
    if not with_closed:
        rows = rows.filter(closed_at=None)
    if wanted := asked_signs(text):
        rows = rows.filter(holds_all("words", asked_neighbours(wanted)))
    return _name_views(rows.order_by("-added_at", "-id")[:limit])


def get_place_name(name_id: int) -> PlaceNameView:
    """Get one name.

    Raises:
        UnableToNamePlace: when there is none.
    """
    found = _name_views(PlaceName.objects.filter(id=name_id))
    if not found:
        raise UnableToNamePlace("territory.name_gone")
    return found[0]


def name_view(row: PlaceName, area_name: str) -> PlaceNameView:
    """Turn a row into what others get."""
    return PlaceNameView(
        id=row.pk,
        kind=PlaceKind(row.kind),
        name=row.name,
        area_code=row.area_code or row.within_code,
        area_name=area_name,
        is_alias=bool(row.area_code),
        lon=row.lon,
        lat=row.lat,
        address=row.address,
        source=row.source,
        added_by_id=row.added_by_id,
        added_at=row.added_at,
        closed_at=row.closed_at,
    )


def _name_views(rows: Iterable[PlaceName]) -> list[PlaceNameView]:
    listed = list(rows)
    areas = _by_code(row.area_code or row.within_code for row in listed)
    return [
        name_view(row, area.name if (area := areas.get(row.area_code or row.within_code)) else "")
        for row in listed
    ]


@lru_cache(maxsize=MOST_KEPT)
def _areas(prefix: str, is_spelled: bool, limit: int) -> Compiled[Area]:
    """Keep the query of areas for all who ask within the same area."""

    def build(on: date, query: str, wanted: str, anywhere: str, beginning: str) -> QuerySet[Area]:
        found = in_force(on).defer("geometry").filter(holds("words", query))
        other = Q(alias__said=anywhere) | Q(name_en__said=anywhere)
        found = found.filter(_matches(anywhere, is_spelled) | other)
        found = found.filter(kind__in=FOUND_KINDS, code__startswith=prefix)
        rank = _rank(wanted, beginning, Q(alias__iexact=wanted))
        return found.annotate(rank=rank).order_by("rank", "code")[:limit]

    return Compiled(build)


@lru_cache(maxsize=MOST_KEPT)
def _names(prefix: str, is_spelled: bool, limit: int) -> Compiled[PlaceName]:
    """Keep the query of the names people use, as that of areas."""

    def build(query: str, wanted: str, anywhere: str, beginning: str) -> QuerySet[PlaceName]:
        found = PlaceName.objects.filter(holds("words", query), closed_at=None)
        found = found.filter(_matches(anywhere, is_spelled), within_code__startswith=prefix)
        rank = _rank(wanted, beginning, Q(pk__in=[]))
        return found.annotate(rank=rank).order_by("rank", "name", "id")[:limit]

    return Compiled(build)


def _matches(anywhere: str, is_spelled: bool) -> Q:
    here = Q(name__said=anywhere) | Q(address__said=anywhere)
    return here | Q(pinyin__written=anywhere) if is_spelled else here


def _rank(wanted: str, beginning: str, exactly: Q) -> Combinable:
    return Case(
        When(Q(name__iexact=wanted) | exactly, then=Value(0)),
        When(name__said=beginning, then=Value(1)),
        When(pinyin__written=beginning, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _closeness(row: Area | PlaceName, first: PlaceKind | None) -> tuple[int, bool]:
    """Give the rank the database found; equal ones keep its order, areas first."""
    is_first = isinstance(row, PlaceName) and row.kind == first
    return int(row.rank), not is_first  # type: ignore[union-attr]


def _found(rows: list[Area | PlaceName]) -> list[FoundPlace]:
    names = [row for row in rows if isinstance(row, PlaceName)]
    areas = _by_code(row.area_code or row.within_code for row in names)
    areas |= {row.code: row for row in rows if isinstance(row, Area)}
    around = _names_around(areas.values())
    pairs = ((row, _area_of(row, areas)) for row in rows)
    return [_place(row, area, around) for row, area in pairs if area is not None]


def _area_of(row: Area | PlaceName, areas: dict[str, Area]) -> Area | None:
    return row if isinstance(row, Area) else areas.get(row.area_code or row.within_code)


def _place(row: Area | PlaceName, area: Area, around: dict[str, str]) -> FoundPlace:
    is_name = isinstance(row, PlaceName)
    has_point = is_name and row.lon is not None
    kind_label = PlaceKind(row.kind).label if is_name else KIND_LABELS[AreaKind(row.kind)]
    return FoundPlace(
        area=view(area).ref,
        name=row.name,
        kind_label=kind_label,
        lon=row.lon if has_point else area.lon,
        lat=row.lat if has_point else area.lat,
        address=row.address or (area.address or area.name if is_name else ""),
        within=around.get(code_prefix(area.code, AreaKind.COMMUNITY), ""),
        grid=around.get(code_prefix(area.code, AreaKind.GRID), ""),
        name_id=row.pk if is_name else None,
    )


def _by_code(codes: Iterable[str]) -> dict[str, Area]:
    wanted = set(codes)
    rows = in_force().defer("geometry").filter(code__in=wanted) if wanted else ()
    return {row.code: row for row in rows}


def _names_around(areas: Iterable[Area]) -> dict[str, str]:
    levels = (AreaKind.COMMUNITY, AreaKind.GRID)
    codes = {code_prefix(area.code, level) for area in areas for level in levels}
    return dict(in_force().filter(code__in=codes).values_list("code", "name")) if codes else {}
