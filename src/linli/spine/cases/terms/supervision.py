"""Words of supervision 督办: the rungs of the ladder, why a case is red, instructions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.ground.kernel.marking import N_

from .words import Step


class Rung(StrEnum):
    """The rungs a clock climbs as it runs out, lowest first; each is reached once at most."""

    REMIND = "remind"
    YELLOW = "yellow"
    RED = "red"
    UP = "up"


RUNGS = tuple(Rung)
RUNG_LABELS: Mapping[Rung, str] = {
    Rung.REMIND: N_("提醒"),
    Rung.YELLOW: N_("黄牌"),
    Rung.RED: N_("红牌"),
    Rung.UP: N_("升级"),
}


class Base(StrEnum):
    """What a rung's instant is counted from: a share of the time, or hours around the due time."""

    SHARE = "share"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class RungAt:
    """When a rung is reached: per cent of the time, or working hours before or after it is due.

    For clocks that run always the hours run always too. `RungAt(Base.AFTER, 0)` is the due time.
    """

    base: Base
    amount: int

    def __post_init__(self) -> None:
        least, most = {
            Base.SHARE: (1, 100),
            Base.BEFORE: (1, 999),
            Base.AFTER: (0, 999),
        }[self.base]
        if not least <= self.amount <= most:
            raise ValueError(f"{self.base} takes {least} to {most}, not {self.amount}")


Ladder = Mapping[Rung, RungAt]


class Reason(StrEnum):
    """Why a case is on the board of supervision; a case may be there for several reasons."""

    ANY = "any"
    UNASSIGNED = "unassigned"
    NOT_ACCEPTED = "not_accepted"
    OVERDUE = "overdue"
    RETURNED = "returned"
    REWORKED = "reworked"
    SILENT = "silent"
    TASK_LATE = "task_late"
    INSTRUCTION = "instruction"


REASONS = tuple(reason for reason in Reason if reason is not Reason.ANY)
REASON_LABELS: Mapping[Reason, str] = {
    Reason.ANY: N_("要督办的全部"),
    Reason.UNASSIGNED: N_("超时未派出"),
    Reason.NOT_ACCEPTED: N_("临期未接单"),
    Reason.OVERDUE: N_("环节超时"),
    Reason.RETURNED: N_("退单两次以上"),
    Reason.REWORKED: N_("返工两次以上"),
    Reason.SILENT: N_("久无进展"),
    Reason.TASK_LATE: N_("任务超时"),
    Reason.INSTRUCTION: N_("批示逾期未回"),
}
REASON_HINTS: Mapping[Reason, str] = {
    Reason.UNASSIGNED: N_("还在核实、立案或派遣，没有单位承办，时限已过。"),
    Reason.NOT_ACCEPTED: N_("已派出，接单时限到了黄牌，单位还没有接。"),
    Reason.OVERDUE: N_("现在这个环节的时限已过。"),
    Reason.RETURNED: N_("被退回两次或更多，还没有办结。"),
    Reason.REWORKED: N_("核查两次或更多没有通过，还没有办结。"),
    Reason.SILENT: N_("连续几个工作日没有人办理或说明，或报区级后逾期没有答复。"),
    Reason.TASK_LATE: N_("协同处置的任务过了时限还没有反馈。"),
    Reason.INSTRUCTION: N_("领导批示过了时限还没有回复。"),
}


class Way(StrEnum):
    """How a leader's instruction came to the office."""

    VOICE = "voice"
    PHONE = "phone"
    NOTE = "note"
    MESSAGE = "message"
    MEETING = "meeting"
    SPOT = "spot"


WAY_LABELS: Mapping[Way, str] = {
    Way.VOICE: N_("当面口头"),
    Way.PHONE: N_("电话"),
    Way.NOTE: N_("书面批示"),
    Way.MESSAGE: N_("消息"),
    Way.MEETING: N_("会议"),
    Way.SPOT: N_("现场"),
}


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """One rung that was reached: of a clock by its label, of a task or an instruction."""

    rung: Rung
    label: str
    what: str
    at: datetime
    is_by_hand: bool
    task_no: int | None = None
    instruction_no: int | None = None


@dataclass(frozen=True, kw_only=True)
class InstructionView:
    """One instruction of a leader, and the line it was answered with.

    `organisation_name` is empty where the centre is to answer.
    """

    no: int
    instructed_by: str
    way_label: str
    words: str
    organisation_id: int | None
    organisation_name: str
    given_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: str
    answered_by: str
    withdrawn_at: datetime | None
    is_overdue: bool

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.answered_at is None and self.withdrawn_at is None


@dataclass(frozen=True, kw_only=True)
class Supervised:
    """What supervision knows of one case: rungs reached, oldest first, and instructions."""

    marks: tuple[MarkView, ...]
    instructions: tuple[InstructionView, ...]


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many cases of one organisation or area are on the board, reason by reason.

    `key` names it for its list: an organisation's id, an area's code, or empty for those without.
    """

    key: str
    name: str
    by_reason: Mapping[Reason, int]


@dataclass(frozen=True, kw_only=True)
class Board:
    """What is red, why, where and with whom; every number is the length of its list.

    `pending` is the stock on the register, which is in none of the other numbers.
    """

    by_reason: Mapping[Reason, int]
    by_step: Mapping[Step, int]
    by_rung: Mapping[Rung, int]
    organisations: tuple[Count, ...]
    areas: tuple[Count, ...]
    pending: int
