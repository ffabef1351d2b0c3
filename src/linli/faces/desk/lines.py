"""What the rows of the desk's lists say, whole enough to be kept (`faces/frame/parts.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.faces.frame.templatetags.frame import clock, moment
from linli.faces.frame.terms import Status
from linli.spine.cases.queries.waiting import WaitingCase
from linli.spine.cases.terms import CaseRow, WorkItem

from .agenda import Line


@dataclass(frozen=True, kw_only=True)
class SaidCase:
    """What every list says of a case, times in words."""

    number: str
    title: str
    is_urgent: bool
    category_name: str
    where: str
    since: str
    clock: str


@dataclass(frozen=True, kw_only=True)
class SaidWork:
    """A row of my work; `is_next` marks the one to begin with."""

    case: SaidCase
    action: str
    action_label: str
    is_next: bool


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """A row of the list of cases."""

    case: SaidCase
    status: Status
    step_label: str
    is_ended: bool


@dataclass(frozen=True, kw_only=True)
class SaidAct:
    """An act of a case whose form is to come."""

    place: str
    url: str
    label: str


@dataclass(frozen=True, kw_only=True)
class SaidWaiting:
    """A row of what waits to be dispatched, and who has it open."""

    case: WaitingCase
    others: tuple[str, ...]
    clock: str


def say_case(row: CaseRow, *, now: datetime, is_timed: bool = True) -> SaidCase:
    """Say what every list says of a case.

    Args:
        is_timed: whether its clock is shown.
    """
    return SaidCase(
        number=row.number,
        title=row.title,
        is_urgent=row.is_urgent,
        category_name=row.category_name,
        where=row.grid_name or row.community_name or row.street_name,
        since=moment(row.reported_at, now),
        clock=clock(row.due_at, now) if is_timed else "",
    )


def say_work(item: WorkItem, *, now: datetime, is_next: bool) -> SaidWork:
    """Say what waits for me."""
    return SaidWork(
        case=say_case(item.row, now=now),
        action=item.action.value,
        action_label=item.action_label,
        is_next=is_next,
    )


def say_line(line: Line, *, now: datetime) -> SaidLine:
    """Say a case of the list."""
    return SaidLine(
        case=say_case(line.row, now=now, is_timed=not line.is_ended),
        status=line.status,
        step_label=line.row.step_label,
        is_ended=line.is_ended,
    )


def say_waiting(case: WaitingCase, *, others: tuple[str, ...], now: datetime) -> SaidWaiting:
    """Say what waits to be dispatched."""
    return SaidWaiting(case=case, others=others, clock=clock(case.row.due_at, now))
