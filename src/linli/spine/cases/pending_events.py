"""What happens on the pending register: asked for, entered or renewed, refused, woken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.spine.cases.events import CaseEvent


@dataclass(frozen=True, kw_only=True)
class PendingAsked(CaseEvent):
    """Somebody asked to put the case onto the register, or to keep it there; nothing stops yet."""

    name: ClassVar[str] = "cases.pending_asked"
    pending_no: int
    obstacle: str
    organisation_id: int
    wake_at: datetime
    is_renewal: bool = False
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CasePended(CaseEvent):
    """Somebody else approved: the clock of handling rests until the case is woken."""

    name: ClassVar[str] = "cases.pended"
    pending_no: int
    obstacle: str
    organisation_id: int
    wake_at: datetime
    is_renewal: bool = False


@dataclass(frozen=True, kw_only=True)
class PendingRefused(CaseEvent):
    """It was refused and everything stays as it was; the texts say why."""

    name: ClassVar[str] = "cases.pending_refused"
    pending_no: int
    is_renewal: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseWoken(CaseEvent):
    """The case goes on with the time it had left; by hand when somebody woke it early."""

    name: ClassVar[str] = "cases.woken"
    pending_no: int
    is_by_hand: bool
    handle_due_at: datetime
    former_due_at: datetime
