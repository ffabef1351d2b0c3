"""Words of the links by which a called organisation without an account answers one whistle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.spine.cases.link_terms import GivenLink, LinkState

from .views import AllowedAction, CallView
from .words import ActionName, Kind

CALL_LINK_PATH = "/w/"
# What the holder of a link may do: answer, sign in, say what was done, answer the judgement.
LINK_ACTIONS = (
    ActionName.COME,
    ActionName.DECLINE,
    ActionName.SIGN_IN,
    ActionName.REPORT_DEED,
    ActionName.REPLY,
)
LINK_STATE_LABELS: Mapping[LinkState, str] = {
    LinkState.OPEN: N_("可用"),
    LinkState.EXPIRED: N_("已过期"),
    LinkState.REVOKED: N_("已停用"),
    LinkState.OVER: N_("这次哨已结束"),
}


@dataclass(frozen=True, kw_only=True)
class LinkableCall:
    """One called organisation with its links; `has_account` says that somebody of it has one."""

    organisation_id: int
    name: str
    has_account: bool
    may_get: bool
    expires_at: datetime
    links: tuple[GivenLink, ...]


@dataclass(frozen=True, kw_only=True)
class OtherCalled:
    """Another called organisation, as the holder of a link sees it."""

    name: str
    is_lead: bool
    has_arrived: bool


@dataclass(frozen=True, kw_only=True)
class LinkedWhistle:
    """A whistle as the holder of a link sees it; nothing of a reporter, numbers masked."""

    whistle_id: UUID
    street_code: str
    number: str
    version: int
    kind: Kind
    kind_label: str
    step_label: str
    is_running: bool
    title: str
    wanted: str
    address: str
    area_name: str
    lon: float | None
    lat: float | None
    caller_name: str
    blown_at: datetime
    reply_by: datetime | None
    own: CallView
    others: tuple[OtherCalled, ...]
    photo_ids: tuple[UUID, ...]
    actions: tuple[AllowedAction, ...]
    expires_at: datetime
    handler_name: str


@dataclass(frozen=True, kw_only=True)
class ArrivalCode:
    """What the caller shows on the spot, and until when it is shown."""

    code: str
    changes_at: datetime
