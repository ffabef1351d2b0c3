"""Words of posts: which should be held where, how somebody came to one, how far its term is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Paged

from .roles import Basis, Role


class PostState(StrEnum):
    """How a post stands on a day, what needs care first."""

    VACANT = "vacant"
    ENDING = "ending"
    FILLED = "filled"

    @property
    def label(self) -> str:
        """The Chinese name of the state, a message id."""
        return POST_STATE_LABELS[self]


POST_STATE_LABELS: Mapping[PostState, str] = {
    PostState.VACANT: N_("空缺"),
    PostState.ENDING: N_("快到期"),
    PostState.FILLED: N_("在任"),
}


class EndReason(StrEnum):
    """Why somebody left a post before its term was over."""

    RESIGNED = "resigned"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    RECALLED = "recalled"
    HEALTH = "health"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name of the reason, a message id."""
        return END_REASON_LABELS[self]


END_REASON_LABELS: Mapping[EndReason, str] = {
    EndReason.RESIGNED: N_("本人辞去"),
    EndReason.MOVED: N_("搬离辖区"),
    EndReason.TRANSFERRED: N_("工作调动"),
    EndReason.RECALLED: N_("免去职务"),
    EndReason.HEALTH: N_("不便继续"),
    EndReason.OTHER: N_("其他原因"),
}


class AwayReason(StrEnum):
    """Why somebody is away from a post for a time."""

    LEAVE = "leave"
    TRAINING = "training"
    DUTY_ELSEWHERE = "duty_elsewhere"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese name of the reason, a message id."""
        return AWAY_REASON_LABELS[self]


# Nothing on health: illness is leave, too.
AWAY_REASON_LABELS: Mapping[AwayReason, str] = {
    AwayReason.LEAVE: N_("休假"),
    AwayReason.TRAINING: N_("学习培训"),
    AwayReason.DUTY_ELSEWHERE: N_("外出公务"),
    AwayReason.OTHER: N_("其他原因"),
}


@dataclass(frozen=True, kw_only=True)
class StandInView:
    """Who acts in a post from a day until the day before another; `ends_on` may be moved forward.

    Ids of accounts are None for persons without one.
    """

    id: int
    appointment_id: int
    holder_id: int
    holder_account_id: int | None
    holder: str
    person_id: int
    account_id: int | None
    name: str
    starts_on: date
    ends_on: date
    reason: AwayReason

    def covers(self, on: date) -> bool:
        """Whether the stand-in acts on a day."""
        return self.starts_on <= on < self.ends_on


@dataclass(frozen=True, kw_only=True)
class WayInInput:
    """How somebody came to a post: the day it was decided and, of an election, only counts.

    Args:
        entitled, cast, in_favour: voters, votes given, votes for; None where nobody voted.
        document: number of the paper it stands on.
    """

    decided_on: date | None = None
    entitled: int | None = None
    cast: int | None = None
    in_favour: int | None = None
    document: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        counts = (self.decided_on, self.entitled, self.cast, self.in_favour)
        return not self.document and all(one is None for one in counts)


@dataclass(frozen=True, kw_only=True)
class NewPost:
    """A post to be given: to whom, where, for which term, on which basis.

    Args:
        ends_on: the first day out of office.
        shows_name: whether the person agrees to stand by name on the notice at the door.
    """

    person_id: int
    role: Role
    area_id: int
    starts_on: date
    ends_on: date | None
    basis: Basis
    organisation_id: int | None = None
    recommended_by_id: int | None = None
    shows_name: bool = False
    way_in: WayInInput = WayInInput()


@dataclass(frozen=True, kw_only=True)
class PostFilters:
    """Which posts are listed; `area_code` holds everything inside that area."""

    state: PostState | None = None
    role: Role | None = None
    area_code: str = ""
    text: str = ""
    page: int = 1
    page_size: int = 50


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """One post of the list; of a vacant one nothing is known but role and place."""

    appointment_id: int | None
    role: Role
    state: PostState
    area_id: int
    area_code: str
    area_name: str
    area_name_en: str
    above: str
    above_en: str
    person_id: int | None = None
    person_name: str = ""
    organisation_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    basis: Basis | None = None
    stand_in: str = ""
    stand_in_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class FoundPosts(Paged):
    """One page of posts, and how many there are in each state with the other filters as they are.

    `counts` leaves the filter of the state aside, so that each number opens its list.
    """

    rows: tuple[PostLine, ...]
    counts: Mapping[PostState, int]


@dataclass(frozen=True, kw_only=True)
class PostView:
    """One post with its term and the way in; `area_code` names where it is held."""

    id: int
    role: Role
    person_id: int
    person_name: str
    account_id: int | None
    organisation_id: int | None
    organisation: str
    area_id: int | None
    area_code: str
    area_name: str
    area_name_en: str
    starts_on: date
    ends_on: date | None
    basis: Basis
    recommended_by: str
    shows_name: bool
    end_reason: EndReason | None
    way_in: WayInInput | None
