"""What each sub-district has set for its call-backs, version by version; held by the process."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.programmes.callback.events import CallbackSettingChanged
from linli.programmes.callback.models import CallbackSettings
from linli.programmes.callback.rules.settings import SETTINGS, value_of
from linli.programmes.callback.terms import Policy, settings_subject
from linli.spine.cases.queries.declared import SettingView, view_settings

DEFAULT = Policy()


def get_policy(street_id: int) -> Policy:
    """Get what holds now: the newest version, or what holds until somebody sets it."""
    return _policies.get().get(street_id, (DEFAULT,))[-1]


def get_policies(street_id: int) -> Mapping[int, Policy]:
    """Get every version there has been, by its number; 0 is the default."""
    return {one.version: one for one in _policies.get().get(street_id, (DEFAULT,))}


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
        event=CallbackSettingChanged,
    )


def _read() -> Mapping[int, tuple[Policy, ...]]:
    found: dict[int, tuple[Policy, ...]] = {}
    for row in CallbackSettings.objects.order_by("street_id", "version"):
        found[row.street_id] = (*found.get(row.street_id, (DEFAULT,)), _policy(row))
    return found


def _policy(row: CallbackSettings) -> Policy:
    return Policy(
        version=row.version,
        shares=row.shares,
        due_days=row.due_days,
        answer_days=row.answer_days,
        fairly_weight=row.fairly_weight,
        missed_weight=row.missed_weight,
        least=row.least,
    )


_policies = Fresh("callback settings", _read)
