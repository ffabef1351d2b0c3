"""What happens to what a sub-district sets for notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linli.ground.kernel.terms import Happened, Subject


@dataclass(frozen=True, kw_only=True)
class QuietHoursChanged(Happened):
    """The quiet hours of a sub-district were changed; local times as HH:MM, equal ones: never."""

    name: ClassVar[str] = "notices.quiet_hours_changed"
    starts_before: str
    ends_before: str
    starts: str
    ends: str


def quiet_subject(street_code: str) -> Subject:
    """Name the quiet hours of a sub-district as the subject of events."""
    return Subject(kind="notices.StreetQuiet", id=street_code)
