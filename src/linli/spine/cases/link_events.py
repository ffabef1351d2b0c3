"""What happens to the links of handlers without an account; tokens and names stand elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from linli.spine.cases.events import CaseEvent


@dataclass(frozen=True, kw_only=True)
class HandlerLinkMade(CaseEvent):
    """Somebody gave a link for one assignment of the case."""

    name: ClassVar[str] = "cases.link_made"
    link_id: UUID
    organisation_id: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class HandlerLinkRevoked(CaseEvent):
    """A link was made useless before its time."""

    name: ClassVar[str] = "cases.link_revoked"
    link_id: UUID
    organisation_id: int
