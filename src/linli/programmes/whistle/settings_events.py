"""What happens to the limits of whistles a sub-district has set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Subject
from linli.spine.cases.settings_events import SettingEvent


@dataclass(frozen=True, kw_only=True)
class WhistleSettingChanged(SettingEvent):
    """A limit of whistles was changed; those blown before keep theirs."""

    name: ClassVar[str] = "whistle.setting_changed"


def settings_subject(street_code: str) -> Subject:
    """Name the settings of a sub-district as the subject of events."""
    return Subject(kind="whistle.WhistleSettings", id=street_code)
