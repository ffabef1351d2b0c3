"""What happens to the settings of a sub-district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened, Subject

# The words beside the event: why it was changed.
REASON = "reason"


@dataclass(frozen=True, kw_only=True)
class SettingEvent(Happened):
    """A setting, of this room or another, was changed; the unit is empty for a plain count."""

    setting: str
    amount_before: int
    unit_before: str
    amount: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class SettingChanged(SettingEvent):
    """A setting of cases was changed."""

    name: ClassVar[str] = "cases.setting_changed"


def settings_subject(street_code: str) -> Subject:
    """Name the settings of a sub-district as the subject of events."""
    return Subject(kind="cases.CaseSettings", id=street_code)
