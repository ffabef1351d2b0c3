"""Figures over a time and an area: what is counted, and what one number asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Paged


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One number asked for: which figure, of which place and kind, in which time.

    Other rooms ask for their own figures with it, too; empty means all of them.

    Args:
        figure: value of the room's own enumeration.
        since, before: the time, its end not included; a stock is counted as it stood at the end.
        street_code: the sub-district; `area_code` an area inside it.
    """

    figure: str
    since: datetime
    before: datetime
    street_code: str
    area_code: str = ""
    category_key: str = ""
    major_code: str = ""
    channel: str = ""
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One matter a number counts, to be opened at its own page."""

    id: UUID
    number: str
    title: str
    note: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CountedPage(Paged):
    """One page of what a number counts and this member may read; `hidden` are the others."""

    rows: tuple[Counted, ...]
    hidden: int


class CaseFigure(StrEnum):
    """What of cases is counted; the last ones are counted by their checks."""

    RECEIVED = "received"
    FILED = "filed"
    DECLINED = "declined"
    DISPATCHED = "dispatched"
    CLOSED = "closed"
    IN_TIME = "in_time"
    LATE = "late"
    SETTLED = "settled"
    RECEIVED_AND_ENDED = "received_and_ended"
    OPEN = "open"
    OVERDUE = "overdue"
    RETURNED = "returned"
    REWORKED = "reworked"
    REMINDED = "reminded"
    PENDED = "pended"
    PENDING = "pending"
    CHECKED = "checked"
    CHECK_FAILED = "check_failed"
    SAMPLED = "sampled"
    SAMPLE_WRONG = "sample_wrong"


CASE_FIGURE_LABELS: Mapping[CaseFigure, str] = {
    CaseFigure.RECEIVED: N_("受理件数"),
    CaseFigure.FILED: N_("立案件数"),
    CaseFigure.DECLINED: N_("不予立案件数"),
    CaseFigure.DISPATCHED: N_("派遣件数"),
    CaseFigure.CLOSED: N_("结案件数"),
    CaseFigure.IN_TIME: N_("按时办结件数"),
    CaseFigure.LATE: N_("超时办结件数"),
    CaseFigure.SETTLED: N_("即时处置件数"),
    CaseFigure.RECEIVED_AND_ENDED: N_("受理后已办结件数"),
    CaseFigure.OPEN: N_("期末在办件数"),
    CaseFigure.OVERDUE: N_("期末超时未办结件数"),
    CaseFigure.RETURNED: N_("退单件数"),
    CaseFigure.REWORKED: N_("返工件数"),
    CaseFigure.REMINDED: N_("被催办件数"),
    CaseFigure.PENDED: N_("新增挂账件数"),
    CaseFigure.PENDING: N_("期末挂账件数"),
    CaseFigure.CHECKED: N_("核查次数"),
    CaseFigure.CHECK_FAILED: N_("核查不通过次数"),
    CaseFigure.SAMPLED: N_("抽查件数"),
    CaseFigure.SAMPLE_WRONG: N_("抽查不实件数"),
}
CHECK_FIGURES = frozenset(
    {
        CaseFigure.CHECKED,
        CaseFigure.CHECK_FAILED,
        CaseFigure.SAMPLED,
        CaseFigure.SAMPLE_WRONG,
    }
)
