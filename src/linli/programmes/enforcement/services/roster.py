"""The roster: who joins the team, who goes back, and what the departments may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.queries import list_organisations
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, OrganisationKind, OrganisationRef, Target
from linli.ground.territory.queries import get_area
from linli.programmes.enforcement.events import MemberSeconded, SecondmentEnded
from linli.programmes.enforcement.models import Power, Secondment
from linli.programmes.enforcement.rules.refusals import UnableToSecond
from linli.programmes.enforcement.terms import Kind, MeasureKind, SecondmentInput

_BY_CONSTRAINT = {
    "enforcement_secondment_once_at_a_time": ("enforcement.seconded_already", "person_id"),
    "enforcement_secondment_badge_once": ("enforcement.badge_taken", "badge_number"),
    "enforcement_secondment_term_in_order": ("enforcement.term_reversed", "seconded_until"),
    "people_person": ("enforcement.person_unknown", "person_id"),
}


@transaction.atomic
def second(*, said: SecondmentInput, member: Member, at: datetime) -> int:
    """Put somebody on the roster and return the line's id.

    Raises:
        UnableToSecond: not by this member, or the line contradicts another.
    """
    team = _organisation(said.team_id, (OrganisationKind.JOINT_TEAM,), "enforcement.team_unknown")
    _organisation(said.home_id, tuple(OrganisationKind), "enforcement.home_unknown")
    actor = _allowed(member, team)
    row = Secondment(
        person_id=said.person_id,
        team_id=said.team_id,
        home_id=said.home_id,
        badge_number=said.badge_number.strip()[:40],
        is_officer=said.is_officer and bool(said.badge_number.strip()),
        seconded_from=said.seconded_from,
        seconded_until=said.seconded_until,
    )
    if said.seconded_until is not None and said.seconded_until < said.seconded_from:
        raise UnableToSecond("enforcement.term_reversed", field="seconded_until")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise _refusal(fault) from fault
    record_event(
        MemberSeconded(secondment_id=row.pk, home_id=said.home_id),
        subject=Subject(kind="enforcement.Secondment", id=str(row.pk)),
        actor=actor,
        at=at,
    )
    return row.pk


@transaction.atomic
def end_secondment(*, secondment_id: int, last_on: date, member: Member, at: datetime) -> None:
    """Let somebody go back to the home department after a day.

    Raises:
        UnableToSecond: not by this member, no such line, or the day lies before its beginning.
    """
    row = Secondment.objects.select_for_update().filter(pk=secondment_id).first()
    if row is None or (row.seconded_until is not None and row.seconded_until <= last_on):
        raise UnableToSecond("enforcement.not_on_the_roster")
    kinds = (OrganisationKind.JOINT_TEAM,)
    actor = _allowed(member, _organisation(row.team_id, kinds, "enforcement.team_unknown"))
    if last_on < row.seconded_from:
        raise UnableToSecond("enforcement.term_reversed", field="last_on")
    row.seconded_until = last_on
    row.save(update_fields=["seconded_until"])
    record_event(
        SecondmentEnded(secondment_id=row.pk, last_on=last_on),
        subject=Subject(kind="enforcement.Secondment", id=str(row.pk)),
        actor=actor,
        at=at,
    )


@transaction.atomic
def add_power(
    *,
    department_id: int,
    operation_kind: Kind,
    title: str,
    basis: str,
    measures: Iterable[MeasureKind],
    title_en: str = "",
    basis_en: str = "",
) -> int:
    """Enter what a department may do by law when the house is set up; return its id.

    What is in force is left as it is: from then on `powers.write_power` keeps versions.
    """
    row, _created = Power.objects.get_or_create(
        department_id=department_id,
        operation_kind=operation_kind.value,
        title=title,
        is_active=True,
        defaults={
            "basis": basis,
            "title_en": title_en,
            "basis_en": basis_en,
            "measures": [one.value for one in measures],
        },
    )
    return row.pk


def _organisation(
    organisation_id: int, kinds: tuple[OrganisationKind, ...], code: str
) -> OrganisationRef:
    found = list_organisations(ids=[organisation_id], kinds=kinds)
    if not found:
        raise UnableToSecond(code)
    return found[0]


def _allowed(member: Member, team: OrganisationRef) -> Actor:
    street_code = get_area(team.area_id).code if team.area_id else ""
    target = Target(street_code=street_code, organisation_ids=(team.id,), is_complaint=False)
    role = find_role(member, Right.ENFORCEMENT_ROSTER, target)
    if role is None:
        raise UnableToSecond("enforcement.roster_not_yours")
    return member.actor(role=role)


def _refusal(fault: IntegrityError) -> UnableToSecond:
    said = str(fault)
    code, field = next(
        (told for name, told in _BY_CONSTRAINT.items() if name in said),
        ("enforcement.person_unknown", "person_id"),
    )
    return UnableToSecond(code, field=field)
