"""What comes into the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from linli.spine.cases.terms import PhotoRef, Point

from .words import Answer, Kind


@dataclass(frozen=True, kw_only=True)
class NewWhistle:
    """A call to the spot: for what, where, by when, who leads and who helps.

    `item_id` is the item of the list of responsibilities that gives the right; without one,
    `reason` says why it is needed all the same.
    """

    kind: Kind
    title: str
    wanted: str
    address: str
    arrive_by: datetime
    lead_id: int
    helper_ids: tuple[int, ...] = ()
    point: Point | None = None
    item_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the caller says of one organisation; `in_time` is None for those who are not timed."""

    responded: bool
    in_time: bool | None
    did_part: bool
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class WhistleInput:
    """What somebody gives with an action; each action reads its own part.

    `position` is where the device stands at the moment of signing in, degrees WGS-84, or None
    without a signal; `code` is what the caller shows on the spot. `verdicts` are by organisation.
    """

    note: str = ""
    sends: str = ""
    position: Point | None = None
    code: str = ""
    organisation_id: int | None = None
    organisation_ids: tuple[int, ...] = ()
    arrived_at: datetime | None = None
    answer: Answer | None = None
    photos: tuple[PhotoRef, ...] = ()
    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    verdict: Verdict | None = None
    disputes: bool | None = None


@dataclass(frozen=True, kw_only=True)
class KindLimits:
    """How soon an organisation answers and comes, for one kind.

    Emergencies count in minutes that always run, the others in working hours. `least` is the
    shortest time that may be asked, `usual` what the form proposes.
    """

    answer: int
    least: int
    usual: int
    is_always: bool


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a sub-district has set for its whistles.

    Args:
        judge_days: working days the caller has to judge.
        reply_days: working days the called have to answer the judgement.
        near_m: metres from the place within which a position proves a sign-in.
        position_days: days after which the position of a sign-in is erased.
    """

    limits: Mapping[Kind, KindLimits]
    judge_days: int
    reply_days: int
    near_m: int
    position_days: int
