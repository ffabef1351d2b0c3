"""The settings of a sub-district as the desk shows them: value, range, who changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.rules.settings import SETTINGS, Setting, Value, value_of
from linli.spine.cases.settings_events import SettingChanged, settings_subject


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a setting: from what to what, by whom in which role."""

    at: datetime
    who: str
    role: str
    before: Value
    after: Value


@dataclass(frozen=True, kw_only=True)
class SettingView:
    """One setting with its present value and its changes, the newest first."""

    setting: Setting
    value: Value
    changes: tuple[Change, ...]


def list_settings(*, street_id: int, street_code: str) -> list[SettingView]:
    """List all settings of a sub-district; the caller has asked the right."""
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
        if isinstance(event, SettingChanged):
            change = Change(
                at=one.at,
                who=names.get(one.actor.account_id or 0, ""),
                role=one.actor.role,
                before=Value(amount=event.amount_before, unit=event.unit_before),
                after=Value(amount=event.amount, unit=event.unit),
            )
            found[event.setting] = (change, *found.get(event.setting, ()))
    return found
