"""Points as everybody and as their hosts see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from linli.ground.kernel.calendars import WorkingCalendar
from linli.ground.kernel.opening import is_open_at, next_opening, read_hours, read_weekdays
from linli.ground.kernel.queries import get_calendar
from linli.ground.people.queries.staff import list_person_names
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action, Member
from linli.programmes.talk.models import Host, Point
from linli.programmes.talk.queries.rights import may_keep, may_receive
from linli.programmes.talk.rules.refusals import NoSuchPoint
from linli.programmes.talk.terms import HostView, PointView


def list_points(*, at: datetime) -> list[PointView]:
    """List the points in use, those open now first; names only of hosts who agreed to it."""
    rows = Point.objects.filter(closed_at=None).order_by("area_code", "id")
    return sorted(_views(rows, at, with_names=False), key=lambda one: not one.is_open)


def get_point(*, point_id: int, at: datetime) -> PointView:
    """Get a point as everybody sees it, one given up too.

    Raises:
        NoSuchPoint: there is none.
    """
    return _views([find_row(point_id)], at, with_names=False)[0]


def list_my_points(*, member: Member, at: datetime) -> list[PointView]:
    """List the points a member keeps or receives people at."""
    rows = [row for row in _near(member) if may_keep(member, row) or may_receive(member, row)]
    return _views(rows, at, with_names=True)


def get_my_point(*, point_id: int, member: Member, at: datetime) -> PointView:
    """Get a point one keeps or receives people at, with the names of its hosts.

    Raises:
        NoSuchPoint: there is none, or it is not the member's.
    """
    row = find_row(point_id)
    if not (may_keep(member, row) or may_receive(member, row)):
        raise NoSuchPoint
    return _views([row], at, with_names=True)[0]


def may_keep_point(*, point_id: int, member: Member) -> bool:
    """Say whether a member keeps this point."""
    return may_keep(member, find_row(point_id))


def may_receive_at(*, point_id: int, member: Member) -> bool:
    """Say whether a member may enter and answer matters at this point."""
    return may_receive(member, find_row(point_id))


def find_row(point_id: int) -> Point:
    """Read a point; for this room only.

    Raises:
        NoSuchPoint: there is none.
    """
    row = Point.objects.filter(pk=point_id).first()
    if row is None:
        raise NoSuchPoint
    return row


def _near(member: Member) -> QuerySet[Point]:
    rows = Point.objects.filter(closed_at=None).order_by("area_code", "id")
    if reach(member, Action.TALK_KEEP).all:
        return rows
    return rows.filter(street_code__in=member.street_codes)


def _views(rows: Iterable[Point], at: datetime, *, with_names: bool) -> list[PointView]:
    listed = list(rows)
    hosts = _hosts([row.pk for row in listed], with_names=with_names)
    calendars = {code: get_calendar(code) for code in {row.street_code for row in listed}}
    return [_view(row, hosts, calendars[row.street_code], at) for row in listed]


def _hosts(ids: list[int], *, with_names: bool) -> Mapping[int, list[HostView]]:
    rows = list(Host.objects.filter(point_id__in=ids, ended_at=None).order_by("id"))
    shown = {row.person_id for row in rows if with_names or row.shows_name}
    names = list_person_names(shown)
    found: dict[int, list[HostView]] = defaultdict(list)
    for row in rows:
        found[row.point_id].append(
            HostView(
                id=row.pk,
                person_id=row.person_id,
                role=row.role,
                name=names.get(row.person_id, ""),
                weekdays=read_weekdays(row.weekdays),
                shows_name=row.shows_name,
            )
        )
    return found


def _view(
    row: Point, hosts: Mapping[int, list[HostView]], calendar: WorkingCalendar, at: datetime
) -> PointView:
    hours, own = read_hours(row.weekdays, row.spans, row.on_holidays), tuple(hosts.get(row.pk, ()))
    is_open = row.closed_at is None and is_open_at(hours, at, calendar)
    today = at.astimezone(ZoneInfo(calendar.zone)).isoweekday()
    return PointView(
        id=row.pk,
        version=row.version,
        name=row.name,
        name_en=row.name_en,
        street_code=row.street_code,
        area_code=row.area_code,
        address=row.address,
        lon=row.lon,
        lat=row.lat,
        phone=row.phone,
        hours=hours,
        is_open=is_open,
        opens_at=None if is_open or row.closed_at else next_opening(hours, at, calendar),
        closed_at=row.closed_at,
        printed_at=row.printed_at,
        hosts=own,
        on_duty=tuple(one for one in own if today in one.weekdays),
    )
