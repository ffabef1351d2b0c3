"""The settings of a sub-district as the desk shows them: value, range, who changed it last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Subject
from linli.ground.people.queries import list_account_names
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.rules.settings import (
    RUNG_OF_SETTING,
    SETTINGS,
    Setting,
    Value,
    check_order,
    value_of,
)
from linli.spine.cases.settings_events import (
    REASON,
    SettingChanged,
    SettingEvent,
    settings_subject,
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a setting: from what to what, by whom in which role, and why."""

    at: datetime
    who: str
    role: str
    before: Value
    after: Value
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingView:
    """One setting with its present value and its changes, the newest first."""

    setting: Setting
    value: Value
    changes: tuple[Change, ...]


def list_settings(*, street_id: int, street_code: str) -> list[SettingView]:
    """List all settings of a sub-district; the caller has asked the right."""
    policy = get_policy(street_id)
    return view_settings(
        SETTINGS.values(),
        value_of=lambda name: value_of(name, policy),
        subject=settings_subject(street_code),
        event=SettingChanged,
    )


def check_setting(*, street_id: int, name: str, value: Value) -> None:
    """Refuse what would leave the ladder of a sub-district out of order; others stand alone.

    Raises:
        SettingRefused: naming the rung.
    """
    if name in RUNG_OF_SETTING:
        check_order(name, value, get_policy(street_id))


def view_settings(
    settings: Iterable[Setting],
    *,
    value_of: Callable[[str], Value],
    subject: Subject,
    event: type[SettingEvent],
) -> list[SettingView]:
    """View the settings of a room with their changes.

    Args:
        value_of: gives what a setting is set to now.
        subject: whose changes are looked for; `event` is how that room records them.
    """
    changes = _changes(subject, event)
    return [
        SettingView(setting=one, value=value_of(one.name), changes=changes.get(one.name, ()))
        for one in settings
    ]


def _changes(subject: Subject, recorded: type[SettingEvent]) -> Mapping[str, tuple[Change, ...]]:
    happened = list_occurrences(subject)
    names = list_account_names({one.actor.account_id or 0 for one in happened})
    found: dict[str, tuple[Change, ...]] = {}
    for one in happened:
        event = one.event
        if isinstance(event, recorded):
            change = Change(
                at=one.at,
                who=names.get(one.actor.account_id or 0, ""),
                role=one.actor.role,
                before=Value(amount=event.amount_before, unit=event.unit_before),
                after=Value(amount=event.amount, unit=event.unit),
                reason=one.texts.get(REASON, ""),
            )
            found[event.setting] = (change, *found.get(event.setting, ()))
    return found
