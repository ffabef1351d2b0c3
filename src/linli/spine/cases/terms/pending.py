"""Words of the pending register 挂账: what a case waits for, and how it stands meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Paged

MEASURE_LENGTH = 300
POST_LENGTH = 60


class Obstacle(StrEnum):
    """What stands in the way, and is nobody's fault who handles the case."""

    SEASON = "season"
    MONEY = "money"
    OWNERSHIP = "ownership"
    LAW = "law"


OBSTACLE_LABELS: Mapping[Obstacle, str] = {
    Obstacle.SEASON: N_("季节"),
    Obstacle.MONEY: N_("资金"),
    Obstacle.OWNERSHIP: N_("权属"),
    Obstacle.LAW: N_("法律"),
}
# As one would say it to the person who reported the matter.
OBSTACLE_WORDS: Mapping[Obstacle, str] = {
    Obstacle.SEASON: N_("现在的季节没法施工，要等天气合适"),
    Obstacle.MONEY: N_("要花的钱还没有落实"),
    Obstacle.OWNERSHIP: N_("东西归谁管、归谁修还没有理清"),
    Obstacle.LAW: N_("法律上的程序还没有走完"),
}


@dataclass(frozen=True, kw_only=True)
class PendingView:
    """One time a case was to go onto the register, or to stay on it longer.

    `is_granted` is empty until somebody decides; `since` is when the case went onto the register,
    `ended_at` when this approval was over: by waking, or by a new one. `wake_words` is why the
    case was woken before its day.
    """

    no: int
    obstacle_label: str
    measure: str
    words: str
    owner_name: str
    post: str
    wake_at: datetime
    is_renewal: bool
    asked_at: datetime
    asked_by: str
    is_granted: bool | None
    decided_at: datetime | None
    decided_by: str
    decision: str
    ended_at: datetime | None
    is_woken_early: bool
    wake_words: str


@dataclass(frozen=True, kw_only=True)
class PendingRow:
    """One case on the register in the desk's list."""

    number: str
    title: str
    category_name: str
    community_name: str
    grid_name: str
    lead_name: str
    obstacle: Obstacle
    obstacle_label: str
    measure: str
    owner_name: str
    post: str
    since: datetime
    wake_at: datetime
    is_renewal: bool
    is_renewal_asked: bool


@dataclass(frozen=True, kw_only=True)
class PendingFilters:
    """Filters of the register; `waking_before` keeps what wakes before an instant."""

    obstacle: Obstacle | None = None
    area_code: str = ""
    owner_id: int | None = None
    waking_before: datetime | None = None
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True, kw_only=True)
class PendingPage(Paged):
    """One page of the register, `total` over all pages."""

    rows: tuple[PendingRow, ...]


@dataclass(frozen=True, kw_only=True)
class AskedPending:
    """A request that waits for its decision, as leaders find it."""

    number: str
    title: str
    obstacle_label: str
    wake_at: datetime
    asked_at: datetime
    is_renewal: bool


@dataclass(frozen=True, kw_only=True)
class PublicPending:
    """One case on the register as everybody may read it: nothing a reporter wrote."""

    number: str
    category_name: str
    community_name: str
    obstacle: Obstacle
    obstacle_label: str
    obstacle_words: str
    measure: str
    since: datetime
    wake_at: datetime


@dataclass(frozen=True, kw_only=True)
class PublicRegister:
    """The register in public; `withheld` counts what the rules keep from being shown."""

    rows: tuple[PublicPending, ...]
    withheld: int
    by_obstacle: Mapping[Obstacle, int]

    @property
    def total(self) -> int:
        """The whole stock, shown or not."""
        return sum(self.by_obstacle.values())


@dataclass(frozen=True, kw_only=True)
class PendingNow:
    """How a case on the register stands, in words for its reporter."""

    why: str
    measure: str
    since: datetime
    until: datetime
