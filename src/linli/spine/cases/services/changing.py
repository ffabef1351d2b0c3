"""One setting of a sub-district changed at the desk, on record with who, when and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Target
from linli.ground.territory.queries import find_area
from linli.ground.territory.terms import AreaView
from linli.spine.cases.models import CaseSettings
from linli.spine.cases.queries.settings import announce_policies, get_policy
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import (
    COUNTED,
    IN_CALENDAR_DAYS,
    IN_WORKING_DAYS,
    RUNG_OF_SETTING,
    SETTINGS,
    Value,
    check_order,
    check_reason,
    check_value,
    read_rung_value,
    value_of,
)
from linli.spine.cases.services.climbing import plan_anew_later
from linli.spine.cases.settings_events import (
    REASON,
    SettingChanged,
    SettingEvent,
    settings_subject,
)


@transaction.atomic
def change_setting(
    *,
    street_code: str,
    name: str,
    value: Value,
    seen: Value,
    member: Member,
    at: datetime,
    reason: str = "",
) -> None:
    """Set one setting of a sub-district; all others stay.

    Args:
        seen: what the member had before the eyes, so that nobody overwrites another unseen.
        reason: why, where the setting asks for it.

    Raises:
        SettingRefused: not this member's, changed meanwhile, unknown, out of range or order, the
            same, or without its reason.
    """
    street, actor = admit(street_code=street_code, member=member, at=at)
    CaseSettings.objects.get_or_create(street_id=street.id)
    row = CaseSettings.objects.select_for_update().get(street_id=street.id)
    if name not in SETTINGS:
        raise SettingRefused("setting.unknown")
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    announce_policies()
    policy = get_policy(street.id)
    before = value_of(name, policy)
    if before != seen:
        raise SettingRefused("setting.changed_meanwhile")
    check_value(name, value, before=before)
    if name in RUNG_OF_SETTING:
        check_order(name, value, policy)
    said = check_reason(SETTINGS[name], reason)
    _write(row, name, value)
    announce_policies()
    event = SettingChanged(
        setting=name,
        amount_before=before.amount,
        unit_before=before.unit,
        amount=value.amount,
        unit=value.unit,
    )
    record_setting(event, subject=settings_subject(street_code), actor=actor, at=at, reason=said)


def admit(*, street_code: str, member: Member, at: datetime) -> tuple[AreaView, Actor]:
    """Give the sub-district and who acts, if the member may change its settings.

    Raises:
        SettingRefused: when they are not this member's.
    """
    target = Target(street_code=street_code, is_complaint=False)
    role = find_role(member, Action.SETTINGS_EDIT, target)
    street = find_area(street_code, on=timezone.localdate(at))
    if role is None or street is None:
        raise SettingRefused("setting.not_yours")
    return street, member.actor(role=role)


def record_setting(
    event: SettingEvent, *, subject: Subject, actor: Actor, at: datetime, reason: str
) -> None:
    """Record that a setting was changed, with the words why beside it."""
    record_event(event, subject=subject, actor=actor, at=at, texts={REASON: reason})


def _write(row: CaseSettings, name: str, value: Value) -> None:
    if name in RUNG_OF_SETTING:
        at = read_rung_value(value)
        row.ladder = {**row.ladder, RUNG_OF_SETTING[name].value: at and [at.base.value, at.amount]}
        row.save(update_fields=["ladder"])
        plan_anew_later(street_id=row.street_id)
        return
    if name in (*IN_CALENDAR_DAYS, *COUNTED, *IN_WORKING_DAYS):
        setattr(row, name, value.amount)
        row.save(update_fields=[name])
        return
    row.limits = {**row.limits, name: [value.amount, value.unit]}
    row.save(update_fields=["limits"])
