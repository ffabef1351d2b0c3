"""What happens around a call-back; fields hold ids, codes and times, never words of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from linli.ground.kernel.terms import Happened
from linli.spine.cases.settings_events import SettingEvent


@dataclass(frozen=True, kw_only=True)
class CallbackMade(Happened):
    """A closed case is to be called back, by the settings of that version."""

    name: ClassVar[str] = "callback.made"
    case_id: UUID
    closed_at: datetime
    street_id: int
    community_id: int | None
    category_id: int | None
    organisation_id: int | None
    policy_version: int
    due_at: datetime
    answers_until: datetime


@dataclass(frozen=True, kw_only=True)
class CallbackTaken(Happened):
    """A clerk took it, so that no other calls the same reporter."""

    name: ClassVar[str] = "callback.taken"


@dataclass(frozen=True, kw_only=True)
class CallbackGivenBack(Happened):
    """It waits in the queue again, since the clerk who had taken it has left."""

    name: ClassVar[str] = "callback.given_back"


@dataclass(frozen=True, kw_only=True)
class CallbackTried(Happened):
    """A clerk tried to reach the reporter; one try a day."""

    name: ClassVar[str] = "callback.tried"
    no: int
    on: date
    way: str
    result: str


@dataclass(frozen=True, kw_only=True)
class CallbackAnswered(Happened):
    """The reporter said whether it is solved; satisfaction 3, 2, 1, or None where not said."""

    name: ClassVar[str] = "callback.answered"
    way: str
    solved: bool
    satisfaction: int | None


@dataclass(frozen=True, kw_only=True)
class CallbackMissed(Happened):
    """Nobody was reached in all tries, or the reporter would not answer."""

    name: ClassVar[str] = "callback.missed"


@dataclass(frozen=True, kw_only=True)
class CallbackCancelled(Happened):
    """The case went on without an answer, or its reporter can't be reached any more."""

    name: ClassVar[str] = "callback.cancelled"


@dataclass(frozen=True, kw_only=True)
class RedoOrdered(Happened):
    """The case goes back to the centre, since it is not solved."""

    name: ClassVar[str] = "callback.redo_ordered"


@dataclass(frozen=True, kw_only=True)
class RedoOvertaken(Happened):
    """The case was opened again before anybody ordered it."""

    name: ClassVar[str] = "callback.redo_overtaken"


@dataclass(frozen=True, kw_only=True)
class RedoWaived(Happened):
    """Somebody other than a clerk decided, with a reason, that it is not done again."""

    name: ClassVar[str] = "callback.redo_waived"


@dataclass(frozen=True, kw_only=True)
class ExclusionAsked(Happened):
    """Somebody asked to leave a call-back out of the rates."""

    name: ClassVar[str] = "callback.exclusion_asked"
    cause: str


@dataclass(frozen=True, kw_only=True)
class ExclusionGranted(Happened):
    """Somebody else agreed: it is left out, and what was answered stays on record."""

    name: ClassVar[str] = "callback.exclusion_granted"
    cause: str


@dataclass(frozen=True, kw_only=True)
class ExclusionRefused(Happened):
    """Somebody else did not agree: it counts."""

    name: ClassVar[str] = "callback.exclusion_refused"
    cause: str


@dataclass(frozen=True, kw_only=True)
class CallbackSettingChanged(SettingEvent):
    """A setting was changed; from then on call-backs are made and counted by the new version."""

    name: ClassVar[str] = "callback.setting_changed"
    version: int
