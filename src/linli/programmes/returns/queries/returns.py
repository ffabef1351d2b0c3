"""Filled returns: their numbers as they were, as they were corrected, and as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone

from linli.ground.people.terms import Member
from linli.programmes.returns.models import Form, Return, ReturnFigure
from linli.programmes.returns.queries.counting import (
    Part,
    Place,
    count_parts,
    evaluate,
    list_counted,
)
from linli.programmes.returns.queries.rights import visible_to
from linli.programmes.returns.queries.standing import target_of
from linli.programmes.returns.queries.words import say_figure, say_period, say_target
from linli.programmes.returns.rules.periods import is_over
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.terms import (
    FigureView,
    Period,
    PeriodKind,
    ReturnView,
    Target,
)
from linli.spine.cases.terms.figures import CountedPage

MOST_LISTED = 60


@dataclass(frozen=True, kw_only=True)
class ReturnFile:
    """A filled return with all its numbers."""

    view: ReturnView
    street_code: str
    issuer: str
    figures: tuple[FigureView, ...]


def list_returns(*, form_id: int, member: Member) -> list[ReturnView]:
    """List the filled returns of a form, the newest period first."""
    rows = Return.objects.filter(form__in=Form.objects.filter(visible_to(member)))
    counted = rows.filter(form_id=form_id).select_related("form", "version")
    named = counted.annotate(
        cells=Count("figures"),
        changed=Count("figures", filter=Q(figures__corrected_at__isnull=False)),
    )
    return [
        return_view(row, cells=row.cells, corrected=row.changed)
        for row in named.order_by("-first", "-id")[:MOST_LISTED]
    ]


def get_return(*, return_id: int, member: Member, at: datetime) -> ReturnFile:
    """Get one filled return, its numbers beside what they would be now.

    Args:
        at: aware instant of asking.

    Raises:
        UnableToReturn: no such return, or not for this member.
    """
    row = find_return(return_id=return_id, member=member)
    rows = list(ReturnFigure.objects.filter(filled=row).order_by("sheet", "id"))
    targets = [target_of(one) for one in rows]
    place = Place(street_code=row.form.street_code, period=period_of_return(row), at=at)
    now = evaluate(targets, place)
    figures = tuple(
        _figure(one, target, now[target]) for one, target in zip(rows, targets, strict=True)
    )
    corrected = sum(one.is_corrected for one in figures)
    return ReturnFile(
        view=return_view(row, cells=len(figures), corrected=corrected),
        street_code=row.form.street_code,
        issuer=row.form.issuer,
        figures=figures,
    )


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where one number comes from: its parts as they are now, and the list of one of them."""

    view: ReturnView
    figure: FigureView
    parts: tuple[Part, ...]
    chosen: int
    page: CountedPage


def open_figure(
    *, return_id: int, figure_id: int, part: int, page: int, member: Member, at: datetime
) -> Origin:
    """Open what a number counts.

    Args:
        part: which of the counts it is made of, from 0.
        at: aware instant of asking.

    Raises:
        UnableToReturn: no such number, or not for this member.
    """
    filled = get_return(return_id=return_id, member=member, at=at)
    figure = next((one for one in filled.figures if one.id == figure_id), None)
    if figure is None:
        raise UnableToReturn("returns.figure_gone")
    place = Place(street_code=filled.street_code, period=filled.view.period, at=at)
    parts = tuple(count_parts(figure.target, place))
    chosen = part if 0 <= part < len(parts) else 0
    return Origin(
        view=filled.view,
        figure=figure,
        parts=parts,
        chosen=chosen,
        page=list_counted(part=parts[chosen], member=member, at=at, page=page),
    )


def return_view(row: Return, *, cells: int = 0, corrected: int = 0) -> ReturnView:
    """Freeze a return read with its form and version."""
    period = period_of_return(row)
    return ReturnView(
        id=row.id,
        form_id=row.form_id,
        form_name=row.form.name,
        version_no=row.version.no,
        period=period,
        period_words=say_period(period),
        filled_by_id=row.filled_by_id,
        filled_at=row.filled_at,
        is_partial=not is_over(period, today=timezone.localdate(row.filled_at)),
        cells=cells,
        corrected=corrected,
    )


def period_of_return(row: Return) -> Period:
    """Give the period a return is about."""
    return Period(kind=PeriodKind(row.form.kind), first=row.first, last=row.last)


def find_return(*, return_id: int, member: Member) -> Return:
    """Find a return with its form and version, for this room only.

    Raises:
        UnableToReturn: no such return, or not for this member.
    """
    rows = Return.objects.filter(form__in=Form.objects.filter(visible_to(member)))
    row = rows.filter(id=return_id).select_related("form", "version").first()
    if row is None:
        raise UnableToReturn("returns.return_unknown")
    return row


def _figure(row: ReturnFigure, target: Target, now: Decimal | None) -> FigureView:
    return FigureView(
        id=row.id,
        sheet=row.sheet,
        cell=row.cell,
        label=say_figure(row.figure),
        words=say_target(target),
        target=target,
        amount=row.amount,
        corrected=row.corrected,
        is_corrected=row.corrected_at is not None,
        reason=row.reason,
        corrected_by_id=row.corrected_by_id,
        corrected_at=row.corrected_at,
        now=now,
    )
