"""One setting of a sub-district changed at the desk, on record with who and when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.queries import find_area
from linli.spine.cases.models import CaseSettings
from linli.spine.cases.queries.settings import announce_policies, get_policy
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import (
    COUNTED,
    IN_CALENDAR_DAYS,
    IN_WORKING_DAYS,
    SETTINGS,
    Value,
    check_value,
    value_of,
)
from linli.spine.cases.settings_events import SettingChanged, settings_subject


@transaction.atomic
def change_setting(
    *, street_code: str, name: str, value: Value, seen: Value, member: Member, at: datetime
) -> None:
    """Set one setting of a sub-district; all others stay.

    Args:
        seen: what the member had before the eyes, so that nobody overwrites another unseen.

    Raises:
        SettingRefused: not this member's, changed meanwhile, unknown, out of range, or the same.
    """
    role = find_role(
        member, Action.SETTINGS_EDIT, Target(street_code=street_code, is_complaint=False)
    )
    street = find_area(street_code, on=timezone.localdate(at))
    if role is None or street is None:
        raise SettingRefused("setting.not_yours")
    CaseSettings.objects.get_or_create(street_id=street.id)
    row = CaseSettings.objects.select_for_update().get(street_id=street.id)
    if name not in SETTINGS:
        raise SettingRefused("setting.unknown")
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    announce_policies()
    before = value_of(name, get_policy(street.id))
    if before != seen:
        raise SettingRefused("setting.changed_meanwhile")
    check_value(name, value, before=before)
    _write(row, name, value)
    announce_policies()
    record_event(
        SettingChanged(
            setting=name,
            amount_before=before.amount,
            unit_before=before.unit,
            amount=value.amount,
            unit=value.unit,
        ),
        subject=settings_subject(street_code),
        actor=member.actor(role=role),
        at=at,
    )


def _write(row: CaseSettings, name: str, value: Value) -> None:
    if name in (*IN_CALENDAR_DAYS, *COUNTED, *IN_WORKING_DAYS):
        setattr(row, name, value.amount)
        row.save(update_fields=[name])
        return
    row.limits = {**row.limits, name: [value.amount, value.unit]}
    row.save(update_fields=["limits"])
