"""Where a point lies: the territory held in memory, read again when its version changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import monotonic
from uuid import UUID

import numpy as np
from django.utils import timezone
from numpy.typing import ArrayLike, NDArray

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh

from .index import OUTSIDE, Index, IndexedArea
from .models import Area, AreaHeir, TerritoryVersion
from .terms import AreaKind, AreaRef, Place

__all__ = [
    "OUTSIDE",
    "find_ref",
    "former_grids",
    "heir_codes",
    "ids_within",
    "index_now",
    "is_in_force",
    "list_refs",
    "locate",
    "locate_each",
    "locate_many",
    "locate_many_marked",
]

DAY_ASKED_EVERY_S = 1.0


@dataclass(slots=True)
class _Today:
    """The day it is, as an ordinal, and until when that need not be asked again."""

    ordinal: int = 0
    until: float = float("-inf")


_today = _Today()


def locate(lon: float, lat: float, at: date | None = None) -> Place:
    """Say in which areas a point lies, with the candidates when a border is within 5 m.

    Args:
        lon, lat: degrees WGS-84.
        at: the day whose areas count; today when absent.
    """
    return index_now().locate(lon, lat, _day(at))


def locate_each(lons: ArrayLike, lats: ArrayLike, at: date | None = None) -> list[Place]:
    """Say in which areas each point lies; quicker than one by one, and without candidates.

    Args:
        lons, lats: degrees WGS-84, of one length.
        at: the day whose areas count; today when absent.
    """
    return index_now().locate_each(np.asarray(lons, float), np.asarray(lats, float), _day(at))


def locate_many(lons: ArrayLike, lats: ArrayLike, at: date | None = None) -> NDArray[np.int64]:
    """Give the id of the grid holding each point, OUTSIDE (-1) where none does.

    Args:
        lons, lats: degrees WGS-84, of one length.
        at: the day whose areas count; today when absent.
    """
    return index_now().grids(np.asarray(lons, float), np.asarray(lats, float), _day(at))


def locate_many_marked(
    lons: ArrayLike, lats: ArrayLike, at: date | None = None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Give the grid ids as `locate_many` does, and of each point whether it has candidates.

    Args:
        lons, lats: degrees WGS-84, of one length.
        at: the day whose areas count; today when absent.
    """
    return index_now().grids_marked(np.asarray(lons, float), np.asarray(lats, float), _day(at))


def ids_within(kind: AreaKind, prefix: str) -> list[int]:
    """List the ids of all areas of one level, past ones too, whose code begins so; no statement.

    Args:
        prefix: as `terms.prefix_of` gives it.
    """
    return index_now().ids_within(kind, prefix)


def former_grids(prefix: str) -> list[int]:
    """List the ids of ended grids elsewhere whose ground lies here now; no statement.

    Args:
        prefix: as `terms.prefix_of` gives it, of a grid or of what holds grids.
    """
    index = index_now()
    here = index.ids_within(AreaKind.GRID, prefix)
    return sorted(index.formers(here) - set(here))


def heir_codes(area_id: int) -> tuple[str, ...]:
    """List the codes of the grids that got ground of this one, if it has ended; no statement."""
    index = index_now()
    refs = (index.find(number) for number in index.heirs(area_id))
    return tuple(sorted(ref.code for ref in refs if ref is not None))


def list_refs(kind: AreaKind, prefix: str, at: date | None = None) -> list[AreaRef]:
    """List the areas of one level, down to the grid, whose code begins so, by code; no statement.

    Args:
        at: the day on which they are in force; today when absent.
    """
    index, on = index_now(), _day(at)
    refs = (index.find(number) for number in index.ids_within(kind, prefix))
    found = [ref for ref in refs if ref is not None and index.is_in_force(ref.id, on)]
    return sorted(found, key=lambda ref: ref.code)


def find_ref(area_id: int) -> AreaRef | None:
    """Find an area, of the sub-units down to the grid, by its id; no statement."""
    return index_now().find(area_id)


def is_in_force(area_id: int, at: date | None = None) -> bool:
    """Say whether a version of an area, down to the grid, is in force; no statement.

    Args:
        at: the day asked about; today when absent.
    """
    return index_now().is_in_force(area_id, _day(at))


def index_now() -> Index:
    """Give the index of the current version."""
    return _territory.get()


def serial_now() -> int:
    """Number the version this process works with; what is worked out of it may be kept by that."""
    return index_now().serial


def announce_territory() -> None:
    """Let every process read the territory again; its version has changed."""
    announce(_territory.name)


def _day(at: date | None) -> int:
    if at is not None:
        return at.toordinal()
    if monotonic() >= _today.until:
        _today.ordinal = timezone.localdate().toordinal()
        _today.until = monotonic() + DAY_ASKED_EVERY_S
    return _today.ordinal


def _read_token() -> UUID | None:
    return TerritoryVersion.objects.values_list("token", flat=True).first()


def _load() -> Index:
    import shapely.geometry

    columns = ("id", "code", "kind", "name", "name_en", "valid_from", "valid_to", "geometry")
    rows = Area.objects.exclude(kind__in=[AreaKind.BUILDING, AreaKind.UNIT]).order_by("id")
    passed = AreaHeir.objects.filter(area__kind=AreaKind.GRID).values_list("former_id", "area_id")
    areas = (
        IndexedArea(
            ref=AreaRef(area_id, code, AreaKind(kind), name, name_en),
            valid_from=starts,
            valid_to=ends,
            shape=shapely.geometry.shape(geometry) if geometry else None,
        )
        for area_id, code, kind, name, name_en, starts, ends, geometry in rows.values_list(*columns)
    )
    return Index(areas, passed)


_territory = Fresh("territory", _load, version=_read_token)
