"""Commands on the duty roster: filling it, giving a shift to another, swapping by consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Happened, Subject
from linli.ground.people import duty_rules
from linli.ground.people.errors import NotPermitted, UnableToPlanDuty
from linli.ground.people.events import (
    DutyPhoneSet,
    DutyPlanned,
    DutyShiftGiven,
    DutyShiftRemoved,
)
from linli.ground.people.models import DutyDesk, DutyShift
from linli.ground.people.queries.duty import list_duty_people
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Target, plain_phone
from linli.ground.people.terms.duty import DutyOutcome, NewShift, Pattern

_TWICE = "people_dutyshift_person_once"


def fill_duty(*, street_code: str, pattern: Pattern, member: Member, at: datetime) -> DutyOutcome:
    """Fill the roster by a pattern; where the role is filled already, nothing changes.

    Raises:
        NotPermitted: for whom the roster of this street is not theirs to plan.
        UnableToPlanDuty: when the pattern can't be laid out, or names somebody not of this street.
    """
    check_may_plan(member, street_code)
    shifts = duty_rules.lay_out(pattern, get_calendar(street_code))
    check_people(pattern.account_ids, street_code=street_code, at=at)
    with transaction.atomic():
        free = [shift for shift in shifts if not _is_filled(street_code, shift)]
        added = [add_shift(street_code, shift) for shift in free]
        record_planned(added, street_code=street_code, member=member, at=at)
    return DutyOutcome(added=len(added), passed_over=len(shifts) - len(added))


def give_duty_shift(*, shift_id: int, account_id: int, member: Member, at: datetime) -> None:
    """Let the planner of the roster give a shift to somebody else.

    Raises:
        NotPermitted: as `fill_duty`.
        UnableToPlanDuty: when the shift is gone or over, or the other can't be on duty then.
    """
    with transaction.atomic():
        shift = lock_shift(shift_id, at=at)
        check_may_plan(member, shift.street_code)
        check_people([account_id], street_code=shift.street_code, at=at)
        hand_shift(shift, account_id=account_id, member=member, at=at)
        check_now()


def remove_duty_shift(*, shift_id: int, member: Member, at: datetime) -> None:
    """Take a shift that is not over out of the roster.

    Raises:
        NotPermitted: as `fill_duty`.
        UnableToPlanDuty: when the shift is gone or over.
    """
    with transaction.atomic():
        shift = lock_shift(shift_id, at=at)
        check_may_plan(member, shift.street_code)
        removed = DutyShiftRemoved(
            shift_id=shift.pk,
            account_id=shift.account_id,
            role=shift.role,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
        )
        record(removed, street_code=shift.street_code, member=member, at=at)
        shift.delete()


def set_duty_phone(*, street_code: str, phone: str, member: Member, at: datetime) -> None:
    """Set the number by which the duty desk of a street is reached.

    Raises:
        NotPermitted: as `fill_duty`.
        UnableToPlanDuty: when it is no telephone number.
    """
    check_may_plan(member, street_code)
    if not plain_phone(phone):
        raise UnableToPlanDuty("people.duty_phone_malformed", field="phone")
    with transaction.atomic():
        DutyDesk.objects.update_or_create(
            street_code=street_code, defaults={"phone": phone.strip()}
        )
        record(DutyPhoneSet(), street_code=street_code, member=member, at=at)


def check_may_plan(member: Member, street_code: str) -> None:
    """Refuse who may not plan the roster of this street.

    Raises:
        NotPermitted: saying so.
    """
    target = Target(street_code=street_code, is_complaint=False)
    if not may(member, Action.DUTY_PLAN, target):
        raise NotPermitted


def check_people(account_ids: Iterable[int], *, street_code: str, at: datetime) -> None:
    """Refuse an account that can't be on duty in this street.

    Raises:
        UnableToPlanDuty: when one of them can't.
    """
    known = list_duty_people(street_code=street_code, at=at)
    if any(account_id not in known for account_id in account_ids):
        raise UnableToPlanDuty("people.duty_not_staff", field="people")


def add_shift(street_code: str, shift: NewShift) -> int:
    """Enter one shift in the caller's transaction and give its id.

    Raises:
        UnableToPlanDuty: when the same person holds the same role already, or the span is no shift.
    """
    duty_rules.check_span(shift.starts_at, shift.ends_at)
    row = DutyShift(
        street_code=street_code,
        role=shift.role.value,
        account_id=shift.account_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        check_now()
    return row.pk


def lock_shift(shift_id: int, *, at: datetime) -> DutyShift:
    """Lock a shift that is not over.

    Raises:
        UnableToPlanDuty: when it is gone or over.
    """
    shift = DutyShift.objects.select_for_update().filter(id=shift_id).first()
    if shift is None:
        raise UnableToPlanDuty("people.duty_no_shift")
    if shift.ends_at <= at:
        raise UnableToPlanDuty("people.duty_over")
    return shift


def hand_shift(
    shift: DutyShift, *, account_id: int, member: Member, at: datetime, swap_id: int | None = None
) -> None:
    """Give a locked shift to somebody else and record it."""
    given = DutyShiftGiven(
        shift_id=shift.pk,
        from_account_id=shift.account_id,
        to_account_id=account_id,
        swap_id=swap_id,
    )
    shift.account_id = account_id
    shift.save(update_fields=["account"])
    record(given, street_code=shift.street_code, member=member, at=at)


def check_now() -> None:
    """Let the database say at once whether somebody stands twice in the roster.

    Raises:
        UnableToPlanDuty: when so.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {_TWICE} IMMEDIATE")
            cursor.execute(f"SET CONSTRAINTS {_TWICE} DEFERRED")
    except IntegrityError as error:
        raise UnableToPlanDuty("people.duty_twice") from error


def record(event: Happened, *, street_code: str, member: Member, at: datetime) -> None:
    """Record what happened to the roster of a street."""
    roster = Subject(kind="people.DutyRoster", id=street_code)
    record_event(event, subject=roster, actor=member.actor(), at=at)


def record_planned(
    shift_ids: Iterable[int], *, street_code: str, member: Member, at: datetime
) -> None:
    """Record which shifts were entered, if any."""
    ids = tuple(shift_ids)
    if ids:
        record(DutyPlanned(shift_ids=ids), street_code=street_code, member=member, at=at)


def _is_filled(street_code: str, shift: NewShift) -> bool:
    at_once = Q(starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at)
    same = Q(street_code=street_code, role=shift.role.value)
    busy = Q(account_id=shift.account_id, role=shift.role.value)
    return DutyShift.objects.filter(at_once & (same | busy)).exists()
