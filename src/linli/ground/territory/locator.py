"""Where a point lies: the territory held in memory, rebuilt when its version changes.

Every process asks the database for the version at most once a second, so that a change made
elsewhere is seen within a second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from time import monotonic
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import ArrayLike, NDArray

from .index import OUTSIDE, Index, IndexedArea
from .models import Area, TerritoryVersion
from .terms import AreaKind, AreaRef, Place

__all__ = ["OUTSIDE", "index_now", "locate", "locate_many", "locate_many_marked"]

CHECK_EVERY_S = 1.0
NEVER = float("-inf")


@dataclass(slots=True)
class _Held:
    """What this process knows; `unsettled` while a change of its own is not yet committed."""

    index: Index = field(default_factory=lambda: Index([]))
    token: UUID | None = None
    today: int = 0
    checked_at: float = NEVER
    unsettled: bool = False


_held = _Held()
_rebuilding = Lock()


def locate(lon: float, lat: float, at: date | None = None) -> Place:
    """Say in which areas a point lies, with the candidates when a border is within 5 m.

    Args:
        lon, lat: degrees WGS-84.
        at: the day whose areas count; today when absent.
    """
    index = index_now()
    return index.locate(lon, lat, _held.today if at is None else at.toordinal())


def locate_many(lons: ArrayLike, lats: ArrayLike, at: date | None = None) -> NDArray[np.int64]:
    """Give the id of the grid holding each point, OUTSIDE (-1) where none does.

    Args:
        lons, lats: degrees WGS-84, of one length.
        at: the day whose areas count; today when absent.
    """
    index = index_now()
    day = _held.today if at is None else at.toordinal()
    return index.grids(np.asarray(lons, float), np.asarray(lats, float), day)


def locate_many_marked(
    lons: ArrayLike, lats: ArrayLike, at: date | None = None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Give the grid ids as `locate_many` does, and of each point whether it has candidates.

    Args:
        lons, lats: degrees WGS-84, of one length.
        at: the day whose areas count; today when absent.
    """
    index = index_now()
    day = _held.today if at is None else at.toordinal()
    return index.grids_marked(np.asarray(lons, float), np.asarray(lats, float), day)


def index_now() -> Index:
    """Give the index of the current version, asking the database at most once a second."""
    if _held.unsettled or monotonic() - _held.checked_at > CHECK_EVERY_S:
        _refresh()
    return _held.index


def forget_version() -> None:
    """Look again before the next answer, and again once the running transaction has ended."""
    _held.checked_at = NEVER
    _held.unsettled = True
    transaction.on_commit(_settle)


def _settle() -> None:
    _held.checked_at = NEVER
    _held.unsettled = False


def _refresh() -> None:
    """Rebuild when the version changed; other threads answer from the old index meanwhile."""
    if not _rebuilding.acquire(blocking=_held.unsettled or _held.checked_at == NEVER):
        return
    try:
        token = TerritoryVersion.objects.values_list("token", flat=True).first()
        if token != _held.token:
            _held.index = _load()
            _held.token = token
        _held.today = timezone.localdate().toordinal()
        _held.checked_at = monotonic()
        _held.unsettled = _held.unsettled and connection.in_atomic_block
    finally:
        _rebuilding.release()


def _load() -> Index:
    import shapely.geometry

    columns = ("id", "code", "kind", "name", "name_en", "valid_from", "valid_to", "geometry")
    rows = Area.objects.exclude(kind__in=[AreaKind.BUILDING, AreaKind.UNIT]).order_by("id")
    return Index(
        IndexedArea(
            ref=AreaRef(area_id, code, AreaKind(kind), name, name_en),
            valid_from=starts,
            valid_to=ends,
            shape=shapely.geometry.shape(geometry) if geometry else None,
        )
        for area_id, code, kind, name, name_en, starts, ends, geometry in rows.values_list(*columns)
    )
