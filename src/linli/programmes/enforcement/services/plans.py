"""A plan is put into an operation: place, time, and members on the roster of that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from linli.ground.territory.locator import locate
from linli.ground.territory.queries import check_point
from linli.programmes.enforcement.models import Operation, Participation, Secondment
from linli.programmes.enforcement.rules import law
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.terms import Plan


def set_plan(operation: Operation, plan: Plan, *, zone: str) -> tuple[int, ...]:
    """Put a plan into an operation and return its members; the operation is saved by the caller.

    Raises:
        OperationRefused: the place lies outside, or the members are not two officers on the
            roster of that day.
    """
    on = plan.starts_at.astimezone(ZoneInfo(zone)).date()
    members = _members(operation.team_id, plan, on=on)
    operation.kind, operation.title = plan.kind.value, needed(plan.title, "title", 120)
    operation.aim = needed(plan.aim, "aim", 4000)
    operation.address = needed(plan.address, "address", 200)
    operation.starts_at = plan.starts_at
    operation.commander = next((one for one in members if one.pk == plan.commander_id), None)
    if plan.point is not None:
        _place(operation, plan.point.lon, plan.point.lat, on=plan.starts_at)
    return tuple(one.pk for one in members)


def keep_members(operation: Operation, member_ids: Iterable[int]) -> None:
    """Store who takes part, in place of those before."""
    Participation.objects.filter(operation=operation).delete()
    Participation.objects.bulk_create(
        Participation(operation=operation, secondment_id=number) for number in member_ids
    )


def needed(text: str, field: str, most: int) -> str:
    """Give a text without spaces around it.

    Raises:
        OperationRefused: empty, too long, or with a sign that can't be stored.
    """
    plain = text.strip()
    if not plain:
        raise OperationRefused("enforcement.missing", field=field)
    if len(plain) > most or "\x00" in plain:
        raise OperationRefused("enforcement.text_unfit", field=field)
    return plain


def _members(team_id: int, plan: Plan, *, on: date) -> list[Secondment]:
    there = Q(seconded_until=None) | Q(seconded_until__gte=on)
    rows = Secondment.objects.filter(
        there, team_id=team_id, pk__in=plan.member_ids, seconded_from__lte=on
    )
    found = list(rows.order_by("id"))
    if len(found) != len(set(plan.member_ids)):
        raise OperationRefused("enforcement.member_unknown", field="member_ids")
    if sum(one.is_officer for one in found) < law.LEAST_OFFICERS:
        raise OperationRefused("enforcement.too_few_officers", field="member_ids")
    return found


def _place(operation: Operation, lon: float, lat: float, *, on: datetime) -> None:
    check_point(lon, lat)
    found = locate(lon, lat, on.date())
    if found.street_id != operation.street_id:
        raise OperationRefused("enforcement.outside", field="address")
    operation.lon, operation.lat = lon, lat
    operation.area_id = found.grid_id or found.community_id
