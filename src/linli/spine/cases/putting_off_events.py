"""What puts a case off: an extension asked for, granted or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from linli.spine.cases.events import CaseEvent


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(CaseEvent):
    """The lead asked for more time; the clock runs on. The texts say why in words."""

    name: ClassVar[str] = "cases.extension_asked"
    extension_no: int
    cause: str
    until: datetime
    needs_leader: bool


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(CaseEvent):
    """Somebody else granted it: the case is due later, what was promised stays as it was."""

    name: ClassVar[str] = "cases.extension_granted"
    extension_no: int
    cause: str
    handle_due_at: datetime
    former_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(CaseEvent):
    """It was refused and the clock runs on; the texts say why."""

    name: ClassVar[str] = "cases.extension_refused"
    extension_no: int
