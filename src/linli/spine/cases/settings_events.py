"""What happens to the settings of a sub-district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened, Subject


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Happened):
    """A setting was changed; the unit is empty for a plain count."""

    name: ClassVar[str] = "cases.setting_changed"
    setting: str
    amount_before: int
    unit_before: str
    amount: int
    unit: str


def settings_subject(street_code: str) -> Subject:
    """Name the settings of a sub-district as the subject of events."""
    return Subject(kind="cases.CaseSettings", id=street_code)
