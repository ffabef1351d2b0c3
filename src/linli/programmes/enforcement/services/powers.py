"""The list of powers: who may do what by which provision and delegation, kept in versions."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.queries import list_organisations
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.programmes.enforcement.events import PowerRetired, PowerWritten
from linli.programmes.enforcement.models import Power
from linli.programmes.enforcement.rules.refusals import UnableToWritePower
from linli.programmes.enforcement.terms import PowerInput, Way

MOST_TITLE, MOST_BASIS = 120, 300


@transaction.atomic
def write_power(
    *, said: PowerInput, member: Member, at: datetime, power_id: int | None = None
) -> int:
    """Write a power anew or in a new version, and return the version's id; older ones stay.

    Args:
        power_id: the version in force that is replaced; without it a new entry.

    Raises:
        UnableToWritePower: not by this member, or what is wrong with it.
    """
    actor = _allowed(member)
    _check(said)
    before = _in_force(power_id) if power_id is not None else None
    if before is not None:
        before.is_active = False
        before.save(update_fields=["is_active"])
    row = _row(said, before, member, at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise UnableToWritePower("enforcement.power_known", field="title") from fault
    told = PowerWritten(power_id=row.pk, department_id=row.department_id, version=row.version)
    record_event(told, subject=_subject(row), actor=actor, at=at)
    return row.pk


@transaction.atomic
def retire_power(*, power_id: int, member: Member, at: datetime) -> None:
    """Take a power out of use; what was done by it stays as it was.

    Raises:
        UnableToWritePower: not by this member, or it is not in force.
    """
    actor = _allowed(member)
    row = _in_force(power_id)
    row.is_active = False
    row.save(update_fields=["is_active"])
    record_event(PowerRetired(power_id=row.pk), subject=_subject(row), actor=actor, at=at)


def _row(said: PowerInput, before: Power | None, member: Member, at: datetime) -> Power:
    return Power(
        department_id=said.department_id,
        operation_kind=said.operation_kind.value,
        title=said.title.strip(),
        title_en=said.title_en.strip(),
        basis=said.basis.strip(),
        basis_en=said.basis_en.strip(),
        measures=[one.value for one in said.measures],
        way=said.way.value,
        delegation="" if said.way is Way.OWN else said.delegation.strip(),
        version=before.version + 1 if before else 1,
        origin_id=(before.origin_id or before.pk) if before else None,
        written_by_id=member.account_id,
        written_at=at,
    )


def _check(said: PowerInput) -> None:
    for name, text, most in (
        ("title", said.title, MOST_TITLE),
        ("basis", said.basis, MOST_BASIS),
    ):
        if not text.strip() or len(text) > most or "\x00" in text:
            raise UnableToWritePower("enforcement.power_missing", field=name)
    if not said.measures:
        raise UnableToWritePower("enforcement.power_without_measures", field="measures")
    if said.way is not Way.OWN and not said.delegation.strip():
        raise UnableToWritePower("enforcement.delegation_missing", field="delegation")
    if not list_organisations(ids=[said.department_id]):
        raise UnableToWritePower("enforcement.power_home_unknown", field="department_id")


def _in_force(power_id: int) -> Power:
    row = Power.objects.select_for_update().filter(pk=power_id, is_active=True).first()
    if row is None:
        raise UnableToWritePower("enforcement.power_changed")
    return row


def _subject(row: Power) -> Subject:
    return Subject(kind="enforcement.Power", id=str(row.origin_id or row.pk))


def _allowed(member: Member) -> Actor:
    for post in member.appointments:
        target = Target(street_code=post.street_code, is_complaint=False)
        role = find_role(member, Right.ENFORCEMENT_APPROVE, target)
        if post.street_code and role is not None:
            return member.actor(role=role)
    raise UnableToWritePower("enforcement.powers_not_yours")
