"""A roster that comes from a sheet: each row is entered, or refused with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.ground.kernel.calendar_store import get_calendar
from linli.ground.people.errors import UnableToPlanDuty
from linli.ground.people.queries.duty import find_duty_account
from linli.ground.people.terms import Member
from linli.ground.people.terms.duty import (
    DUTY_ROLE_LABELS,
    DutyOutcome,
    DutyRefusal,
    DutyRole,
    DutyRow,
    NewShift,
)

from .duty import add_shift, check_may_plan, check_people, record_planned

_BY_WORD = {
    **{role.value: role for role in DutyRole},
    **{label: role for role, label in DUTY_ROLE_LABELS.items()},
}


def set_duty_shifts(
    *,
    street_code: str,
    rows: Iterable[DutyRow],
    member: Member,
    at: datetime,
    only_check: bool = False,
) -> DutyOutcome:
    """Enter the rows of a sheet that are right and give back the others, each with its reason.

    Args:
        only_check: say what would happen and change nothing.

    Raises:
        NotPermitted: for whom the roster of this street is not theirs to plan.
    """
    check_may_plan(member, street_code)
    added, refused = [], []
    with transaction.atomic():
        for row in rows:
            try:
                added.append(_enter(street_code, row, at))
            except UnableToPlanDuty as refusal:
                refused.append(_refused(row, refusal))
        if only_check:
            transaction.set_rollback(True)
        else:
            record_planned(added, street_code=street_code, member=member, at=at)
    return DutyOutcome(added=len(added), refused=tuple(refused))


def _enter(street_code: str, row: DutyRow, at: datetime) -> int:
    account_id = find_duty_account(login=row.login.strip())
    if account_id is None:
        raise UnableToPlanDuty("people.duty_unknown_login", field="login", login=row.login)
    check_people([account_id], street_code=street_code, at=at)
    shift = NewShift(
        role=_role(row.role),
        account_id=account_id,
        starts_at=_instant(row.starts_at, street_code, "starts_at"),
        ends_at=_instant(row.ends_at, street_code, "ends_at"),
    )
    return add_shift(street_code, shift)


def _role(text: str) -> DutyRole:
    role = _BY_WORD.get(text.strip())
    if role is None:
        known = "、".join(DUTY_ROLE_LABELS.values())
        raise UnableToPlanDuty("people.duty_unknown_role", field="role", role=text, known=known)
    return role


def _instant(text: str, street_code: str, field: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise UnableToPlanDuty("people.duty_bad_instant", field=field, text=text) from error
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(get_calendar(street_code).zone))


def _refused(row: DutyRow, refusal: UnableToPlanDuty) -> DutyRefusal:
    return DutyRefusal(
        line=row.line,
        field=refusal.field,
        code=refusal.code,
        message=refusal.message,
        params=refusal.params,
    )
