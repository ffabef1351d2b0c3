"""One setting changed at the desk: a new version, on record with who and when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.people.terms import Member
from linli.programmes.callback.events import CallbackSettingChanged
from linli.programmes.callback.models import CallbackSettings
from linli.programmes.callback.queries.settings import announce_policies, get_policy
from linli.programmes.callback.rules.settings import SETTINGS, value_of, with_value
from linli.programmes.callback.terms import Policy, settings_subject
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import Value, check_fit, check_reason
from linli.spine.cases.services.changing import admit, record_setting


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
    """Set one setting of a sub-district as a new version; earlier figures stay as they were.

    Args:
        seen: what the member had before the eyes, so that nobody overwrites another unseen.
        reason: why, if it was said.

    Raises:
        SettingRefused: not this member's, changed meanwhile, unknown, out of range, or the same.
    """
    street, actor = admit(street_code=street_code, member=member, at=at)
    if name not in SETTINGS:
        raise SettingRefused("setting.unknown")
    # Another process may have changed it a moment ago: read anew what is kept in memory.
    list(CallbackSettings.objects.select_for_update().filter(street_id=street.id))
    announce_policies()
    policy = get_policy(street.id)
    before = value_of(name, policy)
    if before != seen:
        raise SettingRefused("setting.changed_meanwhile")
    check_fit(SETTINGS[name], value, before=before)
    said = check_reason(SETTINGS[name], reason)
    following = with_value(name, value.amount, policy)
    _write(street.id, following, at)
    event = CallbackSettingChanged(
        setting=name,
        amount_before=before.amount,
        unit_before=before.unit,
        amount=value.amount,
        unit=value.unit,
        version=following.version,
    )
    record_setting(event, subject=settings_subject(street_code), actor=actor, at=at, reason=said)


def _write(street_id: int, policy: Policy, at: datetime) -> None:
    CallbackSettings.objects.create(
        street_id=street_id,
        version=policy.version,
        set_at=at,
        shares=dict(policy.shares),
        due_days=policy.due_days,
        answer_days=policy.answer_days,
        fairly_weight=policy.fairly_weight,
        missed_weight=policy.missed_weight,
        least=policy.least,
    )
    announce_policies()
