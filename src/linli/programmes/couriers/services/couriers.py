"""Commands on memberships: apply, confirm, refuse, leave."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, ActorKind
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Role, Target
from linli.ground.territory.queries import find_area
from linli.ground.territory.terms import AreaKind
from linli.programmes.couriers import events
from linli.programmes.couriers.models import Asked, Courier
from linli.programmes.couriers.queries.couriers import may_confirm
from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.programmes.couriers.terms import (
    MOST_COMPANY,
    MOST_REASON,
    Company,
    CourierState,
    courier_subject,
)

# No event names the account of a resident.
FACELESS = Actor(kind=ActorKind.RESIDENT, role=Role.RESIDENT.value)


@transaction.atomic
def apply(
    *, company: Company, company_name: str, area_code: str, member: Member, at: datetime
) -> int:
    """Ask to take part; who was refused or has left may ask again. Gives the id.

    Args:
        company_name: for `Company.OTHER` only.
        area_code: of the community one rides in most.

    Raises:
        CourierRefused: asked or confirmed already, no company, no such community.
    """
    name = company_name.strip() if company is Company.OTHER else ""
    if company is Company.OTHER and not name:
        raise CourierRefused("couriers.company_missing", field="company_name")
    if len(name) > MOST_COMPANY:
        raise CourierRefused("couriers.too_long", field="company_name", most=MOST_COMPANY)
    area = find_area(area_code)
    if area is None or area.kind is not AreaKind.COMMUNITY:
        raise CourierRefused("couriers.area_unknown", field="area_code")
    row = Courier.objects.select_for_update().filter(account_id=member.account_id).first()
    if row is not None and row.state in (CourierState.APPLIED, CourierState.CONFIRMED):
        raise CourierRefused("couriers.applied_already")
    row = row or Courier(account_id=member.account_id)
    row.company, row.company_name = company.value, name
    row.area_code, row.street_code = area_code, f"{area_code[:9]}000"
    row.state, row.applied_at = CourierState.APPLIED.value, at
    row.decided_at, row.decided_by, row.reason = None, None, ""
    row.save()
    applied = events.CourierApplied(area_code=area_code)
    record_event(applied, subject=courier_subject(row.pk), actor=FACELESS, at=at)
    return row.pk


@transaction.atomic
def decide(
    *, courier_id: int, confirms: bool, reason: str = "", member: Member, at: datetime
) -> None:
    """Confirm a courier, or refuse with a reason that they are told.

    Raises:
        CourierRefused: not there or not the member's, decided already, or no reason.
    """
    row = Courier.objects.select_for_update().filter(pk=courier_id).first()
    if row is None or not may_confirm(member, row):
        raise CourierRefused("couriers.not_found")
    if row.state != CourierState.APPLIED:
        raise CourierRefused("couriers.not_waiting")
    words = "" if confirms else reason.strip()
    if not confirms and not words:
        raise CourierRefused("couriers.reason_missing", field="reason")
    if len(words) > MOST_REASON:
        raise CourierRefused("couriers.too_long", field="reason", most=MOST_REASON)
    row.state = (CourierState.CONFIRMED if confirms else CourierState.REFUSED).value
    row.decided_by_id, row.decided_at, row.reason = member.account_id, at, words
    row.save()
    event = events.CourierConfirmed() if confirms else events.CourierRefused()
    target = Target(street_code=row.street_code, area_code=row.area_code, is_complaint=False)
    actor = member.actor(role=find_role(member, Action.COURIER_CONFIRM, target))
    record_event(event, subject=courier_subject(row.pk), actor=actor, at=at)


@transaction.atomic
def leave(*, member: Member, at: datetime) -> None:
    """No longer take part: reports stay as cases and are no longer tied to the account here.

    Raises:
        CourierRefused: who never took part.
    """
    row = Courier.objects.select_for_update().filter(account_id=member.account_id).first()
    if row is None or row.state == CourierState.LEFT:
        raise CourierRefused("couriers.not_found")
    Asked.objects.filter(courier=row).update(courier=None)
    row.state, row.company_name = CourierState.LEFT.value, ""
    row.reason = ""
    row.save()
    record_event(events.CourierLeft(), subject=courier_subject(row.pk), actor=FACELESS, at=at)
