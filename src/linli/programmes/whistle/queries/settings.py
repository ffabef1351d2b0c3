"""What each sub-district has set for its whistles; held by the process."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.programmes.whistle.models import WhistleSettings
from linli.programmes.whistle.rules.clocks import DEFAULT_LIMITS, DEFAULT_POLICY
from linli.programmes.whistle.rules.settings import SETTINGS, value_of, with_value
from linli.programmes.whistle.settings_events import WhistleSettingChanged, settings_subject
from linli.programmes.whistle.terms import Kind, KindLimits, Policy
from linli.spine.cases.queries.declared import SettingView, view_settings
from linli.spine.cases.rules.settings import Value


def get_policy(street_id: int) -> Policy:
    """Get what a sub-district has set, or the defaults."""
    return _policies.get().get(street_id, DEFAULT_POLICY)


def announce_policies() -> None:
    """Let every process read the settings again."""
    announce(_policies.name)


def list_settings(*, street_id: int, street_code: str) -> list[SettingView]:
    """List all settings with their changes, newest first; the caller has asked the right."""
    policy = get_policy(street_id)
    return view_settings(
        SETTINGS.values(),
        value_of=lambda name: value_of(name, policy),
        subject=settings_subject(street_code),
        event=WhistleSettingChanged,
    )


def check_setting(*, street_id: int, name: str, value: Value) -> None:
    """Refuse a limit that does not fit the others of its kind.

    Raises:
        SettingRefused: saying why.
    """
    with_value(name, value.amount, get_policy(street_id))


def _policy(row: WhistleSettings) -> Policy:
    limits = {
        Kind(name): KindLimits(
            answer=answer, least=least, usual=usual, is_always=DEFAULT_LIMITS[Kind(name)].is_always
        )
        for name, (answer, least, usual) in row.limits.items()
    }
    return Policy(
        limits={**DEFAULT_LIMITS, **limits},
        judge_days=row.judge_days,
        reply_days=row.reply_days,
        near_m=row.near_m,
        position_days=row.position_days,
    )


def _read_policies() -> Mapping[int, Policy]:
    return {row.street_id: _policy(row) for row in WhistleSettings.objects.all()}


_policies = Fresh("whistle settings", _read_policies)
