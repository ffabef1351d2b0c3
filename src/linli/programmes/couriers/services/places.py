"""Commands on places to rest: enter and give up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.opening import check_hours, write_hours
from linli.ground.kernel.services import record_event
from linli.ground.people.errors import NotPermitted
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point
from linli.programmes.couriers import events
from linli.programmes.couriers.models import RestPlace
from linli.programmes.couriers.queries.places import find_row
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.terms import MOST_ADDRESS, MOST_NAME, NewRestPlace, rest_subject


@transaction.atomic
def open_rest_place(*, place: NewRestPlace, member: Member, at: datetime) -> int:
    """Enter a place to rest and give its id.

    Raises:
        CourierRefused: no name or address, or outside all areas.
        NotPermitted: for whom it is not to keep places there.
        UnfitHours: hours no day has.
    """
    _check(place)
    found = locate(place.lon, place.lat).area
    if found is None:
        raise CourierRefused("couriers.place_missing", field="lon")
    row = RestPlace(
        name=place.name.strip(),
        name_en=place.name_en.strip(),
        street_code=f"{found.code[:9]}000",
        area_code=found.code,
        address=place.address.strip(),
        lon=place.lon,
        lat=place.lat,
        comforts=[one.value for one in place.comforts],
        opened_by_id=member.account_id,
        opened_at=at,
        **write_hours(place.hours),
    )
    _check_right(row, member)
    row.save(force_insert=True)
    _record(row, events.RestPlaceOpened(), member, at)
    return row.pk


@transaction.atomic
def close_rest_place(*, place_id: int, member: Member, at: datetime) -> None:
    """Give a place to rest up.

    Raises:
        CourierRefused: there is none.
        NotPermitted: for whom it is not to keep places there.
    """
    row = find_row(place_id)
    _check_right(row, member)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    _record(row, events.RestPlaceClosed(), member, at)


def _check(place: NewRestPlace) -> None:
    if not place.name.strip() or not place.address.strip():
        raise CourierRefused("couriers.place_name_missing", field="name")
    for name, most in (("name", MOST_NAME), ("name_en", MOST_NAME), ("address", MOST_ADDRESS)):
        if len(getattr(place, name)) > most:
            raise CourierRefused("couriers.too_long", field=name, most=most)
    check_hours(place.hours)
    check_point(place.lon, place.lat)


def _target(row: RestPlace) -> Target:
    return Target(street_code=row.street_code, area_code=row.area_code, is_complaint=False)


def _check_right(row: RestPlace, member: Member) -> None:
    if not may(member, Action.PLACE_NAME, _target(row)):
        raise NotPermitted


def _record(
    row: RestPlace,
    event: events.RestPlaceOpened | events.RestPlaceClosed,
    member: Member,
    at: datetime,
) -> None:
    actor = member.actor(role=find_role(member, Action.PLACE_NAME, _target(row)))
    record_event(event, subject=rest_subject(row.pk), actor=actor, at=at)
