"""A plan is drawn up, perhaps for a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from linli.ground.kernel.calendars import due_after
from linli.ground.kernel.queries import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.people.queries import list_organisations
from linli.ground.people.rules import find_acting_post, may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, OrganisationKind, Target
from linli.ground.territory.queries import find_area
from linli.programmes.enforcement import events
from linli.programmes.enforcement.models import Operation
from linli.programmes.enforcement.queries.facts import open_file
from linli.programmes.enforcement.queries.operations import view_of
from linli.programmes.enforcement.rules.procedure import ACTIONS, LIMITS
from linli.programmes.enforcement.rules.refusals import OperationRefused
from linli.programmes.enforcement.services.plans import keep_members, set_plan
from linli.programmes.enforcement.terms import (
    ActionName,
    OperationView,
    Plan,
    Step,
    operation_subject,
)
from linli.spine.cases.queries.case import get_case


@transaction.atomic
def plan_operation(
    *, plan: Plan, member: Member, at: datetime, case_id: UUID | None = None
) -> OperationView:
    """Draw up a plan for one of the member's teams.

    Args:
        case_id: the matter it is for; the member must be allowed to read it.

    Raises:
        OperationRefused: not by this member, or the plan is not whole.
        NoSuchCase: no such case, or not for this member.
    """
    team_id, street_code = _team_of(member)
    if case_id is not None:
        get_case(case_id=case_id, member=member, at=at)
    calendar = get_calendar(street_code)
    street = find_area(street_code)
    if street is None:
        raise OperationRefused("enforcement.outside", field="address")
    operation = Operation(
        number=_next_number(at),
        step=Step.PLANNING.value,
        team_id=team_id,
        street_id=street.id,
        case_id=case_id,
        planned_at=at,
        due_at=due_after(at, LIMITS[Step.PLANNING], calendar),
    )
    member_ids = set_plan(operation, plan, zone=calendar.zone)
    operation.save(force_insert=True)
    keep_members(operation, member_ids)
    event = events.OperationPlanned(
        number=operation.number,
        operation_kind=operation.kind,
        team_id=team_id,
        street_id=street.id,
        case_id=case_id,
        member_ids=member_ids,
        due_at=operation.due_at,
    )
    target = Target(street_code=street_code, organisation_ids=(team_id,), is_complaint=False)
    record_event(
        event,
        subject=operation_subject(operation.id),
        actor=member.actor(post=find_acting_post(member, Right.ENFORCEMENT_PLAN, target)),
        at=at,
        step_after=Step.PLANNING,
    )
    return view_of(open_file(operation.id), at)


def _team_of(member: Member) -> tuple[int, str]:
    teams = {one.id for one in list_organisations(kinds=[OrganisationKind.JOINT_TEAM])}
    for post in member.appointments:
        target = Target(
            street_code=post.street_code,
            organisation_ids=(post.organisation_id or 0,),
            is_complaint=False,
        )
        if post.organisation_id in teams and may(member, Right.ENFORCEMENT_PLAN, target):
            return post.organisation_id or 0, post.street_code
    label = ACTIONS[ActionName.REVISE_PLAN].label
    raise OperationRefused("enforcement.not_yours", action=label)


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('enforcement_number')")
        (number,) = cursor.fetchone() or (0,)
    return f"ZF{at.year}-{number:04d}"
