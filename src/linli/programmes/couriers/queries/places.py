"""Places to rest, nearest first, and the way to a building or gate."""

from __future__ import annotations

from datetime import datetime

from pyproj import Geod

from linli.ground.kernel.opening import is_open_at, next_opening, read_hours
from linli.ground.kernel.queries import get_calendar
from linli.programmes.couriers.models import RestPlace
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.terms import Comfort, RestPlaceView

_EARTH = Geod(ellps="WGS84")


def list_rest_places(
    *, at: datetime, near: tuple[float, float] | None = None
) -> list[RestPlaceView]:
    """List the places in use; nearest first where a point is given, else those open now first.

    Args:
        near: lon and lat in degrees WGS-84; not kept anywhere.
    """
    rows = RestPlace.objects.filter(closed_at=None).order_by("area_code", "id")
    shown = [_view(row, at, near) for row in rows]
    if near is None:
        return sorted(shown, key=lambda one: not one.is_open)
    return sorted(shown, key=lambda one: one.away_m or 0.0)


def find_row(place_id: int) -> RestPlace:
    """Read a place in use; for this room only.

    Raises:
        CourierRefused: there is none.
    """
    row = RestPlace.objects.filter(pk=place_id, closed_at=None).first()
    if row is None:
        raise CourierRefused("couriers.place_gone")
    return row


def _view(row: RestPlace, at: datetime, near: tuple[float, float] | None) -> RestPlaceView:
    hours, calendar = (
        read_hours(row.weekdays, row.spans, row.on_holidays),
        get_calendar(row.street_code),
    )
    is_open = is_open_at(hours, at, calendar)
    away = _EARTH.inv(*near, row.lon, row.lat)[2] if near else None
    return RestPlaceView(
        id=row.pk,
        name=row.name,
        name_en=row.name_en,
        address=row.address,
        lon=row.lon,
        lat=row.lat,
        hours=hours,
        comforts=tuple(Comfort(one) for one in row.comforts),
        is_open=is_open,
        opens_at=None if is_open else next_opening(hours, at, calendar),
        away_m=away,
    )
