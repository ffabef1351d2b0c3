"""The board of supervision: what is red and why, where, with whom."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from linli.faces.desk.access import staff_page
from linli.faces.desk.filters import OUTSIDE
from linli.faces.frame.terms import Status
from linli.ground.people.terms import Action, Member
from linli.spine.cases.queries.supervision import build_board
from linli.spine.cases.terms import STEP_LABELS
from linli.spine.cases.terms.supervision import (
    REASON_HINTS,
    REASON_LABELS,
    REASONS,
    RUNG_LABELS,
    Board,
    Count,
    Reason,
    Rung,
)

# The longest waiting first, in every list the board opens.
OLDEST_FIRST = "due_at"
SHAPES = {
    Rung.REMIND: Status.IN_HAND,
    Rung.YELLOW: Status.TODAY,
    Rung.RED: Status.OVERDUE,
    Rung.UP: Status.OVERDUE,
}


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of the board and the list it opens; nothing opens where there is nothing."""

    label: str
    count: int
    address: str = ""
    hint: str = ""
    status: Status | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table of the board."""

    name: str
    numbers: tuple[Number, ...]


@require_GET
@staff_page(Action.SUPERVISION_READ)
def show_board(request: HttpRequest, member: Member) -> HttpResponse:
    """Show how many cases are red in my reach and why; every number opens its list."""
    now = timezone.now()
    board = build_board(member=member, at=now)
    words = {
        "page_kind": "desk",
        "now": now,
        "total": _number(Reason.ANY, board.by_reason[Reason.ANY]),
        "reasons": [_number(reason, board.by_reason[reason]) for reason in REASONS],
        "rungs": _rungs(board),
        "steps": _steps(board),
        "heads": [(REASON_LABELS[reason], REASON_HINTS[reason]) for reason in REASONS],
        "organisations": [_organisation(one) for one in board.organisations],
        "areas": [_area(one) for one in board.areas],
        "pending": board.pending,
    }
    return render(request, "desk/supervision/board.html", words)


def _number(reason: Reason, count: int, **narrower: str) -> Number:
    return Number(
        label=REASON_LABELS[reason],
        count=count,
        address=_list(count, watch=reason.value, **narrower),
        hint=REASON_HINTS.get(reason, ""),
    )


def _list(count: int, **filters: str) -> str:
    if not count:
        return ""
    return f"{reverse('desk:cases')}?{urlencode({**filters, 'order': OLDEST_FIRST})}"


def _rungs(board: Board) -> list[Number]:
    return [
        Number(
            label=RUNG_LABELS[rung],
            count=count,
            address=_list(count, watch=rung.value),
            status=SHAPES[rung],
        )
        for rung, count in board.by_rung.items()
    ]


def _steps(board: Board) -> list[Number]:
    watch = Reason.OVERDUE.value
    return [
        Number(
            label=STEP_LABELS[step],
            count=count,
            address=_list(count, watch=watch, step=step.value),
        )
        for step, count in board.by_step.items()
        if count
    ]


def _organisation(one: Count) -> Line:
    return Line(name=one.name, numbers=_numbers(one, organisation=one.key))


def _area(one: Count) -> Line:
    name = one.name or gettext("还没有落到社区")
    return Line(name=name, numbers=_numbers(one, area=one.key or OUTSIDE))


def _numbers(one: Count, **narrower: str) -> tuple[Number, ...]:
    return tuple(_number(reason, one.by_reason[reason], **narrower) for reason in REASONS)
