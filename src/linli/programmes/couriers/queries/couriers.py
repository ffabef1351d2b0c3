"""Memberships: one's own, and those a community confirms."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import may, reach
from linli.ground.people.terms import Action, Member, Target
from linli.programmes.couriers.models import Courier
from linli.programmes.couriers.terms import Company, CourierState, CourierView

MOST_ROWS = 200


def find_own(*, account_id: int) -> CourierView | None:
    """Find one's own membership, or None."""
    row = Courier.objects.filter(account_id=account_id).first()
    return _view(row, "") if row else None


def is_confirmed(*, account_id: int) -> bool:
    """Say whether an account is a confirmed courier."""
    rows = Courier.objects.filter(account_id=account_id, state=CourierState.CONFIRMED.value)
    return rows.exists()


def list_couriers(*, member: Member, state: CourierState) -> list[CourierView]:
    """List the memberships in this state that a member may confirm, the oldest first, by name."""
    rows = _in_reach(member).filter(state=state.value).order_by("applied_at")[:MOST_ROWS]
    return _views(rows)


def may_confirm(member: Member, row: Courier) -> bool:
    """Say whether a member may confirm this courier; nobody confirms themselves."""
    target = Target(street_code=row.street_code, area_code=row.area_code, is_complaint=False)
    is_own = member.account_id == row.account_id
    return not is_own and may(member, Action.COURIER_CONFIRM, target)


def _in_reach(member: Member) -> QuerySet[Courier]:
    scope = reach(member, Action.COURIER_CONFIRM)
    wanted = Q(pk__in=[])
    for prefix in scope.area_prefixes:
        wanted |= Q(area_code__startswith=prefix)
    return Courier.objects.filter(wanted)


def _views(rows: Iterable[Courier]) -> list[CourierView]:
    listed = list(rows)
    names = list_account_names({row.account_id for row in listed})
    return [_view(row, names.get(row.account_id, "")) for row in listed]


def _view(row: Courier, name: str) -> CourierView:
    return CourierView(
        id=row.pk,
        account_id=row.account_id,
        name=name,
        company=Company(row.company),
        company_name=row.company_name,
        area_code=row.area_code,
        state=CourierState(row.state),
        applied_at=row.applied_at,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def get_courier_address(courier_id: int) -> tuple[int, str]:
    """Get whose membership it is and in which community; only for notices."""
    row = Courier.objects.get(pk=courier_id)
    return row.account_id, row.area_code
