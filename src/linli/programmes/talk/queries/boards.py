"""The boards of points: what was asked, who answers until when, and the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.ground.kernel.terms import Paged
from linli.programmes.talk.models import Host, Matter
from linli.programmes.talk.terms import HANGS_FOR, Board, BoardLine
from linli.spine.cases.queries.standing import CaseStanding, list_standings

MOST_OPEN = 60
MOST_ANSWERED = 30
EARLIER_ROWS = 20


def show_board(*, point_id: int, at: datetime) -> Board:
    """Show what hangs at a point: open matters, oldest first, and answers of the last weeks."""
    hanging = _hanging(point_id)
    recent = Q(answered_at__gt=at - HANGS_FOR)
    open_ones = _lines(hanging.filter(answered_at=None).order_by("entered_at")[:MOST_OPEN])
    answered = hanging.filter(recent).order_by("-answered_at", "-seq")[:MOST_ANSWERED]
    return Board(
        open_ones=tuple(open_ones),
        answered=tuple(_lines(answered)),
        earlier=hanging.filter(answered_at__lte=at - HANGS_FOR).count(),
    )


def show_own_board(*, point_id: int, at: datetime) -> Board:
    """Show a point's matters to its hosts: also those that do not hang, and answers owed first."""
    rows = Matter.objects.filter(point_id=point_id)
    waiting = _lines(rows.filter(answered_at=None).order_by("entered_at")[:MOST_OPEN])
    answered = rows.filter(answered_at__gt=at - HANGS_FOR).order_by("-answered_at", "-seq")
    return Board(
        owed=tuple(one for one in waiting if one.owes_answer),
        open_ones=tuple(one for one in waiting if not one.owes_answer),
        answered=tuple(_lines(answered[:MOST_ANSWERED])),
    )


def list_earlier(*, point_id: int, at: datetime, page: int) -> tuple[list[BoardLine], Paged]:
    """List the answers that no longer hang, newest first, one page of them."""
    rows = _hanging(point_id).filter(answered_at__lte=at - HANGS_FOR)
    found = Paged(total=rows.count(), page=max(1, page), page_size=EARLIER_ROWS)
    start = (found.page - 1) * EARLIER_ROWS
    part = rows.order_by("-answered_at", "-seq")[start : start + EARLIER_ROWS]
    return _lines(part), found


def count_owed(*, point_ids: Iterable[int]) -> dict[int, int]:
    """Count the answers each point still owes: cases that are over and not answered there."""
    waiting = Matter.objects.filter(
        point_id__in=list(point_ids), answered_at=None, case__isnull=False
    )
    # A case of a point has the matter's own id.
    points = dict(waiting.values_list("id", "point_id"))
    stands = list_standings(case_ids=list(points))
    return Counter(points[case_id] for case_id, stand in stands.items() if stand.is_over)


def count_changes(*, point_id: int, since: datetime) -> int:
    """Count the matters that were said or answered since the sheet was printed."""
    changed = Q(entered_at__gt=since) | Q(answered_at__gt=since)
    return _hanging(point_id).filter(changed).count()


def find_point_of(case_id: UUID) -> tuple[int, str] | None:
    """Find the point at which a case was said: id and community; None for other cases."""
    row = Matter.objects.filter(case_id=case_id).select_related("point").first()
    return (row.point_id, row.point.area_code) if row else None


def list_host_persons(point_id: int) -> list[int]:
    """List the persons who receive people at a point."""
    rows = Host.objects.filter(point_id=point_id, ended_at=None).order_by("id")
    return list(rows.values_list("person_id", flat=True))


def _hanging(point_id: int) -> QuerySet[Matter]:
    return Matter.objects.filter(point_id=point_id, is_posted=True)


def _lines(rows: Iterable[Matter]) -> list[BoardLine]:
    """Freeze matters, in a fixed number of statements."""
    listed: Sequence[Matter] = list(rows)
    stands = list_standings(case_ids=[row.case_id for row in listed if row.case_id])
    return [_line(row, stands.get(row.case_id) if row.case_id else None) for row in listed]


def _line(row: Matter, stand: CaseStanding | None) -> BoardLine:
    return BoardLine(
        id=row.id,
        number=stand.number if stand else f"{row.point_id}-{row.seq}",
        is_case=stand is not None,
        asked=row.asked,
        said_at=row.entered_at,
        answered_by=stand.answered_by if stand else "",
        until=stand.until if stand else None,
        is_over=stand.is_over if stand else True,
        step_label=stand.step_label if stand else "",
        answer=row.answer,
        answered_at=row.answered_at,
        is_posted=row.is_posted,
    )
