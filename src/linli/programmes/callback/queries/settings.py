"""What each sub-district has set for its call-backs, version by version; held by the process."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.programmes.callback.events import CallbackSettingChanged
from linli.programmes.callback.models import CallbackSettings
from linli.programmes.callback.rules.settings import SETTINGS, value_of
from linli.programmes.callback.terms import Policy, settings_subject
from linli.spine.cases.queries.declared import Change, SettingView
from linli.spine.cases.rules.settings import Value

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
    policy, changes = get_policy(street_id), _changes(street_code)
    return [
        SettingView(
            setting=setting,
            value=value_of(setting.name, policy),
            changes=changes.get(setting.name, ()),
        )
        for setting in SETTINGS.values()
    ]


def _changes(street_code: str) -> Mapping[str, tuple[Change, ...]]:
    happened = list_occurrences(settings_subject(street_code))
    names = list_account_names({one.actor.account_id or 0 for one in happened})
    found: dict[str, tuple[Change, ...]] = {}
    for one in happened:
        event = one.event
        if isinstance(event, CallbackSettingChanged):
            change = Change(
                at=one.at,
                who=names.get(one.actor.account_id or 0, ""),
                role=one.actor.role,
                before=Value(amount=event.amount_before, unit=event.unit_before),
                after=Value(amount=event.amount, unit=event.unit),
            )
            found[event.setting] = (change, *found.get(event.setting, ()))
    return found


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
