"""Words of links: a handler without an account acts on one assignment, and on nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.spine.cases.terms import ActionName, AllowedAction, CasePhotoView, Duty

LINK_PATH = "/h/"
OPENED = "open"
MOST_DAYS = 90


class LinkState(StrEnum):
    """How a link stands; only an open one does anything."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OVER = "over"


LINK_STATE_LABELS: Mapping[LinkState, str] = {
    LinkState.OPEN: N_("可用"),
    LinkState.EXPIRED: N_("已过期"),
    LinkState.REVOKED: N_("已停用"),
    LinkState.OVER: N_("承办已结束"),
}


# What the holder of a link may do, by the duty of its assignment; never to check the result.
LINK_ACTIONS: Mapping[Duty, tuple[ActionName, ...]] = {
    Duty.LEAD: (
        ActionName.ACCEPT,
        ActionName.FEED_BACK,
        ActionName.RETURN,
        ActionName.CONTACT_REQUEST,
        ActionName.COMMENT,
    ),
    Duty.HELPER: (ActionName.CONTACT_REQUEST, ActionName.COMMENT),
    Duty.TASK: (
        ActionName.ACCEPT_TASK,
        ActionName.FEED_BACK_TASK,
        ActionName.RETURN_TASK,
        ActionName.CONTACT_REQUEST,
        ActionName.COMMENT,
    ),
}


@dataclass(frozen=True, kw_only=True)
class MadeLink:
    """A link just made; its token is told once and stored only as a hash."""

    id: UUID
    token: str
    organisation_name: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class LinkUseView:
    """One use of a link."""

    at: datetime
    what: str
    device: str


@dataclass(frozen=True, kw_only=True)
class GivenLink:
    """One link as those who gave it see it; the token is not among it."""

    id: UUID
    made_by: str
    made_at: datetime
    expires_at: datetime
    state: LinkState
    state_label: str
    handler_name: str
    uses: tuple[LinkUseView, ...]


@dataclass(frozen=True, kw_only=True)
class LinkView(GivenLink):
    """One link of a case, and whom it was given to."""

    organisation_name: str


@dataclass(frozen=True, kw_only=True)
class Linkable:
    """One open assignment that a member may give a link for."""

    assignment_id: int
    duty: Duty
    organisation_name: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseLinks:
    """The links of one case and the assignments that may get one."""

    linkables: tuple[Linkable, ...]
    links: tuple[LinkView, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of the history as the holder of a link reads it: no name of any person."""

    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True, kw_only=True)
class LinkedCase:
    """A case as the holder of a link sees it; nothing of the reporter, numbers masked."""

    case_id: UUID
    street_code: str
    number: str
    version: int
    title: str
    text: str
    category_name: str
    closing_condition: str
    area_names: tuple[str, ...]
    address: str
    place_note: str
    lon: float | None
    lat: float | None
    is_urgent: bool
    step_label: str
    organisation_name: str
    duty: Duty
    brief: str
    accept_by: datetime | None
    due_at: datetime | None
    expires_at: datetime
    handler_name: str
    actions: tuple[AllowedAction, ...]
    photos: tuple[CasePhotoView, ...]
    story: tuple[Told, ...]
