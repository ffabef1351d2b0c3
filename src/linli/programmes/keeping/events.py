"""What happens to drafts and to what the parent list says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class DraftBegun(Happened):
    """Somebody began a next version."""

    name: ClassVar[str] = "keeping.draft_begun"
    draft_id: int
    matter: str
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class DraftChanged(Happened):
    """Something in a draft was changed; `keys` names the categories or items."""

    name: ClassVar[str] = "keeping.draft_changed"
    draft_id: int
    revision: int
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Happened):
    """Others were asked to approve a draft as it stands."""

    name: ClassVar[str] = "keeping.approval_asked"
    draft_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Happened):
    """Another person approved a draft."""

    name: ClassVar[str] = "keeping.draft_approved"
    draft_id: int
    revision: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(Happened):
    """A draft was taken back before its day."""

    name: ClassVar[str] = "keeping.draft_withdrawn"
    draft_id: int


@dataclass(frozen=True, kw_only=True)
class DraftApplied(Happened):
    """A draft took effect."""

    name: ClassVar[str] = "keeping.draft_applied"
    draft_id: int
    matter: str
    effective_on: date
    changes: int


@dataclass(frozen=True, kw_only=True)
class DraftStopped(Happened):
    """A draft could not take effect on its day; nothing of it was done."""

    name: ClassVar[str] = "keeping.draft_stopped"
    draft_id: int
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class ParentListEntered(Happened):
    """A version of the parent list was uploaded."""

    name: ClassVar[str] = "keeping.parent_list_entered"
    version: str
    effective_from: date


@dataclass(frozen=True, kw_only=True)
class ParentChangeDecided(Happened):
    """What the parent list changed was adopted, or the local item kept with a reason."""

    name: ClassVar[str] = "keeping.parent_change_decided"
    parent_no: str
    version: str
    decision: str
