"""Reads of hand-overs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.marking import N_
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, HeldField, Holding, Member, Target

from .errors import NoSuchHandover
from .models import Handover, HandoverPoint
from .terms import Counted, HandoverLine, HandoverState, HandoverView, PointView, Section

PAGE_ROWS = 20
MOST_OPEN_POINTS = 30


def get_handover(*, handover_id: int, member: Member) -> HandoverView:
    """Get a whole hand-over, in two statements.

    Raises:
        NoSuchHandover: when there is none, or it is not for this member.
    """
    row = Handover.objects.filter(id=handover_id).first()
    if row is None or not may_read(member, row.street_code):
        raise NoSuchHandover
    return _view(row)


def find_current(*, street_code: str, member: Member) -> HandoverLine | None:
    """Find the hand-over of a street that is under way, or None."""
    if not may_read(member, street_code):
        return None
    row = _UNDER_WAY.first(street_code=street_code)
    return _line(row) if row else None


def list_handovers(
    *, street_code: str, member: Member, limit: int = PAGE_ROWS, offset: int = 0
) -> list[HandoverLine]:
    """List the hand-overs of a street, newest first; none for whom it is closed."""
    if not may_read(member, street_code):
        return []
    rows = _lines(Handover.objects.filter(street_code=street_code))
    return [_line(row) for row in rows.order_by("-opened_at")[offset : offset + limit]]


def list_open_points(*, street_codes: Iterable[str]) -> list[PointView]:
    """List what was taken over in these streets and is not done, oldest first."""
    return [_point(row) for row in _OPEN_POINTS.rows(codes=list(street_codes))]


_OPEN_POINTS = Compiled(
    lambda codes: (
        HandoverPoint.objects.filter(
            handover__street_code__among=codes,
            handover__confirmed_at__isnull=False,
            tick=None,
        )
        .select_related("tick")
        .order_by("handover__confirmed_at", "position")[:MOST_OPEN_POINTS]
    )
)


def may_read(member: Member, street_code: str) -> bool:
    """Say whether a member may read the hand-overs of a street."""
    return may(member, Action.HANDOVER_READ, Target(street_code=street_code, is_complaint=False))


def own_handovers(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """Declare what this room holds about somebody, for `/me`."""
    rows = Handover.objects.filter(Q(opened_by_id=account_id) | Q(confirmed_by_id=account_id))
    yield Holding(
        room="shifts",
        part="handovers",
        title=N_("交接班记录"),
        purpose=N_("让下一班知道还有什么没办完，并说明由谁接的班。"),
        retention=N_("保留两年。"),
        rows=tuple(_held(row, account_id) for row in rows.order_by("-opened_at")),
    )


def _held(row: Handover, account_id: int) -> tuple[HeldField, ...]:
    is_outgoing = row.opened_by_id == account_id
    part = N_("交班") if is_outgoing else N_("接班")
    return (
        HeldField("part", N_("身份"), "out" if is_outgoing else "in", word=part),
        HeldField("opened_at", N_("开始时间"), row.opened_at),
        HeldField("confirmed_at", N_("确认时间"), row.confirmed_at),
        HeldField("remarks", N_("交班说明"), row.remarks if is_outgoing else ""),
    )


def _lines(rows: QuerySet[Handover]) -> QuerySet[Handover]:
    done = Count("points__tick")
    return rows.annotate(point_count=Count("points"), done_count=done)


_UNDER_WAY = Compiled(
    lambda street_code: _lines(
        Handover.objects.filter(street_code=street_code, confirmed_at=None)
    ).order_by("id")
)


def _line(row: Handover) -> HandoverLine:
    points, done = row.point_count, row.done_count  # type: ignore[attr-defined] # annotated
    return HandoverLine(
        id=row.pk,
        street_code=row.street_code,
        state=HandoverState(row.state),
        opened_by_id=row.opened_by_id,
        opened_at=row.opened_at,
        handed_at=row.handed_at,
        confirmed_by_id=row.confirmed_by_id,
        confirmed_at=row.confirmed_at,
        points=points,
        open_points=points - done,
    )


def _view(row: Handover) -> HandoverView:
    points = row.points.select_related("tick").order_by("position")
    return HandoverView(
        id=row.pk,
        street_code=row.street_code,
        state=HandoverState(row.state),
        opened_by_id=row.opened_by_id,
        opened_at=row.opened_at,
        handed_at=row.handed_at,
        confirmed_by_id=row.confirmed_by_id,
        confirmed_at=row.confirmed_at,
        remarks=row.remarks,
        sections=tuple(
            Counted(
                section=section,
                count=row.sections[section.value]["count"],
                numbers=tuple(row.sections[section.value]["numbers"]),
            )
            for section in Section
            if section.value in row.sections
        ),
        points=tuple(_point(point) for point in points),
    )


def _point(row: HandoverPoint) -> PointView:
    tick = getattr(row, "tick", None)
    return PointView(
        id=row.pk,
        case_number=row.case_number,
        text=row.text,
        ticked_at=tick.ticked_at if tick else None,
        ticked_by_id=tick.ticked_by_id if tick else None,
    )
