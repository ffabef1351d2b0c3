"""How urgent a case is to the eye, and my work in the order in which it should be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from linli.faces.frame.terms import Status
from linli.ground.kernel.marking import N_
from linli.spine.cases.terms import ENDS, CaseRow, Step, WorkItem

DONE = frozenset({Step.CLOSED, Step.SETTLED})
BY_URGENCY = (Status.OVERDUE, Status.TODAY, Status.IN_HAND)


GROUP_LABELS = {
    Status.OVERDUE: N_("已超时"),
    Status.TODAY: N_("今天到期"),
    Status.IN_HAND: N_("在办"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case of a list with the shape it is shown by."""

    row: CaseRow
    status: Status
    is_ended: bool


@dataclass(frozen=True, kw_only=True)
class WorkGroup:
    """My work of one urgency."""

    status: Status
    label: str
    items: tuple[WorkItem, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown yet."""
        return self.count - len(self.items)


def tell_status(*, step: Step, due_at: datetime | None, now: datetime) -> Status:
    """Tell by which shape a case is shown at `now` (aware)."""
    if step in DONE:
        return Status.DONE
    if step in ENDS:
        return Status.ENDED
    if due_at is None:
        return Status.IN_HAND
    if due_at < now:
        return Status.OVERDUE
    same_day = timezone.localtime(due_at).date() == timezone.localtime(now).date()
    return Status.TODAY if same_day else Status.IN_HAND


def make_line(row: CaseRow, *, now: datetime) -> Line:
    """Pair a row of a list with its shape at `now`."""
    status = tell_status(step=row.step, due_at=row.due_at, now=now)
    return Line(row=row, status=status, is_ended=row.step in ENDS)


def group_work(
    items: Iterable[WorkItem], *, now: datetime, most: int, late: int = 0
) -> tuple[WorkGroup, ...]:
    """Sort my work into overdue, due today and in hand; each keeps the order it came in.

    Args:
        most: how many items of one group are shown; the rest is counted.
        late: how many are late in all, where not all of them are among the items.
    """
    sorted_in: dict[Status, list[WorkItem]] = {status: [] for status in BY_URGENCY}
    for item in items:
        status = tell_status(step=item.row.step, due_at=item.row.due_at, now=now)
        sorted_in[status if status in sorted_in else Status.IN_HAND].append(item)
    return tuple(
        WorkGroup(
            status=status,
            label=GROUP_LABELS[status],
            items=tuple(found[:most]),
            count=max(len(found), late if status is Status.OVERDUE else 0),
        )
        for status, found in sorted_in.items()
        if found
    )
