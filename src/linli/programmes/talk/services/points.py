"""Commands on points: set up, change, give up; name and end hosts; note that a sheet hangs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from linli.ground.kernel.opening import check_hours, write_hours
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Happened
from linli.ground.people.errors import NotPermitted
from linli.ground.people.queries.in_area import list_holders_in
from linli.ground.people.rules import find_role, may
from linli.ground.people.terms import Action, Member, Role
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point as check_lon_lat
from linli.ground.territory.terms import prefix_of
from linli.programmes.talk import events
from linli.programmes.talk.models import Host, Point
from linli.programmes.talk.queries.points import find_row
from linli.programmes.talk.queries.rights import may_keep, may_receive, target_of
from linli.programmes.talk.rules.refusals import NoSuchPoint, TalkRefused
from linli.programmes.talk.rules.words import check_point
from linli.programmes.talk.terms import NewPoint, point_subject

# Who receives people: those who live and work there.
HOSTS = (
    Role.BUILDING_LEADER,
    Role.GRID_LEADER,
    Role.GRID_WORKER,
    Role.COMMUNITY_SECRETARY,
)


@transaction.atomic
def open_point(*, point: NewPoint, member: Member, at: datetime) -> int:
    """Set up a point and give its id.

    Raises:
        NotPermitted: for whom it is not to keep points of this community.
        TalkRefused: words, place or hours that can't be.
        InvalidPoint: a place that can't be meant.
    """
    street_code = f"{point.area_code[:9]}000"
    if not may(member, Action.TALK_KEEP, target_of(street_code, point.area_code)):
        raise NotPermitted
    _check(point)
    row = Point(
        street_code=street_code,
        area_code=point.area_code,
        opened_by_id=member.account_id,
        opened_at=at,
        **_columns(point),
    )
    _save(row)
    _record(row, events.PointOpened(area_code=point.area_code), member, at)
    return row.pk


@transaction.atomic
def change_point(
    *, point_id: int, point: NewPoint, seen_version: int, member: Member, at: datetime
) -> None:
    """Write a point anew; its community stays.

    Args:
        seen_version: the version the member had before the eyes.

    Raises:
        NoSuchPoint, NotPermitted, TalkRefused: as `open_point`, or changed meanwhile.
    """
    row = _lock_kept(point_id, member)
    if row.version != seen_version:
        raise TalkRefused("talk.changed_meanwhile")
    _check(point, area_code=row.area_code)
    columns = _columns(point)
    changed = tuple(name for name, value in columns.items() if getattr(row, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(row, name, columns[name])
    row.version += 1
    _save(row)
    _record(row, events.PointChanged(fields=changed), member, at)


@transaction.atomic
def close_point(*, point_id: int, member: Member, at: datetime) -> None:
    """Give a point up; what was answered there stays to be read.

    Raises:
        NoSuchPoint, NotPermitted, TalkRefused: it is given up already.
    """
    row = _lock_kept(point_id, member)
    row.closed_at = at
    row.version += 1
    row.save(update_fields=["closed_at", "version"])
    _record(row, events.PointClosed(), member, at)


@transaction.atomic
def name_host(
    *,
    point_id: int,
    person_id: int,
    weekdays: Iterable[int],
    shows_name: bool,
    member: Member,
    at: datetime,
) -> int:
    """Name who receives people at a point on some days of the week; give the id.

    Args:
        shows_name: whether the person agreed to stand by name on the public page.

    Raises:
        NoSuchPoint, NotPermitted: as `change_point`.
        TalkRefused: nobody of this community's leaders, named already, or no day.
    """
    row = _lock_kept(point_id, member)
    days = "".join(str(one) for one in sorted(set(weekdays)))
    if not days:
        raise TalkRefused("talk.day_missing", field="weekdays")
    host = Host(
        point=row,
        person_id=person_id,
        role=_role_of(row, person_id, at).value,
        weekdays=days,
        shows_name=shows_name,
        named_by_id=member.account_id,
        named_at=at,
    )
    try:
        with transaction.atomic():
            host.save(force_insert=True)
    except IntegrityError as error:
        raise TalkRefused("talk.host_there", field="person_id") from error
    _record(row, events.HostNamed(host_id=host.pk), member, at)
    return host.pk


@transaction.atomic
def end_host(*, point_id: int, host_id: int, member: Member, at: datetime) -> None:
    """Let somebody no longer receive people at a point; a second time changes nothing.

    Raises:
        NoSuchPoint, NotPermitted: as `change_point`.
    """
    row = _lock_kept(point_id, member)
    host = Host.objects.filter(pk=host_id, point=row, ended_at=None).first()
    if host is not None:
        host.ended_at = at
        host.save(update_fields=["ended_at"])
        _record(row, events.HostEnded(host_id=host.pk), member, at)


@transaction.atomic
def note_printed(*, point_id: int, matters: int, member: Member, at: datetime) -> None:
    """Note that the sheet was printed to be hung up.

    Raises:
        NoSuchPoint: there is none, or it is not the member's.
    """
    row = _lock(point_id)
    if not (may_keep(member, row) or may_receive(member, row)):
        raise NoSuchPoint
    row.printed_at = at
    row.save(update_fields=["printed_at"])
    _record(row, events.SheetPrinted(matters=matters), member, at)


def _check(point: NewPoint, *, area_code: str = "") -> None:
    check_point(point)
    check_hours(point.hours)
    check_lon_lat(point.lon, point.lat)
    found = locate(point.lon, point.lat).area
    prefix = prefix_of(area_code or point.area_code)
    if found is None or not found.code.startswith(prefix):
        raise TalkRefused("talk.outside", field="lon")


def _columns(point: NewPoint) -> dict[str, Any]:
    return {
        "name": point.name.strip(),
        "name_en": point.name_en.strip(),
        "address": point.address.strip(),
        "lon": point.lon,
        "lat": point.lat,
        "phone": point.phone.strip(),
        **write_hours(point.hours),
    }


def _save(row: Point) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TalkRefused("talk.name_taken", field="name") from error


def _role_of(row: Point, person_id: int, at: datetime) -> Role:
    holders = list_holders_in(within_code=row.area_code, roles=HOSTS, at=at)
    held = next((one.role for one in holders if one.person_id == person_id), None)
    if held is None:
        raise TalkRefused("talk.host_unknown", field="person_id")
    return held


def _lock(point_id: int) -> Point:
    find_row(point_id)
    return Point.objects.select_for_update().get(pk=point_id)


def _lock_kept(point_id: int, member: Member) -> Point:
    row = _lock(point_id)
    if not may_keep(member, row):
        raise NotPermitted
    if row.closed_at is not None:
        raise TalkRefused("talk.closed")
    return row


def _record(row: Point, event: Happened, member: Member, at: datetime) -> None:
    target = target_of(row.street_code, row.area_code)
    right = Action.TALK_KEEP if may_keep(member, row) else Action.TALK_HOST
    actor = member.actor(role=find_role(member, right, target))
    record_event(event, subject=point_subject(row.pk), actor=actor, at=at)
