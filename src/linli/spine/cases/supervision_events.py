"""What supervision does to a case: rungs reached, instructions given and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from linli.spine.cases.events import CaseEvent


@dataclass(frozen=True, kw_only=True)
class RungReached(CaseEvent):
    """A clock, a task or an instruction reached a rung of the ladder, once each.

    `clock` names the clock of a step; `organisation_id` is whose turn it was, if anybody's.
    """

    name: ClassVar[str] = "cases.rung_reached"
    rung: str
    clock: str = ""
    task_no: int | None = None
    instruction_no: int | None = None
    organisation_id: int | None = None
    is_by_hand: bool = False


@dataclass(frozen=True, kw_only=True)
class InstructionGiven(CaseEvent):
    """The office typed in what a leader instructed; without an organisation the centre answers."""

    name: ClassVar[str] = "cases.instructed"
    instruction_no: int
    organisation_id: int | None = None
    way: str
    limit_amount: int
    limit_unit: str
    answer_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class InstructionAnswered(CaseEvent):
    """The addressee answered in one line."""

    name: ClassVar[str] = "cases.instruction_answered"
    instruction_no: int
    organisation_id: int | None = None
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class InstructionWithdrawn(CaseEvent):
    """The office took an instruction back; the texts say why."""

    name: ClassVar[str] = "cases.instruction_withdrawn"
    instruction_no: int
