"""Words of the frame: how a status looks and what a clock says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """A status is told by colour, shape and word together."""

    IN_HAND = "in-hand"
    TODAY = "today"
    OVERDUE = "overdue"
    DONE = "done"
    SENT_BACK = "sent-back"
    ENDED = "ended"


# The paths of a 16 × 16 drawing: circle, triangle, diamond, tick, bent arrow, bar.
SHAPES = {
    Status.IN_HAND: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z",
    Status.TODAY: "M8 1 15.5 15H.5z",
    Status.OVERDUE: "M8 0l8 8-8 8-8-8z",
    Status.DONE: "M6.2 14 .7 8.5l2.1-2.1 3.4 3.4 7-7 2.1 2.1z",
    Status.SENT_BACK: "M7 3v3h3.5a4.5 4.5 0 0 1 0 9H4v-2.5h6.5a2 2 0 0 0 0-4H7V12L.5 7.5z",
    Status.ENDED: "M1.5 6.5h13v3h-13z",
}


@dataclass(frozen=True, kw_only=True)
class ClockWords:
    """What a clock says: its status and a sentence such as 还剩 3 小时 20 分."""

    status: Status
    words: str
