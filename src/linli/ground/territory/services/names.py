"""Names people use for places: entered by clerks or from a list, closed when no longer used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.territory import locator, queries
from linli.ground.territory.errors import InvalidPoint, UnableToNamePlace
from linli.ground.territory.events import PlaceNameAdded, PlaceNameClosed, PlaceNamesImported
from linli.ground.territory.models import PlaceName
from linli.ground.territory.rules.names import LONGEST_NAME, find_name_fault, spellings
from linli.ground.territory.terms import (
    Fault,
    NewPlaceName,
    PlaceNamesReport,
    PlaceNameView,
    prefix_of,
)

LONGEST_PINYIN = 300


@transaction.atomic
def add_place_name(*, name: NewPlaceName, actor: Actor, at: datetime) -> PlaceNameView:
    """Enter a name people use for an area, or for a point of its own.

    Args:
        at: aware instant of the act.

    Raises:
        UnableToNamePlace: the name or its place can't be, or it is known here already.
        InvalidPoint: a point that can't be meant.
    """
    row = _add(name, actor, at)
    record_event(
        PlaceNameAdded(place_name_id=row.pk, kind=row.kind, area_code=row.area_code),
        subject=_subject(row.pk),
        actor=actor,
        at=at,
    )
    return queries.get_place_name(row.pk)


def add_place_names(
    *, rows: Sequence[NewPlaceName], actor: Actor, at: datetime, within_code: str = ""
) -> PlaceNamesReport:
    """Enter a list of names, row by row: those that can't be are told with the reason.

    A name known already where it belongs is counted and left as it is.

    Args:
        within_code: only names inside the area with this code are taken.
    """
    added, known, faults = 0, 0, []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    _add(row, actor, at, within_code)
                added += 1
            except (UnableToNamePlace, InvalidPoint) as refusal:
                if refusal.code == "territory.name_known":
                    known += 1
                else:
                    faults.append(_fault(row, refusal))
        if added:
            record_event(
                PlaceNamesImported(added=added, refused=len(faults)),
                subject=_subject(0),
                actor=actor,
                at=at,
            )
    return PlaceNamesReport(rows=len(rows), added=added, known=known, faults=tuple(faults))


@transaction.atomic
def close_place_name(*, name_id: int, actor: Actor, at: datetime) -> None:
    """End the use of a name; it stays readable and is no longer found.

    Raises:
        UnableToNamePlace: no such name, or closed already.
    """
    row = PlaceName.objects.select_for_update().filter(id=name_id, closed_at=None).first()
    if row is None:
        raise UnableToNamePlace("territory.name_gone")
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    record_event(
        PlaceNameClosed(place_name_id=row.pk), subject=_subject(row.pk), actor=actor, at=at
    )


def _add(name: NewPlaceName, actor: Actor, at: datetime, within_code: str = "") -> PlaceName:
    if found := find_name_fault(name):
        raise UnableToNamePlace(found, field="name", limit=LONGEST_NAME)
    within = _within(name)
    if not within.startswith(prefix_of(within_code)):
        raise UnableToNamePlace("territory.name_outside", field="name")
    row = PlaceName(
        kind=name.kind.value,
        name=name.name.strip(),
        area_code=name.area_code,
        within_code=within,
        lon=name.lon,
        lat=name.lat,
        address=name.address.strip(),
        pinyin=spellings(name.name.strip())[:LONGEST_PINYIN],
        source=name.source[:100],
        added_by_id=actor.account_id,
        added_at=at,
    )
    return _insert(row)


def _insert(row: PlaceName) -> PlaceName:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != "territory_placename_once":
            raise
        raise UnableToNamePlace("territory.name_known", field="name", name=row.name) from error
    return row


def _within(name: NewPlaceName) -> str:
    """Find the area a name belongs to: the one it names, or the finest that holds its point."""
    if name.lon is None or name.lat is None:
        if queries.find_area(name.area_code) is None:
            raise UnableToNamePlace(
                "territory.name_area_unknown", field="name", area=name.area_code[:24]
            )
        return name.area_code
    queries.check_point(name.lon, name.lat)
    place = locator.locate(name.lon, name.lat)
    if place.area is None:
        raise UnableToNamePlace("territory.name_outside", field="name")
    return place.area.code


def _fault(name: NewPlaceName, refusal: Refusal) -> Fault:
    return Fault(
        row=name.row,
        area=name.name[:40],
        code=refusal.code,
        message=refusal.message,
        params=refusal.params,
        lon=name.lon,
        lat=name.lat,
    )


def _subject(name_id: int) -> Subject:
    return Subject(kind="territory.PlaceName", id=str(name_id))
