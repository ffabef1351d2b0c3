"""One limit of whistles changed at the desk, on record with who, when and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.people.terms import Member
from linli.programmes.whistle.models import WhistleSettings
from linli.programmes.whistle.queries.settings import announce_policies, get_policy
from linli.programmes.whistle.rules.settings import SETTINGS, value_of, with_value
from linli.programmes.whistle.settings_events import WhistleSettingChanged, settings_subject
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import Value, check_fit, check_reason
from linli.spine.cases.services.changing import admit, record_setting

from .settings import set_whistle_settings


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
    """Set one limit of a sub-district's whistles; all others stay, and so do whistles blown before.

    Args:
        seen: what the member had before the eyes, so that nobody overwrites another unseen.
        reason: why; it is asked for.

    Raises:
        SettingRefused: not this member's, changed meanwhile, unknown, out of range or order, the
            same, or without its reason.
    """
    street, actor = admit(street_code=street_code, member=member, at=at)
    if name not in SETTINGS:
        raise SettingRefused("setting.unknown")
    if not WhistleSettings.objects.filter(street_id=street.id).exists():
        set_whistle_settings(street_id=street.id)
    WhistleSettings.objects.select_for_update().get(street_id=street.id)
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    announce_policies()
    policy = get_policy(street.id)
    before = value_of(name, policy)
    if before != seen:
        raise SettingRefused("setting.changed_meanwhile")
    check_fit(SETTINGS[name], value, before=before)
    following = with_value(name, value.amount, policy)
    said = check_reason(SETTINGS[name], reason)
    set_whistle_settings(
        street_id=street.id,
        limits=following.limits,
        judge_days=following.judge_days,
        reply_days=following.reply_days,
        near_m=following.near_m,
        position_days=following.position_days,
    )
    event = WhistleSettingChanged(
        setting=name,
        amount_before=before.amount,
        unit_before=before.unit,
        amount=value.amount,
        unit=value.unit,
    )
    record_setting(event, subject=settings_subject(street_code), actor=actor, at=at, reason=said)
