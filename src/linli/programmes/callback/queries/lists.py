"""Lists of call-backs: what waits for a clerk, and what each figure counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.facts import visible_to, within
from linli.programmes.callback.rules.calling import HELD_FOR
from linli.programmes.callback.terms import (
    REDO_LABELS,
    SATISFACTION_LABELS,
    STEP_LABELS,
    WAY_LABELS,
    CallbackFilters,
    CallbackPage,
    CallbackRow,
    Queue,
    Redo,
    Shown,
    Step,
    Way,
)
from linli.spine.cases.queries.words import name_of, shown_title

PAGE_SIZE = 20
MOST_WAITING = 30
_RELATED = ("case", "category", "organisation")
_WAITING = Q(step=Step.WAITING.value)
_ANSWERED = Q(step=Step.ANSWERED.value)
_MISSED = Q(step=Step.MISSED.value)
_COUNTS = Q(is_excluded=False)


def counted(at: datetime) -> Mapping[Shown, Q]:
    """Say which call-backs each figure counts at an instant; its list has the same condition."""
    answered = _COUNTS & _ANSWERED
    late = _COUNTS & _WAITING & Q(due_at__lt=at)
    return {
        Shown.MADE: Q(),
        Shown.DUE: answered | (_COUNTS & _MISSED) | late,
        Shown.IN_TIME: answered & Q(answered_at__lte=F("due_at")),
        Shown.ANSWERED: answered,
        Shown.SOLVED: answered & Q(solved=True),
        Shown.UNSOLVED: answered & Q(solved=False),
        Shown.SAID: answered & Q(satisfaction__isnull=False),
        Shown.SATISFIED: answered & Q(satisfaction=3),
        Shown.FAIRLY: answered & Q(satisfaction=2),
        Shown.NOT_SATISFIED: answered & Q(satisfaction=1),
        Shown.MISSED: _COUNTS & _MISSED,
        Shown.LATE: late,
        Shown.PENDING: _COUNTS & _WAITING & Q(due_at__gte=at),
        Shown.EXCLUDED: Q(is_excluded=True),
        Shown.CANCELLED: _COUNTS & Q(step=Step.CANCELLED.value),
        Shown.REDO: Q(redo=Redo.WANTED.value),
    }


def list_queue(*, member: Member, at: datetime) -> Queue:
    """List what waits for a clerk: taken, to be called, the most urgent first, and not solved."""
    seen = Callback.objects.filter(visible_to(member))
    waiting = seen.filter(_WAITING)
    mine = waiting.filter(holder_id=member.account_id).order_by("held_at")
    free = waiting.exclude(holder_id=member.account_id).order_by("due_at", "id")
    redo = seen.filter(redo=Redo.WANTED.value).order_by("answered_at", "id")
    return Queue(
        mine=_rows(mine, at),
        rows=_rows(free[:MOST_WAITING], at),
        redo=_rows(redo[:MOST_WAITING], at),
        waiting=waiting.count(),
        overdue=waiting.filter(due_at__lt=at).count(),
    )


def list_callbacks(*, member: Member, filters: CallbackFilters, at: datetime) -> CallbackPage:
    """List one page of the call-backs a member may read, the newest closing first."""
    rows = filtered(visible_to(member), filters, at)
    total = rows.count()
    page = min(filters.page, max(1, -(-total // PAGE_SIZE)))
    first = (page - 1) * PAGE_SIZE
    counted_all = filtered(within(member, Right.CALLBACK_READ), filters, at)
    return CallbackPage(
        rows=_rows(rows[first : first + PAGE_SIZE], at),
        total=total,
        hidden=counted_all.count() - total,
        page=page,
        page_size=PAGE_SIZE,
    )


def all_callbacks(
    *, member: Member, filters: CallbackFilters, at: datetime, most: int
) -> tuple[CallbackRow, ...]:
    """List the call-backs of a list for its file."""
    return _rows(filtered(visible_to(member), filters, at)[:most], at)


def count_callbacks(*, member: Member, filters: CallbackFilters, at: datetime) -> int:
    """Count the call-backs of a list."""
    return filtered(visible_to(member), filters, at).count()


def filtered(scope: Q, filters: CallbackFilters, at: datetime) -> QuerySet[Callback]:
    """Narrow the call-backs of a scope, newest closing first."""
    rows = Callback.objects.filter(scope & counted(at)[filters.shown])
    rows = rows.filter(closed_in(filters.first, filters.last))
    for name in ("organisation_id", "category_id"):
        wanted = getattr(filters, name)
        if wanted is not None:
            rows = rows.filter(**{name: wanted or None})
    return rows.order_by("-closed_at", "-id")


def closed_in(first: date | None, last: date | None) -> Q:
    """Build the filter of closings from the first day of one month to the end of another."""
    found = Q()
    if first is not None:
        found &= Q(closed_at__gte=start_of(first))
    if last is not None:
        found &= Q(closed_at__lt=start_of(month_after(last)))
    return found


def start_of(day: date) -> datetime:
    """Give the first instant of a day on the clock of the house."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def month_after(day: date) -> date:
    """Give the first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def row_of(one: Callback, at: datetime) -> CallbackRow:
    """Freeze one call-back; the caller has asked the right."""
    step, redo = Step(one.step), Redo(one.redo)
    return CallbackRow(
        id=one.id,
        case_number=one.case.number,
        title=shown_title(one.case.title, category=name_of(one.category)),
        category_name=name_of(one.category),
        organisation_name=name_of(one.organisation) or gettext("没有派单位"),
        closed_at=one.closed_at,
        due_at=one.due_at,
        step=step,
        step_label=gettext(STEP_LABELS[step]),
        tries=one.tries,
        is_excluded=one.is_excluded,
        is_held=one.held_at is not None and at < one.held_at + HELD_FOR,
        answered_at=one.answered_at,
        way_label=gettext(WAY_LABELS[Way(one.way)]) if one.way else "",
        solved=one.solved,
        satisfaction_label=_satisfaction(one.satisfaction),
        redo=redo,
        redo_label=gettext(REDO_LABELS[redo]) if redo.value else "",
    )


def _satisfaction(value: int | None) -> str:
    return gettext(SATISFACTION_LABELS[value]) if value else ""


def _rows(rows: QuerySet[Callback], at: datetime) -> tuple[CallbackRow, ...]:
    return tuple(row_of(one, at) for one in rows.select_related(*_RELATED))
